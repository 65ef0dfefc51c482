"""Asking the owner about who takes part and how much they see (F8, C14).

What operations share, after they have demanded: each asks in the caller's transaction, and tells those who answer; an
answer is told to those who asked.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlmodel import col, select

from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.proof import OpenPlan
from models.plans.queries.audience import coordinators
from models.plans.queries.proposals import can_be_answered, deciding_accounts
from models.plans.rules.words import ConsentMethod, ProposalKind, ProposalState
from models.plans.tables.participants import Participant, Proposal

UNTIL = "until"
"""Stands in the place of an element in what is wanted: a later last day, or none."""

Wanted = list[Any]
"""[element, item or None, level], or [UNTIL, None, a day or None]."""


async def ask_to_join(plan: OpenPlan, participant: Participant) -> Proposal:
    """Whether the participant, who has no access meanwhile, may take part."""
    participant.awaits_approval = True
    return await _ask(plan, participant, ProposalKind.JOIN, [])


async def ask_to_stay(plan: OpenPlan, participant: Participant, last: date | None) -> Proposal:
    """Whether the participant may take part for longer than the owner has said yes to."""
    return await ask_for_more(plan, participant, [[UNTIL, None, last.isoformat() if last else None]])


async def ask_for_more(plan: OpenPlan, participant: Participant, wanted: Iterable[Wanted]) -> Proposal:
    """Whether the participant may see or do more. There is one such question at a time: a new one holds the old."""
    asked = {tuple(one[:2]): list(one) for old in await _take_back(plan, participant) for one in old.wanted}
    asked |= {tuple(one[:2]): list(one) for one in wanted}
    return await _ask(plan, participant, ProposalKind.WIDEN, list(asked.values()))


async def take_back_wider(plan: OpenPlan, participant: Participant) -> None:
    """Nothing more is asked about how much the participant sees, or for how long."""
    await _take_back(plan, participant)


async def take_back_all(plan: OpenPlan, participant: Participant) -> None:
    """Nothing more is asked about the participant."""
    await take_back_wider(plan, participant)
    await _take_back(plan, participant, ProposalKind.JOIN)


async def answer(plan: OpenPlan, proposal: Proposal, state: ProposalState, method: ConsentMethod) -> None:
    """Tells who asked, and who coordinates by now; what was written down on behalf of the owner's side, them too."""
    close(plan, proposal, state, method)
    about = str(proposal.participant_id)
    log.record(plan, Event.PROPOSAL_ANSWERED, participant=about, answer=state, method=method)
    told = {proposal.proposed_by} | await coordinators(plan.session, plan.plan_id, plan.today)
    if method is not ConsentMethod.DIGITAL:
        told |= await deciding_accounts(plan)
    await notices.queue(plan, Notice.PROPOSAL_ANSWERED, told)


def close(plan: OpenPlan, proposal: Proposal, state: ProposalState, method: ConsentMethod | None = None) -> None:
    """Nobody answers it any more."""
    proposal.state, proposal.method = state, method
    proposal.answered_at, proposal.answered_by = plan.session.clock.now(), plan.actor_id


async def _ask(plan: OpenPlan, participant: Participant, kind: ProposalKind, wanted: list[Wanted]) -> Proposal:
    proposal = Proposal(
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        participant_id=participant.id,
        kind=kind,
        wanted=wanted,
        proposed_at=plan.session.clock.now(),
        proposed_by=plan.actor_id,
    )
    plan.session.add(proposal)
    await plan.session.flush()
    log.record(plan, Event.PROPOSAL_MADE, participant=str(participant.id), kind=kind)
    await notices.queue(plan, Notice.PROPOSAL_MADE, await deciding_accounts(plan))
    if not await can_be_answered(plan, proposal):
        await notices.queue(plan, Notice.TASK_MADE, await coordinators(plan.session, plan.plan_id, plan.today))
    return proposal


async def _take_back(
    plan: OpenPlan, participant: Participant, kind: ProposalKind = ProposalKind.WIDEN
) -> list[Proposal]:
    found = select(Proposal).where(
        col(Proposal.plan_id) == plan.plan_id,
        col(Proposal.participant_id) == participant.id,
        col(Proposal.kind) == kind,
        col(Proposal.state) == ProposalState.WAITING,
    )
    rows = list(await plan.session.scalars(found))
    for row in rows:
        close(plan, row, ProposalState.WITHDRAWN)
        log.record(plan, Event.PROPOSAL_WITHDRAWN, participant=str(participant.id))
    return rows
