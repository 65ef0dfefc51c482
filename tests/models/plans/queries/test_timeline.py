"""The timeline: what it tells, in which words, and what it leaves out."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.plans.operations.keeping import keep
from models.plans.queries import timeline
from models.plans.queries.happenings import PLAN_EVENTS, TELLS_OF
from models.plans.rules.words import EvaluationKind
from models.plans.tables.goals import Goal
from models.plans.tables.kinds import (
    ACTIVITY,
    GOAL,
    KINDS,
    LIFE_AREA,
    kind_of,
)
from models.rights import Element, Role
from pages.plans.entries import KINDS as WORDS
from tests.models.plans.queries.village import Village, build, counted, names, told

pytestmark = [pytest.mark.feature("F156"), pytest.mark.feature("N1")]


@pytest.fixture
async def village(database: Database) -> AsyncIterator[Village]:
    async with database.writing() as session:
        yield await build(session)


async def test_whoever_may_read_everything_is_told_of_one_of_each_kind(village: Village) -> None:
    items = await village.everything()
    assert await told(await village.kari()) == names(items)
    assert {kind_of(item).name for item in items} == {kind.name for kind in KINDS}


def test_every_event_that_is_told_has_words() -> None:
    assert {event.value for event in (*TELLS_OF, *PLAN_EVENTS)} <= WORDS.keys()


def test_every_addition_and_change_of_every_kind_is_told() -> None:
    assert {event for kind in KINDS for event in (kind.added, kind.changed) if event} <= TELLS_OF.keys()


# ---- what is left out -----------------------------------------------------------------------------------------------


async def test_what_is_deleted_is_not_told_nor_what_lies_under_it(village: Village) -> None:
    items, plan = await village.everything(), await village.kari()
    for gone in items:
        gone.deleted_at = village.plan.session.clock.now()
        left = [item for item in items if gone.id not in {id_ for _, id_ in item.guarded_by()} and item is not gone]
        assert await told(plan) == await counted(plan) == names(left)
        gone.deleted_at = None


async def test_of_a_goal_in_history_only_the_move_is_told(village: Village) -> None:
    items = await village.everything()
    goal = items[0]
    assert isinstance(goal, Goal)
    goal.historic_at = village.plan.session.clock.now()
    await keep(village.plan, goal, Event.GOAL_TO_HISTORY)
    plan = await village.kari()
    about_it = [one for one in await timeline.happened(plan, most=200) if one.goal_id == goal.id]
    assert [one.event for one in about_it] == [Event.GOAL_TO_HISTORY]
    under = [item for item in items if goal.id in {id_ for _, id_ in item.guarded_by()}]
    assert await counted(plan) == names([item for item in items if item not in under]) | names([goal])


async def test_the_deadline_of_an_activity_under_a_goal_in_history_is_not_to_come(village: Village) -> None:
    goal = await village.put(GOAL, "Gå tur")
    assert isinstance(goal, Goal)
    await village.put(ACTIVITY, "Kjøpe støvler", goal_id=goal.id, due_on=village.plan.today)
    assert [one.title for one in await timeline.coming(village.plan)] == ["Kjøpe støvler"]
    goal.historic_at = village.plan.session.clock.now()
    assert await timeline.coming(village.plan) == []


async def test_another_plans_happenings_are_not_told(village: Village) -> None:
    await village.everything()
    municipality = await village.hamlet.municipality_of(village.row)
    other = await village.hamlet.plan(municipality)
    await village.hamlet.participant(other, await village.hamlet.person(municipality, "Ola"), Role.COORDINATOR)
    assert await told(await village.hamlet.opened(other, "ola")) == set()


# ---- what a line says -----------------------------------------------------------------------------------------------


async def test_a_line_says_which_thing_it_is_about_and_what_was_written(village: Village) -> None:
    await village.everything()
    lines = {(one.event, one.title, one.text, one.sort) for one in await timeline.happened(await village.kari())}
    assert lines == {
        (Event.GOAL_ADDED, "Gå tur", "", None),
        (Event.ACTIVITY_ADDED, "Kjøpe støvler", "", None),
        (Event.COMMENT_ADDED, "Gå tur", "Om målet", None),
        (Event.COMMENT_ADDED, "Kjøpe støvler", "Om støvlene", None),
        (Event.MEASUREMENT_ADDED, "Gå tur", "Målt", None),
        (Event.EVALUATION_ADDED, "Gå tur", "Det gikk bra", EvaluationKind.GOAL),
        (Event.EVALUATION_ADDED, "", "Året", EvaluationKind.YEARLY),
        (Event.LIFE_AREA_ADDED, "", "Bor godt", Element.HOUSING),
        (Event.LIFE_AREA_ADDED, "", "Frisk", Element.HEALTH),
        (Event.SUBJECT_PLAN_ADDED, "Opplæringsplan", "", None),
        (Event.JOURNAL_ADDED, "", "Fin dag", None),
        (Event.CONTRIBUTION_ADDED, "", "Kjører", None),
        (Event.COOPERATION_ADDED, "Skolen", "", None),
        (Event.ABOUT_CHANGED, "", "Jeg heter", None),
    }


async def test_of_a_long_rich_text_only_the_first_words_are_told(village: Village) -> None:
    await village.put(LIFE_AREA, f"<h3>Slik er det</h3><p>{'Langt. ' * 400}</p>", area=Element.ECONOMY)
    (line,) = await timeline.happened(village.plan)
    assert line.text.startswith("Slik er det")
    assert "<" not in line.text
    assert len(line.text) <= timeline.EXCERPT


@pytest.mark.feature("F44")
async def test_ones_own_doings_do_not_crowd_out_what_others_did(village: Village, clock: SteppingClock) -> None:
    before = clock.now()
    clock.move(timedelta(minutes=1))
    await village.put(GOAL, "Påls")
    kari = await village.kari()
    for number in range(12):
        clock.move(timedelta(minutes=1))
        await replace(village, plan=kari).put(GOAL, f"Karis {number}")
    assert [one.title for one in await timeline.happened(kari, since=before, most=10)] == ["Påls"]
    assert len(await timeline.happened(village.plan, since=before, most=10)) == 10
