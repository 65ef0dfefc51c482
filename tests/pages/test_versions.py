"""Who deleted what there was, and versions that are too many for one page (N10)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from models.clock import SteppingClock
from models.database import Database
from models.people.tables import KeptApart
from models.rights import Element, Level
from tests.client import Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_asking import participant_of
from tests.pages.test_bin import deleted
from tests.pages.test_goals import goal_of
from tests.pages.test_history import GOAL, TODAY, TOMORROW, between, group, next_day, versions_of
from tests.pages.test_undo import changed
from tests.plan_rows import give


@pytest.mark.feature("N10")
async def test_what_was_deleted_tells_by_whom_and_when(coordinator: Visitor, ip: str, clock: SteppingClock) -> None:
    await next_day(coordinator, clock)
    await deleted(coordinator, ip)
    assert "Slettet lørdag 21. november kl. 10.00 av Marte Sørdal, Koordinator" in group(
        await between(coordinator, ip, TODAY, TOMORROW), "removed"
    )


@pytest.mark.feature("N10")
@pytest.mark.feature("N15")
async def test_who_deleted_it_is_not_named_to_whom_they_are_kept_apart_from(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str, clock: SteppingClock
) -> None:
    await give(town, ip, "tjenesteyter@fjordvik.example", Element.GOALS, Level.DELETE)
    clock.move(timedelta(days=1))
    provider = await sign_in("tjenesteyter")
    await deleted(provider, ip)
    async with town.writing() as session:
        pair = [
            await participant_of(session, ip, f"{name}@fjordvik.example") for name in ("koordinator", "tjenesteyter")
        ]
        made = {"municipality_id": pair[0].municipality_id, "made_by": uuid4(), "made_at": session.clock.now()}
        session.add(KeptApart(first_id=pair[0].person_id, second_id=pair[1].person_id, **made))
    coordinator = await sign_in("koordinator")
    told = group(await between(coordinator, ip, TODAY, TOMORROW), "removed")
    assert "av En annen deltaker" in told


async def test_the_one_who_deleted_it_before_it_was_fetched_back_is_not_told(
    coordinator: Visitor, ip: str, clock: SteppingClock
) -> None:
    """It stands: nothing was removed between the two days."""
    await next_day(coordinator, clock)
    page = await coordinator.follow(
        await coordinator.send(await coordinator.get((await goal_of(coordinator, ip, GOAL)).link("Slett målet")))
    )
    await coordinator.post(page.one("//div[@role='status']//form").get("action"))
    page = await between(coordinator, ip, TODAY, TOMORROW)
    assert not page.has("//section[@aria-labelledby='group-removed']")


async def test_many_versions_lie_on_several_pages_and_none_is_lost_between_them(
    coordinator: Visitor, ip: str, clock: SteppingClock
) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    begun = len((await coordinator.get(versions_of(goal))).all("//ol/li"))
    for number in range(23):
        clock.move(timedelta(minutes=1))
        await changed(coordinator, await coordinator.get(goal.url), progress=str(50 + number))
    first = await coordinator.get(versions_of(goal))
    assert (len(first.all("//ol/li")), "Side 1 av 2" in first.words) == (20, True)
    second = await coordinator.get(first.link("Neste"))
    lines = second.all("//ol/li")
    assert len(lines) == 23 + begun - 20
    assert "Framdrift fra 51 % til 52 %" in words(lines[0]).replace("\N{NO-BREAK SPACE}", " ")
    assert ("Slik er det nå" in first.words, "Slik er det nå" in second.words) == (True, False)
    last = await coordinator.get(f"{versions_of(goal)}?page=9999")
    assert [words(one) for one in last.all("//ol/li")] == [words(one) for one in lines]
    older = lines[0].xpath(".//form")[0]
    seen = older.xpath(".//input[@name='seen']")[0].get("value")
    assert (await coordinator.post(older.get("action"), {"seen": seen})).status == 303


@pytest.mark.parametrize("page", ["0", "-1", "tull", "99999999"])
async def test_an_odd_page_of_versions_is_not_there(coordinator: Visitor, ip: str, page: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    assert (await coordinator.get(f"{versions_of(goal)}?page={page}")).status == 404
