"""The owner's word on who takes part (F8, C14), and whom the owner's side wishes to have along (F110)."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.labels import the_role
from models.plans.operations import proposals as operations
from models.plans.proof import OpenPlan
from models.plans.queries import proposals
from models.plans.queries.participants import participation
from models.plans.queries.proposals import mark
from models.plans.rules.participants import NETWORK
from models.plans.rules.words import ProposalKind, ProposalState
from models.plans.tables.participants import Proposal
from models.refusals import Invalid
from models.rights import Element, Level, Role
from pages.forms import posted
from pages.participants.forms import AnswerForm, WishForm
from pages.participants.proposed import asked, proposal_address, title, wanted, wished
from pages.participants.routes import ROOM, Plan
from pages.participants.views import card_address, is_looker, row, rows
from pages.plans.card import Card
from pages.plans.once import id_of
from pages.plans.room import address, render_room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/participants")


async def find_proposal(plan: Plan, proposal_id: UUID) -> Proposal:
    return await proposals.proposal_of(plan, proposal_id)


Asked = Annotated[Proposal, Depends(find_proposal)]


@router.get("/proposals/{proposal_id}")
async def show_proposal(request: Request, plan: Plan, proposal: Asked) -> Response:
    return await _page(request, plan, proposal)


@router.post("/proposals/{proposal_id}/approve")
async def approve(request: Request, plan: Plan, proposal: Asked) -> Response:
    seen = str((await posted(request)).get("seen", ""))
    await operations.approve(plan, proposal, seen)
    return go(f"{address(plan)}/participants", "answered-yes")


@router.post("/proposals/{proposal_id}/decline")
async def decline(plan: Plan, proposal: Asked) -> Response:
    await operations.decline(plan, proposal)
    return go(f"{address(plan)}/participants", "answered-no")


@router.post("/proposals/{proposal_id}/withdraw")
async def withdraw(plan: Plan, proposal: Asked) -> Response:
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
            await operations.wish(plan, form.wish(), new_id)
    except Invalid as invalid:
        form.refuse(invalid)
        return _wish_page(request, plan, form, 400)
    return go(f"{address(plan)}/participants", "wished")


@router.post("/wishes/{proposal_id}/refuse")
async def refuse_wish(plan: Plan, proposal: Asked) -> Response:
    await operations.refuse_wish(plan, proposal)
    return go(f"{address(plan)}/participants", "saved")


async def card(plan: OpenPlan) -> Card | None:
    """What the plan's first page asks the owner's side, and tells who adds participants."""
    if not await proposals.waiting(plan) and not await proposals.wishes(plan):
        return None
    questions = [one for one in await asked(plan, await rows(plan)) if one["may_answer"]]
    wishes = await wished(plan) if plan.allows(Element.PARTICIPANTS, Level.NEW) else []
    if not questions and not wishes:
        return None
    facts = {"questions": questions, "wishes": wishes, "url": f"{address(plan)}/participants"}
    return Card("plans/cards/proposals.html", facts)


def _wish_form(plan: OpenPlan, data: Any = None) -> WishForm:
    form = WishForm(data, data={"role": Role.OTHER.value})
    form.offer_roles(plan, NETWORK)
    return form


def _wish_page(request: Request, plan: OpenPlan, form: WishForm, status: int = 200) -> Response:
    back = f"{address(plan)}/participants"
    return render_room(request, plan, "participants/wish.html", ROOM, status=status, form=form, cancel_url=back)


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
        seen=await mark(plan, proposal),
        may_answer=not own and await proposals.decides(plan),
        may_withdraw=is_asker and plan.administered_until is None,
        may_record=await proposals.may_record_answers(plan),
        owner=the_role(plan.kind, Role.OWNER),
        url=proposal_address(plan, proposal),
        rights_url=f"{address(plan)}/rights/{about.who.participant_id}" if is_looker(plan) else None,
        card_url=card_address(plan, about.who.participant_id),
        back_url=f"{address(plan)}/participants",
    )
