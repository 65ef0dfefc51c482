"""Leaving a plan (F106-F108): the consent is taken back first, then the participation ends. The person and their words
stay. Who leaves of their own will is not brought back by others: they are asked anew, and so is the owner.

A local administrator, who may add participants and change them, takes nobody out (C11).
"""

from sqlmodel import col, select

from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.operations import tasks
from models.plans.operations.joining import depart, has_left
from models.plans.operations.ledgers import NewConsent, append_consent
from models.plans.operations.proposing import ask_to_join
from models.plans.operations.tasks import NewTask
from models.plans.proof import OpenPlan
from models.plans.queries.audience import coordinators
from models.plans.queries.handovers import family_accounts
from models.plans.queries.participants import last_span, may_return, role_of, takes_part, why_stays
from models.plans.queries.proposals import rests_on_consent
from models.plans.rules.consents import Stretch
from models.plans.rules.words import ConsentAct, ConsentMethod, PlanState, TaskKind
from models.plans.tables.consent import Consent
from models.plans.tables.participants import Participant
from models.refusals import Invalid, NotFound, Reason, Refused
from models.rights import Element, Level, Role


async def remove(plan: OpenPlan, participant: Participant) -> None:
    """Out of the plan from today (F107): what was consented to for this participant no longer holds. Raises Refused,
    and Invalid for who cannot go."""
    plan.demand(Element.PARTICIPANTS, Level.DELETE)
    await _end(plan, participant)


async def leave(plan: OpenPlan, participant: Participant) -> None:
    """One's own participation, ended by oneself, for good. The coordinators are told, and asked to see who takes over.
    Raises as `remove` does."""
    demand_own(plan, participant)
    await _end(plan, participant, for_good=True)
    if plan.state is not PlanState.INACTIVE:
        asked = NewTask(TaskKind.PARTICIPANT_LEFT, f"left:{participant.id}", participant.id)
        await tasks.ask(plan, asked, await coordinators(plan.session, plan.plan_id, plan.today))


async def keep_without_access(plan: OpenPlan, participant: Participant) -> None:
    """On the list still, but what was consented to no longer holds (F106). Raises as `remove` does, and Invalid where
    access rests on no consent."""
    plan.demand(Element.PARTICIPANTS, Level.DELETE)
    await _check(plan, participant)
    if not await rests_on_consent(plan, participant.id):
        raise Invalid(how=_("Tilgangen bygger ikke på samtykke. Fjern deltakeren fra planen i stedet."))
    for row in await _all_of(plan, participant):
        if await _take_back_consent(plan, row):
            log.record(plan, Event.CONSENT_WITHDRAWN)


async def restore(plan: OpenPlan, participant: Participant) -> None:
    """As it was before they were taken out, on the same day. Raises Invalid when that is past, or they are back, or
    left of their own will."""
    plan.demand(Element.PARTICIPANTS, Level.DELETE)
    plan.demand_active()
    who = {"person_id": participant.person_id, "unit_id": participant.unit_id}
    if participant.plan_id != plan.plan_id:
        raise NotFound
    if not await may_return(plan, participant) or await takes_part(plan, **who):
        raise Invalid(participant=_("Dette kan ikke angres lenger. Legg til deltakeren på nytt."))
    participant.valid_to = (await last_span(plan, participant)).valid_to
    await _give_back_consent(plan, participant)
    if participant.awaits_approval:
        await ask_to_join(plan, participant)
    log.record(plan, Event.PARTICIPANT_RESTORED, participant=str(participant.id))


def demand_own(plan: OpenPlan, participant: Participant) -> None:
    """Raises Refused unless the participation is the viewer's own, in their own name."""
    own = participant.id in {one.participant_id for one in plan.standings}
    if plan.looking_as or not own or participant.person_id != plan.viewer.person_id:
        raise Refused(Reason.LEVEL_TOO_LOW, plan.plan_id, plan.municipality_id)


async def _check(plan: OpenPlan, participant: Participant) -> None:
    if participant.plan_id != plan.plan_id or has_left(plan, participant):
        raise NotFound
    if problem := await why_stays(plan, participant.id):
        raise Invalid(how=problem)


async def _end(plan: OpenPlan, participant: Participant, *, for_good: bool = False) -> None:
    await _check(plan, participant)
    rows = await _all_of(plan, participant)
    for row in rows:
        await _check(plan, row)
    if Role.COORDINATOR in [await role_of(plan, row.id) for row in rows]:
        family = await family_accounts(plan.session, plan.plan_id, plan.today)
        await notices.queue(plan, Notice.COORDINATOR_CHANGED, family)
    for row in rows:
        await _take_back_consent(plan, row)
        await depart(plan, row, for_good=for_good)
        log.record(plan, Event.PARTICIPANT_REMOVED, participant=str(row.id))


async def _all_of(plan: OpenPlan, participant: Participant) -> list[Participant]:
    """And what else they are here, standing in for a coordinator, say: who goes, goes altogether."""
    if participant.person_id is None:
        return [participant]
    others = await plan.session.scalars(
        select(Participant).where(
            col(Participant.plan_id) == plan.plan_id,
            col(Participant.person_id) == participant.person_id,
            col(Participant.id) != participant.id,
            col(Participant.valid_to).is_(None) | (col(Participant.valid_to) > plan.today),
        )
    )
    return [participant, *[row for row in others if await role_of(plan, row.id) is not Role.OWNER]]


async def _take_back_consent(plan: OpenPlan, participant: Participant) -> bool:
    """Whether there was any. Of who goes, the log tells that they went, not that a consent was taken back: nobody who
    consents has changed their mind."""
    if not await rests_on_consent(plan, participant.id) and await _newest(plan, participant) is None:
        return False
    out = NewConsent(Stretch(plan.today), ConsentMethod.DIGITAL, ConsentAct.WITHDRAWN, participant.id)
    await append_consent(plan, out)
    return True


async def _give_back_consent(plan: OpenPlan, participant: Participant) -> None:
    """The entry of the leaving no longer counts: what held before it, holds again."""
    newest = await _newest(plan, participant)
    if newest and newest.act is ConsentAct.WITHDRAWN and newest.valid_from == plan.today:
        newest.cancelled_at = plan.session.clock.now()
        log.record(plan, Event.CONSENT_CANCELLED)


async def _newest(plan: OpenPlan, participant: Participant) -> Consent | None:
    """The last entry of the ledger that is about this participant alone."""
    own = select(Consent).where(
        col(Consent.plan_id) == plan.plan_id,
        col(Consent.participant_id) == participant.id,
        col(Consent.cancelled_at).is_(None),
    )
    newest: Consent | None = await plan.session.scalar(own.order_by(col(Consent.number).desc()).limit(1))
    return newest
