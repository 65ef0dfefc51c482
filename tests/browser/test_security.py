"""Somebody makes their account safer from a phone: a mobile, an app, codes on paper, and back again."""

import asyncio
import re
from collections.abc import Awaitable, Callable

import pyotp
import pytest
from playwright.async_api import Page

from seed.cast import PASSWORD
from tests.browser.conftest import PATIENCE, PHONE, Server, sign_in_through_the_pages
from tests.browser.test_accessibility import PICTURES, ROOT, RUN, TAGS
from tests.browser.width import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
OpenBrowser = Callable[..., Awaitable[Page]]
NAME, MOBILE, HOME = "arkivar@fjordvik.example", "00000008", "/me/security"


async def look(page: Page, name: str) -> None:
    """Nothing breaks WCAG 2.1 A and AA, and nothing sticks out; a picture is left to be looked at."""
    await page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text())
    found = await page.evaluate(RUN, TAGS)
    assert [f"{one['id']} at {one['nodes'][0]['target']}" for one in found] == [], name
    wide = await too_wide(page)
    assert wide <= 0, f"{name} is {wide} px too wide"
    PICTURES.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=PICTURES / f"sikkerhet-{name}-390.png", full_page=True)


async def texted(server: Server) -> str:
    """The code of the text message that was sent to the new number."""
    for _ in range(PATIENCE * 20):
        for file in (server.data / "sms").glob("[!.]*.txt"):
            words = file.read_text(encoding="utf-8")
            if MOBILE in words.splitlines()[0]:
                return re.findall(r"\b\d{6}\b", words.split("\n\n", 1)[1])[0]
        await asyncio.sleep(0.05)
    raise AssertionError("no text message")


async def send(page: Page, button: str, **typed: str) -> None:
    for label, text in typed.items():
        await page.get_by_label(label).fill(text)
    await page.get_by_role("button", name=button).click()


@pytest.mark.feature("F12")
@pytest.mark.feature("F41")
async def test_an_account_is_made_safer_from_a_phone(open_browser: OpenBrowser, server: Server) -> None:
    page, again = await open_browser(viewport=PHONE), {"Passordet ditt": PASSWORD}
    await sign_in_through_the_pages(page, server, NAME)
    await page.locator("summary").last.click()
    await page.get_by_role("link", name="Sikkerhet").click()
    await look(page, "oversikt")

    await page.get_by_role("link", name="Legg inn mobil").click()
    await look(page, "mobil")
    await send(page, "Send kode", **{"Nytt mobilnummer": MOBILE}, **again)
    await look(page, "kode")
    await send(page, "Lagre", Engangskode=await texted(server))
    await page.get_by_text("Mobilnummeret er byttet.").wait_for()
    await page.get_by_text("••• 08").wait_for()

    await page.get_by_role("link", name="Ta i bruk en app").click()
    await send(page, "Gå videre", **again)
    await look(page, "app")
    secret = re.sub(r"\s", "", await page.locator(".secret").inner_text())
    await send(page, "Ta i bruk appen", **{"Kode fra appen": pyotp.TOTP(secret).now()})
    await page.get_by_role("button", name="Skriv ut").wait_for()
    await look(page, "reservekoder")
    assert await page.locator(".recovery li").count() == 10

    await page.get_by_role("link", name="Jeg har tatt vare på dem").click()
    await page.get_by_text("10 reservekoder igjen").wait_for()
    await look(page, "oversikt-med-app")
    await page.get_by_role("link", name="Fjern appen").click()
    await send(page, "Fjern appen", **{"Passordet ditt": "Feil-passord-1"})
    await look(page, "feil-passord")
    await send(page, "Fjern appen", **again)
    await page.get_by_text("Appen er fjernet.").wait_for()


@pytest.mark.feature("F18")
async def test_every_form_of_the_security_page_can_be_used_by_all(open_browser: OpenBrowser, server: Server) -> None:
    page = await open_browser(viewport=PHONE)
    await sign_in_through_the_pages(page, server, NAME)
    for path in ("password", "user-name", "channel", "sign-ins", "contacts/email", "contacts/email/remove"):
        await page.goto(f"{HOME}/{path}")
        await look(page, path.replace("/", "-"))
