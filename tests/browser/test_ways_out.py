"""Being signed out without wanting to: from another browser, and after twelve hours whatever one does."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from models.clock import SteppingClock
from models.database import Database
from permissions.sign_in.passwords import Passwords
from tests.admin.browser import MARKS, browsing, served
from tests.admin.conftest import house_of
from tests.browser.test_session import NAME, WORDS, Desk
from tests.pages.conftest import address_of

pytestmark = MARKS
PATIENCE = 15_000


@pytest.fixture
async def desk(town: Database, clock: SteppingClock, passwords: Passwords, tmp_path: Path) -> AsyncIterator[Desk]:
    """Signed in; only the clock of the house is moved."""
    house = house_of(town, passwords, tmp_path)
    async with served(house) as address, browsing(address, 1280) as page:
        page.context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        desk = Desk(page, address, town, clock)
        await desk.enter(NAME)
        yield desk
        await page.goto("about:blank")


@pytest.fixture
async def phone(desk: Desk) -> AsyncIterator[Desk]:
    """The same person's, signed in through the pages."""
    browser = desk.page.context.browser
    assert browser
    context = await browser.new_context(viewport={"width": 390, "height": 844}, locale="nb-NO")
    context.set_default_timeout(PATIENCE)
    phone = Desk(await context.new_page(), desk.address, desk.town, desk.clock)
    await phone.page.goto(f"{desk.address}/login")
    await phone.sign_in()
    await phone.page.wait_for_url("**/plans")
    yield phone
    await context.close()


@pytest.mark.feature("F27")
async def test_whoever_is_in_elsewhere_is_thrown_out_from_the_security_page(desk: Desk, phone: Desk) -> None:
    form = f"{desk.address}{await address_of(desk.town, NAME, 'R.S.')}/goals/new"
    await phone.page.goto(form)
    await phone.page.get_by_label("Tittel").fill(WORDS)

    await desk.page.goto(f"{desk.address}/me/security")
    sessions = desk.page.locator("#sessions")
    await expect(sessions.get_by_role("listitem")).to_have_count(2)
    await sessions.get_by_role("button", name="Logg ut alle andre").click()
    await expect(desk.page.get_by_role("status").first).to_contain_text("logget ut")
    await expect(desk.page.locator("#sessions").get_by_role("listitem")).to_have_count(1)

    await phone.page.get_by_role("button", name="Lagre", exact=True).click()
    await expect(phone.page.get_by_role("heading", name="Logg på igjen")).to_be_visible()
    await expect(phone.page.get_by_role("main")).to_contain_text(WORDS)
    await phone.page.goto(f"{desk.address}/plans")
    await phone.page.wait_for_url("**/login**")
    await desk.page.goto(f"{desk.address}/plans")
    await expect(desk.page.get_by_role("heading", name="Planene dine")).to_be_visible()


@pytest.mark.feature("F26")
async def test_twelve_hours_are_the_end_for_who_works_all_the_time_too(desk: Desk) -> None:
    page, plan = desk.page, f"{desk.address}{await address_of(desk.town, NAME, 'R.S.')}"
    for _half_hour in range(23):
        desk.clock.move(timedelta(minutes=30))
        await page.goto(f"{plan}/goals")
        await expect(page.get_by_role("heading", name="Ut på sjøen igjen")).to_be_visible()
    desk.clock.move(timedelta(minutes=29, seconds=59))
    await page.goto(f"{plan}/goals/new")
    await page.get_by_label("Tittel").fill(WORDS)
    desk.clock.move(timedelta(seconds=1))
    await page.get_by_role("button", name="Lagre", exact=True).click()
    await expect(page.get_by_role("heading", name="Logg på igjen")).to_be_visible()
    await expect(page.get_by_role("main")).to_contain_text(WORDS)
    await page.goto(f"{plan}/goals")
    await page.wait_for_url("**/login?next=**")
