"""In which rooms there is something new."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from models.clock import SteppingClock
from models.database import Database
from models.log.operations import record_opening
from models.plans.queries.news import rooms_with_news
from models.plans.tables.kinds import (
    ACTIVITY,
    COMMENT,
    CONTRIBUTION,
    GOAL,
    JOURNAL,
    MEASUREMENT,
    kind_of,
)
from models.rights import Level
from tests.models.plans.queries.village import Village, build

pytestmark = pytest.mark.feature("F79")
ROOMS = dict.fromkeys((GOAL, ACTIVITY, COMMENT, MEASUREMENT), "goals") | {CONTRIBUTION: "cooperation"}


@pytest.fixture
async def village(database: Database) -> AsyncIterator[Village]:
    async with database.writing() as session:
        yield await build(session)


async def test_the_rooms_where_others_wrote_are_those_with_news(village: Village, clock: SteppingClock) -> None:
    await village.visited(clock)
    await village.everything()
    rooms = {"goals", "life-areas", "subject-plans", "evaluation", "cooperation", "journal", "about"}
    assert await rooms_with_news(await village.kari()) == rooms
    assert await rooms_with_news(village.plan) == frozenset()


async def test_a_room_that_was_looked_into_since_has_no_news(village: Village, clock: SteppingClock) -> None:
    await village.visited(clock)
    await village.put(GOAL, "Gå tur")
    await village.put(JOURNAL, "Fin dag")
    kari = await village.kari()
    clock.move(timedelta(hours=1))
    await record_opening(kari, "goals")
    await kari.session.flush()
    assert await rooms_with_news(kari) == {"journal"}
    clock.move(timedelta(minutes=1))
    await village.put(GOAL, "Fiske")
    assert await rooms_with_news(kari) == {"goals", "journal"}


async def test_on_the_first_visit_nothing_is_new(village: Village) -> None:
    await village.everything()
    assert await rooms_with_news(await village.kari()) == frozenset()


async def test_a_room_is_not_marked_for_what_one_may_not_read(village: Village, clock: SteppingClock) -> None:
    await village.visited(clock)
    items, kari = await village.everything(), await village.kari()
    hidden = {place: Level.NONE for item in items for place in item.guarded_by()}
    for item in items:
        seen = hidden | dict.fromkeys(item.guarded_by(), Level.READ)
        plan = replace(kari, standings=(replace(kari.standings[0], items=seen),))
        rooms = {ROOMS.get(kind_of(one), kind_of(one).room) for one in items if plan.sees(one)}
        assert await rooms_with_news(plan) == rooms
    nothing = replace(kari, standings=(replace(kari.standings[0], levels={}),))
    assert await rooms_with_news(nothing) == frozenset()
