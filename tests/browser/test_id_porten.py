"""ID-porten in a real browser: linking once, signing in with nothing else, and every way out again."""

import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from urllib.parse import quote, urlencode

import pytest
from playwright.async_api import Page, expect
from sqlmodel import select

from models.accounts.tables.account import Account
from models.base import unseal
from models.clock import SystemClock
from models.organisation.queries import vault
from models.people.tables import Person
from models.rights import Assurance
from models.sealing import KeyRing
from seed.cast import PASSWORD
from tests.browser.conftest import CODE, PHONE, Server, free_port, serving, sign_in_through_the_pages
from tests.browser.test_accessibility import Look, axe, look
from tests.copies import Making, opened
from tests.id_porten.provider import SUBSTANTIAL, Provider, started_provider

__all__ = ["axe", "look"]
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
OpenBrowser = Callable[..., Awaitable[Page]]
OWNER = "planeier@fjordvik.example"


@pytest.fixture(scope="module")
def beside(
    tmp_path_factory: pytest.TempPathFactory, makings: dict[str, Making], keys: KeyRing
) -> Iterator[tuple[Server, Provider]]:
    """A house that is known at ID-porten, and the provider."""
    port, data = free_port(), tmp_path_factory.mktemp("known")
    with started_provider(f"http://127.0.0.1:{port}") as provider:
        known = {name.upper(): str(value) for name, value in provider.settings.items() if name != "idporten_client_jwk"}
        known["IDPORTEN_CLIENT_JWK"] = provider.settings["idporten_client_jwk"].get_secret_value()
        with serving(data, makings["town"], keys, port, **known) as server:
            with closing(database(server)) as connection, connection:
                connection.execute("UPDATE municipality SET id_porten = 1 WHERE name = 'Fjordvik'")
            yield server, provider


def database(server: Server) -> sqlite3.Connection:
    return sqlite3.connect(server.data / "town.db", timeout=10)


async def number_of(server: Server, keys: KeyRing) -> str:
    """The synthetic fødselsnummer on the owner's card."""
    found = select(Person).join(Account).where(Account.user_name == OWNER)
    async with (
        opened(f"sqlite+aiosqlite:///{server.data}/town.db", SystemClock(), keys) as town,
        town.reading() as session,
    ):
        person = (await session.scalars(found)).one()
        return unseal(await vault(session, person.key_id), person, "national_id")


def sid_of_the_living(server: Server) -> str:
    with closing(database(server)) as connection:
        living = "SELECT id_porten_sid FROM sign_in_session WHERE ended_at IS NULL AND id_porten_sid IS NOT NULL"
        ((sid,),) = connection.execute(living).fetchall()
        return str(sid)


async def be(page: Page, name: str = "Planeieren", level: str | None = None) -> None:
    """From our sign-in page, and through ID-porten's."""
    await page.get_by_role("link", name="Logg på med ID-porten").click()
    await expect(page.get_by_role("heading", name="ID-porten til prøve")).to_be_visible()
    await page.get_by_label(name).check()
    if level:
        await page.get_by_label("Nivå").select_option(level)
    await page.get_by_role("button", name="Logg på", exact=True).click()


