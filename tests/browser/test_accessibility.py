"""Every page from the narrowest phone to a desk: axe finds nothing against WCAG 2.1 A and AA, and nothing sticks out.

320 px is also what a desk's page becomes at 400 % (WCAG 1.4.10). A picture of each is left in `var/screenshots/`.
"""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from seed.cast import PASSWORD
from tests.browser.conftest import DESK, PHONE, ROOT, Server, SignIn
from tests.browser.width import too_wide
from tests.browser.writing import text

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.feature("F34")]
NARROW = {"width": 320, "height": 568}
OpenBrowser = Callable[..., Awaitable[Page]]
Look = Callable[[Page, str], Awaitable[None]]
PICTURES = ROOT / "var" / "screenshots"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
CROWDED = "[...document.querySelectorAll('.rooms a')].filter(a => a.scrollWidth > a.clientWidth).map(a => a.innerText)"
RUN = "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(found => found.violations)"


@pytest.fixture(scope="session")
def axe() -> str:
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()


@pytest.fixture
def look(axe: str) -> Look:
    """`await look(page, "oversikt")`: take its picture and examine it, at each width; it is left as wide as it was."""

    async def looked(page: Page, name: str) -> None:
        before = page.viewport_size
        await page.evaluate(axe)
        for size in (NARROW, PHONE, DESK):
            await page.set_viewport_size(size)  # type: ignore[arg-type]
            await _examine(page, f"{name}, {size['width']} px")
            await _picture(page, PICTURES / f"{name}-{size['width']}.png", whole=size is DESK)
        if before:
            await page.set_viewport_size(before)

    return looked


async def _examine(page: Page, what: str) -> None:
    found = await page.evaluate(RUN, TAGS)
    assert [_in_short(violation) for violation in found] == [], what
    sticking_out = await too_wide(page)
    assert sticking_out <= 0, f"{what} is {sticking_out} px too wide"
    assert await page.evaluate(CROWDED) == [], f"{what}: the names of the rooms run into each other"


def _in_short(violation: dict[str, Any]) -> str:
    return f"{violation['id']}: {violation['help']} at {[node['target'] for node in violation['nodes']][:3]}"


async def _picture(page: Page, file: Path, *, whole: bool) -> None:
    """On a phone what is seen at first, since the bar at the bottom would stand in the middle of a whole page."""
    file.parent.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=file, full_page=whole)


async def test_pages_before_signing_in(open_browser: OpenBrowser, look: Look, server: Server) -> None:
    page = await open_browser()
    await page.goto("/login")
    await look(page, "logg-pa")
    await page.get_by_role("button", name="Logg på").click()
    await look(page, "logg-pa-feil")
    await page.get_by_label("Brukernavn").fill("tjenesteyter@fjordvik.example")
    await page.get_by_label("Passord").fill(PASSWORD)
    await page.get_by_role("button", name="Logg på").click()
    await page.wait_for_url("**/login/code")
    await look(page, "engangskode")
    await page.goto("/finnes-ikke")
    await look(page, "finnes-ikke")


async def test_the_page_behind_an_invitation(open_browser: OpenBrowser, look: Look, server: Server) -> None:
    link = server.command("superadmin", "add", "ny@fjordvik.example", "--municipality", "Fjordvik").splitlines()[-1]
    page = await open_browser()
    await page.goto(link)
    await look(page, "invitasjon")


async def test_the_plan_list_and_the_rooms_of_a_plan(sign_in: SignIn, look: Look) -> None:
    page = await sign_in("koordinator")
    await look(page, "planer")
    await page.get_by_role("link", name="R.S.").click()
    plan = page.url
    await look(page, "oversikt")
    for address, name in (("/timeline", "tidslinje"), ("/goals", "mal"), ("/goals?finished=1", "mal-avsluttede")):
        await page.goto(plan + address)
        await look(page, name)
    for address, name in (("/plans?q=finnes+ikke", "planer-ingen-treff"), ("/me/switch", "bytt")):
        await page.goto(address)
        await look(page, name)


