"""A local administrator, who has opened a plan's administration with a reason, finds who is to coordinate it (C11)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations.appointing import appoint
from models.plans.proof import OpenPlan
from models.plans.queries.candidates import candidate
from models.plans.queries.coordination import employees_for, is_vacant
from models.refusals import Invalid, NotFound
from pages.coordination.appoint_page import appoint_page, for_plan
from pages.coordination.forms import AppointForm, SearchForm
from pages.forms import posted
from pages.plans.room import address, room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/administration/coordinator")
Plan = Annotated[OpenPlan, Depends(room("administration"))]


@router.get("")
async def show_coordinator(request: Request, plan: Plan, name: str = "") -> Response:
    _demand(plan)
    if not await is_vacant(plan.session, plan.plan_id):
        return go(f"{address(plan)}/participants")
    return await _page(request, plan, name)


@router.post("")
async def appoint_coordinator(request: Request, plan: Plan, name: str = "") -> Response:
    _demand(plan)
    data = await posted(request)
    form = AppointForm(await employees_for(plan, SearchForm(request.query_params).sought), data)
    if not form.validate():
        return await _page(request, plan, name, form, 400)
    try:
        await appoint(plan, await candidate(plan, UUID(form.person.data)))
    except Invalid as invalid:
        form.refuse(invalid)
        return await _page(request, plan, name, form, 400)
    return go(f"{address(plan)}/participants", "coordinator-appointed")


def _demand(plan: OpenPlan) -> None:
    """For who administers the plan from outside: those who take part have the baton."""
    if plan.administered_until is None:
        raise NotFound


async def _page(
    request: Request, plan: OpenPlan, name: str, form: AppointForm | None = None, status: int = 200
) -> Response:
    sought = SearchForm(request.query_params).sought
    return appoint_page(
        *(request, await employees_for(plan, sought) if sought else [], name, form, status),
        action=f"{address(plan)}/administration/coordinator",
        back_url=f"{address(plan)}/participants",
        back_words=_("Deltakere"),
        **for_plan(plan, _("De det gjelder, får beskjed, og ser hvorfor du åpnet administrasjonen.")),
    )
