"""The baton (N7): who coordinates the plan, offering it to somebody else, and answering."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.labels import inside
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
from pages.baton.views import hides, holders, kept_from, offer_told, stand_ins_shown
from pages.forms import posted
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
    may_change = plan.role is Role.COORDINATOR and plan.allows(Element.PARTICIPANTS, Level.CHANGE)
    offers, answers = await living_offers(plan), await answered_offers(plan)
    if not may_change:
        mine = set() if plan.looking_as else {one.participant_id for one in plan.standings}
        offers, answers = [], [one for one in answers if {one.from_id, one.to_id} & mine]
    if not (asked or answers):
        plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    return render_room(
        *(request, plan, "baton/baton.html", NAME),
        asked=offer_told(plan, everybody, asked) if asked else None,
        holders=await holders(plan, everybody),
        offers=[
            offer_told(plan, everybody, one) | {"kept_from": await kept_from(plan, [named(everybody, one.to_id)])}
            for one in offers
        ],
        hides=await hides(plan, asked) if asked else None,
        role=inside(plan.role_name(Role.COORDINATOR)),
        answers=[offer_told(plan, everybody, one) for one in answers],
        stand_ins=await stand_ins_shown(plan, everybody) if may_change else [],
        may_change=may_change and plan.state is not PlanState.INACTIVE,
        may_offer=may_change and await _may_offer(plan, offers),
        may_choose=may_change and plan.state is not PlanState.INACTIVE and await _holds_the_baton(plan),
        is_draft=plan.state in (PlanState.DRAFT, PlanState.AWAITING_SIGNATURES),
    )


@router.get("/offer")
async def show_offer(request: Request, plan: Plan) -> Response:
    plan.demand_coordinator()
    asked = await can_be_asked(plan)
    return await _offer_page(request, plan, OfferForm(plan, asked), asked)


@router.post("/offer")
async def make_offer(request: Request, plan: Plan) -> Response:
    plan.demand_coordinator()
    asked, data = await can_be_asked(plan), await posted(request)
    form = OfferForm(plan, asked, data)
    if not form.validate():
        return await _offer_page(request, plan, form, asked, 400)
    try:
        to = await participant_of(plan, UUID(form.to.data))
        await operations.offer(plan, NewOffer(to, form.role, form.note.data or ""))
    except Invalid as invalid:
        form.refuse(invalid)
        return await _offer_page(request, plan, form, asked, 400)
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


async def _offer_page(
    request: Request, plan: OpenPlan, form: OfferForm, asked: list[Somebody], status: int = 200
) -> Response:
    return render_room(
        *(request, plan, "baton/offer.html", NAME),
        status=status,
        form=form,
        there_is_somebody=bool(asked),
        kept_from=await kept_from(plan, asked),
        add_url=f"{address(plan)}/participants/new?then=offer",
        role=inside(plan.role_name(Role.COORDINATOR)),
        is_draft=plan.state in (PlanState.DRAFT, PlanState.AWAITING_SIGNATURES),
        back_url=f"{address(plan)}/baton",
    )
