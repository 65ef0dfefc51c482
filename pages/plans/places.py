"""Where each thing that people write is shown: for links to it, and for coming back to it."""

from uuid import UUID

from models.plans.proof import OpenPlan
from models.plans.tables.goals import Activity, Comment, Goal
from models.plans.tables.item import Item
from models.plans.tables.kinds import kind_of
from models.plans.tables.life import LifeArea
from models.plans.tables.together import Contribution

COOPERATION = "/cooperation"


def place_of(plan: OpenPlan, item: Item) -> str:
    """The address of the page that shows it."""
    match item:
        case Goal():
            return _goal(plan, item.id)
        case Activity():
            return f"{_goal(plan, item.goal_id)}#activity-{item.id}"
        case Comment():
            return f"{_goal(plan, item.goal_id)}#comment-{item.id}"
        case LifeArea():
            return f"{place_above(plan, item)}#{item.area}"
        case _:
            return place_above(plan, item)


def place_above(plan: OpenPlan, item: Item) -> str:
    """The address of the page that showed it, when it is there no longer."""
    here = f"/plans/{plan.plan_id}"
    if isinstance(item, Goal):
        return f"{here}/goals"
    if isinstance(item, Contribution):
        return here + COOPERATION
    room = kind_of(item).room
    goal_id: UUID | None = getattr(item, "goal_id", None)
    return f"{here}/{room}" if room or goal_id is None else _goal(plan, goal_id)


def _goal(plan: OpenPlan, goal_id: UUID) -> str:
    return f"/plans/{plan.plan_id}/goals/{goal_id}"
