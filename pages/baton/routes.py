"""The baton (N7): who coordinates the plan, offering it to somebody else, and answering."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.base import unseal
from models.i18n import _
from models.labels import label
from models.plans.operations import handovers as operations
from models.plans.operations.handovers import NewOffer
from models.plans.proof import OpenPlan
from models.plans.queries.handovers import (
    answered_offers,
    handover_of,
    living_offers,
    offer_to_me,
    participant_of,
    stand_ins,
    takers,
)
from models.plans.queries.people import Somebody, named, people
from models.plans.rules.words import PlanState
from models.plans.tables.baton import Handover
from models.refusals import Invalid
from models.rights import Element, Level, Role
from pages.baton.forms import OfferForm
from pages.forms import posted
from pages.plans.pictures import picture_address
from pages.plans.room import address, render_room, room
from pages.rendering import go
from permissions.sights import sights

NAME = "baton"
router = APIRouter(prefix="/plans/{plan_id}/baton")
Plan = Annotated[OpenPlan, Depends(room(NAME))]


@router.get("")
async def show_baton(request: Request, plan: Plan) -> Response:
    """For who coordinates, who is asked, and who asked and waits for an answer, or got one."""
    everybody, asked = await people(plan), await offer_to_me(plan)
    may_change = plan.allows(Element.PARTICIPANTS, Level.CHANGE)
    offers, answers = await living_offers(plan), await answered_offers(plan)
    if not may_change:
        mine = set() if plan.looking_as else {one.participant_id for one in plan.standings}
        offers, answers = [], [one for one in answers if {one.from_id, one.to_id} & mine]
    if not (asked or answers):
        plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    return render_room(
        *(request, plan, "baton/baton.html", NAME),
        asked=_told(plan, everybody, asked) if asked else None,
        holders=await _holders(plan, everybody),
        offers=[_told(plan, everybody, one) for one in offers],
        answers=[_told(plan, everybody, one) for one in answers],
        stand_ins=await _stand_ins(plan, everybody) if may_change else [],
        may_change=may_change and plan.state is not PlanState.INACTIVE,
        may_offer=may_change and await _may_offer(plan, offers),
        may_choose=may_change and plan.state is not PlanState.INACTIVE and await _holds_the_baton(plan),
        is_draft=plan.state in (PlanState.DRAFT, PlanState.AWAITING_SIGNATURES),
    )


@router.get("/offer")
async def show_offer(request: Request, plan: Plan) -> Response:
    plan.demand_coordinator()
    asked = await can_be_asked(plan)
    return _offer_page(request, plan, OfferForm(plan, asked), asked)


@router.post("/offer")
async def make_offer(request: Request, plan: Plan) -> Response:
    plan.demand_coordinator()
    asked, data = await can_be_asked(plan), await posted(request)
    form = OfferForm(plan, asked, data)
    if not form.validate():
        return _offer_page(request, plan, form, asked, 400)
    try:
        to = await participant_of(plan, UUID(form.to.data))
        await operations.offer(plan, NewOffer(to, form.role, form.note.data or ""))
    except Invalid as invalid:
        form.refuse(invalid)
        return _offer_page(request, plan, form, asked, 400)
    return go(f"{address(plan)}/baton", "baton-offered")


@router.post("/offers/{handover_id}/accept")
async def accept(plan: Plan, handover_id: UUID) -> Response:
    await operations.accept(plan, await handover_of(plan, handover_id))
    return go(address(plan), "baton-accepted")


@router.post("/offers/{handover_id}/decline")
async def decline(plan: Plan, handover_id: UUID) -> Response:
    await operations.decline(plan, await handover_of(plan, handover_id))
    return go(address(plan), "baton-declined")


@router.post("/offers/{handover_id}/withdraw")
async def withdraw(plan: Plan, handover_id: UUID) -> Response:
    await operations.withdraw(plan, await handover_of(plan, handover_id))
    return go(f"{address(plan)}/baton", "baton-withdrawn")


async def can_be_asked(plan: OpenPlan) -> list[Somebody]:
    """Who could take over, and can open the plan to answer."""
    open_ = {one.participant_id for one in await sights(plan) if one.is_in}
    return [one for one in await takers(plan) if one.participant_id in open_]


async def _holds_the_baton(plan: OpenPlan) -> bool:
    """Whether the viewer coordinates, and not in somebody's place for a while."""
    stands_in = {one.participant_id for one in await stand_ins(plan)}
    return plan.role is Role.COORDINATOR and plan.participant_id not in stands_in


async def _may_offer(plan: OpenPlan, offers: list[Handover]) -> bool:
    """One at a time; and who stands in for another, has nothing of their own to give."""
    if plan.role is not Role.COORDINATOR or plan.standings[0].narrowed or plan.state is PlanState.INACTIVE:
        return False
    busy = {one.from_id for one in offers} | {one.participant_id for one in await stand_ins(plan)}
    return plan.participant_id not in busy


def _told(plan: OpenPlan, everybody: list[Somebody], offer: Handover) -> dict[str, Any]:
    giver, receiver = named(everybody, offer.from_id), named(everybody, offer.to_id)
    mine = {one.participant_id for one in plan.standings}
    at: datetime = offer.answered_at or offer.offered_at
    return {
        "url": f"{address(plan)}/baton/offers/{offer.id}",
        "giver": giver.name if giver else "",
        "receiver": receiver.name if receiver else "",
        "is_mine": offer.from_id in mine,
        "at": at,
        "state": offer.state.value,
        "state_words": label(offer.state),
        "note": unseal(plan.vault, offer, "note"),
        "afterwards": _afterwards(plan, offer.stays_as),
    }


def _afterwards(plan: OpenPlan, role: Role | None) -> str:
    if role is None:
        return _("går ut av planen")
    if role is Role.COORDINATOR:
        return _("koordinerer fortsatt, sammen med den nye")
    return _("blir %(role)s") % {"role": plan.role_name(role).lower()}


async def _holders(plan: OpenPlan, everybody: list[Somebody]) -> list[dict[str, Any]]:
    """Those who coordinate now, each with the last day of who stands in."""
    until = {one.participant_id: one.last for one in await stand_ins(plan)}
    return [
        {
            "person": _person(plan, one),
            "until": until.get(one.participant_id),
        }
        for one in everybody
        if one.role_code is Role.COORDINATOR and one.taking_part
    ]


async def _stand_ins(plan: OpenPlan, everybody: list[Somebody]) -> list[dict[str, Any]]:
    shown = [(one, named(everybody, one.participant_id)) for one in await stand_ins(plan)]
    return [
        {
            "name": who.name,
            "first": one.first,
            "last": one.last,
            "is_on": one.is_on(plan.today),
            "end_url": f"{address(plan)}/baton/substitutes/{one.participant_id}/end",
        }
        for one, who in shown
        if who
    ]


def _person(plan: OpenPlan, one: Somebody) -> dict[str, Any]:
    return {"name": one.name, "role": one.role, "picture": picture_address(plan, one), "contact": None}


def _offer_page(
    request: Request, plan: OpenPlan, form: OfferForm, asked: list[Somebody], status: int = 200
) -> Response:
    return render_room(
        *(request, plan, "baton/offer.html", NAME),
        status=status,
        form=form,
        there_is_somebody=bool(asked),
        is_draft=plan.state in (PlanState.DRAFT, PlanState.AWAITING_SIGNATURES),
        back_url=f"{address(plan)}/baton",
    )
