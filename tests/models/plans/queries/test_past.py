"""The past goes by today's rights: it opens no door that is closed now (N10)."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, update
from sqlmodel import col

from models.clock import OSLO, SteppingClock
from models.plans.operations import activities, comments, goals, life_areas, ordering
from models.plans.operations.activities import ActivityContent
from models.plans.operations.keeping import keep
from models.plans.proof import OpenPlan
from models.plans.queries.past import differences, end_of, find_for_history, stood
from models.plans.queries.people import names_of_accounts
from models.plans.rules.words import MeasureKind, PlanState
from models.plans.tables import kinds
from models.plans.tables.goals import Goal, Measurement
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import NotFound
from models.rights import Element, Level, Role
from tests.conftest import NOW
from tests.models.plans.conftest import Here

LATER = NOW + timedelta(days=365)


@pytest.fixture
async def goal(here: Here) -> Goal:
    return await goals.add(await here.opened_by("Kari"), title="Sove godt")


async def seen_by(here: Here, name: str, until: datetime = LATER) -> set[UUID]:
    return set(await stood(await here.opened_by(name), until))


def test_a_day_ends_at_midnight_where_the_plan_is_used() -> None:
    assert end_of(date(2026, 11, 20)) == datetime(2026, 11, 21, tzinfo=OSLO)
    assert end_of(date(2026, 10, 25)) - end_of(date(2026, 10, 24)) == timedelta(days=1)


async def test_what_was_done_at_the_moment_itself_is_not_before_it(here: Here, goal: Goal) -> None:
    assert await seen_by(here, "Kari", NOW) == set()
    assert await seen_by(here, "Kari", NOW + timedelta(microseconds=1)) == {goal.id}


async def test_a_goal_hidden_from_one_is_hidden_in_the_past_with_all_under_it(here: Here, goal: Goal) -> None:
    plan = await here.opened_by("Kari")
    activity = await activities.add(plan, goal, ActivityContent(title="Lese"))
    said = await comments.add(plan, activity, "Bra!")
    point = Measurement(**_point(here, plan, goal))
    await keep(plan, point, kinds.MEASUREMENT.added)  # type: ignore[arg-type]
    everything = {goal.id, activity.id, said.id, point.id}
    assert await seen_by(here, "Pål") == everything
    await here.hamlet.grant(here.participants["Pål"], Element.GOALS, goal.id, Level.NONE)
    assert await seen_by(here, "Pål") == set()
    assert await seen_by(here, "Kari") == everything


def _point(here: Here, plan: OpenPlan, goal: Goal) -> dict[str, Any]:
    owned = {"municipality_id": plan.municipality_id, "plan_id": plan.plan_id, "goal_id": goal.id, "added_at": NOW}
    whose = {"author_id": plan.viewer.person_id, "participant_id": plan.participant_id}
    return {**owned, **whose, "kind": MeasureKind.MEASURED, "day": plan.today, "value": 2.5}


async def test_one_goal_alone_is_all_that_is_seen_of_the_past(here: Here, goal: Goal) -> None:
    await goals.add(await here.opened_by("Kari"), title="Gå tur")
    await here.hamlet.grant(here.participants["Else"], Element.GOALS, goal.id, Level.READ)
    hers = here.participants["Else"]
    other = [id_ for id_ in await seen_by(here, "Kari") if id_ != goal.id]
    await here.hamlet.grant(hers, Element.GOALS, other[0], Level.NONE)
    assert await seen_by(here, "Else") == {goal.id}


async def test_what_lay_under_a_hidden_goal_is_not_seen_as_it_was_there(here: Here, goal: Goal) -> None:
    """An activity that was moved out of a goal that Pål may not read tells him nothing of what it was there."""
    plan, clock = await here.opened_by("Kari"), here.session.clock
    assert isinstance(clock, SteppingClock)
    activity = await activities.add(plan, goal, ActivityContent(title="Ta medisin"))
    open_ = await goals.add(plan, title="Gå tur")
    clock.move(timedelta(hours=1))
    await ordering.move_to_goal(plan, activity, open_)
    await here.hamlet.grant(here.participants["Pål"], Element.GOALS, goal.id, Level.NONE)
    assert activity.id not in await seen_by(here, "Pål", NOW + timedelta(minutes=1))
    assert activity.id in await seen_by(here, "Pål")
    his = await here.opened_by("Pål")
    moments = [await stood(his, until) for until in (NOW + timedelta(minutes=1), LATER)]
    told = [one.version.item.id for one in differences(moments[0], moments[1])]
    assert told == [activity.id]


async def test_what_is_hidden_under_one_life_area_stays_hidden(here: Here) -> None:
    plan = await here.opened_by("Kari")
    health = await life_areas.add(plan, area=Element.HEALTH, text="Sliter med søvn.")
    home = await life_areas.add(plan, area=Element.HOUSING, text="Bor hjemme.")
    await here.hamlet.grant(here.participants["Pål"], Element.HEALTH, health.id, Level.NONE)
    assert health.id not in await seen_by(here, "Pål")
    assert home.id in await seen_by(here, "Kari")


async def test_an_element_that_is_no_longer_in_use_is_not_seen(here: Here, goal: Goal) -> None:
    left = sorted(element.value for element in Element if element is not Element.GOALS)
    await here.session.execute(update(Plan).where(col(Plan.id) == here.plan.id).values(elements=left))
    assert await seen_by(here, "Kari") == set()


async def test_what_is_deleted_is_seen_by_who_may_delete_and_by_its_author(here: Here, goal: Goal) -> None:
    ola, clock = await here.opened_by("Ola"), here.session.clock
    assert isinstance(clock, SteppingClock)
    said = await comments.add(ola, goal, "Dette angrer jeg på.")
    clock.move(timedelta(hours=1))
    await comments.delete(ola, said)
    then = NOW + timedelta(minutes=1)
    seeing = {name for name in here.people if said.id in await seen_by(here, name, then)}
    assert seeing >= {"Ola"}
    assert seeing.isdisjoint({"Pål", "Gro", "Else"})
    assert said.id not in await seen_by(here, "Ola")
    for name in ("Pål", "Gro", "Else"):
        with pytest.raises(NotFound):
            await find_for_history(await here.opened_by(name), kinds.COMMENT, said.id)
    assert (await find_for_history(ola, kinds.COMMENT, said.id)).id == said.id


async def test_in_an_ended_plan_the_coordinator_still_sees_what_was_deleted(here: Here, goal: Goal) -> None:
    plan, clock = await here.opened_by("Kari"), here.session.clock
    assert isinstance(clock, SteppingClock)
    clock.move(timedelta(hours=1))
    await goals.delete(plan, goal)
    ended = update(PlanSpan).where(col(PlanSpan.plan_id) == here.plan.id).values(state=PlanState.INACTIVE)
    await here.session.execute(ended)
    assert goal.id in await seen_by(here, "Kari", NOW + timedelta(minutes=1))
    assert goal.id not in await seen_by(here, "Pål", NOW + timedelta(minutes=1))


async def test_another_plans_past_is_another_plans(here: Here, goal: Goal) -> None:
    other = await here.hamlet.plan(here.municipality)
    await here.hamlet.participant(other, here.people["Kari"], Role.COORDINATOR)
    opened = await here.hamlet.opened(other, "kari")
    assert set(await stood(opened, LATER)) == set()
    with pytest.raises(NotFound):
        await find_for_history(opened, kinds.GOAL, goal.id)


async def test_the_whole_plan_is_one_question_to_the_database(here: Here, goal: Goal) -> None:
    plan = await here.opened_by("Kari")
    for number in range(20):
        await activities.add(plan, goal, ActivityContent(title=f"Tiltak {number}"))
    await here.session.flush()
    asked: list[str] = []

    def count(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        asked.append(statement)

    engine = here.session.get_bind()
    event.listen(engine, "before_cursor_execute", count)
    found = await stood(plan, LATER)
    event.remove(engine, "before_cursor_execute", count)
    assert (len(found), len(asked)) == (21, 1)


async def test_who_acted_without_taking_part_is_named(here: Here) -> None:
    plan = await here.opened_by("Kari")
    stranger = await here.hamlet.person(here.municipality, "Nils")
    assert stranger.account_id
    assert await names_of_accounts(plan, {stranger.account_id}) == {stranger.account_id: "Nils Hansen"}
    assert await names_of_accounts(plan, set()) == {}
    far = await here.hamlet.municipality("Dalen")
    unknown = await here.hamlet.person(far, "Berit")
    assert unknown.account_id
    assert await names_of_accounts(plan, {unknown.account_id}) == {}
