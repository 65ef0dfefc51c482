"""Reorganising goals and activities (F76): the coordinator decides in which order they stand, and under which goal."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from models.log.rules import Event
from models.plans.operations.demands import demand_living
from models.plans.operations.keeping import keep
from models.plans.proof import OpenPlan
from models.plans.queries.goals import last_place
from models.plans.rules.ordering import Direction, moved
from models.plans.tables.drafts import Draft
from models.plans.tables.goals import Activity, Comment, Goal


async def move_goal(plan: OpenPlan, goal: Goal, direction: Direction) -> None:
    """Past its neighbour, with its activities. At either end it stays where it is."""
    plan.demand_coordinator()
    demand_living(plan, goal)
    living = col(Goal.deleted_at).is_(None), col(Goal.historic_at).is_(None)
    goals = await _in_order(plan, Goal, *living)
    await _place(plan, moved(goals, goal, direction, plan.sees), Event.GOAL_MOVED)


async def move_activity(plan: OpenPlan, activity: Activity, direction: Direction) -> None:
    """Past its neighbour under the same goal."""
    plan.demand_coordinator()
    here = col(Activity.deleted_at).is_(None), col(Activity.goal_id) == activity.goal_id
    activities = await _in_order(plan, Activity, *here)
    await _place(plan, moved(activities, activity, direction, plan.sees), Event.ACTIVITY_MOVED)


async def move_to_goal(plan: OpenPlan, activity: Activity, goal: Goal) -> None:
    """Last under another goal of the plan, with its comments, and with what people are writing of it."""
    plan.demand_coordinator()
    demand_living(plan, goal)
    if activity.goal_id == goal.id:
        return
    comments = list(await plan.session.scalars(select(Comment).where(col(Comment.activity_id) == activity.id)))
    await _carry_drafts(plan, activity, goal, comments)
    activity.goal_id, activity.place = goal.id, await last_place(plan, goal) + 1
    await keep(plan, activity, Event.ACTIVITY_MOVED, quietly=True)
    for comment in comments:
        comment.goal_id = goal.id
        await keep(plan, comment, Event.ACTIVITY_MOVED, quietly=True)


async def _in_order(plan: OpenPlan, table: Any, *where: Any) -> list[Any]:
    """Those of others' goals and activities too that the coordinator cannot see. The door holds the plan meanwhile."""
    found = select(table).where(col(table.plan_id) == plan.plan_id, *where)
    return list(await plan.session.scalars(found.order_by(table.place, table.added_at, table.id)))


async def _place(plan: OpenPlan, items: Sequence[Goal | Activity], event: Event) -> None:
    """Keep those that now stand elsewhere. They share the places they had, unless two of them had the same."""
    had = sorted(item.place for item in items)
    places = had if len(set(had)) == len(had) else range(1, len(had) + 1)
    for place, item in zip(places, items, strict=True):
        if item.place != place:
            item.place = place
            await keep(plan, item, event, quietly=True)


async def _carry_drafts(plan: OpenPlan, activity: Activity, goal: Goal, comments: Sequence[Comment]) -> None:
    """A draft lies at its form's address, which tells of the goal."""
    below = [f"activities/{activity.id}/", *(f"comments/{comment.id}/" for comment in comments)]
    was, becomes = f"/goals/{activity.goal_id}/", f"/goals/{goal.id}/"
    for draft in await plan.session.scalars(select(Draft).where(col(Draft.plan_id) == plan.plan_id)):
        if draft.place.startswith(tuple(was + ending for ending in below)):
            draft.place = becomes + draft.place.removeprefix(was)
