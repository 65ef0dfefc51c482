"""The two ways in that begin with an invitation, on a phone: with ID-porten, and with a link handed over on paper."""

import re
from collections.abc import Awaitable, Callable

import pytest
import pytest_asyncio
import segno
from playwright.async_api import Page, expect
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.base import unseal
from models.clock import SystemClock
from models.organisation.queries import vault
from models.people.tables import Person
from models.sealing import KeyRing
from tests.browser.conftest import CODE, PHONE, Server, sign_in_through_the_pages
from tests.browser.test_accessibility import Look, axe, look
from tests.browser.test_id_porten import be, beside, leave_here
from tests.browser.width import too_wide
from tests.copies import opened
from tests.id_porten.provider import Provider

__all__ = ["axe", "beside", "look"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
OpenBrowser = Callable[..., Awaitable[Page]]
COORDINATOR, OWNER, ASSISTANT = (f"{name}@fjordvik.example" for name in ("koordinator", "planeier", "assistent"))
OWNERS_MAIL, ASSISTANTS_MAIL = "eier@post.example", "assistent@post.example"
WEAK, PASSWORD = "passord", "Trygg-fjord-i-natt-7"


async def card_of(server: Server, keys: KeyRing, user_name: str) -> tuple[str, str]:
    """(the name, the fødselsnummer) of somebody who from now on has no user."""
    found = select(Person).join(Account, col(Account.id) == Person.account_id).where(Account.user_name == user_name)
    async with (
        opened(f"sqlite+aiosqlite:///{server.data}/town.db", SystemClock(), keys) as town,
        town.writing() as session,
    ):
        person = (await session.scalars(found)).one()
        person.account_id = None
        return person.name, unseal(await vault(session, person.key_id), person, "national_id")


@pytest_asyncio.fixture(loop_scope="session")
async def coordinator(open_browser: OpenBrowser, beside: tuple[Server, Provider]) -> Page:
    page = await open_browser(base_url=beside[0].address)
    await sign_in_through_the_pages(page, beside[0], COORDINATOR)
    return page


async def invite(page: Page, name: str, way: str, mail: str) -> None:
    await page.goto("/plans")
    await page.get_by_role("link", name="R.S.").click()
    await page.get_by_role("link", name="Inviter deltakere").click()
    await page.get_by_role("link", name=re.compile(f"Inviter.*: {name}")).click()
    await page.get_by_role("radio", name=way, exact=True).check()
    await page.get_by_role("textbox", name="E-post").fill(mail)
    await page.get_by_role("button", name="Lag invitasjonen").click()


async def accept_terms(page: Page) -> None:
    await page.wait_for_url("**/terms**")
    await page.get_by_role("checkbox").check()
    await page.get_by_role("button", name="Godta og gå videre").click()


async def expect_plan(page: Page) -> None:
    await page.wait_for_url(re.compile(r"/plans/[\w-]+$"))
    await expect(page.get_by_role("heading", name="Om meg selv")).to_be_visible()
    assert await too_wide(page) <= 0


async def expect_spent(page: Page, link: str) -> None:
    await page.goto(link)
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Lenken virker ikke")


@pytest.mark.feature("F25")
@pytest.mark.feature("F34")
async def test_who_was_invited_shows_who_they_are_at_id_porten_and_is_in_the_plan(
    open_browser: OpenBrowser,
    coordinator: Page,
    beside: tuple[Server, Provider],
    keys: KeyRing,
    look: Look,
) -> None:
    server, provider = beside
    name, number = await card_of(server, keys, OWNER)
    provider.offers(Planeieren=number)
    await invite(coordinator, name, "Send lenken på e-post, med ID-porten", OWNERS_MAIL)
    await expect(coordinator.get_by_role("status").first).to_contain_text("Invitasjonen er sendt.")
    mail = await server.next_mail(OWNERS_MAIL, set(), "/invitation/")
    (link,) = re.findall(rf"{server.address}/invitation/[\w-]+", mail)
    assert not any(secret in mail for secret in (*name.split(), "R.S.", number))

    page = await open_browser(base_url=server.address, viewport=PHONE)
    await page.goto(link)
    await look(page, "id-porten-invitasjon")
    await be_invited(page)
    await accept_terms(page)
    await expect_plan(page)
    await expect_spent(page, link)

    await page.goto("/plans")
    await leave_here(page)
    await be(page)
    await page.wait_for_url("**/plans")
    await expect(page.get_by_role("link", name="R.S.")).to_be_visible()


async def be_invited(page: Page) -> None:
    await page.get_by_role("button", name="Bekreft hvem du er med ID-porten").click()
    await expect(page.get_by_role("heading", name="ID-porten til prøve")).to_be_visible()
    await page.get_by_label("Planeieren").check()
    await page.get_by_role("button", name="Logg på", exact=True).click()


@pytest.mark.feature("F16")
@pytest.mark.feature("F34")
async def test_a_link_on_paper_leads_to_a_password_and_from_there_to_the_plan(
    open_browser: OpenBrowser,
    coordinator: Page,
    beside: tuple[Server, Provider],
    keys: KeyRing,
    look: Look,
) -> None:
    server, _provider = beside
    name, _number = await card_of(server, keys, ASSISTANT)
    await invite(coordinator, name, "Gi lenken selv", ASSISTANTS_MAIL)
    link = await handed_over(coordinator)
    assert link.startswith(f"{server.address}/invitation/")

    page = await open_browser(base_url=server.address, viewport=PHONE)
    await page.goto(link)
    await choose(page, WEAK)
    await expect(page.locator("#password-error")).to_be_visible()
    await look(page, "forste-passord-feil")
    await choose(page, PASSWORD)
    await expect(page.get_by_role("status").first).to_contain_text("Passordet er lagret.")
    await sign_in(page, server)
    await accept_terms(page)
    await page.get_by_role("link", name="R.S.").click()
    await expect_plan(page)
    await expect_spent(page, link)
    assert not server.mails(ASSISTANT), "who has another address now is not written to at the old one"


async def handed_over(page: Page) -> str:
    """The link as it can be read, which is what its QR code says too."""
    drawn = page.get_by_role("img", name="QR-kode med lenken").locator("path[stroke]")
    link = (await page.locator(".written").inner_text()).strip()
    path = str(await drawn.last.get_attribute("d"))
    assert path in segno.make(link, micro=False).svg_inline(omitsize=True)
    await page.emulate_media(media="print")
    await expect(page.locator(".written")).to_be_visible()
    await page.emulate_media(media="screen")
    return link


async def choose(page: Page, password: str) -> None:
    await page.locator("input[name=password]").fill(password)
    await page.locator("input[name=again]").fill(password)
    await page.get_by_role("button", name="Lagre passordet").click()


async def sign_in(page: Page, server: Server) -> None:
    await page.get_by_label("Brukernavn").fill(ASSISTANTS_MAIL)
    await page.locator("input[name=password]").fill(PASSWORD)
    await page.get_by_role("button", name="Logg på", exact=True).click()
    await page.wait_for_url("**/login/code*")
    (code,) = re.findall(CODE, await server.next_mail(ASSISTANTS_MAIL, set(), CODE))
    await page.get_by_label("Engangskode").fill(code)
    await page.get_by_role("button", name="Logg på", exact=True).click()
