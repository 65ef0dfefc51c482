"""What may be done to goals (F70). Each takes the opened plan, demands its right, and keeps what it changed."""

from sqlalchemy import func
from sqlmodel import col

from models.base import pick
from models.log.rules import Event
from models.notices.rules import Notice
from models.plans.operations.keeping import changed, demand_fresh, discard, keep, recover
from models.plans.proof import OpenPlan
from models.plans.rules.goals import check_progress, check_texts
from models.plans.tables.goals import Goal
from models.rights import Element, Level


async def add(plan: OpenPlan, *, title: str, description: str = "", life_area: Element | None = None) -> Goal:
    """A new goal, last among the plan's. Raises Refused or Invalid."""
    plan.demand(Element.GOALS, Level.NEW)
    check_texts(title=title, description=description)
    last = pick(func.max(Goal.place)).where(col(Goal.plan_id) == plan.plan_id)
    goal = Goal(
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


async def delete(plan: OpenPlan, goal: Goal) -> None:
    """Into the recycle bin, with its activities and comments, which cannot be seen without it."""
    plan.demand(Element.GOALS, Level.DELETE, goal)
    await discard(plan, goal, Event.GOAL_DELETED)


async def restore(plan: OpenPlan, goal: Goal) -> None:
    plan.demand(Element.GOALS, Level.DELETE, goal)
    await recover(plan, goal, Event.GOAL_RESTORED)
