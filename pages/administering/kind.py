"""Changing what kind of plan it is (F191): what it becomes for everybody, before it is done."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.labels import inside, label, plan_label, role_label, the_role
from models.plans.operations import changing_kind as operations
from models.plans.operations.demands import demand_coordinating
from models.plans.proof import OpenPlan
from models.plans.queries.administration import other_kinds
from models.plans.queries.changing_kind import Move, moves, shown
from models.plans.queries.people import people
from models.plans.queries.proposals import owner_must_approve
from models.plans.rules.administering import parts_of, proposed
from models.plans.rules.making import Part
from models.plans.rules.rights import level_name
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Element, Level, PlanKind, Role
from models.templates.queries import own_labels
from pages.administering.forms import KindForm
from pages.forms import posted
from pages.plans.room import address, render_room, room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/settings/kind")
Plan = Annotated[OpenPlan, Depends(room("settings"))]


@router.get("")
async def show_kinds(request: Request, plan: Plan) -> Response:
    _demand(plan)
    here = f"{address(plan)}/settings"
    kinds = [{"words": label(kind), "url": f"{here}/kind/{kind.value}"} for kind in await other_kinds(plan)]
    return render_room(request, plan, "administering/kinds.html", "settings", kinds=kinds, back_url=here)


@router.get("/{kind}")
async def show_kind(request: Request, plan: Plan, kind: PlanKind) -> Response:
    _demand(plan)
    form = KindForm(data={"parts": proposed(kind, parts_of(plan.elements))})
    return await _page(request, plan, form, kind)


@router.post("/{kind}")
async def change_kind(request: Request, plan: Plan, kind: PlanKind) -> Response:
    _demand(plan)
    if kind is plan.kind:
        return go(f"{address(plan)}/settings", "saved")
    sent = await posted(request)
    form = KindForm(sent)
    form.offer(_offered(plan))
    if not form.validate():
        return await _page(request, plan, form, kind, 400)
    try:
        await operations.change_kind(plan, kind, form.parts.data or [], str(sent.get("seen", "")))
    except Invalid as invalid:
        form.refuse(invalid)
        return await _page(request, plan, form, kind, 400)
    except Conflict:
        return await _page(request, plan, form, kind, 409)
    return go(f"{address(plan)}/settings", "kind-changed")


def _demand(plan: OpenPlan) -> None:
    plan.demand(Element.RIGHTS, Level.CHANGE)
    plan.demand(Element.PLAN, Level.CHANGE)
    plan.demand_active()
    demand_coordinating(plan)


def _offered(plan: OpenPlan) -> list[Part]:
    """What the plan has goes with it; the rest may be put on."""
    had = parts_of(plan.elements)
    return [part for part in Part if part not in had]


async def _page(request: Request, plan: OpenPlan, form: KindForm, kind: PlanKind, status: int = 200) -> Response:
    if kind not in await other_kinds(plan):
        raise NotFound
    form.offer(_offered(plan))
    form.ask(plan.kind)
    found = await moves(plan, kind)
    return render_room(
        *(request, plan, "administering/kind.html", "settings"),
        status=status,
        form=form,
        seen=shown(plan, found),
        stale=status == 409,
        becomes=inside(label(kind)),
        was=inside(plan_label(plan.kind, plan.elements)),
        offers_parts=bool(_offered(plan)),
        needs_goals=kind is PlanKind.IP and Element.GOALS not in plan.elements,
        lines=await _lines(plan, found, kind),
        consent_url=f"{address(plan)}/consent" if plan.allows(Element.CONSENT, Level.READ) else None,
        back_url=f"{address(plan)}/settings",
        owner=the_role(kind, Role.OWNER) if await owner_must_approve(plan) else None,
    )


async def _lines(plan: OpenPlan, found: Sequence[Move], kind: PlanKind) -> list[dict[str, Any]]:
    """Each participant: what they were and become, which rights are otherwise, and which stay as they were set."""
    names = await own_labels(plan.session, plan.municipality_id, kind)
    by_id = {move.participant_id: move for move in found}
    return [
        _line(one.name, plan.role_name(one.role_code), _name(names, kind, one.role_code), by_id[one.participant_id])
        for one in await people(plan)
        if one.participant_id in by_id
    ]


def _name(own: dict[Role, str], kind: PlanKind, role: Role) -> str:
    return own.get(role) or role_label(kind, role)


def _line(name: str, was: str, becomes: str, move: Move) -> dict[str, Any]:
    return {
        "name": name,
        "was": was,
        "becomes": becomes,
        "changed": [
            (
                label(one),
                level_name(one, move.before.get(one, Level.NONE)),
                level_name(one, move.after.get(one, Level.NONE)),
            )
            for one in move.changed
        ],
        "special": [(label(one), level_name(one, move.after[one])) for one in Element if one in move.special],
    }
