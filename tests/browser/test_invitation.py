"""From the coordinator's form to the invited person's plan, on a phone: link by mail, code by text message, terms."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PATIENCE, PHONE, Server, SignIn
from tests.browser.test_accessibility import Look, axe, look  # noqa: F401 - fixtures
from tests.browser.width import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
OpenBrowser = Callable[..., Awaitable[Page]]
PUPIL, MAIL, MOBILE = "Iver Aasheim", "iver@post.example", "00000001"
PASSWORD = "Trygg-fjord-i-natt-7"


async def let_pupils_in(superadmin: Page) -> None:
    """As the superadministrator's own form does it."""
    answer = await superadmin.evaluate(
        """async () => {
            const list = await (await fetch("/admin/age/list")).json()
            const row = list.data.items.find((one) => one.kind === "Individuell opplæringsplan")
            const headers = { "content-type": "application/json" }
            const body = JSON.stringify({ under_15: "sign_in" })
            return (await fetch(`/admin/age/item/${row.id}`, { method: "PUT", headers, body })).status
        }"""
    )
    assert answer == 200


def messages(folder: Path) -> list[str]:
    return [file.read_text("utf-8") for file in folder.glob("*.txt")]


async def text_message(folder: Path) -> str:
    for _ in range(PATIENCE * 20):
        if found := [text for text in messages(folder) if MOBILE in text]:
            return found[0]
        await asyncio.sleep(0.05)
    raise AssertionError(f"no text message within {PATIENCE} seconds")


async def invite(page: Page) -> None:
    await page.get_by_role("link", name="I.A.").click()
    await page.get_by_role("link", name="Inviter deltakere").click()
    await page.get_by_role("link", name=re.compile(f"Inviter.*: {PUPIL}")).click()
    await page.get_by_role("textbox", name="E-post").fill(MAIL)
    await page.get_by_role("textbox", name="Mobil").fill(MOBILE)
    await page.get_by_role("button", name="Lag invitasjonen").click()
    await expect(page.get_by_role("status").first).to_contain_text("Invitasjonen er sendt.")


@pytest.mark.feature("F16")
@pytest.mark.feature("F23")
async def test_an_invited_pupil_comes_from_the_mail_to_the_plan(
    sign_in: SignIn, open_browser: OpenBrowser, server: Server
) -> None:
    await let_pupils_in(await sign_in("superadmin"))
    await invite(await sign_in("rektor"))
    mail = await server.next_mail(MAIL, set(), "/invitation/")
    (link,) = re.findall(rf"{server.address}/invitation/[\w-]+", mail)
    assert not any(secret in mail for secret in ("Iver", "Aasheim", "opplæringsplan"))

    page = await open_browser(viewport=PHONE)
    await page.goto(link)
    await page.locator("input[name=password]").fill(PASSWORD)
    await page.locator("input[name=again]").fill(PASSWORD)
    await page.get_by_role("button", name="Lagre passordet").click()
    await page.get_by_label("Brukernavn").fill(MAIL)
    await page.locator("input[name=password]").fill(PASSWORD)
    await page.get_by_role("button", name="Logg på", exact=True).click()
    await page.wait_for_url("**/login/code*")
    code = re.findall(r"\b\d{6}\b", (await text_message(server.data / "sms")).partition("\n\n")[2])[0]
    await page.get_by_label("Engangskode").fill(code)
    await page.get_by_role("button", name="Logg på", exact=True).click()
    await page.wait_for_url("**/terms*")
    await page.get_by_role("checkbox").check()
    await page.get_by_role("button", name="Godta og gå videre").click()
    await page.get_by_role("link", name="I.A.").click()
    await expect(page.get_by_role("heading", name="Om meg selv")).to_be_visible()
    assert await too_wide(page) <= 0


async def test_the_coordinators_room_can_be_used_by_everybody(sign_in: SignIn, look: Look) -> None:  # noqa: F811
    page = await sign_in("koordinator", viewport=PHONE)
    await page.get_by_role("link", name="T.A.").click()
    await page.get_by_role("link", name="Inviter deltakere").click()
    await look(page, "invitasjoner")
    await page.get_by_role("link", name=re.compile("Inviter.*: Tiril")).click()
    await look(page, "inviter")
    await page.get_by_role("button", name="Lag invitasjonen").click()
    await look(page, "inviter-feil")
    await page.get_by_role("radio", name="Gi lenken selv").check()
    await page.get_by_role("textbox", name="E-post").fill("tiril@post.example")
    await page.get_by_role("button", name="Lag invitasjonen").click()
    await expect(page.get_by_role("img", name="QR-kode med lenken")).to_be_visible()
    await look(page, "lenken")
