"""«Se planen som …»: the plan exactly as another participant sees it, until one ends it, goes elsewhere, signs out or
closes the browser (N2)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.plans.operations import looking
from models.plans.proof import OpenPlan
from models.plans.queries.rights import find_participant
from models.refusals import Refused
from pages.plans.room import address
from pages.rendering import go
from pages.rights.routes import demand_reader, one_page
from pages.rights.views import look
from pages.sign_in.cookies import set_cookie
from permissions.looking import look_as
from permissions.request import looking_cookie, opened_plan

router = APIRouter(prefix="/plans/{plan_id}/as")


async def as_oneself(request: Request, plan_id: UUID) -> OpenPlan:
    """The viewer's own plan, whoever's eyes they see it through now: one goes straight on to another, or back."""
    request.state.looks_as_oneself = True
    return await opened_plan(request, plan_id, "rights")


Plan = Annotated[OpenPlan, Depends(as_oneself)]


@router.post("/end")
async def end(request: Request, plan: Plan) -> Response:
    answer = go(address(plan))
    answer.delete_cookie(looking_cookie(plan.plan_id), path="/", secure=request.app.state.https)
    return answer


@router.post("/{participant_id}")
async def begin(request: Request, plan: Plan, participant_id: UUID) -> Response:
    demand_reader(plan)
    participant = await find_participant(plan, participant_id)
    try:
        await look_as(plan, participant.id)
    except Refused:
        return await one_page(request, await look(plan), participant, status=403, is_shut=True)
    await looking.begin(plan, participant)
    answer = go(address(plan))
    set_cookie(request, answer, looking_cookie(plan.plan_id), str(participant.id))
    return answer
