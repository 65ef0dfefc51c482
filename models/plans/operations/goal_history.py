"""Out of the way and back again: goals that are no longer worked with lie in history, and are only read there (F74)."""

from models.log.rules import Event
from models.plans.operations.keeping import demand_fresh, keep
from models.plans.proof import OpenPlan
from models.plans.tables.goals import Goal
from models.rights import Element, Level


async def to_history(plan: OpenPlan, goal: Goal, seen: int) -> None:
    """With its activities and comments. Moving what is moved changes nothing; raises Refused or Conflict."""
    plan.demand(Element.GOALS, Level.DELETE, goal)
    if goal.historic_at is None:
        demand_fresh(goal, seen)
        goal.historic_at = plan.session.clock.now()
        await keep(plan, goal, Event.GOAL_TO_HISTORY, quietly=True)


async def from_history(plan: OpenPlan, goal: Goal) -> None:
    """Back among the goals that are worked with, where it stood."""
    plan.demand(Element.GOALS, Level.DELETE, goal)
    if goal.historic_at is not None:
        goal.historic_at = None
        await keep(plan, goal, Event.GOAL_FROM_HISTORY, quietly=True)
