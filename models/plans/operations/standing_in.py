"""Somebody coordinates for a while, beside or instead of who usually does (N7): it begins and ends by itself."""

from datetime import date, timedelta

from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.operations.coordinating import begin_standing_in
from models.plans.operations.demands import demand_coordinating
from models.plans.proof import OpenPlan
from models.plans.queries.audience import accounts_of, coordinators
from models.plans.queries.handovers import StandIn, family_accounts, open_accounts, participant_of, stand_ins, takers
from models.plans.rules.consents import Stretch
from models.plans.rules.handovers import problem
from models.plans.rules.words import profile_of
from models.plans.tables.participants import Participant
from models.refusals import Invalid
from models.rights import Element, Level, Role


async def choose(plan: OpenPlan, who: Participant, days: Stretch) -> Participant:
    """A participant coordinates on these days too, with the role's standard rights, but for what was hidden from them.

    Raises Invalid.
    """
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    plan.demand_active()
    demand_coordinating(plan)
    others = await stand_ins(plan)
    if plan.participant_id in {one.participant_id for one in others}:
        raise Invalid(who=_("Du er vikar, og kan ikke velge andre vikarer."))
    taken = [Stretch(one.first, one.last) for one in others]
    if wrong := problem(days, taken, plan.today):
        raise Invalid(**wrong)
    if days.last is None or who.id not in {one.participant_id for one in await takers(plan)}:
        raise Invalid(who=_("Velg en deltaker som kan logge på."))
    made = _also(who, days.first, days.last)
    plan.session.add(made)
    await plan.session.flush()
    await begin_standing_in(plan, who, made)
    log.record(
        plan,
        Event.SUBSTITUTE_CHOSEN,
        participant=str(who.id),
        valid_from=days.first.isoformat(),
        valid_to=days.last.isoformat(),
    )
    told = await coordinators(plan.session, plan.plan_id, plan.today)
    told |= await family_accounts(plan.session, plan.plan_id, plan.today)
    told |= await accounts_of(plan.session, [who.id], plan.today)
    await notices.queue(plan, Notice.COORDINATOR_CHANGED, told)
    return made


def _also(who: Participant, first: date, last: date) -> Participant:
    """Another participation of the same person, for these days."""
    return Participant(
        municipality_id=who.municipality_id,
        plan_id=who.plan_id,
        person_id=who.person_id,
        profile=profile_of(Role.COORDINATOR),
        position=who.position,
        workplace=who.workplace,
        valid_from=first,
        valid_to=last + timedelta(days=1),
    )


async def end(plan: OpenPlan, stand_in: StandIn) -> None:
    """Before the time: from now on, or it never comes to it. Raises Invalid when nobody else coordinates."""
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    plan.demand_active()
    demand_coordinating(plan)
    row = await participant_of(plan, stand_in.participant_id)
    mine = await accounts_of(plan.session, [row.id], plan.today)
    others = await coordinators(plan.session, plan.plan_id, plan.today) - mine
    if stand_in.is_on(plan.today) and not await open_accounts(plan.session, others):
        raise Invalid(who=_("Ingen andre koordinerer planen nå. Gi ansvaret til en annen først."))
    row.valid_to = max(plan.today, row.valid_from)
    await plan.session.flush()
    log.record(plan, Event.PARTICIPANT_REMOVED, participant=str(row.id))
