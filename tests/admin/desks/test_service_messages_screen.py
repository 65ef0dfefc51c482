"""A service message written in Chromium: the browser's own field for a moment, and Norwegian time all the way."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from models.database import Database
from permissions.sign_in.passwords import Passwords
from tests.admin.browser import DIALOG, MARKS, browsing, served, violations
from tests.admin.conftest import house_of, signed_in

pytestmark = [*MARKS, pytest.mark.feature("F31")]


@pytest.fixture(params=[1280, 390])
async def page(
    request: pytest.FixtureRequest, town: Database, passwords: Passwords, tmp_path: Path
) -> AsyncIterator[Page]:
    token = await signed_in(town, "superadmin@fjordvik.example")
    async with (
        served(house_of(town, passwords, tmp_path)) as address,
        browsing(address, request.param, medvirk=token) as page,
    ):
        await page.goto(f"{address}/admin/service-messages")
        await page.wait_for_load_state("networkidle")  # an empty list is drawn anew when it knows that it is empty
        yield page


async def test_a_message_is_written_changed_and_seen_before_signing_in(page: Page) -> None:
    dialog = page.get_by_role("dialog")
    await page.get_by_role("button", name="Legg til").first.click()
    await dialog.get_by_label("Tekst på bokmål").fill("Medvirk er nede lørdag.")
    await dialog.get_by_label("Alvor").select_option("Viktig")
    await dialog.get_by_label("Vises fra").fill("2026-11-20T09:30")
    await dialog.get_by_label("Vises til").fill("2026-11-19T09:30")
    assert await violations(page, DIALOG) == []
    await page.get_by_role("button", name="Lagre").click()
    await page.get_by_text("Slutten må være etter begynnelsen.").wait_for()
    await dialog.get_by_label("Vises til").fill("2026-11-21T16:00")
    await page.get_by_role("button", name="Lagre").click()
    await expect(page.get_by_role("cell", name="21.11.2026 16.00")).to_be_visible()
    assert await violations(page) == []

    await page.get_by_role("button", name="Endre: ").click()
    await expect(dialog.get_by_label("Vises fra")).to_have_value("2026-11-20T09:30")
    await dialog.get_by_label("Vises til").fill("2026-11-22T16:00")
    await page.get_by_role("button", name="Lagre").click()
    await expect(page.get_by_role("cell", name="22.11.2026 16.00")).to_be_visible()
    await page.goto(page.url.replace("/admin/service-messages", "/login"))
    await expect(page.get_by_role("main")).to_contain_text("Viktig · Fjordvik Medvirk er nede lørdag.")
    assert await violations(page) == []
