"""Somebody coordinates for a while (N7): choosing who and when, and ending it before the time."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _, day_text
from models.labels import inside
from models.plans.operations import standing_in as operations
from models.plans.operations.demands import demand_coordinating
from models.plans.proof import OpenPlan
from models.plans.queries.handovers import StandIn, participant_of, stand_ins, takers
from models.plans.queries.people import Somebody, named, people
from models.plans.queries.proposals import owner_must_approve
from models.plans.rules.consents import Stretch
from models.refusals import Invalid, NotFound, Reason
from models.rights import Element, Level, Role
from pages.baton.forms import StandInForm
from pages.baton.views import kept_from, who_answers
from pages.forms import posted
from pages.plans.room import address, render_room, room
from pages.rendering import go
from permissions.sights import sights

router = APIRouter(prefix="/plans/{plan_id}/baton")
Plan = Annotated[OpenPlan, Depends(room("baton"))]
UNFINISHED = (Reason.OPEN, Reason.PLAN_IS_DRAFT, Reason.AWAITING_SIGNATURES)


@router.get("/substitute")
async def show_form(request: Request, plan: Plan) -> Response:
    asked = await _can_stand_in(plan)
    return await _form_page(request, plan, StandInForm(plan, asked), asked)


@router.post("/substitute")
async def choose(request: Request, plan: Plan) -> Response:
    asked, data = await _can_stand_in(plan), await posted(request)
    form = StandInForm(plan, asked, data)
    if not form.validate():
        return await _form_page(request, plan, form, asked, 400)
    try:
        who, days = (
            await participant_of(plan, UUID(form.who.data)),
            Stretch(form.first_day.data or plan.today, form.last_day.data),
        )
        await operations.choose(plan, who, days)
    except Invalid as invalid:
        form.refuse(invalid)
        return await _form_page(request, plan, form, asked, 400)
    return go(f"{address(plan)}/baton", "stand-in-chosen")


@router.get("/substitutes/{participant_id}/end")
async def ask_to_end(request: Request, plan: Plan, participant_id: UUID) -> Response:
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    return await _question(request, plan, await _stand_in(plan, participant_id))


@router.post("/substitutes/{participant_id}/end")
async def end(request: Request, plan: Plan, participant_id: UUID) -> Response:
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    stand_in = await _stand_in(plan, participant_id)
    try:
        await operations.end(plan, stand_in)
    except Invalid as invalid:
        return await _question(request, plan, stand_in, " ".join(invalid.fields.values()), 400)
    is_over = plan.participant_id == stand_in.participant_id
    return go(address(plan) if is_over else f"{address(plan)}/baton", "stand-in-ended")


async def _stand_in(plan: OpenPlan, participant_id: UUID) -> StandIn:
    found = next((one for one in await stand_ins(plan) if one.participant_id == participant_id), None)
    if found is None:
        raise NotFound
    return found


async def _can_stand_in(plan: OpenPlan) -> list[Somebody]:
    """Nobody who is kept out of the plan comes in that way; in a draft all are out who do not coordinate."""
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    plan.demand_active()
    demand_coordinating(plan)
    verdicts = {one.participant_id: one.verdict for one in await sights(plan)}
    fits = {id_ for id_, one in verdicts.items() if one.reason in UNFINISHED and not one.narrowed}
    return [one for one in await takers(plan) if one.participant_id in fits]


async def _question(
    request: Request, plan: OpenPlan, stand_in: StandIn, problem: str = "", status: int = 200
) -> Response:
    who = named(await people(plan), stand_in.participant_id)
    told = {"name": who.name if who else "", "last": day_text(stand_in.last, plan.today)}
    sentence = (
        _("%(name)s skulle være vikar til %(last)s, og koordinerer ikke planen fra nå av.")
        if stand_in.is_on(plan.today)
        else _("%(name)s blir ikke vikar.")
    )
    return render_room(
        *(request, plan, "baton/end_substitute.html", "baton"),
        status=status,
        heading=_("Vil du avslutte vikariatet?"),
        title=told["name"],
        consequences=[sentence % told, _("%(name)s er med i planen som før.") % told],
        problem=problem,
        cancel_url=f"{address(plan)}/baton",
        seen=None,
        now=None,
    )


async def _form_page(
    request: Request, plan: OpenPlan, form: StandInForm, asked: list[Somebody], status: int = 200
) -> Response:
    return render_room(
        *(request, plan, "baton/substitute.html", "baton"),
        status=status,
        form=form,
        there_is_somebody=bool(asked),
        kept_from=await kept_from(plan, asked, for_a_while=True),
        role=inside(plan.role_name(Role.COORDINATOR)),
        asks=await who_answers(plan) if await owner_must_approve(plan) else None,
        add_url=f"{address(plan)}/participants/new?then=substitute",
        back_url=f"{address(plan)}/baton",
    )
