"""What the owner decides about who takes part (F8, C14): the answers, and whom the owner's side wishes to have along.

The questions are asked where somebody is added or given more (`proposing`).
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from uuid import UUID, uuid4

from models.base import seal
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.operations import rights
from models.plans.operations.consenting import let_in
from models.plans.operations.demands import demand_coordinating
from models.plans.operations.joining import depart, has_left, welcome
from models.plans.operations.proposing import UNTIL, Wanted, ask_for_more
from models.plans.proof import OpenPlan
from models.plans.queries.participants import role_of
from models.plans.queries.proposals import Wish, decides, mark, may_record_answers
from models.plans.rules.participants import LONGEST, NETWORK
from models.plans.rules.words import PERSONAL_ROLES, ConsentMethod, ProposalKind, ProposalState
from models.plans.tables.participants import Participant, Proposal
from models.refusals import Conflict, Invalid, NotFound, Reason, Refused
from models.rights import Element, Level
from models.texts import says_something

REMARK = 500


async def propose_wider(plan: OpenPlan, participant: Participant, wanted: Iterable[Wanted]) -> Proposal:
    """Ask whether the participant may see or do more; each is [element, item's id or None, level]."""
    plan.demand(Element.RIGHTS, Level.CHANGE)
    return await ask_for_more(plan, participant, wanted)


async def approve(plan: OpenPlan, proposal: Proposal, seen: str) -> None:
    """Yes, said in Medvirk by who decides, to what `seen` is the mark of. Raises Refused, and Conflict when it is
    answered already, or is about something else by now."""
    await demand_decider(plan, proposal)
    if seen != await mark(plan, proposal):
        raise Conflict(_("Rollen, rettighetene eller tiden er endret etter at du åpnet spørsmålet. Se på det igjen."))
    await _carry_out(plan, proposal, ConsentMethod.DIGITAL)


async def decline(plan: OpenPlan, proposal: Proposal) -> None:
    """No; somebody who was to join never does. Raises as `approve` does."""
    await demand_decider(plan, proposal)
    await _turn_down(plan, proposal, ConsentMethod.DIGITAL)


async def record(plan: OpenPlan, proposal: Proposal, *, yes: bool, method: ConsentMethod, remark: str) -> None:
    """An answer that was given on paper or by word of mouth, written down by a coordinator: `remark` tells by whom,
    and when. No administrator does (C11). Raises Refused, Invalid or Conflict."""
    plan.demand(Element.PARTICIPANTS, Level.DELETE)
    demand_coordinating(plan)
    if not await may_record_answers(plan) or method is ConsentMethod.DIGITAL:
        raise Invalid(method=_("Kommunen krever at svaret gis i Medvirk."))
    if not says_something(remark) or len(remark) > REMARK:
        raise Invalid(remark=_("Skriv hvem som svarte, og når, med høyst 500 tegn."))
    seal(plan.vault, proposal, remark=remark.strip())
    if yes:
        await _carry_out(plan, proposal, method)
    else:
        await _turn_down(plan, proposal, method)


async def withdraw(plan: OpenPlan, proposal: Proposal) -> None:
    """The question is taken back by who asks; somebody who was to join never does."""
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    demand_coordinating(plan)
    participant = await _waiting(plan, proposal)
    _answer(plan, proposal, ProposalState.WITHDRAWN, None)
    if proposal.kind is ProposalKind.JOIN:
        await depart(plan, participant)
    log.record(plan, Event.PROPOSAL_WITHDRAWN, participant=str(participant.id))


async def wish(plan: OpenPlan, wanted: Wish, new_id: UUID | None = None) -> Proposal:
    """The owner's side wants somebody of their own to take part (F110): approved already, and carried out by a
    coordinator. Until then it is kept with whoever wishes it. Raises Refused or Invalid."""
    await demand_decider(plan)
    _check_wish(wanted)
    mine = next(one for one in plan.standings if one.role in PERSONAL_ROLES)
    made = Proposal(
        id=new_id or uuid4(),
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
    return made


async def fulfil(plan: OpenPlan, proposal: Proposal, participant: Participant) -> None:
    """The wish is carried out: the participant has been added, or asked about when it is not whom was wished for."""
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    demand_coordinating(plan)
    _demand_open_wish(plan, proposal)
    proposal.participant_id = participant.id
    if not participant.awaits_approval:
        await let_in(plan, participant, ConsentMethod.DIGITAL)
    await _close_wish(plan, proposal, ProposalState.APPROVED)


async def refuse_wish(plan: OpenPlan, proposal: Proposal) -> None:
    """It cannot be carried out, says a coordinator; or it is taken back by the owner's side."""
    if plan.allows(Element.PARTICIPANTS, Level.CHANGE):
        demand_coordinating(plan)
    else:
        await demand_decider(plan)
    _demand_open_wish(plan, proposal)
    await _close_wish(plan, proposal, ProposalState.DECLINED)


async def demand_decider(plan: OpenPlan, proposal: Proposal | None = None) -> None:
    """Raises Refused for who does not answer for the owner, and for whom it is about themselves."""
    plan.demand_active()
    if not await decides(plan):
        raise Refused(Reason.LEVEL_TOO_LOW, plan.plan_id, plan.municipality_id)
    if proposal and proposal.participant_id in {one.participant_id for one in plan.standings}:
        raise Refused(Reason.LEVEL_TOO_LOW, plan.plan_id, plan.municipality_id)


async def _carry_out(plan: OpenPlan, proposal: Proposal, method: ConsentMethod) -> None:
    participant = await _waiting(plan, proposal)
    plan.demand_active()
    if has_left(plan, participant):
        raise Conflict(_("Personen deltar ikke lenger i planen."))
    _answer(plan, proposal, ProposalState.APPROVED, method)
    if proposal.kind is ProposalKind.JOIN:
        participant.awaits_approval = False
        await let_in(plan, participant, method)
        log.record(plan, Event.PARTICIPANT_ADDED, role=await role_of(plan, participant.id))
        await welcome(plan, participant)
    else:
        await rights.apply(plan, participant, [one for one in proposal.wanted if one[0] != UNTIL])
        for _until, _none, day in (one for one in proposal.wanted if one[0] == UNTIL):
            participant.valid_to = date.fromisoformat(day) + timedelta(days=1) if day else None
    await _tell(plan, proposal)


async def _turn_down(plan: OpenPlan, proposal: Proposal, method: ConsentMethod) -> None:
    participant = await _waiting(plan, proposal)
    _answer(plan, proposal, ProposalState.DECLINED, method)
    if proposal.kind is ProposalKind.JOIN and not has_left(plan, participant):
        await depart(plan, participant)
    await _tell(plan, proposal)


async def _waiting(plan: OpenPlan, proposal: Proposal) -> Participant:
    """Whom it is about. Raises Conflict when it is answered already."""
    if proposal.plan_id != plan.plan_id:
        raise NotFound
    if proposal.state is not ProposalState.WAITING:
        raise Conflict(_("Dette er allerede besvart, eller trukket tilbake."))
    return await plan.session.get_one(Participant, proposal.participant_id)


def _answer(plan: OpenPlan, proposal: Proposal, state: ProposalState, method: ConsentMethod | None) -> None:
    proposal.state, proposal.method = state, method
    proposal.answered_at, proposal.answered_by = plan.session.clock.now(), plan.actor_id


async def _tell(plan: OpenPlan, proposal: Proposal) -> None:
    about, answer = str(proposal.participant_id), proposal.state
    log.record(plan, Event.PROPOSAL_ANSWERED, participant=about, answer=answer, method=proposal.method)
    await notices.queue(plan, Notice.PROPOSAL_ANSWERED, [proposal.proposed_by])


def _demand_open_wish(plan: OpenPlan, proposal: Proposal) -> None:
    plan.demand_active()
    if proposal.plan_id != plan.plan_id:
        raise NotFound
    if proposal.state is not ProposalState.APPROVED or proposal.answered_at is not None:
        raise Conflict(_("Noen har allerede tatt seg av dette."))


async def _close_wish(plan: OpenPlan, proposal: Proposal, state: ProposalState) -> None:
    _answer(plan, proposal, state, ConsentMethod.DIGITAL)
    await _tell(plan, proposal)


def _check_wish(wanted: Wish) -> None:
    wrong = {
        field: _("Bruk høyst 100 tegn.")
        for field, text in (("name", wanted.name), ("relation", wanted.relation), ("contact", wanted.contact))
        if len(text) > LONGEST
    }
    if not says_something(wanted.name):
        wrong["name"] = _("Skriv navnet.")
    if wanted.role not in NETWORK:
        wrong["role"] = _("Velg noe fra listen.")
    if wrong:
        raise Invalid(**wrong)
