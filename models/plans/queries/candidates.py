"""Finding the person to add among the municipality's cards, so that nobody gets two (F100, F101). Nobody is listed.

Names are searched as they are spoken: the beginning of each word of them, whatever the case of its letters.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists
from sqlmodel import col, select

from models.alphabet import alphabetical, in_alphabet
from models.base import holds, pick
from models.i18n import _
from models.organisation.tables import Unit
from models.people.queries import NATIONAL_ID, is_kept_from, works
from models.people.rules import full_name
from models.people.tables import Person, UnitMembership
from models.plans.proof import OpenPlan
from models.plans.queries.people import role_today
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Invalid, NotFound
from models.rights import Element, Level, Role

MOST = 20
LEAST_LETTERS = 3


@dataclass(frozen=True)
class Sought:
    """A fødselsnummer alone, or a name, a birth date, or both."""

    national_id: str = ""
    name: str = ""
    birth_date: date | None = None


@dataclass(frozen=True)
class Candidate:
    """`works` are the units they work at; `is_in`: they take part in this plan already."""

    person_id: UUID
    name: str
    works: tuple[str, ...]
    is_in: bool


async def find(plan: OpenPlan, sought: Sought) -> list[Candidate]:
    """Those who fit, by name. Raises Invalid for too little to go by, and for too many."""
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    rows = await (_by_number(plan, sought.national_id) if sought.national_id else _by_words(plan, sought))
    if len(rows) > MOST:
        raise Invalid(name=_("Mange passer. Skriv mer av navnet, eller fødselsdatoen."))
    ids = [row.id for row in rows]
    at, here = await _units(plan, ids), await _here(plan, ids)
    found = [
        Candidate(row.id, full_name(row.given_name, row.family_name), tuple(at[row.id]), row.id in here) for row in rows
    ]
    return sorted(found, key=lambda one: alphabetical(one.name))


async def candidate(plan: OpenPlan, person_id: UUID) -> Person:
    """Somebody of the municipality; raises NotFound for others, and for who is kept apart from the viewer."""
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    mine = col(Person.municipality_id) == plan.municipality_id, ~is_kept_from(Person.id, plan.readers)
    found: Person | None = await plan.session.scalar(select(Person).where(col(Person.id) == person_id, *mine))
    if found is None:
        raise NotFound
    return found


async def units_to_add(plan: OpenPlan) -> list[Unit]:
    """Units in use that do not take part yet."""
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    taking_part = pick(Participant.unit_id).where(
        col(Participant.plan_id) == plan.plan_id,
        col(Participant.unit_id).is_not(None),
        holds(Participant.valid_from, Participant.valid_to, plan.today),
    )
    free = (
        select(Unit)
        .where(col(Unit.municipality_id) == plan.municipality_id, col(Unit.active), col(Unit.id).not_in(taking_part))
        .order_by(in_alphabet(Unit.name))
    )
    return list(await plan.session.scalars(free))


async def _by_number(plan: OpenPlan, number: str) -> list[Any]:
    """Whoever knows the number may know whose it is."""
    indexes = plan.session.keys.blind_indexes(NATIONAL_ID, number)
    return await _persons(plan, col(Person.national_id_index).in_(indexes))


async def _by_words(plan: OpenPlan, sought: Sought) -> list[Any]:
    wanted = sought.name.casefold().split()
    if sum(len(word) for word in wanted) < LEAST_LETTERS and not (sought.birth_date and not wanted):
        raise Invalid(name=_("Skriv minst tre bokstaver av navnet, fødselsdatoen eller fødselsnummeret."))
    which = [col(Person.birth_date) == sought.birth_date] if sought.birth_date else []
    rows = await _persons(plan, *which, col(Person.blocked_address).is_(False), ~_only_owns(plan))
    return [row for row in rows if _fits(wanted, f"{row.given_name} {row.family_name}")]


async def _persons(plan: OpenPlan, *such: Any) -> list[Any]:
    found = pick(Person.id, Person.given_name, Person.family_name).where(
        col(Person.municipality_id) == plan.municipality_id, ~is_kept_from(Person.id, plan.readers), *such
    )
    return list(await plan.session.execute(found))


def _fits(wanted: Collection[str], name: str) -> bool:
    words = name.casefold().replace("-", " ").split()
    return all(any(word.startswith(each) for word in words) for part in wanted for each in part.split("-"))


def _only_owns(plan: OpenPlan) -> Any:
    """Owns a plan in the municipality, and is not in another as something else."""
    part = (
        pick(Participant.id)
        .join(RoleSpan, role_today(plan.today))
        .join(Plan, col(Plan.id) == Participant.plan_id)
        .join(PlanSpan, col(PlanSpan.plan_id) == Plan.id)
        .where(
            col(Participant.person_id) == Person.id,
            holds(Participant.valid_from, Participant.valid_to, plan.today),
            holds(PlanSpan.valid_from, PlanSpan.valid_to, plan.today),
            col(PlanSpan.state) != PlanState.DELETED,
        )
        .correlate(Person)
    )
    return exists(part.where(col(RoleSpan.role) == Role.OWNER)) & ~exists(part.where(col(RoleSpan.role) != Role.OWNER))


async def _units(plan: OpenPlan, ids: Collection[UUID]) -> dict[UUID, list[str]]:
    at: dict[UUID, list[str]] = defaultdict(list)
    found = (
        pick(UnitMembership.person_id, Unit.name)
        .join(Unit, col(Unit.id) == UnitMembership.unit_id)
        .where(col(UnitMembership.person_id).in_(ids), works(plan.today))
        .order_by(in_alphabet(Unit.name))
    )
    for row in await plan.session.execute(found):
        at[row.person_id].append(row.name)
    return at


async def _here(plan: OpenPlan, ids: Collection[UUID]) -> set[UUID]:
    found = pick(Participant.person_id).where(
        col(Participant.plan_id) == plan.plan_id,
        col(Participant.person_id).in_(ids),
        col(Participant.valid_to).is_(None) | (col(Participant.valid_to) > plan.today),
    )
    return set(await plan.session.scalars(found))
