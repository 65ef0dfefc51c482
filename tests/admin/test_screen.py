"""The generated screen in a real browser: names, roles, keyboard, and nothing blocked by the policy."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Page, expect

from tests.admin.browser import DIALOG, MARKS, browsing, served, violations
from tests.admin.conftest import Visit
from tests.admin.shelves import make_app

pytestmark = MARKS


@pytest.fixture
async def address(engine: Any, ids: dict[str, UUID]) -> AsyncIterator[str]:
    async with served(make_app(engine)) as address:
        yield address


@pytest.fixture(params=[1280, 390])
async def page(request: Any, address: str) -> AsyncIterator[Page]:
    async with browsing(address, request.param, visitor="all") as page:
        await page.goto(f"{address}/admin/shelf")
        await page.get_by_text("Atlas", exact=True).wait_for()
        yield page


async def test_list_dialogs_and_errors_can_be_used_by_all(page: Page) -> None:
    assert await violations(page) == []
    assert await page.locator("h1").count() == 1
    await page.get_by_role("button", name="Legg til").click()
    await page.get_by_role("dialog", name="Legg til – Hyller").wait_for()
    await page.get_by_role("button", name="Lagre").click()
    await page.get_by_text("Fyll ut dette feltet").wait_for()
    assert await violations(page, DIALOG) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("dialog").wait_for(state="detached")
    assert await page.evaluate("document.activeElement.textContent") == "Legg til"


async def test_a_row_is_changed_through_its_dialog(page: Page) -> None:
    await page.get_by_role("button", name="Endre: Atlas").click()
    field = page.get_by_role("dialog").get_by_label("Navn")
    await field.wait_for()
    await expect(page.locator("[role=dialog] input[name=name]")).to_have_value("Atlas")
    assert await violations(page, DIALOG) == []
    await field.fill("Kart")
    await page.get_by_role("dialog").get_by_label("Rom").select_option("Loft")
    await page.get_by_role("button", name="Lagre").click()
    await page.get_by_text("Lagret").wait_for()
    await page.get_by_role("button", name="Endre: Kart").wait_for()


async def test_the_servers_no_is_shown_and_what_was_typed_is_kept(page: Page) -> None:
    await page.get_by_role("button", name="Legg til").click()
    field = page.get_by_role("dialog").get_by_label("Navn")
    await field.fill("Bor")
    await page.get_by_role("button", name="Lagre").click()
    await page.get_by_role("status").get_by_text("Dette finnes fra før").wait_for()
    assert await field.input_value() == "Bor"


async def test_the_file_link_follows_the_filter(page: Page) -> None:
    await page.get_by_label("Type", exact=True).select_option("Verktøy")
    await page.get_by_role("button", name="Søk").click()
    await page.get_by_text("Atlas", exact=True).wait_for(state="detached")
    assert "kind=tools" in str(await page.get_by_role("link", name="Last ned listen").get_attribute("href"))


async def test_the_screen_speaks_norwegian(page: Page) -> None:
    text = await page.locator("body").inner_text()
    assert "Side 1 av 1, 3 i alt" in text
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in text)


async def test_an_empty_list_explains_itself(page: Page) -> None:
    await page.get_by_label("Søk").fill("finnes ikke")
    await page.get_by_role("button", name="Søk").click()
    await page.get_by_text("Ingen treff").wait_for()
    assert await violations(page) == []


async def test_a_stale_edit_is_refused_in_words_and_what_was_typed_is_kept(page: Page, visit: Visit, ids: Any) -> None:
    await page.get_by_role("button", name="Endre: Atlas").click()
    field = page.get_by_role("dialog").get_by_label("Navn")
    await expect(page.locator("[role=dialog] input[name=name]")).to_have_value("Atlas")
    meanwhile = {"name": "Atlas", "kind": "tools"}
    assert (await visit("all").put(f"/admin/shelf/item/{ids['Atlas']}", json=meanwhile)).status_code == 200
    await field.fill("Kart")
    await page.get_by_role("button", name="Lagre").click()
    await page.get_by_role("status").get_by_text("Noen andre endret dette").wait_for()
    assert await field.input_value() == "Kart"


async def test_a_rows_name_is_text_in_the_title_of_its_dialog(page: Page, visit: Visit) -> None:
    name = "A/S <b>Fet</b>"
    assert (await visit("all").post("/admin/shelf/item", json={"name": name})).status_code == 200
    await page.reload()
    await page.get_by_role("button", name=f"Vis: {name}").click()
    await page.get_by_role("dialog", name=f"Vis: {name}").wait_for()
    assert await page.locator("b", has_text="Fet").count() == 0
