"""Every register and every dialog of the real house in Chromium, for everybody, on a phone and on a desk."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from models.database import Database
from permissions.sign_in.passwords import Passwords
from tests.admin.browser import DIALOG, MARKS, browsing, served, violations
from tests.admin.conftest import house_of, signed_in

pytestmark = MARKS


@pytest.fixture(params=[1280, 390])
async def page(request: Any, town: Database, passwords: Passwords, tmp_path: Path) -> AsyncIterator[Page]:
    token = await signed_in(town, "superadmin@fjordvik.example")
    async with (
        served(house_of(town, passwords, tmp_path)) as address,
        browsing(address, request.param, medvirk=token) as page,
    ):
        await page.goto(f"{address}/admin/")
        yield page


async def opened(page: Page, register: str) -> None:
    await page.get_by_role("main").get_by_role("link", name=register, exact=True).click()
    await page.locator("tbody td[data-label]").first.wait_for()


async def test_the_list_of_registers_can_be_used_by_all(page: Page) -> None:
    assert await violations(page) == []


@pytest.mark.parametrize(
    ("register", "buttons"),
    [
        ("Planregister", []),
        ("Personer", ["Legg til person", "Finn med fødselsnummer", "Vis: ", "Endre: "]),
        ("Brukerkontoer", ["Vis: ", "Ny e-post eller mobil: ", "Steng: "]),
        ("Enheter", ["Legg til", "Endre: "]),
        ("Rollemaler", ["Endre: "]),
        ("Tekstmaler", ["Legg til", "Endre: "]),
    ],
)
async def test_a_register_can_be_used_by_all(page: Page, register: str, buttons: list[str]) -> None:
    await opened(page, register)
    assert await page.locator("h1").count() == 1
    assert await violations(page) == []
    for button in buttons:
        if not await page.get_by_role("button", name=button).first.is_visible():
            await page.locator("tbody summary").first.click()
        await page.get_by_role("button", name=button).first.click()
        await page.get_by_role("dialog").wait_for()
        assert await violations(page, DIALOG) == []
        await page.keyboard.press("Escape")
        await page.get_by_role("dialog").wait_for(state="detached")


@pytest.mark.feature("F196")
async def test_a_persons_card_is_changed_and_the_list_shows_it(page: Page) -> None:
    await opened(page, "Personer")
    await page.get_by_role("button", name="Endre: ").first.click()
    family = page.get_by_role("dialog").get_by_label("Etternavn")
    await expect(page.locator("[role=dialog] input[name=family_name]")).not_to_have_value("")
    await family.fill("Abel")
    await page.get_by_role("dialog").get_by_label("Mobil").fill("00000001")
    await page.get_by_role("button", name="Lagre").click()
    await page.get_by_text("Lagret", exact=True).wait_for()
    await page.get_by_role("button", name="Vis: Abel").wait_for()


@pytest.mark.feature("F126")
async def test_a_level_is_chosen_by_its_words(page: Page) -> None:
    await opened(page, "Rollemaler")
    await page.get_by_role("button", name="Endre: ").first.click()
    level = page.get_by_role("dialog").get_by_label("Dokumenter")
    await expect(page.locator("[role=dialog] select[name=goals]")).to_have_value("1")
    await level.select_option("Les, endre, ny")
    await page.get_by_role("button", name="Lagre").click()
    await page.get_by_text("Lagret", exact=True).wait_for()


async def test_a_number_nobody_has_is_answered_beside_the_field(page: Page) -> None:
    await opened(page, "Personer")
    await page.get_by_role("button", name="Finn med fødselsnummer").click()
    await page.get_by_role("dialog").get_by_label("Fødselsnummer").fill("12345678901")
    await page.get_by_role("button", name="Finn", exact=True).click()
    await page.get_by_text("Dette er ikke et gyldig").wait_for()
    assert await violations(page, DIALOG) == []
