"""The status page and the service messages: for everybody, in their language, with nothing about anybody."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import delete
from sqlmodel import col, select

from models.clock import SteppingClock
from models.database import Database, make_engine
from models.organisation.rules import Severity
from models.organisation.tables import Municipality, ServiceMessage
from models.sealing import KeyRing
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn

pytestmark = pytest.mark.feature("F31")
HOUR = timedelta(hours=1)


async def announce(town: Database, text: str, **facts: Any) -> None:
    """By Fjordvik, from now on unless told otherwise."""
    async with town.writing() as session:
        found = select(Municipality).where(col(Municipality.name) == facts.pop("by", "Fjordvik"))
        here = (await session.scalars(found)).one()
        times = {"shown_from": session.clock.now() + facts.pop("after", timedelta()), "shown_to": None}
        if lasts := facts.pop("lasts", None):
            times["shown_to"] = times["shown_from"] + lasts
        session.add(ServiceMessage(municipality_id=here.id, text_nb=text, **times, **facts))


def alerts(page: Page) -> list[str]:
    return [words(each) for each in page.all("//main//div[contains(@class, 'notice')]")]


async def test_the_page_says_that_the_service_is_up(visitor: Visitor) -> None:
    page = await visitor.get("/status")
    assert (page.status, page.heading) == (200, "Driftsstatus")
    assert "Tjenesten er oppe Alt virker som det skal." in page.words
    assert "Ingenting er meldt" in page.words
    assert "Sist oppdatert fredag 20. november kl. 10.00." in page.words


async def test_the_page_says_that_the_database_does_not_answer(
    house: FastAPI, visitor: Visitor, clock: SteppingClock, keys: KeyRing
) -> None:
    house.state.database = Database(make_engine("sqlite+aiosqlite:////nowhere/at/all.db"), clock, keys)
    answer = await visitor.browser.get("/status")
    page = Page(answer)
    assert (page.status, "Tjenesten er nede" in page.words) == (503, True)
    assert "nowhere" not in page.text


async def test_what_is_planned_stands_apart_from_what_is_now(visitor: Visitor, town: Database) -> None:
    await announce(town, "E-post er forsinket.")
    await announce(town, "Nede for vedlikehold.", after=30 * HOUR, lasts=2 * HOUR)
    await announce(town, "Langt fram.", after=24 * 20 * HOUR)
    page = await visitor.get("/status")
    present, planned = (words(page.one(f"//section[@aria-labelledby='{name}']")) for name in ("present", "planned"))
    assert "E-post er forsinket." in present
    shown = "Meldingen vises fra lørdag 21. november kl. 16.00 til lørdag 21. november kl. 18.00"
    assert f"Nede for vedlikehold. {shown}" in planned
    assert "Langt fram." not in page.words
    assert "Les meldingene nedenfor." in page.words


async def test_a_message_is_shown_from_its_first_moment_and_not_at_its_last(
    visitor: Visitor, town: Database, clock: SteppingClock
) -> None:
    await announce(town, "Nede for vedlikehold.", after=HOUR, lasts=2 * HOUR)
    seen = []
    for step in (timedelta(), HOUR, 2 * HOUR - timedelta(seconds=1), timedelta(seconds=1)):
        clock.move(step)
        seen.append(bool(alerts(await visitor.get("/login"))))
    assert seen == [False, True, True, False]


async def test_the_login_page_shows_the_gravest_first_in_words(visitor: Visitor, town: Database) -> None:
    await announce(town, "Ny hjelpeside.", severity=Severity.INFO)
    await announce(town, "Alt er nede.", severity=Severity.CRITICAL)
    await announce(town, "Kodene er forsinket.", severity=Severity.WARNING)
    shown = "Meldingen vises fra fredag 20. november kl. 10.00"
    assert alerts(await visitor.get("/login")) == [
        f"Kritisk · Fjordvik Alt er nede. {shown}",
        f"Viktig · Fjordvik Kodene er forsinket. {shown}",
        f"Til opplysning · Fjordvik Ny hjelpeside. {shown}",
    ]


async def test_a_refused_sign_in_still_shows_them(visitor: Visitor, town: Database) -> None:
    await announce(town, "Kodene er forsinket.")
    assert alerts(await visitor.post("/login", {"username": "", "password": ""}))


async def test_the_text_is_in_the_readers_language_or_else_in_bokmal(visitor: Visitor, town: Database) -> None:
    await announce(town, "Nede i kveld.", text_nn="Nede i kveld, på nynorsk.")
    for language, text in (("nb", "Nede i kveld."), ("nn", "Nede i kveld, på nynorsk."), ("en", "Nede i kveld.")):
        await visitor.post("/language", {"language": language, "back": "/login"})
        for address in ("/login", "/status"):
            assert text in alerts(await visitor.get(address))[0]


async def test_whose_it_is_is_said_only_when_there_are_several(visitor: Visitor, town: Database) -> None:
    await announce(town, "Nede i kveld.", by="Dalen")
    assert alerts(await visitor.get("/login")) == [
        "Til opplysning · Dalen Nede i kveld. Meldingen vises fra fredag 20. november kl. 10.00"
    ]


async def test_markup_in_a_message_is_text(visitor: Visitor, town: Database) -> None:
    await announce(town, "<b>Nede</b> <script>alert(1)</script>")
    page = await visitor.get("/login")
    assert "<b>Nede</b> <script>alert(1)</script>" in alerts(page)[0]


async def test_the_status_page_never_makes_a_session_longer(sign_in: SignIn, clock: SteppingClock) -> None:
    visitor = await sign_in("koordinator")
    for _ in range(4):
        clock.move(timedelta(minutes=9))
        assert (await visitor.get("/status")).status == 200
    assert (await visitor.get("/plans")).goes_to == "/login"


async def test_one_municipality_needs_no_name(database: Database) -> None:
    from models.organisation.queries import service_messages  # noqa: PLC0415
    from tests.hamlet import Hamlet  # noqa: PLC0415

    async with database.writing() as session:
        vik = await Hamlet(session).municipality()
        session.add(ServiceMessage(municipality_id=vik.id, text_nb="Nede.", shown_from=session.clock.now()))
        await session.flush()
        (one,) = await service_messages(session, "nn")
        assert (one.text, one.municipality) == ("Nede.", None)
        await session.execute(delete(ServiceMessage))
        assert await service_messages(session, "nn") == []
