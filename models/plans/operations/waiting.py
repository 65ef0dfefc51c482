"""Koordinerende enhet keeps count of who waits for a coordinator, or a child's coordinator, and appoints one.

The log is told who, never why.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col

from models.accounts.proof import OpenMunicipality
from models.base import pick
from models.clock import local_day
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.people.operations import new_card
from models.people.queries import is_kept_from
from models.people.rules import Card
from models.people.tables import Person
from models.plans.queries.coordination import is_employee
from models.plans.rules.waiting import day_problem, who_consents
from models.plans.rules.words import ConsentMethod, CoordinatorKind
from models.plans.tables.baton import CoordinatorWanted
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Right


@dataclass(frozen=True)
class Consented:
    """That the parents, or the person, agreed that somebody is appointed."""

    method: ConsentMethod
    on: date


@dataclass(frozen=True)
class NewWanted:
    kind: CoordinatorKind
    asked_on: date
    consent: Consented | None = None


async def register(
    here: OpenMunicipality, who: Person | Card, wanted: NewWanted, *, synthetic: bool = False
) -> CoordinatorWanted:
    """The person waits from the day they asked; somebody who has no card here, gets one. Raises Invalid.

    `synthetic` says whether made-up fødselsnumre are accepted.
    """
    here.demand(Right.COORDINATION_APPOINT)
    today = local_day(here.session.clock.now())
    _check_days(wanted, today)
    person = who if isinstance(who, Person) else await new_card(here, here.municipality_id, who, synthetic=synthetic)
    _check_own(here, person)
    if await _waits_already(here, person, wanted.kind):
        raise Invalid(kind=_("Personen er registrert fra før."))
    row = CoordinatorWanted(
        municipality_id=here.municipality_id,
        person_id=person.id,
        kind=wanted.kind,
        asked_on=wanted.asked_on,
        recorded_at=here.session.clock.now(),
        recorded_by=here.actor_id,
        **_columns(wanted.consent),
    )
    here.session.add(row)
    await here.session.flush()
    log.record(here, Event.COORDINATOR_WANTED, person=str(person.id))
    return row


async def record_consent(here: OpenMunicipality, row: CoordinatorWanted, consent: Consented) -> None:
    """When and how they agreed. Raises Invalid."""
    here.demand(Right.COORDINATION_APPOINT)
    _check_own(here, row)
    if problem := day_problem(consent.on, local_day(here.session.clock.now())):
        raise Invalid(consent_on=problem)
    for name, value in _columns(consent).items():
        setattr(row, name, value)
    log.record(here, Event.COORDINATION_CONSENTED, person=str(row.person_id), method=consent.method)


async def appoint(here: OpenMunicipality, row: CoordinatorWanted, coordinator: Person) -> None:
    """Somebody who works in the municipality sees to it from today. Raises Invalid, and Conflict when ended."""
    here.demand(Right.COORDINATION_APPOINT)
    _check_own(here, row)
    today = local_day(here.session.clock.now())
    if row.ended_on:
        raise Conflict
    person = await here.session.get_one(Person, row.person_id)
    if row.consent_on is None:
        raise Invalid(consent=who_consents(person.birth_date, today))
    if not await is_employee(here, coordinator.id):
        raise Invalid(person=_("Velg en ansatt som kan logge på."))
    apart = pick(Person.id).where(col(Person.id) == coordinator.id, is_kept_from(Person.id, [person.id]))
    if coordinator.id == person.id or await here.session.scalar(apart):
        raise Invalid(person=_("Denne personen kan ikke oppnevnes her. Velg en annen."))
    if row.appointed_id == coordinator.id:
        return
    row.appointed_id, row.appointed_on = coordinator.id, today
    log.record(here, Event.COORDINATOR_APPOINTED, person=str(row.person_id), coordinator=str(coordinator.id))


async def end(here: OpenMunicipality, row: CoordinatorWanted) -> None:
    """No longer needed, or no longer wanted. Ending twice leaves one trace."""
    here.demand(Right.COORDINATION_APPOINT)
    _check_own(here, row)
    if row.ended_on is None:
        row.ended_on = local_day(here.session.clock.now())
        log.record(here, Event.COORDINATION_ENDED, person=str(row.person_id))


def _check_days(wanted: NewWanted, today: date) -> None:
    found = {
        "asked_on": day_problem(wanted.asked_on, today),
        "consent_on": wanted.consent and day_problem(wanted.consent.on, today),
    }
    if wrong := {field: sentence for field, sentence in found.items() if sentence}:
        raise Invalid(**wrong)


def _check_own(here: OpenMunicipality, row: Person | CoordinatorWanted) -> None:
    if row.municipality_id != here.municipality_id:
        raise NotFound


async def _waits_already(here: OpenMunicipality, person: Person, kind: CoordinatorKind) -> bool:
    living = pick(CoordinatorWanted.id).where(
        col(CoordinatorWanted.person_id) == person.id,
        col(CoordinatorWanted.kind) == kind,
        col(CoordinatorWanted.ended_on).is_(None),
    )
    return await here.session.scalar(living.limit(1)) is not None


def _columns(consent: Consented | None) -> dict[str, Any]:
    return {"consent_method": consent.method, "consent_on": consent.on} if consent else {}
