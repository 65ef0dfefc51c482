"""Appointing in Chromium: a person sought among many by name, by keyboard, and rights that are ended from the list."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from models.database import Database
from permissions.sign_in.passwords import Passwords
from seed.cast import cast
from tests.admin.browser import DIALOG, MARKS, browsing, served, violations
from tests.admin.conftest import house_of, signed_in

pytestmark = MARKS


@pytest.fixture(params=[1280, 390])
async def page(
    request: pytest.FixtureRequest, town: Database, passwords: Passwords, tmp_path: Path
) -> AsyncIterator[Page]:
    token = await signed_in(town, "superadmin@fjordvik.example")
    async with (
        served(house_of(town, passwords, tmp_path)) as address,
        browsing(address, request.param, medvirk=token) as page,
    ):
        await page.goto(f"{address}/admin/appointments")
        await page.locator("tbody td[data-label]").first.wait_for()
        yield page


@pytest.mark.feature("F207")
async def test_a_person_is_sought_and_appointed_and_the_appointment_is_ended(page: Page) -> None:
    teacher = next(one for one in cast() if one.user_name == "laerer@fjordvik.example")
    shown = f"{teacher.family_name}, {teacher.given_name}"
    assert await violations(page) == []
    await page.get_by_role("button", name="Oppnevn", exact=True).click()
    dialog = page.get_by_role("dialog")
    seek = dialog.get_by_role("searchbox", name="Søk i listen: Person")
    people = dialog.get_by_label("Person").and_(page.locator("select"))
    await expect(seek).to_be_focused()
    await seek.fill("finnes ikke")
    await expect(dialog.get_by_text("Ingen treff", exact=True)).to_be_visible()
    await seek.fill(f"{teacher.given_name} {teacher.family_name}".upper())
    await expect(dialog.get_by_text("1 treff", exact=True)).to_be_visible()
    assert await violations(page, DIALOG) == []
    await page.keyboard.press("Enter")
    await expect(people.locator("option:checked")).to_have_text(f"{shown} ({teacher.user_name})")
    await seek.fill("")
    await expect(people.locator("option:checked")).to_have_text(f"{shown} ({teacher.user_name})")
    await dialog.get_by_label("Oppnevnt til").select_option("Lokal administrator")
    await dialog.get_by_role("button", name="Oppnevn", exact=True).click()
    await expect(dialog.get_by_text("Velg plantypen administratoren har ansvar for.")).to_be_visible()
    await dialog.get_by_label("Plantype").select_option("Stafettlogg")
    await dialog.get_by_role("button", name="Oppnevn", exact=True).click()
    await page.get_by_text(f"{teacher.name} er oppnevnt, og får beskjed om det.").wait_for()
    await page.get_by_role("button", name=f"Avslutt: {shown}").click()
    await page.get_by_role("dialog", name=f"Avslutt: {shown} – Lokal administrator").wait_for()
    assert await violations(page, DIALOG) == []
    await dialog.get_by_role("button", name="Avslutt", exact=True).click()
    await page.get_by_text("Oppnevningen er avsluttet.").wait_for()
    await expect(page.get_by_role("button", name=f"Avslutt: {shown}")).to_have_count(0)


async def test_a_list_one_can_look_through_has_no_search(page: Page) -> None:
    await page.get_by_role("button", name="Oppnevn", exact=True).click()
    await page.get_by_role("dialog").get_by_label("Oppnevnt til").wait_for()
    assert await page.get_by_role("dialog").get_by_role("searchbox").count() == 1


@pytest.mark.feature("F196")
async def test_what_is_done_most_with_a_persons_card_is_seen_at_once(page: Page) -> None:
    await page.goto(page.url.replace("appointments", "people"))
    row = page.locator("tbody tr").first
    await row.get_by_role("button", name="Vis: ").wait_for()
    await expect(row.get_by_role("button", name="Endre: ")).to_be_visible()
    await expect(row.get_by_role("button", name="Sperret adresse: ")).to_be_hidden()
