"""The baton (N7): offered, and held until somebody has said yes; or shared by several (F131)."""

from dataclasses import dataclass

from models.base import seal
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.operations.assigning import step_down
from models.plans.operations.coordinating import promote
from models.plans.operations.demands import demand_coordinating, demand_receiver
from models.plans.operations.joining import depart
from models.plans.proof import OpenPlan
from models.plans.queries.audience import accounts_of
from models.plans.queries.handovers import family_accounts, living_offers, participant_of, stand_ins, takers
from models.plans.rules.handovers import NOTE, STAYS
from models.plans.rules.words import HandoverState
from models.plans.tables.baton import Handover
from models.plans.tables.participants import Participant
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Element, Level, Role
from models.texts import sayable


@dataclass(frozen=True)
class NewOffer:
    """`stays_as` is what the giver is afterwards: a coordinator still, something less, or None: no longer here."""

    to: Participant
    stays_as: Role | None
    note: str = ""


async def offer(plan: OpenPlan, wanted: NewOffer) -> Handover:
    """Ask a participant to coordinate; until they have said yes, nothing changes. Raises Invalid."""
    plan.demand_coordinator()
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    await _check(plan, wanted)
    made = Handover(
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        from_id=plan.participant_id,
        to_id=wanted.to.id,
        stays_as=wanted.stays_as,
        offered_at=plan.session.clock.now(),
        offered_by=plan.actor_id,
    )
    seal(plan.vault, made, note=sayable(wanted.note).strip() or None)
    plan.session.add(made)
    await plan.session.flush()
    log.record(plan, Event.HANDOVER_OFFERED, participant=str(wanted.to.id))
    asked = await accounts_of(plan.session, [wanted.to.id], plan.today)
    await notices.queue(plan, Notice.HANDOVER_OFFERED, asked)
    return made


async def accept(plan: OpenPlan, handover: Handover) -> None:
    """The viewer coordinates from now on, and the giver becomes what they chose. Saying yes twice changes nothing."""
    demand_receiver(plan, handover)
    if handover.state is HandoverState.ACCEPTED:
        return
    await _demand_living(plan, handover)
    receiver, giver = await participant_of(plan, handover.to_id), await participant_of(plan, handover.from_id)
    if _would_be_left(receiver, handover.stays_as):
        raise Conflict(_("Du er bare med i planen for en tid. Be den som spurte, endre siste dag først."))
    told = await accounts_of(plan.session, [giver.id], plan.today)
    await promote(plan, receiver)
    await _step_back(plan, giver, handover.stays_as)
    _answered(plan, handover, HandoverState.ACCEPTED)
    log.record(plan, Event.HANDOVER_ACCEPTED, participant=str(receiver.id))
    await notices.queue(plan, Notice.HANDOVER_ANSWERED, told)
    family = await family_accounts(plan.session, plan.plan_id, plan.today)
    await notices.queue(plan, Notice.COORDINATOR_CHANGED, family)


async def decline(plan: OpenPlan, handover: Handover) -> None:
    """The giver goes on. Saying no twice changes nothing."""
    demand_receiver(plan, handover)
    if handover.state is HandoverState.DECLINED:
        return
    await _demand_living(plan, handover)
    _answered(plan, handover, HandoverState.DECLINED)
    log.record(plan, Event.HANDOVER_DECLINED)
    await notices.queue(plan, Notice.HANDOVER_ANSWERED, await accounts_of(plan.session, [handover.from_id], plan.today))


async def withdraw(plan: OpenPlan, handover: Handover) -> None:
    """Whoever coordinates may take an offer back, until it is answered."""
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    plan.demand_active()
    demand_coordinating(plan)
    if handover.plan_id != plan.plan_id:
        raise NotFound
    if handover.state is HandoverState.WITHDRAWN:
        return
    if handover.state is not HandoverState.OFFERED:
        raise Conflict(_("Spørsmålet er allerede besvart."))
    _answered(plan, handover, HandoverState.WITHDRAWN)
    log.record(plan, Event.HANDOVER_WITHDRAWN)


async def _demand_living(plan: OpenPlan, handover: Handover) -> None:
    if handover.id not in {one.id for one in await living_offers(plan)}:
        raise Conflict(_("Spørsmålet gjelder ikke lenger. Det kan være trukket tilbake eller besvart."))


async def _check(plan: OpenPlan, wanted: NewOffer) -> None:
    if wanted.stays_as not in STAYS:
        raise Invalid(stays_as=_("Velg noe fra listen."))
    if len(wanted.note) > NOTE:
        raise Invalid(note=_("Teksten er for lang. Skriv høyst %(most)s tegn.") % {"most": NOTE})
    if plan.participant_id in {one.participant_id for one in await stand_ins(plan)}:
        raise Invalid(to=_("Du er vikar, og kan ikke gi ansvaret videre."))
    if wanted.to.id not in {one.participant_id for one in await takers(plan)}:
        raise Invalid(to=_("Velg en deltaker som kan logge på."))
    if _would_be_left(wanted.to, wanted.stays_as):
        raise Invalid(to=_("Deltakeren er bare med i planen for en tid. Endre siste dag først."))
    mine = [one for one in await living_offers(plan) if one.from_id == plan.participant_id]
    if mine:
        raise Invalid(to=_("Du har allerede spurt noen. Trekk det tilbake før du spør en annen."))


def _would_be_left(receiver: Participant, stays_as: Role | None) -> bool:
    """Whether the plan would be without a coordinator when the receiver's time is over."""
    return receiver.valid_to is not None and stays_as is not Role.COORDINATOR


async def _step_back(plan: OpenPlan, giver: Participant, stays_as: Role | None) -> None:
    if stays_as is Role.COORDINATOR:
        return
    if stays_as:
        await step_down(plan.session, giver, plan.kind, stays_as, plan.today)
        log.record(plan, Event.ROLE_CHANGED, participant=str(giver.id), role=stays_as)
        return
    await depart(plan, giver, for_good=True)
    log.record(plan, Event.PARTICIPANT_REMOVED, participant=str(giver.id))


def _answered(plan: OpenPlan, handover: Handover, state: HandoverState) -> None:
    handover.state, handover.answered_at = state, plan.session.clock.now()
