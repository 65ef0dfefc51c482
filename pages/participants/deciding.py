"""The owner's word on who takes part (F8, C14), and whom the owner's side wishes to have along (F110)."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import proposals as operations
from models.plans.operations import wishing
from models.plans.proof import OpenPlan
from models.plans.queries import proposals
from models.plans.queries.participants import participation
from models.plans.queries.proposals import mark
from models.plans.rules.participants import NETWORK
from models.plans.rules.words import ProposalKind, ProposalState
from models.plans.tables.participants import Proposal
from models.refusals import Conflict, Invalid
from models.rights import Element, Level, Role
from pages.forms import posted
from pages.participants.forms import AnswerForm, RefusalForm, WishForm
from pages.participants.proposed import answer, asked, deciders, proposal_address, title, wanted, wished
from pages.participants.routes import ROOM, Plan
from pages.participants.views import card_address, is_looker, row, rows
from pages.plans.card import Card
from pages.plans.once import id_of
from pages.plans.room import address, render_room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/participants")


async def find_proposal(plan: Plan, proposal_id: UUID) -> Proposal:
    return await proposals.proposal_of(plan, proposal_id)


async def find_wish(plan: Plan, proposal_id: UUID) -> Proposal:
    return await proposals.wish_of(plan, proposal_id)


Asked = Annotated[Proposal, Depends(find_proposal)]
Wished = Annotated[Proposal, Depends(find_wish)]


@router.get("/proposals/{proposal_id}")
async def show_proposal(request: Request, plan: Plan, proposal: Asked) -> Response:
    return await _page(request, plan, proposal)


@router.post("/proposals/{proposal_id}/approve")
async def approve(request: Request, plan: Plan, proposal: Asked) -> Response:
    if not _said(plan, proposal, ProposalState.APPROVED):
        await operations.approve(plan, proposal, str((await posted(request)).get("seen", "")))
    return go(f"{address(plan)}/participants", "answered-yes")


@router.post("/proposals/{proposal_id}/decline")
async def decline(plan: Plan, proposal: Asked) -> Response:
    if not _said(plan, proposal, ProposalState.DECLINED):
        await operations.decline(plan, proposal)
    return go(f"{address(plan)}/participants", "answered-no")


@router.post("/proposals/{proposal_id}/withdraw")
async def withdraw(plan: Plan, proposal: Asked) -> Response:
    if not _said(plan, proposal, ProposalState.WITHDRAWN):
        await operations.withdraw(plan, proposal)
    return go(f"{address(plan)}/participants", "proposal-withdrawn")


@router.post("/proposals/{proposal_id}/record")
async def record(request: Request, plan: Plan, proposal: Asked) -> Response:
    plan.demand(Element.PARTICIPANTS, Level.DELETE)
    form = AnswerForm(await posted(request))
    form.offer()
    if not form.validate():
        return await _page(request, plan, proposal, form, 400)
    yes = form.answer.data == "yes"
    try:
        if not _said(plan, proposal, ProposalState.APPROVED if yes else ProposalState.DECLINED):
            await operations.record(plan, proposal, yes=yes, method=form.method.data, remark=form.remark.data or "")
    except Invalid as invalid:
        form.refuse(invalid)
        return await _page(request, plan, proposal, form, 400)
    return go(f"{address(plan)}/participants", "answered-yes" if yes else "answered-no")


@router.get("/wish")
async def show_wish(request: Request, plan: Plan) -> Response:
    await operations.demand_decider(plan)
    return _wish_page(request, plan, _wish_form(plan))


@router.post("/wish")
async def make_wish(request: Request, plan: Plan) -> Response:
    await operations.demand_decider(plan)
    form = _wish_form(plan, await posted(request))
    if not form.validate():
        return _wish_page(request, plan, form, 400)
    new_id = id_of(plan, request.url.path, form)
    try:
        if await plan.session.get(Proposal, new_id) is None:
            await wishing.wish(plan, form.wish(), new_id)
    except Invalid as invalid:
        form.refuse(invalid)
        return _wish_page(request, plan, form, 400)
    return go(f"{address(plan)}/participants", "wished")


@router.get("/wishes/{proposal_id}/refuse")
async def show_refusal(request: Request, plan: Plan, wish: Wished) -> Response:
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    plan.demand_active()
    if wish.answered_at is not None:
        raise Conflict(_("Noen har allerede tatt seg av dette ønsket."))
    return _refusal_page(request, plan, wish, RefusalForm())


@router.post("/wishes/{proposal_id}/refuse")
async def refuse_wish(request: Request, plan: Plan, wish: Wished) -> Response:
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    form = RefusalForm(await posted(request))
    try:
        if not _said(plan, wish, ProposalState.DECLINED):
            await wishing.refuse_wish(plan, wish, form.reason.data or "")
    except Invalid as invalid:
        form.refuse(invalid)
        return _refusal_page(request, plan, wish, form, 400)
    return go(f"{address(plan)}/participants", "wish-refused")


@router.post("/wishes/{proposal_id}/withdraw")
async def withdraw_wish(plan: Plan, wish: Wished) -> Response:
    if not _said(plan, wish, ProposalState.WITHDRAWN):
        await wishing.withdraw_wish(plan, wish)
    return go(f"{address(plan)}/participants", "wish-withdrawn")


async def card(plan: OpenPlan) -> Card | None:
    """What the plan's first page asks the owner's side, and tells who adds participants."""
    if not await proposals.waiting(plan) and not await proposals.wishes(plan):
        return None
    questions = [one for one in await asked(plan, await rows(plan)) if one["may_answer"] or one["is_stuck"]]
    wishes = await wished(plan) if plan.allows(Element.PARTICIPANTS, Level.NEW) else []
    if not questions and not wishes:
        return None
    facts = {"questions": questions, "wishes": wishes, "url": f"{address(plan)}/participants"}
    return Card("plans/cards/proposals.html", facts)


def _said(plan: OpenPlan, proposal: Proposal, state: ProposalState) -> bool:
    """Whether the viewer has answered this already: a finger that pressed twice gets the same page twice."""
    return proposal.state is state and proposal.answered_by == plan.actor_id


def _wish_form(plan: OpenPlan, data: Any = None) -> WishForm:
    form = WishForm(data, data={"role": Role.OTHER.value})
    form.offer_roles(plan, NETWORK)
    return form


def _wish_page(request: Request, plan: OpenPlan, form: WishForm, status: int = 200) -> Response:
    back = f"{address(plan)}/participants"
    return render_room(request, plan, "participants/wish.html", ROOM, status=status, form=form, cancel_url=back)


def _refusal_page(request: Request, plan: OpenPlan, wish: Proposal, form: RefusalForm, status: int = 200) -> Response:
    shown = {"form": form, "who_name": proposals.told(plan, wish).name, "cancel_url": f"{address(plan)}/participants"}
    return render_room(request, plan, "participants/wish_refuse.html", ROOM, status=status, **shown)


async def _page(
    request: Request, plan: OpenPlan, proposal: Proposal, form: AnswerForm | None = None, status: int = 200
) -> Response:
    about = await participation(plan, proposal.participant_id)
    is_asker = plan.allows(Element.PARTICIPANTS, Level.CHANGE)
    own = proposal.participant_id in {one.participant_id for one in plan.standings}
    if form is None:
        form = AnswerForm()
        form.offer()
    return render_room(
        *(request, plan, "participants/proposal.html", ROOM),
        status=status,
        form=form,
        heading=title(proposal, about.who.name),
        one=row(plan, about, {}, {}, {}),
        first=about.first,
        last=about.last,
        joins=proposal.kind is ProposalKind.JOIN,
        wanted=await wanted(plan, proposal),
        waits=proposal.state is ProposalState.WAITING,
        answer=await answer(plan, proposal),
        is_stuck=not await proposals.can_be_answered(plan, proposal),
        only_in_app=await proposals.only_in_app(plan),
        seen=await mark(plan, proposal),
        may_answer=not own and await proposals.decides(plan),
        may_withdraw=is_asker and plan.administered_until is None,
        may_record=await proposals.may_record_answers(plan, proposal),
        deciders=await deciders(plan),
        url=proposal_address(plan, proposal),
        rights_url=f"{address(plan)}/rights/{about.who.participant_id}" if is_looker(plan) else None,
        card_url=card_address(plan, about.who.participant_id),
        back_url=f"{address(plan)}/participants",
    )