async def test_who_the_plan_is_about_and_how_it_goes(sign_in: SignIn, look: Look) -> None:
    page = await sign_in("planeier")
    await page.get_by_role("link", name="R.S.").click()
    plan = page.url
    await page.goto(f"{plan}/journal/new")
    await page.get_by_role("button", name="Lagre").click()
    await look(page, "slik-gar-det-feil")
    await page.get_by_label("Rolig").focus()
    await page.keyboard.press("ArrowLeft")
    assert await page.get_by_label("Glad").is_checked()
    await page.get_by_role("button", name="Lagre").click()
    await look(page, "slik-gar-det")
    for address, name in (("/about", "om-meg-selv"), ("/about/change", "endre-om-meg-selv")):
        await page.goto(plan + address)
        await look(page, name)


async def test_how_a_plan_is_administered(sign_in: SignIn, look: Look) -> None:
    page = await sign_in("koordinator")
    await page.get_by_role("row", name="R.S.").get_by_role("link", name="Administrer").click()
    await look(page, "administrer")
    await page.get_by_role("link", name="Planen er gjennomgått i dag").click()
    await look(page, "gjennomgatt")


async def test_the_other_rooms_of_a_plan(sign_in: SignIn, look: Look) -> None:
    page = await sign_in("koordinator")
    await page.get_by_role("link", name="R.S.").click()
    plan = page.url
    for address, name in (
        *(("/more", "mer"), ("/promises", "frister"), ("/promises?late=1", "frister-forsinket")),
        *(("/life-areas", "livsomrader"), ("/completeness", "innhold"), ("/invitations", "inviter")),
        *(("/evaluation", "evaluering"), ("/evaluation/new", "egne-tanker"), ("/evaluation/yearly/new", "arsrapport")),
        *(("/subject-plans", "fagplaner"), ("/subject-plans/new", "ny-fagplan")),
        *(("/cooperation", "samarbeid"), ("/cooperation/new", "ny-tjeneste")),
        *(("/goals/order", "rekkefolge"), ("/goals/history", "historikk"), ("/goals/school-year", "nytt-skolear")),
    ):
        await page.goto(plan + address)
        await look(page, name)
    await page.goto("/promises")
    await look(page, "mine-frister")


async def test_what_is_measured_late_and_not_done(sign_in: SignIn, look: Look) -> None:
    coordinator, guardian = await sign_in("koordinator"), await sign_in("foresatt")
    for page, name in ((coordinator, "malt-mal"), (guardian, "malt-mal-foresatt")):
        await page.get_by_role("link", name="T.A.", exact=True).click()
        await page.goto(f"{page.url}/goals")
        await page.get_by_role("article").get_by_role("link", name="Vondt i magen sjeldnere").click()
        await page.locator("summary", has_text="Vis tallene i en tabell").click()
        await look(page, name)
    goal = coordinator.url
    for address, name in (
        *(("/measure", "hva-vi-maler"), ("/measurements/new", "ny-maling")),
        *(("/history", "til-historikken"), ("/picture/change", "malbilde")),
    ):
        await coordinator.goto(goal + address)
        await look(coordinator, name)
    await coordinator.goto(goal)
    await coordinator.get_by_role("link", name="Svar og lukk").click()
    await look(coordinator, "svar-pa-ikke-gjort")
    for link, name in (("Ble ikke gjort", "ikke-gjort"), ("Ta tilbake", "ta-tilbake")):
        await guardian.goto(goal)
        await guardian.get_by_role("link", name=link).first.click()
        await look(guardian, name)


