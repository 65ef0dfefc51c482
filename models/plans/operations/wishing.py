"""Whom the owner's side wishes to have along (F110): they have said yes already, and a coordinator carries it out."""

import json
from dataclasses import asdict
from uuid import UUID, uuid4

from models.base import seal
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.operations.consenting import let_in
from models.plans.operations.demands import demand_coordinating
from models.plans.operations.proposals import REMARK, demand_decider
from models.plans.operations.proposing import answer
from models.plans.proof import OpenPlan
from models.plans.queries.audience import coordinators
from models.plans.queries.proposals import Wish, is_wish, told, wishes
from models.plans.rules.participants import wish_problem
from models.plans.rules.words import PERSONAL_ROLES, ConsentMethod, ProposalKind, ProposalState
from models.plans.tables.participants import Participant, Proposal
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Element, Level


async def wish(plan: OpenPlan, wanted: Wish, new_id: UUID | None = None) -> Proposal:
    """Until a coordinator has carried it out it is kept with whoever wishes it; a wish that says the same as one that
    waits, is that one. Raises Refused or Invalid."""
    await demand_decider(plan)
    if wrong := wish_problem(wanted.name, wanted.relation, wanted.contact, wanted.role):
        raise Invalid(**wrong)
    same = [one for one in await wishes(plan) if told(plan, one) == wanted]
    return same[0] if same else await _make(plan, wanted, new_id or uuid4())


async def _make(plan: OpenPlan, wanted: Wish, new_id: UUID) -> Proposal:
    mine = next(one for one in plan.standings if one.role in PERSONAL_ROLES)
    made = Proposal(
        id=new_id,
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        participant_id=mine.participant_id,
        kind=ProposalKind.JOIN,
        state=ProposalState.APPROVED,
        proposed_at=plan.session.clock.now(),
        proposed_by=plan.actor_id,
        method=ConsentMethod.DIGITAL,
    )
    seal(plan.vault, made, remark=json.dumps(asdict(wanted)))
    plan.session.add(made)
    await plan.session.flush()
    log.record(plan, Event.PROPOSAL_MADE, participant=str(mine.participant_id), kind=ProposalKind.JOIN)
    await notices.queue(plan, Notice.TASK_MADE, await coordinators(plan.session, plan.plan_id, plan.today))
    return made


async def fulfil(plan: OpenPlan, proposal: Proposal, participant: Participant) -> None:
    """The wish is carried out: the participant has been added, or asked about when it is not whom was wished for."""
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    demand_coordinating(plan)
    _demand_open(plan, proposal)
    proposal.participant_id = participant.id
    if not participant.awaits_approval:
        await let_in(plan, participant, ConsentMethod.DIGITAL)
    await answer(plan, proposal, ProposalState.APPROVED, ConsentMethod.DIGITAL)


async def refuse_wish(plan: OpenPlan, proposal: Proposal, reason: str = "") -> None:
    """It cannot be carried out, says a coordinator, who may tell why. Raises Refused, Invalid or Conflict."""
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    demand_coordinating(plan)
    _demand_open(plan, proposal)
    if len(reason) > REMARK:
        raise Invalid(reason=_("Bruk høyst 500 tegn."))
    said = asdict(told(plan, proposal)) | {"reason": reason.strip()}
    seal(plan.vault, proposal, remark=json.dumps(said))
    await answer(plan, proposal, ProposalState.DECLINED, ConsentMethod.DIGITAL)


async def withdraw_wish(plan: OpenPlan, proposal: Proposal) -> None:
    """Taken back by the owner's side. Raises Refused or Conflict."""
    await demand_decider(plan)
    _demand_open(plan, proposal)
    await answer(plan, proposal, ProposalState.WITHDRAWN, ConsentMethod.DIGITAL)


def _demand_open(plan: OpenPlan, proposal: Proposal) -> None:
    plan.demand_active()
    if proposal.plan_id != plan.plan_id or not is_wish(proposal):
        raise NotFound
    if proposal.answered_at is not None:
        raise Conflict(_("Noen har allerede tatt seg av dette."))
