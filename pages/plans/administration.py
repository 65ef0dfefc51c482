"""A local administrator opens a plan's administration with a reason (C11, F194), and the owner reads why."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from models.accounts.proof import OpenMunicipality
from models.i18n import N_
from models.labels import label, plan_label, plan_words
from models.plans.proof import OpenPlan
from models.plans.queries.coordination import is_vacant
from models.plans.queries.visits_of_administrators import visits
from models.refusals import Invalid, Refused
from models.rights import Element, Level, Right
from pages.forms import HouseForm, posted
from pages.plans.card import Card
from pages.plans.room import address, render_room, room
from pages.rendering import go, render
from permissions.administering import LONGEST, begin, end, registered
from permissions.door import open_municipality
from permissions.request import current_session, current_viewer
from permissions.sights import demand_looker

router = APIRouter(prefix="/plans/{plan_id}/administration")
Administered = Annotated[OpenPlan, Depends(room("administration"))]
Plan = Annotated[OpenPlan, Depends(room("participants"))]
REGISTER = "/admin/plans"
VACANT = "administration/coordinator"
"""Where under the plan one goes first, when nobody coordinates it."""
TOLD = timedelta(days=14)
"""How long the plan's first page tells of it; afterwards it is read beside the participants."""


async def plan_register(request: Request) -> OpenMunicipality:
    viewer = await current_viewer(request)
    return await open_municipality(await current_session(request), viewer, Right.PLANS_REGISTER)


Here = Annotated[OpenMunicipality, Depends(plan_register)]


class ReasonForm(HouseForm):
    reason = TextAreaField(
        N_("Hvorfor må du administrere planen?"),
        [InputRequired(N_("Skriv hvorfor. De det gjelder, får se det."))],
        description=N_(
            "Den planen er for, de foresatte og de som koordinerer, kan lese dette. Ikke skriv om helse her."
        ),
        render_kw={"rows": 4, "maxlength": LONGEST},
    )


@router.get("")
async def ask_for_reason(request: Request, here: Here, plan_id: UUID) -> Response:
    return await _begin_page(request, here, plan_id, ReasonForm())


@router.post("")
async def begin_administration(request: Request, here: Here, plan_id: UUID) -> Response:
    form = ReasonForm(await posted(request))
    if not form.validate():
        return await _begin_page(request, here, plan_id, form, 400)
    try:
        await begin(here, plan_id, form.reason.data or "")
    except Invalid as invalid:
        form.refuse(invalid)
        return await _begin_page(request, here, plan_id, form, 400)
    lacks = await is_vacant(here.session, plan_id)
    return go(f"/plans/{plan_id}/{VACANT if lacks else 'participants'}", "administration-begun")


@router.post("/end")
async def end_administration(plan: Administered) -> Response:
    await end(plan)
    return go(f"{address(plan)}/administration", "administration-ended")


@router.get("/visits")
async def show_visits(request: Request, plan: Plan) -> Response:
    plan.demand(Element.PARTICIPANTS, Level.READ)
    demand_looker(plan)
    now = plan.session.clock.now()
    told = [{"visit": one, "is_open": one.ends_at > now} for one in await visits(plan)]
    return render_room(request, plan, "plans/administration_visits.html", "participants", visits=told)


async def card(plan: OpenPlan) -> Card | None:
    """The newest visit, told to the owner, the guardians and the coordinators."""
    try:
        demand_looker(plan)
    except Refused:
        return None
    recent = await visits(plan, since=plan.session.clock.now() - TOLD)
    return Card("plans/cards/administration.html", {"visit": recent[0]}) if recent else None


async def _begin_page(
    request: Request, here: OpenMunicipality, plan_id: UUID, form: ReasonForm, status: int = 200
) -> Response:
    known = await registered(here, plan_id)
    return render(
        *(request, "plans/administration.html"),
        status=status,
        form=None if known.until else form,
        plan={
            "url": f"/plans/{known.plan_id}",
            "short_name": known.short_name,
            "kind_name": plan_label(known.kind, known.elements),
            "state": label(known.state),
            "until": known.until,
            "words": plan_words(known.kind),
        },
        vacant_url=f"/plans/{plan_id}/{VACANT}" if await is_vacant(here.session, plan_id) else None,
        register_url=REGISTER,
    )
