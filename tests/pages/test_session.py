"""How long one stays signed in: the server decides, and a page that asks makes it no longer."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from lxml import html
from sqlmodel import col, select

from models.clock import SteppingClock
from models.database import Database
from models.organisation.tables import Municipality
from tests.client import Visitor, words
from tests.pages.conftest import SignIn

pytestmark = pytest.mark.feature("F26")
MINUTE = timedelta(minutes=1)


async def asked(visitor: Visitor) -> Any:
    """What the browser is told, or None when it has been signed out."""
    answer = await visitor.get("/session")
    return answer.answer.json() if answer.status == 200 else None


async def warned(visitor: Visitor) -> Any:
    """The dialog that a page opens: it is no page by itself."""
    return html.fragment_fromstring((await visitor.browser.get("/session/warning")).text)


async def test_the_time_left_is_told_in_seconds(coordinator: Visitor, clock: SteppingClock) -> None:
    clock.move(10 * MINUTE)
    assert await asked(coordinator) == {"left": 25 * 60, "last": False}


async def test_asking_makes_it_no_longer(coordinator: Visitor, clock: SteppingClock) -> None:
    for _ in range(34):
        clock.move(MINUTE)
        assert await asked(coordinator)
        assert await warned(coordinator) is not None
    clock.move(MINUTE)
    assert await asked(coordinator) is None
    assert (await coordinator.get("/plans")).goes_to == "/login"


async def test_going_on_makes_it_as_long_as_at_first(coordinator: Visitor, clock: SteppingClock) -> None:
    clock.move(34 * MINUTE)
    answer = await coordinator.post("/session/continue")
    assert answer.answer.json() == {"left": 35 * 60, "last": False}
    clock.move(34 * MINUTE)
    assert (await coordinator.get("/plans")).status == 200


async def test_what_has_ended_cannot_go_on(coordinator: Visitor, clock: SteppingClock) -> None:
    clock.move(35 * MINUTE)
    answer = await coordinator.post("/session/continue", headers={"accept": "application/json"})
    assert (answer.status, answer.answer.json()) == (401, {"message": "Du er logget ut."})


async def test_after_twelve_hours_going_on_does_not_help(coordinator: Visitor, clock: SteppingClock) -> None:
    for _ in range(23):
        clock.move(30 * MINUTE)
        await coordinator.post("/session/continue")
    clock.move(26 * MINUTE)
    told = {"left": 4 * 60, "last": True}
    assert (await coordinator.post("/session/continue")).answer.json() == await asked(coordinator) == told
    dialog = await warned(coordinator)
    assert "Du har vært pålogget i 12 timer" in words(dialog)
    assert [words(button) for button in dialog.xpath(".//button")] == ["Lukk", "Logg ut"]


async def test_the_warning_says_why_and_what_can_be_done(coordinator: Visitor, clock: SteppingClock) -> None:
    clock.move(30 * MINUTE)
    dialog = await warned(coordinator)
    assert (dialog.tag, dialog.get("role"), dialog.get("data-left")) == ("dialog", "alertdialog", "300")
    assert dialog.get("data-minutes-5") == "Du blir logget ut om 5 minutter."
    assert dialog.get("data-minutes-1") == "Du blir logget ut om 1 minutt."
    assert "fordi du ikke har gjort noe" in words(dialog)
    assert [words(button) for button in dialog.xpath(".//button")] == ["Fortsett", "Logg ut"]


async def test_the_municipality_decides_how_long(coordinator: Visitor, clock: SteppingClock, town: Database) -> None:
    async with town.writing() as session:
        fjordvik = select(Municipality).where(col(Municipality.name) == "Fjordvik")
        (await session.scalars(fjordvik)).one().idle_minutes = 10
    clock.move(9 * MINUTE)
    assert (await asked(coordinator))["left"] == 60
    clock.move(MINUTE)
    assert (await coordinator.get("/plans")).goes_to == "/login"


@pytest.mark.parametrize("address", ["/session", "/session/warning"])
async def test_a_stranger_is_told_that_nobody_is_signed_in(visit: Callable[..., Visitor], address: str) -> None:
    answer = await visit().get(address, headers={"accept": "application/json"})
    assert (answer.status, answer.answer.json()) == (401, {"message": "Du er logget ut."})


async def test_every_page_inside_knows_its_time(coordinator: Visitor, clock: SteppingClock) -> None:
    for minutes in (0, 20, 34):
        clock.move(minutes * MINUTE)
        script = (await coordinator.get("/plans?q=T.A.")).one("//script[contains(@src, 'session.js')]")
        assert script.attrib["data-left"] == str(35 * 60)
        assert (script.get("data-last"), script.get("data-here")) == ("no", "/plans?q=T.A.")


async def test_a_page_knows_when_twelve_hours_come_first(coordinator: Visitor, clock: SteppingClock) -> None:
    for _ in range(23):
        clock.move(30 * MINUTE)
        await coordinator.post("/session/continue")
    script = (await coordinator.get("/plans")).one("//script[contains(@src, 'session.js')]")
    assert (script.get("data-left"), script.get("data-last")) == (str(30 * 60), "yes")


async def test_pages_outside_know_no_session(visitor: Visitor) -> None:
    assert not (await visitor.get("/login")).has("//script[contains(@src, 'session.js')]")


@pytest.mark.parametrize(
    ("done", "said"), [("idle", "fordi du ikke hadde gjort noe på en stund"), ("ended", "pålogget i 12 timer")]
)
async def test_the_login_page_says_why_one_was_signed_out(visitor: Visitor, done: str, said: str) -> None:
    assert said in (await visitor.get(f"/login?done={done}&next=/reports")).words


@pytest.mark.feature("F27")
async def test_signing_out_stands_at_the_top_of_every_page(sign_in: SignIn, ip: str) -> None:
    visitor = await sign_in("koordinator")
    for address in ("/plans", ip, f"{ip}/goals/new", "/me/switch", "/terms", "/status", "/finnes-ikke"):
        assert (await visitor.get(address)).has("//header//form[@action='/logout']//button"), address
