"""The editor in a real browser: what is written, pasted and undone, from the keyboard, on a phone, and without it."""

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
from tests.browser.writing import PASTED, paste, save, text, tool
from tests.pages.conftest import address_of

SHAPE = (
    "root => [...root.querySelectorAll('h3, li, td, th, strong, b, i, a')].map(one => [one.localName, one.textContent])"
)
pytestmark = [*MARKS, pytest.mark.feature("F214")]


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
        desk = Desk(page, address, town, clock)
        await desk.enter(NAME)
        yield desk
        await page.goto("about:blank")


@pytest.fixture
async def plan(desk: Desk) -> str:
    return await address_of(desk.town, NAME, "R.S.")


@pytest.fixture
async def page(desk: Desk, plan: str) -> Page:
    """The form of a new goal."""
    page = await desk.tab(f"{plan}/goals/new")
    await page.get_by_label("Tittel").fill("Båttur")
    return page


async def test_what_is_pasted_from_word_is_a_heading_lists_and_a_table_on_the_page(page: Page) -> None:
    await paste(page, f"<p>Møtet</p>{(PASTED / 'word.html').read_text('utf-8')}")
    shown = await save(page)
    await expect(shown.locator(".rich__title")).to_have_text("Hverdagen til Ravn")
    await expect(shown.locator("ul > li")).to_have_text(["SvømmeI bassenget", "I bassenget", "Ro på vannet"])
    await expect(shown.locator("ol > li")).to_have_text(["Først vest", "Så båt"])
    await expect(shown.locator("td")).to_have_text(["Uka", "Kl. 9Trening", "Kari"])
    await expect(shown.locator("td").first).to_have_attribute("colspan", "2")
    await expect(shown.get_by_role("link", name="Helsenorge")).to_have_attribute("rel", "noopener noreferrer")
    assert await too_wide(page) <= 0
    assert await violations(page) == []


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        (
            "docs",
            [
                *(["h3", "Mål for våren"], ["b", "Viktigst"], ["li", "SkoleFriminutt"], ["li", "Friminutt"]),
                *(["i", "Friminutt"], ["li", "Fritid"], ["td", "Dag"], ["td", "Hva"], ["td", "Mandag"], ["td", ""]),
            ],
        ),
        (
            "outlook",
            [
                *(["b", "Fra:"], ["b", "Emne:"], ["td", "Timen er flyttet til torsdag."]),
                *(["td", "Timen er flyttet til torsdag."], ["li", "Ta med kortet"], ["li", "Kom i god tid"]),
            ],
        ),
    ],
)
async def test_what_is_pasted_keeps_its_shape_and_nothing_else(page: Page, name: str, shape: list[list[str]]) -> None:
    await paste(page, f"<p>Først</p>{(PASTED / f'{name}.html').read_text('utf-8')}")
    found = await page.evaluate(SHAPE, await text(page).element_handle())
    assert [one for one in found if one[0] != "a"] == shape
    assert await text(page).locator("[style], [class], script, img, style, [onclick], [href^=javascript]").count() == 0


async def test_plain_text_is_pasted_as_it_is(page: Page) -> None:
    await paste(page, "Én linje\nto <b>linjer</b>", "text/plain")
    await expect(text(page)).to_contain_text("to <b>linjer</b>")
    assert await text(page).locator("b").count() == 0


