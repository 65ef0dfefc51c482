"""Who sees what, tried as its user (N2): the coordinator, on a phone, sees the plan as somebody else
does, and comes back."""

from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.width import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
SignIn = Callable[..., Awaitable[Page]]
ASSISTANT = "Leila Torvund"


@pytest.mark.feature("N2")
async def test_the_plan_is_seen_as_an_assistant_sees_it_and_changed_by_nobody_meanwhile(sign_in: SignIn) -> None:
    page = await sign_in("koordinator", viewport=PHONE)
    await page.get_by_role("link", name="R.S.").first.click()
    await page.wait_for_url("**/plans/*-*")
    plan = page.url.split("?")[0]
    await page.goto(f"{plan}/goals")
    await expect(page.get_by_role("link", name="Nytt mål")).to_be_visible()
    await page.goto(f"{plan}/rights")
    assert await too_wide(page) <= 0
    await page.get_by_role("link", name=ASSISTANT).first.click()
    await page.get_by_role("button", name=f"Se planen som {ASSISTANT}").click()
    banner = page.get_by_text(f"Du ser planen slik {ASSISTANT} ser den. Ingenting kan endres her.")
    await expect(banner).to_be_visible()
    await page.goto(f"{plan}/goals")
    await expect(banner).to_be_visible()
    assert await too_wide(page) <= 0
    await expect(page.get_by_role("link", name="Nytt mål")).to_have_count(0)
    await page.get_by_role("button", name="Avslutt visningen").click()
    await expect(banner).to_have_count(0)
    await page.goto(f"{plan}/goals")
    await expect(page.get_by_role("link", name="Nytt mål")).to_be_visible()
