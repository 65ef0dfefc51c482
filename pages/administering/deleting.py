"""Deleting the plan, which asks for a reason and its name (C12, F190), and fetching it back while one can."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.clock import local_day
from models.i18n import _
from models.labels import label, plan_label
from models.plans.operations import deleting as operations
from models.plans.operations.deleting import Deletion
from models.plans.operations.demands import demand_coordinating
from models.plans.proof import OpenPlan
from models.plans.queries.people import people
from models.plans.rules.administering import KEPT
from models.refusals import Invalid
from models.rights import Element, Level
from pages.administering.forms import DeleteForm
from pages.forms import posted
from pages.plans.room import address, render_room, room
from pages.rendering import go, render
from permissions.deleted import DeletedPlan, deleted_plans, open_deleted
from permissions.request import current_session, current_viewer

router = APIRouter()
Plan = Annotated[OpenPlan, Depends(room("settings"))]


@router.get("/plans/{plan_id}/settings/delete")
async def ask_to_delete(request: Request, plan: Plan) -> Response:
    _demand(plan)
    return await _page(request, plan, DeleteForm())


@router.post("/plans/{plan_id}/settings/delete")
async def delete_plan(request: Request, plan: Plan) -> Response:
    _demand(plan)
    form = DeleteForm(await posted(request))
    if not form.validate():
        return await _page(request, plan, form, 400)
    wanted = Deletion(form.reason.data, form.remark.data or "", form.typed.data or "")
    try:
        await operations.delete(plan, wanted)
    except Invalid as invalid:
        form.refuse(invalid)
        return await _page(request, plan, form, 400)
    return go("/plans/deleted", "plan-deleted")


def _demand(plan: OpenPlan) -> None:
    plan.demand(Element.PLAN, Level.DELETE)
    demand_coordinating(plan)


async def _page(request: Request, plan: OpenPlan, form: DeleteForm, status: int = 200) -> Response:
    here = await people(plan) if plan.allows(Element.PARTICIPANTS, Level.READ) else []
    return render_room(
        *(request, plan, "administering/delete.html", "settings"),
        status=status,
        form=form,
        names=[f"{one.name} ({one.role})" for one in here if one.taking_part],
        days=KEPT.days,
        destroyed_on=plan.today + KEPT,
        back_url=f"{address(plan)}/settings",
    )


@router.get("/plans/deleted")
async def show_deleted(request: Request) -> Response:
    return await _list(request)


@router.post("/plans/deleted/{deleted_id}/restore")
async def restore_plan(request: Request, deleted_id: UUID) -> Response:
    session, viewer = await current_session(request), await current_viewer(request)
    plan = await open_deleted(session, viewer, deleted_id)
    try:
        await operations.restore(plan)
    except Invalid as invalid:
        return await _list(request, 400, " ".join(invalid.fields.values()))
    return go(address(plan), "plan-restored")


async def _list(request: Request, status: int = 200, problem: str = "") -> Response:
    session, viewer = await current_session(request), await current_viewer(request)
    today = local_day(session.clock.now())
    plans: list[dict[str, Any]] = [_row(one, today) for one in await deleted_plans(session, viewer)]
    return render(request, "administering/deleted.html", status=status, plans=plans, problem=problem)


def _row(one: DeletedPlan, today: Any) -> dict[str, Any]:
    return {
        "short_name": one.short_name,
        "kind_name": plan_label(one.kind, one.elements),
        "reason": label(one.reason) if one.reason else _("Ikke oppgitt"),
        "destroy_on": one.destroy_on,
        "days": (one.destroy_on - today).days,
        "restore_url": f"/plans/deleted/{one.plan_id}/restore",
    }