async def test_everything_can_be_done_from_the_keyboard(page: Page, width: int) -> None:
    await text(page).focus()
    await page.keyboard.type("Først")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Shift+Tab")
    await expect(tool(page, "Fet")).to_be_focused()
    for _ in range(3):
        await page.keyboard.press("ArrowRight")
    await expect(tool(page, "Punktliste")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(text(page)).to_be_focused()
    await expect(tool(page, "Punktliste")).to_have_attribute("aria-pressed", "true")
    await page.keyboard.type("ett")
    await page.keyboard.press("Enter")
    await page.keyboard.type("to")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await tool(page, "Sett inn tabell").press("Enter")
    for word in ("Dag", "Hva", "Mandag", "Båt", "Tirsdag", "Ski"):
        await page.keyboard.type(word)
        await page.keyboard.press("Tab")
    await expect(page.locator(".prepared summary")).to_be_focused()
    shown = await save(page)
    await expect(shown.locator("li")).to_have_text(["ett", "to"])
    await expect(shown.locator("th")).to_have_text(["Dag", "Hva"])
    await expect(shown.locator("td")).to_have_text(["Mandag", "Båt", "Tirsdag", "Ski"])


async def test_a_table_grows_and_shrinks_and_its_tools_are_there_only_inside_it(page: Page) -> None:
    tools = page.get_by_role("toolbar", name="Tabellen")
    await text(page).click()
    await expect(tools).to_be_hidden()
    await tool(page, "Sett inn tabell").click()
    await expect(tools).to_be_visible()
    await tool(page, "Ny rad").click()
    await tool(page, "Ny kolonne").click()
    assert await text(page).locator("tr").count() == 4
    assert await text(page).locator("tr:nth-child(1) > *").count() == 6, "three in the head, and three below it"
    await tool(page, "Fjern kolonnen").click()
    await tool(page, "Fjern raden").click()
    assert (await text(page).locator("tr").count(), await text(page).locator("th").count()) == (3, 2)
    for _ in range(3):
        await tool(page, "Fjern raden").click()
    await expect(text(page).locator("table")).to_have_count(0)
    await expect(tools).to_be_hidden()


async def test_the_keyboard_gets_out_of_a_list(page: Page) -> None:
    await text(page).click()
    await tool(page, "Punktliste").click()
    await page.keyboard.press("Tab")
    await expect(page.locator(".prepared summary")).to_be_focused()


async def test_what_was_done_can_be_taken_back_and_done_again(page: Page) -> None:
    await text(page).click()
    await page.keyboard.type("Ord")
    await tool(page, "Sett inn tabell").click()
    await tool(page, "Angre").click()
    await expect(text(page).locator("table")).to_have_count(0)
    await expect(text(page)).to_contain_text("Ord")
    await tool(page, "Gjør om").click()
    await expect(text(page).locator("table")).to_have_count(1)


async def test_bold_italic_and_heading_are_told_by_their_buttons(page: Page) -> None:
    await text(page).click()
    for name in ("Fet", "Kursiv", "Overskrift"):
        await expect(tool(page, name)).to_have_attribute("aria-pressed", "false")
        await tool(page, name).click()
        await page.keyboard.type("ord")
        await expect(tool(page, name)).to_have_attribute("aria-pressed", "true")
    shown = await save(page)
    await expect(shown.locator(".rich__title strong em")).to_have_text("ordord")


@pytest.mark.feature("F26")
async def test_what_is_written_in_the_editor_is_kept_as_a_draft_with_its_table(desk: Desk, page: Page) -> None:
    await text(page).click()
    await page.keyboard.type("Uka vår")
    await tool(page, "Sett inn tabell").click()
    await page.keyboard.type("Mandag")
    await page.get_by_role("link", name="Alle planer").click()
    await expect(page.get_by_role("heading", name="Planene dine")).to_be_visible()
    await desk.kept()
    await page.go_back()
    await page.reload()
    await expect(text(page)).to_contain_text("Uka vår")
    await expect(text(page).locator("th").first).to_have_text("Mandag")


async def test_opening_and_saving_changes_nothing(desk: Desk, page: Page) -> None:
    await paste(
        page, "<p>Ord</p><ul><li>en</li></ul><table><tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr></table>"
    )
    await save(page)
    await page.get_by_role("link", name="Endre målet").click()
    before = await page.locator("textarea[name=description]").input_value()
    await text(page).click()
    await page.keyboard.press("End")
    assert await page.locator("textarea[name=description]").input_value() == before
    await tool(page, "Lagre").click()
    await expect(page.get_by_role("heading", name="Båttur")).to_be_visible()
    await expect(page.get_by_role("button", name="Angre")).to_have_count(0)


@pytest.mark.feature("F65")
@pytest.mark.feature("F80")
async def test_a_prepared_text_is_put_in_where_the_cursor_is_and_nothing_is_lost(page: Page) -> None:
    await text(page).click()
    await page.keyboard.type("Før")
    await page.keyboard.press("Enter")
    await page.keyboard.type("Etter")
    await page.keyboard.press("ArrowUp")
    await page.get_by_text("Sett inn en tekstmal").click()
    await page.get_by_role("button", name="Mål: individuell plan").click()
    await expect(page.get_by_text("Satt inn i teksten.")).to_be_visible()
    lines = await text(page).locator("p").all_inner_texts()
    assert (lines[0], lines[-1], len(lines) > 3) == ("Før", "Etter", True)
    assert await violations(page) == []


async def test_the_label_the_hint_and_the_error_belong_to_the_text(page: Page) -> None:
    await expect(text(page)).to_have_attribute("aria-describedby", "description-hint")
    await page.get_by_text("Beskrivelse").click()
    await expect(text(page)).to_be_focused()
    await page.locator("textarea[name=description]").evaluate("area => { area.value = 'a'.repeat(20001); }")
    await tool(page, "Lagre").click()
    await page.get_by_role("link", name="Teksten er 20001 tegn.").click()
    await expect(text(page)).to_be_focused()
    await expect(text(page)).to_have_attribute("aria-invalid", "true")
    await expect(text(page)).to_have_attribute("aria-describedby", "description-hint description-error")
    assert await violations(page) == []


async def test_the_tools_are_big_enough_for_a_thumb_and_nothing_sticks_out(page: Page) -> None:
    await text(page).click()
    await tool(page, "Sett inn tabell").click()
    for button in await page.get_by_role("toolbar").get_by_role("button").all():
        box = await button.bounding_box()
        assert box
        assert (box["width"] >= 44, box["height"] >= 44) == (True, True)
    assert await too_wide(page) <= 0
    assert await violations(page) == []


async def test_the_editor_makes_nothing_of_evil_that_is_pasted(page: Page) -> None:
    await page.evaluate("window.evil = 0")
    for evil in (
        "<img src=x onerror='evil=1'>hei<script>evil=1</script>",
        "<svg onload='evil=1'><style><img src=x onerror='evil=1'></style></svg>hei",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=evil=1&gt;'>hei",
        "<a href='javascript:evil=1' onclick='evil=1'>hei</a><iframe srcdoc='<script>parent.evil=1</script>'></iframe>",
    ):
        await paste(page, evil)
    await expect(text(page)).to_contain_text("hei")
    assert (
        await text(page).locator("img, script, svg, math, iframe, [onclick], [onerror], a[href^=javascript]").count()
        == 0
    )
    assert await page.evaluate("window.evil") == 0


@pytest.mark.parametrize("width", [390], indirect=True)
async def test_without_javascript_there_is_a_textarea_that_keeps_the_table(desk: Desk, plan: str) -> None:
    browser = desk.page.context.browser
    assert browser
    context = await browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}, locale="nb-NO"
    )
    await context.add_cookies(await desk.page.context.cookies())  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(f"{desk.address}{plan}/goals/new")
    await page.get_by_label("Tittel").fill("Båttur")
    await page.get_by_label("Beskrivelse").fill("<p>Uka</p><table><tr><td>Mandag</td><td>Båt</td></tr></table>")
    shown = await save(page)
    await expect(shown.locator("td")).to_have_text(["Mandag", "Båt"])
    await page.get_by_role("link", name="Endre målet").click()
    await expect(page.locator("noscript p")).to_contain_text("La kodene stå")
    await expect(page.locator("noscript p")).to_be_visible()
    await page.get_by_label("Tittel").fill("Båttur i mai")
    await tool(page, "Lagre").click()
    await expect(page.locator("section[aria-labelledby=goal] td")).to_have_text(["Mandag", "Båt"])
    await context.close()
