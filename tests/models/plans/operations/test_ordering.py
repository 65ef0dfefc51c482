"""Reorganising (F76): by the coordinator, and whole whoever else is at it."""

from uuid import UUID

import pytest

from models.plans.operations import activities, comments, drafts, goal_history, goals, ordering
from models.plans.operations.activities import ActivityContent
from models.plans.proof import OpenPlan
from models.plans.queries import goals as queries
from models.plans.queries.drafts import draft_of
from models.plans.rules.ordering import Direction
from models.plans.tables.goals import Activity, Goal
from models.refusals import Reason
from models.rights import Element, Level
from tests.hamlet import refused
from tests.models.plans.conftest import Here

pytestmark = pytest.mark.feature("F76")
UP, DOWN = Direction.UP, Direction.DOWN


async def three(here: Here) -> tuple[OpenPlan, list[Goal]]:
    plan = await here.opened_by("Kari")
    return plan, [await goals.add(plan, title=title) for title in ("Ett", "To", "Tre")]


async def two_activities(plan: OpenPlan, goal: Goal) -> list[Activity]:
    return [await activities.add(plan, goal, ActivityContent(title=title)) for title in ("Gå", "Løpe")]


async def titles(plan: OpenPlan) -> list[str]:
    return [goal.title for goal in await queries.goals(plan)]


async def under(plan: OpenPlan, goal: Goal) -> list[str]:
    (found,) = [one for one in await queries.goals(plan) if one.id == goal.id]
    return [one.title for one in found.activities]


async def test_a_goal_moves_up_and_down_with_its_activities(here: Here) -> None:
    plan, (_, two, _) = await three(here)
    await two_activities(plan, two)
    await ordering.move_goal(plan, two, UP)
    assert (await titles(plan), await under(plan, two)) == (["To", "Ett", "Tre"], ["Gå", "Løpe"])
    await ordering.move_goal(plan, two, DOWN)
    await ordering.move_goal(plan, two, DOWN)
    assert await titles(plan) == ["Ett", "Tre", "To"]
    await ordering.move_goal(plan, two, DOWN)
    assert await titles(plan) == ["Ett", "Tre", "To"]


async def test_an_activity_moves_within_its_goal(here: Here) -> None:
    plan, (one, *_) = await three(here)
    walk, _run = await two_activities(plan, one)
    await ordering.move_activity(plan, walk, DOWN)
    assert await under(plan, one) == ["Løpe", "Gå"]


async def test_only_what_stands_elsewhere_is_kept_and_nothing_is_marked_as_new(here: Here) -> None:
    plan, (one, two, three_) = await three(here)
    await ordering.move_goal(plan, two, UP)
    assert [goal.revision for goal in (one, two, three_)] == [2, 2, 1]
    assert [goal.changed_at for goal in (one, two)] == [None, None]
    assert [name for name, _ in await here.events(of="goal.moved")] == ["goal.moved", "goal.moved"]


async def test_those_in_history_or_deleted_are_not_stopped_at(here: Here) -> None:
    plan, (one, two, three_) = await three(here)
    await goal_history.to_history(plan, two, 1)
    await ordering.move_goal(plan, three_, UP)
    assert await titles(plan) == ["Tre", "Ett"]
    await goals.delete(plan, one, one.revision)
    await goal_history.from_history(plan, two)
    assert sorted(await titles(plan)) == ["To", "Tre"]
    assert await refused(ordering.move_goal(plan, await _historic(plan, two), UP)) is Reason.IN_HISTORY


async def _historic(plan: OpenPlan, goal: Goal) -> Goal:
    await goal_history.to_history(plan, goal, goal.revision)
    return goal


async def test_two_that_had_the_same_place_get_each_their_own(here: Here) -> None:
    plan, (one, two, three_) = await three(here)
    one.place = two.place = three_.place = 1
    await ordering.move_goal(plan, three_, UP)
    assert sorted(goal.place for goal in (one, two, three_)) == [1, 2, 3]


async def test_an_activity_moves_to_another_goal_with_its_comments(here: Here) -> None:
    plan, (one, two, _) = await three(here)
    walk, run = await two_activities(plan, one)
    await two_activities(plan, two)
    said = await comments.add(plan, walk, "Fint")
    gone = await comments.add(plan, walk, "Slettet")
    await comments.delete(plan, gone)
    await ordering.move_to_goal(plan, walk, two)
    assert (await under(plan, one), await under(plan, two)) == (["Løpe"], ["Gå", "Løpe", "Gå"])
    assert (said.goal_id, gone.goal_id, run.goal_id) == (two.id, two.id, one.id)
    assert [one.text for one in await queries.comments(plan, two.id)] == ["Fint"]
    assert said.changed_at is None
    before = walk.revision
    await ordering.move_to_goal(plan, walk, two)
    assert walk.revision == before


async def test_what_others_are_writing_of_it_follows(here: Here) -> None:
    plan, (one, two, _) = await three(here)
    walk, _run = await two_activities(plan, one)
    theirs = await here.opened_by("Pål")
    said = await comments.add(theirs, walk, "Fint")
    places = (f"activities/{walk.id}/change", f"comments/{said.id}/change", f"activities/{walk.id}/comments/new")
    for place in places:
        await drafts.keep_draft(theirs, f"/goals/{one.id}/{place}", {"title": "Halvt", "text": "Halvt"})
    await ordering.move_to_goal(plan, walk, two)
    for place in places:
        assert await draft_of(theirs, f"/goals/{two.id}/{place}")
        assert await draft_of(theirs, f"/goals/{one.id}/{place}") is None


async def test_it_moves_to_no_goal_in_history(here: Here) -> None:
    plan, (one, two, _) = await three(here)
    walk, _run = await two_activities(plan, one)
    await goal_history.to_history(plan, two, 1)
    assert await refused(ordering.move_to_goal(plan, walk, two)) is Reason.IN_HISTORY
    assert walk.goal_id == one.id


@pytest.mark.parametrize("name", ["Pål", "Gro", "Ola", "Else"])
async def test_only_the_coordinator_may(here: Here, name: str) -> None:
    _, (one, two, _) = await three(here)
    walk, _run = await two_activities(await here.opened_by("Kari"), one)
    plan = await here.opened_by(name)
    for deed in (
        ordering.move_goal(plan, one, UP),
        ordering.move_activity(plan, walk, UP),
        ordering.move_to_goal(plan, walk, two),
    ):
        assert await refused(deed) is Reason.COORDINATOR_ONLY


async def test_not_even_who_may_delete_goals_may_without_coordinating(here: Here) -> None:
    _, (one, *_) = await three(here)
    await _give(here, "Pål", one.id, Level.DELETE)
    assert await refused(ordering.move_goal(await here.opened_by("Pål"), one, DOWN)) is Reason.COORDINATOR_ONLY


async def _give(here: Here, name: str, goal_id: UUID, level: Level) -> None:
    await here.hamlet.grant(here.participants[name], Element.GOALS, goal_id, level)


async def test_what_the_coordinator_may_not_see_is_passed_and_kept(here: Here) -> None:
    _, (one, two, three_) = await three(here)
    await _give(here, "Kari", two.id, Level.NONE)
    plan = await here.opened_by("Kari")
    await ordering.move_goal(plan, three_, UP)
    assert await titles(plan) == ["Tre", "Ett"]
    assert await titles(await here.opened_by("Pål")) == ["Tre", "Ett", "To"]
    assert {one.place, two.place, three_.place} == {1, 2, 3}
