"""«Angre»: the page after a deletion offers to take it back, as long as the item lies in the recycle bin."""

from uuid import UUID

from starlette.requests import Request

from models.plans.operations.demands import demand_delete
from models.plans.proof import OpenPlan
from models.plans.queries.items import find_activity, find_comment, find_goal
from models.refusals import NotFound, Refusal
from models.rights import Element, Level
from pages.plans.room import goal_address


async def undo_address(request: Request, plan: OpenPlan, goal_id: UUID | None = None) -> str | None:
    """Where to post to restore what `?undo=kind:id` names; None unless the viewer may."""
    kind, _colon, text = request.query_params.get("undo", "").rpartition(":")[0].partition(":")
    try:
        return await _restore(plan, kind, UUID(text), goal_id)
    except (ValueError, Refusal):
        return None


async def _restore(plan: OpenPlan, kind: str, item_id: UUID, goal_id: UUID | None) -> str:
    if kind == "goal":
        plan.demand(Element.GOALS, Level.DELETE, await find_goal(plan, item_id, deleted=True))
        return f"{goal_address(plan, item_id)}/restore"
    if goal_id is None:
        raise NotFound
    goal, here = await find_goal(plan, goal_id), goal_address(plan, goal_id)
    if kind == "activity":
        plan.demand(Element.ACTIVITIES, Level.DELETE, await find_activity(plan, goal, item_id, deleted=True))
        return f"{here}/activities/{item_id}/restore"
    if kind == "comment":
        demand_delete(plan, await find_comment(plan, goal, item_id, deleted=True))
        return f"{here}/comments/{item_id}/restore"
    raise NotFound