async def test_the_forms_of_a_plan(sign_in: SignIn, look: Look) -> None:
    page = await sign_in("koordinator")
    await page.get_by_role("link", name="R.S.").click()
    await page.goto(f"{page.url}/goals/new")
    await look(page, "nytt-mal")
    await page.get_by_role("button", name="Lagre").click()
    await look(page, "nytt-mal-feil")
    await page.goto(page.url.removesuffix("/new"))
    await page.get_by_role("article").get_by_role("link", name="Gå trygt ute i all slags vær").click()
    goal = page.url
    await look(page, "et-mal")
    await page.get_by_label("Skriv en kommentar").fill("Fint vær i dag.")
    await page.get_by_role("button", name="Send kommentar").click()
    await page.get_by_role("link", name="Endre kommentaren").first.click()
    await look(page, "endre-kommentar")
    for address, name in (("/change", "endre-mal"), ("/remove", "slett-mal"), ("/activities/new", "ny-aktivitet")):
        await page.goto(goal + address)
        await look(page, name)


@pytest.mark.feature("N10")
@pytest.mark.feature("N11")
async def test_what_was_undone_deleted_and_was_before(sign_in: SignIn, look: Look) -> None:
    page = await sign_in("koordinator")
    await page.get_by_role("link", name="T.A.", exact=True).click()
    plan = page.url
    await page.goto(f"{plan}/goals/new")
    await page.get_by_label("Tittel").fill("Et mål for mye")
    await page.get_by_role("button", name="Lagre").click()
    await page.get_by_role("button", name="Angre").click()
    await page.get_by_text("Angret.").wait_for()
    await look(page, "angret")
    rooms = {"/bin": "papirkurv", "/history": "slik-den-var", "/history?day=tull": "slik-den-var-feil"}
    for address, name in rooms.items():
        await page.goto(plan + address)
        await look(page, name)
    await page.goto(f"{plan}/bin")
    await page.get_by_role("link", name="Tidligere versjoner").first.click()
    await page.locator("summary", has_text="Se hele versjonen").first.click()
    await look(page, "versjoner")
    await page.goto(f"{plan}/history")
    await page.get_by_role("link", name="Se hva som er endret siden").click()
    await look(page, "endret-siden")


async def test_somebody_else_saved_first(sign_in: SignIn, look: Look) -> None:
    mine, theirs = await sign_in("rektor"), await sign_in("rektor")
    for page in (mine, theirs):
        await page.get_by_role("link", name="I.A.").click()
        await page.locator("section[aria-labelledby='goals'] .tall").first.click()
        await page.get_by_role("link", name="Endre målet").click()
    for page, words in ((theirs, "Først lagret"), (mine, "Lagret etterpå")):
        await text(page).fill(words)
        await page.get_by_role("button", name="Lagre").click()
    await mine.get_by_text("Noen andre lagret mens du skrev").wait_for()
    await look(mine, "noen-andre-lagret")


async def test_the_pages_about_oneself(sign_in: SignIn, look: Look) -> None:
    page = await sign_in("koordinator")
    for address, name in (("/me", "meg"), ("/me/security", "sikkerhet"), ("/me/picture/change", "meg-bilde")):
        await page.goto(address)
        await look(page, name)


async def test_the_pages_for_everybody(open_browser: OpenBrowser, look: Look) -> None:
    page = await open_browser()
    for address, name in (
        *(("/forgot-password", "glemt"), ("/forgot-password/sent", "glemt-sendt"), ("/invitation/tull", "brukt-lenke")),
        *(("/terms", "vilkar"), ("/cookies", "kapsler"), ("/status", "status")),
    ):
        await page.goto(address)
        await look(page, name)


async def test_an_empty_list_and_a_refusal(sign_in: SignIn, look: Look) -> None:
    coordinator = await sign_in("koordinator")
    address = str(await coordinator.get_by_role("link", name="R.S.").get_attribute("href"))
    page = await sign_in("utlopt")
    await look(page, "ingen-planer")
    await page.goto(address)
    await look(page, "ikke-tilgang")


async def test_the_reports(sign_in: SignIn, look: Look) -> None:
    page = await sign_in("analytiker")
    for address, name in (
        *(("/reports", "rapporter"), ("/reports/dictionary", "ordliste")),
        *(("/reports/plans-per-coordinator", "rapport"), ("/reports/plans-per-coordinator?from=tull", "rapport-feil")),
    ):
        await page.goto(address)
        await look(page, name)
