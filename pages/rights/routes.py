"""«Hvem ser hva» (N2): what every participant sees and may do, and why. For the owner, guardians and coordinators."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.labels import label
from models.plans.proof import OpenPlan
from models.plans.queries.rights import find_participant
from models.plans.rules.rights import SINGLE
from models.plans.tables.participants import Participant
from models.rights import Element, Level
from pages.plans.room import address, render_room, room
from pages.rights.everybody import matrix
from pages.rights.one import profile
from pages.rights.views import Look, look
from permissions.sights import demand_looker

router = APIRouter(prefix="/plans/{plan_id}/rights")
Plan = Annotated[OpenPlan, Depends(room("rights"))]


@router.get("")
async def show_everybody(request: Request, plan: Plan) -> Response:
    demand_reader(plan)
    may_change = plan.allows(Element.RIGHTS, Level.CHANGE)
    table = await matrix(await look(plan), request.query_params.get("part", ""))
    return render_room(request, plan, "rights/matrix.html", "rights", matrix=table, may_change=may_change)


@router.get("/{participant_id}")
async def show_one(request: Request, plan: Plan, participant_id: UUID) -> Response:
    demand_reader(plan)
    participant = await find_participant(plan, participant_id)
    return await one_page(request, await look(plan), participant)


def demand_reader(plan: OpenPlan) -> None:
    """Raises Refused for who may not read about rights, or may not ask what others see."""
    plan.demand(Element.RIGHTS, Level.READ)
    demand_looker(plan)


async def one_page(
    request: Request, look: Look, participant: Participant, *, status: int = 200, is_shut: bool = False
) -> Response:
    """`is_shut`: the viewer asked to see the plan as this participant sees it, who sees nothing of it now."""
    plan, (_one, sight) = look.plan, look.of(participant.id)
    may_change = plan.allows(Element.RIGHTS, Level.CHANGE)
    is_me = any(participant.id == standing.participant_id for standing in plan.standings)
    reads = not plan.looking_as and any(standing.narrowed is None for standing in plan.standings)
    return render_room(
        *(request, plan, "rights/one.html", "rights"),
        status=status,
        one=await profile(look, participant),
        may_change=may_change,
        singles=[(label(one), one.value) for one in SINGLE if may_change and plan.reaches(one)],
        as_url=f"{address(plan)}/as/{participant.id}" if reads and sight.is_in and not is_me else None,
        is_shut=is_shut,
    )
