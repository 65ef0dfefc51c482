"""From the first step of a new plan to its being in use (F180, F118): made and asked for at the desk, signed by two on
the phone."""

import re
from collections.abc import Awaitable, Callable, Iterator

import pytest
from playwright.async_api import Page, expect

from models.clock import SystemClock
from models.rights import Role
from models.sealing import KeyRing
from tests.browser.conftest import PHONE, Server, free_port, serving, sign_in_through_the_pages
from tests.browser.width import too_wide
from tests.copies import Making, opened
from tests.pages.consenting import join

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
OpenBrowser = Callable[..., Awaitable[Page]]
COORDINATOR, GUARDIAN, SECOND = (f"{name}@fjordvik.example" for name in ("koordinator", "foresatt", "planeier"))


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory, makings: dict[str, Making], keys: KeyRing) -> Iterator[Server]:
    """The town as it is left here is nothing for other tests."""
    with serving(tmp_path_factory.mktemp("house"), makings["town"], keys, free_port()) as server:
        yield server


async def make_plan(page: Page) -> str:
    """Through the five steps, for a child nobody knows yet; returns the address of the draft."""
    await page.goto("/plans/new")
    await page.get_by_label("Hele navnet").fill("Oda Vik")
    await page.get_by_label("Fødselsdato").fill("2021-02-03")
    await page.get_by_role("button", name="Søk", exact=True).click()
    await page.get_by_role("heading", name="Personkort").wait_for()
    await page.get_by_role("button", name="Neste").last.click()
    await page.get_by_role("radio", name="Stafettlogg").check()
    await page.get_by_role("button", name="Neste").last.click()
    await page.get_by_role("checkbox", name="Mål og aktiviteter").wait_for()
    await page.get_by_role("button", name="Neste").last.click()
    await page.get_by_role("button", name="Neste").last.click()
    await page.get_by_role("radio", name="Samtykke", exact=True).check()
    await page.get_by_role("button", name="Fullfør").click()
    await expect(page.get_by_role("status").first).to_contain_text("Planen er laget")
    await expect(page.locator(".plan-head")).to_contain_text("Utkast")
    return page.url.split("?")[0]


async def add_guardian(page: Page, plan: str) -> None:
    await page.goto(f"{plan}/participants")
    await page.get_by_role("link", name="Legg til deltaker").click()
    await page.get_by_label("Navn").fill("Sunniva Aasheim")
    await page.get_by_role("button", name="Søk").click()
    await page.get_by_role("link", name="Velg").click()
    await page.get_by_role("radio", name="Foresatt").check()
    await page.get_by_role("button", name="Legg til").click()
    await expect(page.get_by_role("heading", name="Foresatte og verger")).to_be_visible()


async def add_another(server: Server, keys: KeyRing, plan: str) -> None:
    """A second guardian, who owns a plan of their own and is therefore found in no search."""
    async with opened(f"sqlite+aiosqlite:///{server.data}/town.db", SystemClock(), keys) as town:
        await join(town, plan, SECOND, Role.GUARDIAN)


async def sign(page: Page) -> None:
    """From the plan list to the last button, on a phone."""
    await page.goto("/plans")
    await page.get_by_role("link", name="Les og svar").click()
    await expect(page.get_by_role("heading", name="Vil du samtykke?")).to_be_visible()
    assert await too_wide(page) <= 0
    await page.get_by_role("button", name="Jeg samtykker", exact=True).click()
    await expect(page.get_by_text("Sett kryss her for å samtykke.").first).to_be_visible()
    await page.get_by_role("checkbox").check()
    await page.get_by_role("button", name="Jeg samtykker", exact=True).click()
    await expect(page.get_by_role("status").first).to_contain_text("Takk. Du har samtykket.")


@pytest.mark.feature("F118", "F115", "F180", "F185", "F100")
async def test_a_plan_is_made_and_two_who_are_asked_sign_and_it_is_in_use(
    own_server: Server, keys: KeyRing, open_browser: OpenBrowser
) -> None:
    coordinator = await open_browser(base_url=own_server.address)
    await sign_in_through_the_pages(coordinator, own_server, COORDINATOR)
    plan = await make_plan(coordinator)
    await add_guardian(coordinator, plan)
    await add_another(own_server, keys, plan)
    await coordinator.goto(plan)
    await coordinator.get_by_role("link", name="Få samtykke").click()
    await coordinator.get_by_role("link", name="Digitalt i Medvirk").click()
    assert await coordinator.get_by_role("checkbox", checked=True).count() == 2
    await coordinator.get_by_role("button", name="Send forespørselen").click()
    await expect(coordinator.get_by_text("Har ikke svart").first).to_be_visible()
    for user_name in (GUARDIAN, SECOND):
        phone = await open_browser(base_url=own_server.address, viewport=PHONE)
        await sign_in_through_the_pages(phone, own_server, user_name)
        await sign(phone)
    await coordinator.goto(f"{plan}/consent")
    await expect(coordinator.locator(".plan-head")).to_contain_text("Aktiv")
    await expect(coordinator.locator("main")).to_contain_text(re.compile("Har tilgang"))
