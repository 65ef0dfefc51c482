"""A guardian decides whether a child under 15 may sign in (F23, C17)."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.labels import inside, label
from models.plans.operations import young as operations
from models.plans.proof import OpenPlan
from models.plans.queries.young import Child, child
from models.refusals import NotFound
from models.rights import Role
from pages.plans.room import address, render_room, room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/young")
Plan = Annotated[OpenPlan, Depends(room("young"))]


@router.get("")
async def show_question(request: Request, plan: Plan) -> Response:
    operations.demand_guardian(plan)
    known = await child(plan)
    if known is None:
        raise NotFound
    return render_room(request, plan, "plans/young.html", "home", child=_words(known))


@router.post("/approve")
async def approve(plan: Plan) -> Response:
    await operations.approve(plan)
    return go(f"{address(plan)}/young", "young-approved")


@router.post("/withdraw")
async def withdraw(plan: Plan) -> Response:
    await operations.withdraw(plan)
    return go(f"{address(plan)}/young", "young-withdrawn")


async def card(plan: OpenPlan) -> dict[str, Any] | None:
    """What the plan's home tells a guardian about it; None for all others."""
    if plan.looking_as or plan.viewer.is_young or Role.GUARDIAN not in {standing.role for standing in plan.standings}:
        return None
    known = await child(plan)
    return _words(known) if known else None


def _words(known: Child) -> dict[str, Any]:
    return {
        "name": known.name,
        "kinds": ", ".join(inside(label(kind)) for kind in known.kinds),
        "of_age_on": known.of_age_on,
        "approved_at": known.approved_at,
        "approved_by": known.approved_by,
    }
