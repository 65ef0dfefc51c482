"""The story of the house in a real browser, on a real server, with real mail."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from playwright.async_api import Locator, Page, Route, expect

from models.clock import SystemClock, local_day
from tests.browser.conftest import PHONE, Server, SignIn, sign_in_through_the_pages
from tests.browser.width import too_wide

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
OpenBrowser = Callable[..., Awaitable[Page]]


def rooms(page: Page) -> Locator:
    """The bar of the plan's rooms: what leads there from the first page itself has the same words."""
    return page.get_by_role("navigation", name="Rom i planen")


async def add_goal(page: Page, plan: str, title: str) -> None:
    await page.goto("/plans")
    await page.get_by_role("link", name=plan).click()
    await rooms(page).get_by_role("link", name="Mål og aktiviteter").click()
    await page.get_by_role("link", name="Nytt mål").click()
    await page.get_by_label("Tittel").fill(title)
    await page.get_by_role("button", name="Lagre").click()
    await expect(page.get_by_role("status")).to_contain_text("Lagt til.")


async def tell_the_story(page: Page, title: str = "Sove i egen seng") -> None:
    """A goal with an activity and a comment, in the stafettlogg."""
    await add_goal(page, "T.A.", title)
    await page.get_by_role("article").get_by_role("link", name=title).click()
    await page.get_by_role("link", name="Ny aktivitet").click()
    await page.get_by_label("Hva skal gjøres?").fill("Lese kveldsbok")
    guardian = page.get_by_role("option", name="Sunniva Aasheim")
    await page.get_by_label("Ansvarlig").select_option(await guardian.get_attribute("value"))
    await page.get_by_label("Frist").fill((local_day(SystemClock().now()) + timedelta(days=3)).isoformat())
    await page.get_by_role("button", name="Lagre").click()
    await expect(page.get_by_role("article").filter(has_text="Lese kveldsbok")).to_contain_text("Frist om 3 dager")
    await page.get_by_label("Skriv en kommentar").fill("Vi prøver fra mandag.")
    await page.get_by_role("button", name="Send kommentar").click()
    await expect(page.get_by_role("article").filter(has_text="Vi prøver fra mandag.")).to_be_visible()


@pytest.mark.feature("F10")
@pytest.mark.feature("F34")
@pytest.mark.feature("F70")
@pytest.mark.feature("F156")
async def test_what_the_coordinator_writes_the_guardian_sees_on_the_phone_and_is_told_by_mail(
    open_browser: OpenBrowser, server: Server
) -> None:
    guardian_name, seen = "foresatt@fjordvik.example", set(server.mails("foresatt@fjordvik.example"))
    coordinator = await open_browser()
    await sign_in_through_the_pages(coordinator, server, "koordinator@fjordvik.example")
    await tell_the_story(coordinator)

    mail = await server.next_mail(guardian_name, seen)
    assert "T.A." in mail
    assert not any(secret in mail for secret in ("Sove", "egen seng", "Tiril", "Aasheim", "kveldsbok"))

    guardian = await open_browser(viewport=PHONE)
    await sign_in_through_the_pages(guardian, server, guardian_name)
    await expect(guardian.get_by_role("row").filter(has_text="T.A.")).to_contain_text("nye hendelser")
    await guardian.get_by_role("link", name="T.A.").click()
    await rooms(guardian).get_by_role("link", name="Tidslinje").click()
    timeline = guardian.locator("ol.timeline")
    for words in ("Sove i egen seng", "Lese kveldsbok", "Vi prøver fra mandag.", "I dag", "Sist du var her"):
        await expect(timeline.get_by_text(words).first).to_be_visible()
    assert await too_wide(guardian) <= 0


async def test_everything_works_without_javascript(sign_in: SignIn) -> None:
    page = await sign_in("koordinator", java_script_enabled=False)
    await tell_the_story(page, "Gå til skolen selv")
    await page.get_by_role("link", name="Slett målet").click()
    await page.get_by_role("button", name="Ja, slett").click()
    await page.get_by_role("button", name="Angre").click()
    await expect(page.locator(".flash")).to_contain_text("Hentet tilbake.")


async def test_who_has_no_consent_any_more_is_told_so(sign_in: SignIn) -> None:
    coordinator = await sign_in("koordinator")
    address = await coordinator.get_by_role("link", name="R.S.").get_attribute("href")
    page = await sign_in("utlopt", viewport=PHONE)
    answer = await page.goto(str(address))
    assert answer
    assert answer.status == 403
    await expect(page.get_by_role("main")).to_contain_text("Samtykket til at du deltar i planen, har gått ut.")


async def test_saving_twice_while_one_waits_saves_once(sign_in: SignIn) -> None:
    page, sent = await sign_in("rektor"), []

    async def hold(route: Route) -> None:
        sent.append(route.request.method)
        await asyncio.sleep(0.5)
        await route.continue_()

    await page.get_by_role("link", name="I.A.").click()
    await rooms(page).get_by_role("link", name="Mål og aktiviteter").click()
    await page.get_by_role("link", name="Nytt mål").click()
    await page.get_by_label("Tittel").fill("Bare én gang")
    await page.route("**/goals/new", hold)
    for _ in range(2):
        await page.keyboard.press("Enter")
        await asyncio.sleep(0.1)
    await expect(page.get_by_role("status")).to_contain_text("Lagt til.")
    await expect(page.get_by_role("article").filter(has_text="Bare én gang")).to_have_count(1)
    assert sent == ["POST"]


async def test_search_narrows_the_list_while_the_page_stays(sign_in: SignIn) -> None:
    page = await sign_in("koordinator")
    await page.evaluate("window.stayed = true")
    await page.get_by_label("Søk i planene dine").fill("T.A.")
    await page.get_by_role("button", name="Søk").click()
    await expect(page.get_by_role("link", name="R.S.")).to_have_count(0)
    await expect(page.get_by_role("link", name="T.A.")).to_be_visible()
    assert await page.evaluate("window.stayed")
    assert "q=T.A." in page.url


async def test_the_slider_and_the_number_follow_each_other(sign_in: SignIn) -> None:
    page = await sign_in("koordinator")
    await page.get_by_role("link", name="R.S.").click()
    await page.get_by_role("link", name="Ut på sjøen igjen").click()
    await page.get_by_role("link", name="Endre målet").click()
    number, slider = page.locator("input[name=progress]"), page.get_by_role("slider")
    await number.fill("60")
    assert await slider.input_value() == "60"
    await slider.press("ArrowRight")
    assert await number.input_value() == "65"


async def test_signing_out_leaves_nothing_behind_the_back_button(open_browser: OpenBrowser, server: Server) -> None:
    page = await open_browser()
    await sign_in_through_the_pages(page, server, "planeier@fjordvik.example")
    await page.locator("header summary").last.click()
    await page.get_by_role("button", name="Logg ut").click()
    await expect(page.get_by_role("status")).to_contain_text("Du er logget ut.")
    await page.go_back()
    await expect(page.get_by_role("heading", name="Logg på")).to_be_visible()
