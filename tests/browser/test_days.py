"""A day's work on a phone: the coordinator's, and a guardian's. Few steps, nothing lost, nothing sticks out."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from models.clock import SystemClock, local_day
from tests.browser.conftest import PHONE, SignIn
from tests.browser.width import too_wide
from tests.browser.writing import editor

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.feature("F34")]


async def enter(page: Page, plan: str, *rooms: str) -> None:
    """Into the plan, and from room to room; where there is something new, the way there says so."""
    await page.goto("/plans")
    await page.get_by_role("link", name=plan, exact=True).click()
    for room in rooms:
        await page.get_by_role("link", name=re.compile(rf"^{re.escape(room)}( Nytt)?$")).first.click()


async def save(page: Page, said: str = "Lagret.") -> None:
    await page.get_by_role("button", name="Lagre", exact=True).click()
    await expect(page.locator(".flash")).to_contain_text(said)
    await fits(page)


async def fits(page: Page) -> None:
    assert await too_wide(page) <= 0, page.url


async def write_rich(page: Page, label: str, text: str) -> None:
    """In the editor, as a person does."""
    await editor(page, label).click()
    await page.keyboard.type(text)


@pytest.mark.feature("F64")
@pytest.mark.feature("F68")
@pytest.mark.feature("F70")
@pytest.mark.feature("F214")
async def test_a_coordinator_maps_a_life_area_and_sets_a_goal_in_it(sign_in: SignIn) -> None:
    page = await sign_in("koordinator", viewport=PHONE)
    await enter(page, "T.A.", "Livsområder")
    await page.get_by_role("link", name="Kartlegg Helse").click()
    await write_rich(page, "Beskrivelse", "Sover urolig natt til mandag.")
    await save(page, "Lagt til.")
    await expect(page.get_by_text("Sover urolig natt til mandag.")).to_be_visible()
    health = page.locator("article, section, li").filter(has=page.get_by_role("heading", name="Helse"))
    await health.last.get_by_role("link", name="Nytt mål").click()
    await page.get_by_label("Tittel").fill("Sove godt natt til mandag")
    assert await page.get_by_label("Livsområde").locator("option:checked").inner_text() == "Helse"
    await save(page, "Lagt til.")
    await page.get_by_role("link", name="Sove godt natt til mandag").last.click()
    await page.get_by_role("link", name="Ny aktivitet").click()
    await page.get_by_label("Hva skal gjøres?").fill("Roe ned uten skjerm fra klokka sju")
    await page.get_by_label("Omfang").fill("Hver søndag")
    guardian = page.get_by_role("option", name="Sunniva Aasheim").first
    await page.get_by_label("Ansvarlig").select_option(await guardian.get_attribute("value"))
    await page.get_by_label("Frist").fill((local_day(SystemClock().now()) + timedelta(days=10)).isoformat())
    await save(page, "Lagt til.")
    await enter(page, "T.A.", "Mer", "Frister")
    await expect(page.get_by_role("main")).to_contain_text("Roe ned uten skjerm fra klokka sju")
    await fits(page)


@pytest.mark.feature("N10")
@pytest.mark.feature("N11")
async def test_what_a_coordinator_regrets_is_taken_back_and_what_is_deleted_is_found_again(sign_in: SignIn) -> None:
    page = await sign_in("koordinator", viewport=PHONE)
    await enter(page, "R.S.", "Mål og aktiviteter")
    await page.get_by_role("article").get_by_role("link", name="Leve godt med det som er nytt").click()
    await page.get_by_role("link", name="Endre målet").click()
    await page.get_by_label("Tittel").fill("Et navn jeg angrer på")
    await save(page)
    await page.get_by_role("button", name="Angre").click()
    await expect(page.get_by_role("heading", name="Leve godt med det som er nytt")).to_be_visible()
    await page.get_by_role("link", name="Slett målet").click()
    await page.get_by_role("button", name="Ja, slett").click()
    await expect(page.get_by_role("article").filter(has_text="Leve godt med det som er nytt")).to_have_count(0)
    await enter(page, "R.S.", "Mer", "Papirkurv")
    await fits(page)
    await page.get_by_role("button", name="Hent tilbake").first.click()
    await enter(page, "R.S.", "Mål og aktiviteter")
    await page.get_by_role("article").get_by_role("link", name="Leve godt med det som er nytt").click()
    await page.get_by_role("link", name="Tidligere versjoner av målet").click()
    await expect(page.get_by_role("main")).to_contain_text("Et navn jeg angrer på")
    await fits(page)


@pytest.mark.feature("F55")
@pytest.mark.feature("F84")
@pytest.mark.feature("F209")
@pytest.mark.feature("N8")
@pytest.mark.feature("N24")
async def test_a_guardian_tells_how_it_goes_in_a_few_presses(sign_in: SignIn) -> None:
    page = await sign_in("foresatt", viewport=PHONE)
    await enter(page, "T.A.", "Fortell hvordan det går")
    await page.locator("label").filter(has_text="Glad").click()
    await page.get_by_label("Fortell med egne ord").fill("Gikk inn porten alene i dag.")
    await save(page, "Lagt til.")
    await enter(page, "T.A.")
    await expect(page.get_by_text("Gikk inn porten alene i dag.")).to_be_visible()
    await enter(page, "T.A.", "Mål og aktiviteter")
    await page.get_by_role("article").get_by_role("link", name="Gode morgener").click()
    await page.get_by_role("button", name="Går bra", exact=True).click()
    await expect(page.get_by_text("Svaret ditt i dag")).to_be_visible()
    await page.get_by_label("Skriv en kommentar").fill("Det hjelper at noen står ved døra.")
    await page.get_by_role("button", name="Send kommentar").click()
    await expect(page.get_by_role("article").filter(has_text="Det hjelper at noen står ved døra.")).to_be_visible()
    await enter(page, "T.A.", "Mer", "Frister", "Fast voksen ved inngangen")
    await page.get_by_role("link", name="Ble ikke gjort").first.click()
    await page.get_by_role("button", name="Si fra").click()
    await fits(page)
    await enter(page, "T.A.", "Mer", "Evaluering", "Fortell hvordan det har gått")
    await page.get_by_label("Hva har vært bra, og hva har vært vanskelig?").fill("Vi blir hørt. Mandager er tunge.")
    await save(page, "Lagt til.")
    await expect(page.get_by_text("Vi blir hørt. Mandager er tunge.")).to_be_visible()


@pytest.mark.feature("F54")
async def test_a_guardian_who_writes_over_another_loses_nothing(sign_in: SignIn) -> None:
    guardian, coordinator = await sign_in("foresatt", viewport=PHONE), await sign_in("koordinator")
    for page in (guardian, coordinator):
        await enter(page, "T.A.", "Endre «Om meg selv»")
    await write_rich(coordinator, "Om meg selv", "Fra koordinatoren. ")
    await save(coordinator)
    await write_rich(guardian, "Om meg selv", "Fra mamma. ")
    await guardian.get_by_role("button", name="Lagre", exact=True).click()
    await expect(guardian.get_by_role("heading", name="Noen andre lagret mens du skrev")).to_be_visible()
    main = guardian.get_by_role("main")
    await expect(main.get_by_text("Bare hos deg: mamma.")).to_be_visible()
    await expect(main.get_by_text("Bare hos den andre: koordinatoren.")).to_be_visible()
    await fits(guardian)
