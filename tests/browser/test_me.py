"""«Min informasjon» on a phone: contacts, a picture from the camera, the personal code, and choosing a place."""

import re
from collections.abc import Awaitable, Callable
from io import BytesIO
from random import Random

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from tests.browser.conftest import PHONE, SignIn
from tests.browser.test_accessibility import Look, axe, look  # noqa: F401 - fixtures
from tests.pages.me.pictures import from_a_phone

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
OpenBrowser = Callable[..., Awaitable[Page]]


def big_photo() -> bytes:
    """More than the house takes: noise does not let itself be pressed together."""
    made = BytesIO()
    size = (2900, 2200)
    Image.frombytes("RGB", size, Random(1).randbytes(3 * size[0] * size[1])).save(made, "JPEG", quality=92)
    return made.getvalue()


async def choose(page: Page, content: bytes, name: str = "bilde.jpg") -> None:
    await page.get_by_label("Bilde").set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": content})
    await page.get_by_role("button", name="Lagre bildet").click()


@pytest.mark.feature("F36")
@pytest.mark.feature("F41")
async def test_a_guardian_says_how_to_be_reached(sign_in: SignIn, look: Look) -> None:  # noqa: F811
    page = await sign_in("foresatt", viewport=PHONE)
    await page.locator("header details.menu").last.click()
    await page.get_by_role("link", name="Min informasjon").click()
    await look(page, "min-informasjon")
    await page.locator("#mobile").fill("ring meg")
    await page.get_by_role("button", name="Lagre").click()
    await expect(page.locator("#mobile-error")).to_contain_text("Skriv åtte sifre")
    await look(page, "min-informasjon-feil")
    await page.locator("#mobile").fill("00 00 00 01")
    await page.get_by_label("Vis mobilnummeret").check()
    await page.get_by_role("button", name="Lagre").click()
    await expect(page.get_by_role("status").first).to_contain_text("Lagret.")
    coordinator = await sign_in("koordinator")
    await coordinator.get_by_role("link", name="T.A.").click()
    await expect(coordinator.get_by_role("link", name="00 00 00 01")).to_be_visible()


@pytest.mark.feature("F40")
async def test_a_picture_is_chosen_on_the_phone_and_seen_by_the_others(sign_in: SignIn, look: Look) -> None:  # noqa: F811
    page = await sign_in("tjenesteyter", viewport=PHONE)
    await page.goto("/me/picture/change")
    await look(page, "bilde")
    await choose(page, b"GIF89a", "bilde.gif")
    await look(page, "bilde-feil")
    await choose(page, from_a_phone())
    await page.wait_for_url("**/me?done=saved")
    await look(page, "min-informasjon-bilde")
    await page.get_by_role("link", name="Slett bildet").click()
    await look(page, "slett-bilde")
    coordinator = await sign_in("koordinator")
    await coordinator.get_by_role("link", name="R.S.").click()
    image = coordinator.locator(".people img")
    await expect(image).to_have_count(1)
    await image.scroll_into_view_if_needed()
    await expect(image).to_have_js_property("naturalWidth", 60)
    await look(coordinator, "oversikt-bilde")


@pytest.mark.feature("F40")
async def test_a_photo_that_is_too_big_is_made_smaller_before_it_is_sent(sign_in: SignIn) -> None:
    photo = big_photo()
    assert len(photo) > 5 * 1024 * 1024
    page = await sign_in("rektor", viewport=PHONE)
    await page.goto("/me/picture/change")
    await choose(page, photo)
    await page.wait_for_url("**/me?done=saved")
    await expect(page.locator("main img")).to_have_js_property("naturalWidth", 512)


@pytest.mark.feature("F40")
async def test_without_javascript_it_is_told_that_the_photo_is_too_big(
    open_browser: OpenBrowser, sign_in: SignIn
) -> None:
    state = await (await sign_in("rektor")).context.storage_state()
    page = await open_browser(viewport=PHONE, java_script_enabled=False, storage_state=state)
    await page.goto("/me/picture/change")
    await choose(page, big_photo()[: 5 * 1024 * 1024 + 1])
    await expect(page.locator("#picture-error")).to_contain_text("høyst 5 MB")


@pytest.mark.feature("F199")
async def test_a_personal_code_is_made(sign_in: SignIn, look: Look) -> None:  # noqa: F811
    page = await sign_in("planeier", viewport=PHONE)
    await page.goto("/me/personal-code")
    await look(page, "personlig-kode")
    await page.get_by_role("button", name="Lag kode").click()
    await expect(page.locator(".code--big")).to_be_visible()
    await look(page, "personlig-kode-laget")


@pytest.mark.feature("F53")
async def test_the_specialist_chooses_a_municipality_on_the_way_in(sign_in: SignIn, look: Look) -> None:  # noqa: F811
    page = await sign_in("spesialist@helse.example", viewport=PHONE)
    assert page.url.endswith("/me/switch?next=/plans")
    await look(page, "velg-kommune")
    await page.get_by_role("button", name=re.compile("Velg ?: Arbeid, Dalen")).click()
    await expect(page).to_have_url(re.compile(".*/plans$"))
    await expect(page.locator("header .mark")).to_contain_text("Dalen · Arbeid")
