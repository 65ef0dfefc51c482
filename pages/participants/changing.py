"""What is said of a participant in this plan, their role, and taking them out of it (F102, F106-F108, F126)."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.labels import the_role
from models.plans.operations import leaving, participants, roles
from models.plans.proof import OpenPlan
from models.plans.queries import proposals
from models.plans.queries.participants import Participation, participant_of, why_stays
from models.plans.queries.rights import standing_of
from models.plans.rules.consents import Stretch
from models.plans.rules.participants import FOR_UNITS, JOINING, Place, mark
from models.plans.tables.participants import Participant
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Element, Level, Role
from pages.forms import posted, seen_revision
from pages.participants.forms import ChangeForm, LeavingForm, RoleForm
from pages.participants.routes import ROOM, One, Plan
from pages.participants.views import card_address
from pages.plans.room import address, render_room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/participants/{participant_id}")


@router.get("/change")
async def show_change(request: Request, plan: Plan, one: One) -> Response:
    who = await _changed(plan, one)
    form = ChangeForm(data={"position": who.position, "workplace": who.workplace, "last": one.last})
    return _change_page(request, plan, one, who, form)


@router.post("/change")
async def change(request: Request, plan: Plan, one: One) -> Response:
    who, form = await _changed(plan, one), ChangeForm(await posted(request))
    if not form.validate():
        return _change_page(request, plan, one, who, form, 400)
    days = Stretch(one.first, form.last.data)
    wanted = Place(days, form.position.data or "", form.workplace.data or "")
    try:
        await participants.change(plan, who, wanted, form.seen.data or "")
    except Invalid as invalid:
        form.refuse(invalid)
        return _change_page(request, plan, one, who, form, 400)
    except Conflict:
        return _change_page(request, plan, one, who, form, 409)
    asked = who.valid_to is not None and one.left == who.valid_to and form.last.data != one.last
    return go(card_address(plan, who.id), "proposed" if asked else "saved")


@router.get("/role")
async def show_role(request: Request, plan: Plan, one: One) -> Response:
    who = await _changed(plan, one)
    return await _role_page(request, plan, one, who, _role_form(plan, one, who))


@router.post("/role")
async def change_role(request: Request, plan: Plan, one: One) -> Response:
    who, data = await _changed(plan, one), await posted(request)
    form = _role_form(plan, one, who, data)
    if not form.validate():
        return await _role_page(request, plan, one, who, form, 400)
    try:
        asks = await roles.change_role(plan, who, form.chosen(), seen_revision(data))
    except Invalid as invalid:
        form.refuse(invalid)
        return await _role_page(request, plan, one, who, form, 400)
    except Conflict:
        return await _role_page(request, plan, one, who, _role_form(plan, one, who), 409)
    return go(card_address(plan, who.id), "proposed" if asks else "saved")


@router.get("/remove")
async def ask_about_leaving(request: Request, plan: Plan, one: One) -> Response:
    who = await _leaver(plan, one)
    return await _leaving_page(request, plan, one, who, await _leaving_form(plan, who))


@router.post("/remove")
async def remove(request: Request, plan: Plan, one: One) -> Response:
    who = await _leaver(plan, one)
    form = await _leaving_form(plan, who, await posted(request))
    own = _is_own(plan, one)
    if not own and not form.validate():
        return await _leaving_page(request, plan, one, who, form, 400)
    try:
        if own:
            await leaving.leave(plan, who)
            return go("/plans", "left-plan")
        if form.how.data == "keep":
            await leaving.keep_without_access(plan, who)
            return go(card_address(plan, who.id), "without-access")
        await leaving.remove(plan, who)
    except Invalid as invalid:
        form.refuse(invalid)
        return await _leaving_page(request, plan, one, who, form, 400)
    return go(f"{address(plan)}/participants?removed={who.id}", "removed")


@router.post("/restore")
async def restore(plan: Plan, one: One) -> Response:
    await leaving.restore(plan, await participant_of(plan, one))
    return go(card_address(plan, one.who.participant_id), "undone")


async def _changed(plan: OpenPlan, one: Participation) -> Participant:
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    plan.demand_active()
    if one.has_left(plan.today):
        raise NotFound
    return await participant_of(plan, one)


def _is_own(plan: OpenPlan, one: Participation) -> bool:
    return one.who.person_id is not None and one.who.person_id == plan.viewer.person_id


async def _leaver(plan: OpenPlan, one: Participation) -> Participant:
    """Taken out by who may, or by themselves."""
    who = await participant_of(plan, one)
    if one.has_left(plan.today):
        raise NotFound
    if _is_own(plan, one):
        leaving.demand_own(plan, who)
    else:
        plan.demand(Element.PARTICIPANTS, Level.DELETE)
    return who


async def _leaving_form(plan: OpenPlan, who: Participant, data: Any = None) -> LeavingForm:
    form = LeavingForm(data)
    keep = [("keep", _("Behold på listen, men uten tilgang"))] if await _on_consent(plan, who) else []
    form.how.choices = [("remove", _("Fjern fra planen")), *keep]
    return form


async def _on_consent(plan: OpenPlan, who: Participant) -> bool:
    return await proposals.rests_on_consent(plan, who.id)


def _role_form(plan: OpenPlan, one: Participation, who: Participant, data: Any = None) -> RoleForm:
    form = RoleForm(data, data={"role": one.who.role_code.value})
    offered = FOR_UNITS if who.unit_id else JOINING
    now = () if one.who.role_code in offered else (one.who.role_code,)
    form.offer_roles(plan, (*now, *offered))
    return form


def _change_page(
    request: Request, plan: OpenPlan, one: Participation, who: Participant, form: ChangeForm, status: int = 200
) -> Response:
    """With status 409 it also says what somebody else has saved meanwhile."""
    form.seen.data = mark(who)
    now = {"position": who.position, "workplace": who.workplace, "last": one.last} if status == 409 else None
    return render_room(
        *(request, plan, "participants/change.html", ROOM),
        status=status,
        form=form,
        now=now,
        who_name=one.who.name,
        is_owner=one.who.role_code is Role.OWNER,
        cancel_url=card_address(plan, who.id),
    )


async def _role_page(
    request: Request, plan: OpenPlan, one: Participation, who: Participant, form: RoleForm, status: int = 200
) -> Response:
    if one.who.role_code is Role.OWNER:
        raise NotFound
    theirs, overridden = await standing_of(plan, who), status == 409
    form.seen.data = str(who.rights_revision)
    return render_room(
        *(request, plan, "participants/role.html", ROOM),
        status=status,
        form=form,
        changed=overridden,
        who_name=one.who.name,
        role=one.who.role,
        asks=not who.awaits_approval and await proposals.owner_must_approve(plan, who.id),
        owner=the_role(plan.kind, Role.OWNER),
        has_single=bool(theirs.items),
        rights_url=f"{address(plan)}/rights/{who.id}",
        stays=await why_stays(plan, who.id) if one.who.role_code is Role.COORDINATOR else None,
        cancel_url=card_address(plan, who.id),
    )


async def _leaving_page(
    request: Request, plan: OpenPlan, one: Participation, who: Participant, form: LeavingForm, status: int = 200
) -> Response:
    own = _is_own(plan, one)
    return render_room(
        *(request, plan, "participants/remove.html", ROOM),
        status=status,
        form=form,
        own=own,
        who_name=one.who.name,
        role=one.who.role,
        stays=await why_stays(plan, who.id),
        on_consent=await _on_consent(plan, who),
        owner=the_role(plan.kind, Role.OWNER),
        cancel_url=card_address(plan, who.id),
    )
