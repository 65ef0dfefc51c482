"""Two tabs in which the same goal is changed: the later one chooses, at a desk and on a phone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from models.clock import SteppingClock
from models.database import Database
from permissions.sign_in.passwords import Passwords
from tests.admin.browser import MARKS, browsing, served, violations
from tests.admin.conftest import house_of
from tests.browser.desk import NAME, Desk
from tests.browser.width import too_wide
from tests.browser.writing import text, tool
from tests.pages.conftest import address_of

pytestmark = [*MARKS, pytest.mark.feature("N11")]


@pytest.fixture(params=[1280, 390])
async def later(
    request: pytest.FixtureRequest, town: Database, clock: SteppingClock, passwords: Passwords, tmp_path: Path
) -> AsyncIterator[Page]:
    """The page of whoever saved last: both changed the text, and only the first the title."""
    house = house_of(town, passwords, tmp_path)
    async with served(house) as address, browsing(address, request.param) as page:
        page.context.set_default_timeout(15_000)
        expect.set_options(timeout=15_000)
        desk = Desk(page, address, town, clock)
        await desk.enter(NAME)
        await page.goto(f"{address}{await address_of(town, NAME, 'R.S.')}/goals")
        await page.locator("article").get_by_role("link", name="Ut på sjøen igjen").click()
        await page.get_by_role("link", name="Endre målet").click()
        first = await desk.tab(page.url.removeprefix(address))
        await first.get_by_label("Tittel").fill("Ut på sjøen i mai")
        await text(first).fill("Når isen er gått.")
        await tool(first, "Lagre").click()
        await expect(first.get_by_role("status").first).to_contain_text("Lagret.")
        await text(page).fill("Når det er varmt.")
        await tool(page, "Lagre").click()
        await expect(page.get_by_role("alert")).to_contain_text("Noen andre lagret mens du skrev")
        yield page
        await page.goto("about:blank")


async def test_both_texts_can_be_read_by_all(later: Page) -> None:
    choices = later.get_by_role("group", name="Beskrivelse")
    await expect(choices.locator("mark")).to_have_count(4)
    await expect(later.get_by_label("Tittel", exact=True)).to_have_value("Ut på sjøen i mai")
    await expect(text(later)).to_have_text("Når det er varmt.")
    assert await violations(later) == []
    assert await too_wide(later) <= 0
    boxes = [await side.bounding_box() for side in await choices.locator(".side").all()]
    width = later.viewport_size and later.viewport_size["width"]
    assert all(boxes)
    assert (boxes[0]["y"] == boxes[1]["y"]) is (width == 1280)  # type: ignore[index]


async def test_who_chooses_the_others_text_saves_it(later: Page) -> None:
    await later.get_by_label("Behold den andres").check()
    await tool(later, "Lagre").click()
    await expect(later.locator("section[aria-labelledby=goal]")).to_contain_text("Når isen er gått.")


async def test_who_goes_on_writing_keeps_what_they_write(later: Page) -> None:
    await later.get_by_label("Behold den andres").check()
    await text(later).fill("Når isen er gått og det er varmt.")
    await expect(later.get_by_label("Behold min")).to_be_checked()
    await tool(later, "Lagre").click()
    await expect(later.locator("section[aria-labelledby=goal]")).to_contain_text("gått og det er varmt.")
