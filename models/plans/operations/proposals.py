"""What the owner decides about who takes part (F8, C14): the answers.

The questions are asked where somebody is added or given more (`proposing`).
"""

from collections.abc import Iterable
from datetime import date, timedelta

from models.base import seal
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.plans.operations import rights
from models.plans.operations.consenting import let_in
from models.plans.operations.demands import demand_coordinating
from models.plans.operations.joining import depart, has_left, welcome
from models.plans.operations.proposing import UNTIL, Wanted, answer, ask_for_more, close
from models.plans.proof import OpenPlan
from models.plans.queries.participants import role_of
from models.plans.queries.proposals import decides, is_about_oneself, mark, may_record_answers
from models.plans.rules.words import ConsentMethod, ProposalKind, ProposalState
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
    and when. No administrator does (C11), and nobody about themselves. Raises Refused, Invalid or Conflict."""
    plan.demand(Element.PARTICIPANTS, Level.DELETE)
    demand_coordinating(plan)
    if await is_about_oneself(plan, proposal):
        raise Invalid(method=_("Svaret gjelder deg selv. Be en annen som koordinerer planen, om å skrive det ned."))
    if not await may_record_answers(plan, proposal) or method is ConsentMethod.DIGITAL:
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
    close(plan, proposal, ProposalState.WITHDRAWN)
    if proposal.kind is ProposalKind.JOIN:
        await depart(plan, participant)
    log.record(plan, Event.PROPOSAL_WITHDRAWN, participant=str(participant.id))


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
    await answer(plan, proposal, ProposalState.APPROVED, method)
    if proposal.kind is ProposalKind.JOIN:
        participant.awaits_approval = False
        await let_in(plan, participant, method)
        log.record(plan, Event.PARTICIPANT_ADDED, role=await role_of(plan, participant.id))
        await welcome(plan, participant)
    else:
        await rights.apply(plan, participant, [one for one in proposal.wanted if one[0] != UNTIL])
        for _until, _none, day in (one for one in proposal.wanted if one[0] == UNTIL):
            participant.valid_to = date.fromisoformat(day) + timedelta(days=1) if day else None


async def _turn_down(plan: OpenPlan, proposal: Proposal, method: ConsentMethod) -> None:
    participant = await _waiting(plan, proposal)
    await answer(plan, proposal, ProposalState.DECLINED, method)
    if proposal.kind is ProposalKind.JOIN and not has_left(plan, participant):
        await depart(plan, participant)


async def _waiting(plan: OpenPlan, proposal: Proposal) -> Participant:
    """Whom it is about. Raises Conflict when it is answered already."""
    if proposal.plan_id != plan.plan_id:
        raise NotFound
    if proposal.state is not ProposalState.WAITING:
        raise Conflict(_("Dette er allerede besvart, eller trukket tilbake."))
    return await plan.session.get_one(Participant, proposal.participant_id)
