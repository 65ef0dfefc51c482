"""An image that stands for a goal (F70). It has no revisions: a new one takes the place of the old for good."""

from base64 import b64encode

from models.base import seal
from models.log import operations as log
from models.log.rules import Event
from models.plans.operations.demands import demand_living
from models.plans.proof import OpenPlan
from models.plans.queries.goal_pictures import mark, picture_row
from models.plans.tables.goals import Goal, GoalPicture
from models.refusals import Conflict, NotFound
from models.rights import Element, Level


async def set_picture(plan: OpenPlan, goal: Goal, jpeg: bytes) -> None:
    """`jpeg` is one that we have made ourselves."""
    plan.demand(Element.GOALS, Level.CHANGE, goal)
    demand_living(plan, goal)
    now = plan.session.clock.now()
    picture = await picture_row(plan, goal) or GoalPicture(
        municipality_id=plan.municipality_id, goal_id=goal.id, set_at=now
    )
    seal(plan.vault, picture, content=b64encode(jpeg).decode())
    picture.set_at = now
    plan.session.add(picture)
    log.record(plan, Event.GOAL_PICTURE_SET, goal)


async def remove_picture(plan: OpenPlan, goal: Goal, seen: str | None = None) -> None:
    """For good. Raises NotFound when there is none, and Conflict when it is another than the one that was `seen`."""
    plan.demand(Element.GOALS, Level.CHANGE, goal)
    demand_living(plan, goal)
    picture = await picture_row(plan, goal)
    if picture is None:
        raise NotFound
    if seen is not None and seen != mark(picture):
        raise Conflict
    await plan.session.delete(picture)
    log.record(plan, Event.GOAL_PICTURE_REMOVED, goal)
