"""What may be done to goals (F70). Each takes the opened plan, demands its right, and keeps what it changed."""

from uuid import UUID, uuid4

from sqlalchemy import func
from sqlmodel import col

from models.base import pick
from models.log.rules import Event
from models.notices.rules import Notice
from models.plans.operations.keeping import changed, demand_fresh, discard, keep
from models.plans.proof import OpenPlan
from models.plans.rules.goals import check_progress, check_texts
from models.plans.tables.goals import Goal
from models.rights import Element, Level


async def add(
    plan: OpenPlan,
    *,
    title: str,
    description: str = "",
    life_area: Element | None = None,
    new_id: UUID | None = None,
) -> Goal:
    """A new goal, last among the plan's. `new_id` is what its form called it. Raises Refused or Invalid."""
    plan.demand(Element.GOALS, Level.NEW)
    check_texts(title=title, description=description)
    last = pick(func.max(Goal.place)).where(col(Goal.plan_id) == plan.plan_id)
    goal = Goal(
        id=new_id or uuid4(),
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        added_at=plan.session.clock.now(),
        life_area=life_area,
        place=(await plan.session.scalar(last) or 0) + 1,
    )
    changed(plan, goal, title=title.strip(), description=description)
    await keep(plan, goal, Event.GOAL_ADDED, Notice.GOAL_ADDED)
    return goal


async def change(
    plan: OpenPlan, goal: Goal, seen: int, *, title: str, description: str, life_area: Element | None, progress: int
) -> None:
    """Raises Refused, Invalid, or Conflict when somebody changed the goal after revision `seen`."""
    plan.demand(Element.GOALS, Level.CHANGE, goal)
    check_texts(title=title, description=description)
    check_progress(progress)
    demand_fresh(goal, seen)
    values = {"title": title.strip(), "description": description}
    if fields := changed(plan, goal, **values, life_area=life_area, progress=progress):
        await keep(plan, goal, Event.GOAL_CHANGED, fields=fields)


async def change_progress(plan: OpenPlan, goal: Goal, seen: int, progress: int) -> None:
    """How far it has come, and nothing else (F78). Raises as `change` does."""
    plan.demand(Element.GOALS, Level.CHANGE, goal)
    check_progress(progress)
    demand_fresh(goal, seen)
    if fields := changed(plan, goal, progress=progress):
        await keep(plan, goal, Event.GOAL_CHANGED, fields=fields)


async def delete(plan: OpenPlan, goal: Goal, seen: int | None = None) -> None:
    """Into the recycle bin, with its activities and comments, which cannot be seen without it.

    Raises Conflict when somebody changed it after the viewer was shown revision `seen`, if it was shown at all.
    """
    plan.demand(Element.GOALS, Level.DELETE, goal)
    if seen is not None:
        demand_fresh(goal, seen)
    await discard(plan, goal, Event.GOAL_DELETED)
