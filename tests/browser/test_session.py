"""The session and the drafts in a real browser: the clock of the house and that of the browser are moved together."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Route, expect
from sqlalchemy import update

from models.accounts.tables.account import TermsAcceptance
from models.clock import SteppingClock
from models.database import Database
from permissions.sign_in.passwords import Passwords
from tests.admin.browser import MARKS, browsing, served, violations
from tests.admin.conftest import house_of
from tests.browser.desk import NAME, Desk
from tests.browser.width import too_wide
from tests.browser.writing import text
from tests.pages.conftest import address_of
from tests.pages.newcomers import BORN, card

pytestmark = [*MARKS, pytest.mark.feature("F26")]
WORDS = "Dette brukte jeg en hel kveld på."


@pytest.fixture(params=[1280, 390])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
async def desk(
    width: int, town: Database, clock: SteppingClock, passwords: Passwords, tmp_path: Path
) -> AsyncIterator[Desk]:
    house = house_of(town, passwords, tmp_path)
    async with served(house) as address, browsing(address, width) as page:
        page.context.set_default_timeout(15_000)
        expect.set_options(timeout=15_000)
        await page.context.clock.install()
        desk = Desk(page, address, town, clock)
        await desk.enter(NAME)
        yield desk
        await page.goto("about:blank")


@pytest.fixture
async def form(desk: Desk) -> str:
    """The address of a new goal in the IP."""
    return f"{await address_of(desk.town, NAME, 'R.S.')}/goals/new"


async def test_the_warning_comes_in_every_tab_and_going_on_in_one_is_going_on_in_all(desk: Desk, form: str) -> None:
    writing, reading = await desk.tab(form), await desk.tab("/plans")
    await writing.get_by_label("Tittel").fill(WORDS)
    await desk.wait(minutes=30, seconds=5)
    for page in (writing, reading):
        dialog = page.get_by_role("alertdialog", name="Du blir snart logget ut")
        await expect(dialog).to_contain_text("Du blir logget ut om 5 minutter.")
        await expect(dialog).to_contain_text("Vil du fortsette?")
    assert await violations(writing, "dialog") == []
    await reading.get_by_role("button", name="Fortsett").click()
    for page in (writing, reading):
        await expect(page.get_by_role("alertdialog")).to_have_count(0)
    assert await writing.get_by_label("Tittel").input_value() == WORDS
    await desk.wait(minutes=20)
    await desk.page.goto(f"{desk.address}/plans")
    await expect(desk.page.get_by_role("heading", name="Planene dine")).to_be_visible()


async def test_a_draft_kept_long_after_the_last_key_is_nobody_using_the_page(desk: Desk, form: str) -> None:
    page, kept = await desk.tab(form), asyncio.Event()

    async def hold(route: Route) -> None:
        await kept.wait()
        await route.continue_()

    await page.route("**/session/warning", hold)
    page.on("requestfinished", lambda request: kept.set() if request.url.endswith("/draft") else None)
    await page.get_by_label("Tittel").fill(WORDS)
    await desk.wait(minutes=30, seconds=5)
    await expect(page.get_by_role("alertdialog")).to_be_visible()


async def test_the_minutes_are_read_out_and_the_seconds_only_seen(desk: Desk) -> None:
    page = await desk.tab("/plans")
    await desk.wait(minutes=30, seconds=5)
    dialog = page.get_by_role("alertdialog")
    await expect(dialog.get_by_role("status")).to_have_text("Du blir logget ut om 5 minutter.")
    await expect(dialog.locator("[aria-hidden=true]")).to_contain_text("4:5")
    await desk.wait(minutes=1)
    await expect(dialog.get_by_role("status")).to_have_text("Du blir logget ut om 4 minutter.")
    await desk.wait(minutes=3)
    await expect(dialog.get_by_role("status")).to_have_text("Du blir logget ut om 1 minutt.")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("alertdialog")).to_have_count(0)
    await desk.wait(minutes=10)
    await expect(page.get_by_role("alertdialog")).to_have_count(0)


async def test_who_does_nothing_is_signed_out_and_finds_the_draft_afterwards(desk: Desk, form: str) -> None:
    page = await desk.tab(form)
    await page.get_by_label("Tittel").fill(WORDS)
    await page.clock.fast_forward(2_500)
    await expect(page.get_by_text("Utkast lagret kl. 10.00")).to_be_visible()
    await desk.wait(minutes=30, seconds=5)
    await expect(page.get_by_role("alertdialog")).to_be_visible()
    await desk.wait(minutes=5)
    await page.wait_for_url("**/login?done=idle&next=*")
    await expect(page.get_by_role("status")).to_contain_text("fordi du ikke hadde gjort noe på en stund")
    desk.page = page
    await desk.sign_in()
    await page.wait_for_url(f"**{form}")
    await expect(page.get_by_text("Vi fant et utkast fra i dag kl. 10.00")).to_be_visible()
    assert await page.get_by_label("Tittel").input_value() == WORDS
    assert await violations(page) == []


async def test_who_writes_all_the_time_is_never_warned(desk: Desk, form: str) -> None:
    page = await desk.tab(form)
    await text(page).fill(WORDS)
    for part in range(2, 5):
        await desk.wait(minutes=20)
        async with page.expect_response("**/session/continue") as told:
            await text(page).fill(WORDS * part)
        assert (await told.value).ok
    assert await page.get_by_role("alertdialog").count() == 0
    await page.clock.fast_forward(2_500)
    await expect(page.get_by_text("Utkast lagret kl. 11.00")).to_be_visible()


async def test_after_twelve_hours_one_is_told_that_going_on_does_not_help(desk: Desk) -> None:
    page = await desk.tab("/plans")
    for _ in range(23):
        await desk.wait(minutes=30)
        await page.reload()
    await desk.wait(minutes=26)
    dialog = page.get_by_role("alertdialog")
    await expect(dialog).to_contain_text("Du har vært pålogget i 12 timer")
    await dialog.get_by_role("button", name="Lukk").click()
    await expect(dialog).to_be_hidden()
    await desk.wait(minutes=4)
    await page.wait_for_url("**/login?done=ended&next=*")


async def test_signing_out_from_the_warning(desk: Desk) -> None:
    page, other = await desk.tab("/plans"), await desk.tab("/me/switch")
    await desk.wait(minutes=30, seconds=5)
    await page.get_by_role("alertdialog").get_by_role("button", name="Logg ut").click()
    await page.wait_for_url("**/login?done=signed-out")
    await other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await other.wait_for_url("**/login?done=signed-out")


async def test_what_is_written_after_being_signed_out_stays_and_is_kept_once_in_again(desk: Desk, form: str) -> None:
    page = await desk.tab(form)
    await page.get_by_label("Tittel").fill(WORDS)
    await page.clock.fast_forward(2_500)
    await expect(page.get_by_text("Utkast lagret kl. 10.00")).to_be_visible()
    desk.clock.move(timedelta(minutes=36))
    await text(page).fill("Og dette etterpå.")
    await page.clock.fast_forward(2_500)
    await expect(page.get_by_text("Det du skrev til kl. 10.00, er lagret som utkast.")).to_be_visible()
    assert await violations(page) == []
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await page.wait_for_load_state("networkidle")
    assert page.url.endswith(form), "the text is nowhere else, so the page stays"
    async with page.context.expect_page() as opened:
        await page.get_by_role("link", name="Logg på i en ny fane").click()
    desk.page = await opened.value
    await desk.sign_in()
    await desk.page.wait_for_url(f"**{form}")
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await expect(page.get_by_text("Utkast lagret kl. 10.36")).to_be_visible()
    await expect(text(page)).to_have_text("Og dette etterpå.")


async def test_leaving_the_page_keeps_what_was_written_and_saving_leaves_no_draft(desk: Desk, form: str) -> None:
    page = await desk.tab(form)
    await page.get_by_label("Tittel").fill(WORDS)
    await page.get_by_role("link", name="Alle planer").click()
    await expect(page.get_by_role("heading", name="Planene dine")).to_be_visible()
    await desk.kept()
    await page.goto(desk.address + form)
    await expect(page.get_by_label("Tittel")).to_have_value(WORDS)
    await text(page).fill("Litt mer.")
    await page.get_by_role("button", name="Lagre", exact=True).click()
    await expect(page.get_by_role("status").first).to_contain_text("Lagt til.")
    assert await desk.drafts() == 0


async def test_a_draft_on_its_way_does_not_come_back_after_saving(desk: Desk, form: str) -> None:
    page = await desk.tab(form)
    held, sent = asyncio.Event(), asyncio.Event()

    async def hold(route: Route) -> None:
        sent.set()
        await held.wait()
        await route.continue_()

    await page.route("**/draft", hold)
    await page.get_by_label("Tittel").fill(WORDS)
    await page.clock.fast_forward(2_500)
    await sent.wait()
    await page.get_by_role("button", name="Lagre", exact=True).click(no_wait_after=True)
    held.set()
    await expect(page.get_by_role("status").first).to_contain_text("Lagt til.")
    await page.goto(desk.address + form)
    await expect(page.get_by_label("Tittel")).to_have_value("")
    assert await desk.drafts() == 0


async def test_a_draft_is_thrown_away(desk: Desk, form: str) -> None:
    page = await desk.tab(form)
    await page.get_by_label("Tittel").fill(WORDS)
    await page.clock.fast_forward(2_500)
    await expect(page.get_by_text("Utkast lagret")).to_be_visible()
    await page.reload()
    await text(page).fill("Litt mer.")
    await page.get_by_role("button", name="Forkast utkastet").click()
    await expect(page.get_by_label("Tittel")).to_have_value("")
    await expect(page.get_by_text("Vi fant et utkast")).to_have_count(0)
    assert await desk.drafts() == 0


async def test_the_generated_screens_warn_too(desk: Desk) -> None:
    await desk.enter("superadmin@fjordvik.example")
    page = await desk.tab("/admin/units")
    await page.get_by_role("heading", name="Enheter").wait_for()
    await page.wait_for_load_state("networkidle")
    await desk.wait(minutes=30, seconds=5)
    await expect(page.get_by_role("alertdialog")).to_contain_text("Du blir logget ut om 5 minutter.")
    await page.get_by_role("button", name="Fortsett").click()
    await expect(page.get_by_role("alertdialog")).to_have_count(0)


@pytest.mark.feature("F28")
@pytest.mark.feature("F29")
@pytest.mark.feature("F31")
async def test_the_pages_that_everybody_may_read_can_be_read_by_all(desk: Desk) -> None:
    for address in ("/terms", "/cookies", "/status"):
        page = await desk.tab(address)
        assert await violations(page) == [], address
        assert await too_wide(page) <= 0, address


@pytest.mark.feature("F28")
async def test_the_terms_are_read_and_accepted(desk: Desk, form: str) -> None:
    async with desk.town.writing() as session:
        await session.execute(update(TermsAcceptance).values(version="2020-01"))
    page = await desk.tab(form)
    await expect(page.get_by_role("heading", name="Les og godta brukervilkårene")).to_be_visible()
    await page.get_by_role("button", name="Godta og gå videre").click()
    await expect(page.get_by_text("Kryss av for at du godtar vilkårene.").first).to_be_visible()
    assert await violations(page) == []
    await page.get_by_label("Jeg har lest og godtar brukervilkårene").check()
    await page.get_by_role("button", name="Godta og gå videre").click()
    await page.wait_for_url(f"**{form}")


async def test_a_step_of_a_plan_that_is_being_made_is_found_again_with_what_was_typed(desk: Desk) -> None:
    await card(desk.town, "Fjordvik", "Åse-Marie", "Bø")
    page = await desk.tab("/plans/new")
    await page.get_by_label("Navn").fill("Åse-Marie Bø")
    await page.get_by_label("Fødselsdato").fill(BORN.isoformat())
    await page.get_by_role("button", name="Søk").click()
    await page.wait_for_url("**/plan")
    await page.get_by_label("Kortnavn").fill("Å.M.B.")
    await page.clock.fast_forward(2_500)
    await expect(page.get_by_text("Utkast lagret kl. 10.00")).to_be_visible()
    await desk.wait(minutes=30, seconds=5)
    await expect(page.get_by_role("alertdialog")).to_be_visible()
    await desk.wait(minutes=5)
    await page.wait_for_url("**/login?done=idle&next=*")
    desk.page = page
    await desk.sign_in()
    await page.wait_for_url("**/plan")
    assert await page.get_by_label("Kortnavn").input_value() == "Å.M.B."
    assert await violations(page) == []