async def sign_in_as_usual(page: Page, server: Server) -> None:
    seen = set(server.mails(OWNER))
    await page.get_by_label("Brukernavn").fill(OWNER)
    await page.get_by_label("Passord", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Logg på", exact=True).click()
    await page.wait_for_url("**/login/code**")
    (code,) = re.findall(CODE, await server.next_mail(OWNER, seen, CODE))
    await page.get_by_label("Engangskode").fill(code)
    await page.get_by_role("button", name="Logg på", exact=True).click()


@pytest.mark.feature("F20")
@pytest.mark.feature("F21")
@pytest.mark.feature("F27")
async def test_linked_once_id_porten_is_enough_until_one_leaves_it(
    open_browser: OpenBrowser, beside: tuple[Server, Provider], keys: KeyRing, look: Look
) -> None:
    server, provider = beside
    number = await number_of(server, keys)
    provider.offers(Planeieren=number, Utlending="utlending")
    page = await open_browser(base_url=server.address, viewport=PHONE)

    await page.goto("/login")
    await page.get_by_text("Hvilke elektroniske ID-er kan jeg bruke?").click()
    await look(page, "id-porten-login")
    await be(page)
    await expect(page.locator("main")).to_contain_text("så kobler vi brukeren din til ID-porten")
    await look(page, "id-porten-first")
    await sign_in_as_usual(page, server)
    await expect(page.get_by_role("heading", name="Er begge disse deg?")).to_be_visible()
    await look(page, "id-porten-link")
    await page.get_by_role("button", name="Ja, koble sammen").click()
    await page.wait_for_url("**/plans**")
    await expect(page.get_by_role("status")).to_contain_text("Neste gang logger du på med ID-porten alene.")

    await leave_here(page)
    await enter_and_leave_behind(page, server, provider, number)
    await enter_and_leave_in_front(page, server, provider, open_browser)


async def leave_here(page: Page) -> None:
    """Signing out leads a posted form through ID-porten, which our content policy must allow."""
    await page.locator(".top__tools summary").last.click()
    await page.get_by_role("button", name="Logg ut").click()
    await page.get_by_role("button", name="Ja, logg ut").click()
    await page.wait_for_url("**/login?done=signed-out")
    await expect(page.get_by_role("status")).to_contain_text("Du er logget ut.")


async def enter_and_leave_behind(page: Page, server: Server, provider: Provider, number: str) -> None:
    await be(page)
    await page.wait_for_url("**/plans")
    provider.leaves(number, sid_of_the_living(server))
    await page.goto("/me/switch")
    await page.wait_for_url("**/login?next=**")


async def enter_and_leave_in_front(page: Page, server: Server, provider: Provider, open_browser: OpenBrowser) -> None:
    """The provider still knows the browser, so that no choosing is needed."""
    await page.goto("/login")
    await page.get_by_role("link", name="Logg på med ID-porten").click()
    await page.wait_for_url("**/plans")
    asked = urlencode({"iss": provider.issuer, "sid": sid_of_the_living(server)})
    frame = f"{server.address}/login/idporten/frontchannel?{asked}"
    elsewhere = await open_browser(base_url=server.address)
    await elsewhere.goto(f"{provider.issuer}/frame?src={quote(frame, safe='')}")
    await page.goto("/me/switch")
    await page.wait_for_url("**/login?next=**")


@pytest.mark.feature("F22")
async def test_a_lower_level_is_refused_with_the_reason(
    open_browser: OpenBrowser, beside: tuple[Server, Provider], keys: KeyRing, look: Look
) -> None:
    server, provider = beside
    provider.offers(Planeieren=await number_of(server, keys))
    page = await open_browser(base_url=server.address)
    await page.goto("/login")
    await be(page, level=SUBSTANTIAL)
    await expect(page.locator("main")).to_contain_text("Du kan ikke bruke MinID eller Feide.")
    await look(page, "id-porten-refused")


@pytest.mark.feature("F20")
async def test_where_more_is_demanded_the_plan_says_how_to_get_in(
    open_browser: OpenBrowser, beside: tuple[Server, Provider], look: Look
) -> None:
    server, _provider = beside
    page = await open_browser(base_url=server.address, viewport=PHONE)
    await sign_in_through_the_pages(page, server, "koordinator@fjordvik.example")
    plan = await page.get_by_role("link", name="R.S.").get_attribute("href")
    demand(server, Assurance.HIGH)
    try:
        await page.goto(plan or "")
        await look(page, "id-porten-demanded")
        await page.get_by_role("link", name="Logg på med ID-porten").click()
        await expect(page.get_by_role("heading", name="ID-porten til prøve")).to_be_visible()
        await page.get_by_role("button", name="Avbryt").click()
        await expect(page.locator("main")).to_contain_text("Du avbrøt hos ID-porten.")
    finally:
        demand(server, Assurance.PASSWORD_AND_CODE)


def demand(server: Server, level: Assurance) -> None:
    with closing(database(server)) as connection, connection:
        connection.execute("UPDATE municipality SET demands = ? WHERE name = 'Fjordvik'", [int(level)])
