"""Koordinerende enhet gives a plan that nobody coordinates, a coordinator (N7); or a local administrator does, who has
opened the plan's administration with a reason (C11)."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.base import holds, pick
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.people.queries import is_kept_from
from models.people.tables import Person
from models.plans.operations.assigning import assign
from models.plans.operations.coordinating import promote
from models.plans.operations.proposing import take_back_all
from models.plans.proof import OpenPlan
from models.plans.queries.audience import accounts_of
from models.plans.queries.coordination import is_vacant
from models.plans.queries.handovers import family_accounts
from models.plans.queries.participants import is_viewer
from models.plans.queries.people import role_today
from models.plans.rules.words import PERSONAL_ROLES, profile_of
from models.plans.tables.participants import Participant, RoleSpan
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Element, Level, Role


async def appoint(plan: OpenPlan, person: Person) -> Participant:
    """The person coordinates from today; the owner and the guardians are told. Raises Invalid for who cannot, and
    Conflict when somebody coordinates the plan by now."""
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    plan.demand_active()
    if person.municipality_id != plan.municipality_id:
        raise NotFound
    if not await is_vacant(plan.session, plan.plan_id):
        raise Conflict(_("Noen koordinerer planen nå."))
    await _check(plan, person)
    participant = await _as_coordinator(plan, person)
    owner = await _owner(plan)
    log.record(plan, Event.COORDINATOR_APPOINTED, person=owner and str(owner), coordinator=str(person.id))
    told = await family_accounts(plan.session, plan.plan_id, plan.today)
    await notices.queue(plan, Notice.COORDINATOR_CHANGED, told)
    await notices.queue(plan, Notice.ADDED_TO_PLAN, await accounts_of(plan.session, [participant.id], plan.today))
    return participant


async def _as_coordinator(plan: OpenPlan, person: Person) -> Participant:
    """Who takes part already, gets another role; others are added."""
    participant = await _taking_part(plan, person)
    if participant:
        await take_back_all(plan, participant)
        await promote(plan, participant)
        participant.awaits_approval = False
        return participant
    participant = Participant(
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        person_id=person.id,
        profile=profile_of(Role.COORDINATOR),
        valid_from=plan.today,
    )
    plan.session.add(participant)
    await plan.session.flush()
    await assign(plan.session, participant, plan.kind, Role.COORDINATOR, plan.today)
    await plan.session.flush()
    log.record(plan, Event.PARTICIPANT_ADDED, role=Role.COORDINATOR)
    return participant


async def _check(plan: OpenPlan, person: Person) -> None:
    if plan.administered_until and await is_viewer(plan, person):
        raise Invalid(person=_("Du administrerer planen, og kan ikke gi deg selv innsyn i den."))
    account = await plan.session.get(Account, person.account_id) if person.account_id else None
    if account is None or account.disabled_at:
        raise Invalid(person=_("Personen har ingen konto som virker. Velg en annen."))
    theirs = _held_by(plan).where(col(Participant.person_id) == person.id, col(RoleSpan.role).in_(PERSONAL_ROLES))
    if await plan.session.scalar(theirs.limit(1)):
        raise Invalid(person=_("Personen er planeier eller foresatt i planen, og kan ikke koordinere den."))
    others = list(await plan.session.scalars(_held_by(plan).where(col(Participant.person_id).is_not(None))))
    apart = pick(Person.id).where(col(Person.id) == person.id, is_kept_from(Person.id, others))
    if others and await plan.session.scalar(apart):
        raise Invalid(person=_("Personen kan ikke koordinere denne planen. Velg en annen."))


def _held_by(plan: OpenPlan) -> Select[Any]:
    """The persons of those who take part today."""
    return (
        pick(Participant.person_id)
        .join(RoleSpan, role_today(plan.today))
        .where(
            col(Participant.plan_id) == plan.plan_id,
            holds(Participant.valid_from, Participant.valid_to, plan.today),
        )
    )


async def _taking_part(plan: OpenPlan, person: Person) -> Participant | None:
    found: Participant | None = await plan.session.scalar(
        select(Participant).where(
            col(Participant.plan_id) == plan.plan_id,
            col(Participant.person_id) == person.id,
            holds(Participant.valid_from, Participant.valid_to, plan.today),
        )
    )
    return found


async def _owner(plan: OpenPlan) -> UUID | None:
    found: UUID | None = await plan.session.scalar(
        _held_by(plan).where(col(RoleSpan.role) == Role.OWNER, col(Participant.person_id).is_not(None)).limit(1)
    )
    return found
