"""Which plans a municipality has, and who coordinates them: no content, and no owner's name.

For those who see to it that somebody coordinates: koordinerende enhet, and a child's coordinators. Plans in which
somebody takes part, or took part, whom the viewer is kept apart from, are not told of (N15).
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import col

from models.accounts.proof import OpenMunicipality
from models.accounts.tables.account import Account
from models.base import holds, pick
from models.clock import local_day
from models.organisation.tables import Unit
from models.people.queries import is_kept_from, works
from models.people.rules import full_name
from models.people.tables import Person, UnitMembership
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.rights import Element, PlanKind, Right, Role

GONE = (PlanState.INACTIVE, PlanState.DELETED)
PAGE = 25


def is_coordinated(today: Any) -> ColumnElement[bool]:
    """Somebody who coordinates the `Plan` can act today: an account that is not closed, their own or at the unit."""
    part, span, member = aliased(Participant), aliased(RoleSpan), aliased(UnitMembership)
    person, account = aliased(Person), aliased(Account)
    at_unit = pick(member.person_id).where(
        col(member.unit_id) == part.unit_id, col(member.is_staff), holds(member.valid_from, member.valid_to, today)
    )
    return exists(
        pick(part.id)
        .join(span, and_(col(span.participant_id) == part.id, holds(span.valid_from, span.valid_to, today)))
        .join(person, (col(person.id) == part.person_id) | col(person.id).in_(at_unit.correlate(part)))
        .join(account, and_(col(account.id) == person.account_id, col(account.disabled_at).is_(None)))
        .where(
            col(part.plan_id) == Plan.id,
            col(span.role) == Role.COORDINATOR,
            col(part.awaits_approval).is_(False),
            holds(part.valid_from, part.valid_to, today),
        )
        .correlate(Plan)
    )


def plans_apart_from(readers: Collection[UUID]) -> Any:
    """The ids of plans in which somebody takes part, or took part, whom one of the readers is kept apart from."""
    return pick(Participant.plan_id).where(is_kept_from(Participant.person_id, readers))


@dataclass(frozen=True)
class PlanInOverview:
    """`coordinators` are names, of people and units; `is_coordinated` says whether any of them can act."""

    plan_id: UUID
    short_name: str
    kind: PlanKind
    elements: frozenset[Element]
    state: PlanState
    unit: str
    revise_on: date | None
    coordinators: tuple[str, ...]
    is_coordinated: bool


@dataclass(frozen=True)
class Overview:
    """One page of the plans, `lacking` of all of which nobody coordinates."""

    plans: tuple[PlanInOverview, ...]
    total: int
    lacking: int
    pages: int


async def overview(here: OpenMunicipality, page: int = 1, *, only_lacking: bool = False) -> Overview:
    """The plans in use of the kinds the viewer answers for: those without a coordinator first."""
    here.demand(Right.COORDINATION_READ)
    today = local_day(here.session.clock.now())
    total = await here.session.scalar(_plans(here, today, func.count())) or 0
    lacking = await here.session.scalar(_plans(here, today, func.count()).where(~is_coordinated(today))) or 0
    shown = lacking if only_lacking else total
    pages = max(1, -(-shown // PAGE))
    found = _rows(here, today)
    if only_lacking:
        found = found.where(~is_coordinated(today))
    rows = list(await here.session.execute(found.limit(PAGE).offset((min(page, pages) - 1) * PAGE)))
    names = await _coordinators(here, today, [row.id for row in rows])
    return Overview(tuple(_shown(row, names[row.id]) for row in rows), total, lacking, pages)


def _shown(row: Any, names: Sequence[str]) -> PlanInOverview:
    return PlanInOverview(
        plan_id=row.id,
        short_name=row.short_name,
        kind=row.kind,
        elements=frozenset(map(Element, row.elements)),
        state=row.state,
        unit=row.unit or "",
        revise_on=row.revise_on,
        coordinators=tuple(names),
        is_coordinated=row.coordinated,
    )


def _rows(here: OpenMunicipality, today: date) -> Select[Any]:
    coordinated = is_coordinated(today).label("coordinated")
    columns: tuple[Any, ...] = (Plan.id, Plan.short_name, Plan.elements, Plan.revise_on, PlanSpan.kind, PlanSpan.state)
    found = _plans(here, today, *columns, col(Unit.name).label("unit"), coordinated)
    return found.outerjoin(Unit, col(Unit.id) == PlanSpan.unit_id).order_by(
        coordinated, col(Plan.short_name), col(Plan.id)
    )


def _plans(here: OpenMunicipality, today: date, *columns: Any) -> Select[Any]:
    return (
        pick(*columns)
        .select_from(Plan)
        .join(PlanSpan, and_(col(PlanSpan.plan_id) == Plan.id, holds(PlanSpan.valid_from, PlanSpan.valid_to, today)))
        .where(
            col(Plan.municipality_id) == here.municipality_id,
            col(PlanSpan.kind).in_(here.kinds),
            col(PlanSpan.state).not_in(GONE),
            col(Plan.id).not_in(plans_apart_from(here.readers)),
        )
    )


async def _coordinators(here: OpenMunicipality, today: date, plans: Collection[UUID]) -> dict[UUID, list[str]]:
    found = (
        pick(Participant.plan_id, Person.given_name, Person.family_name, col(Unit.name).label("unit_name"))
        .join(
            RoleSpan,
            and_(col(RoleSpan.participant_id) == Participant.id, holds(RoleSpan.valid_from, RoleSpan.valid_to, today)),
        )
        .outerjoin(Person, col(Person.id) == Participant.person_id)
        .outerjoin(Unit, col(Unit.id) == Participant.unit_id)
        .where(
            col(Participant.plan_id).in_(plans),
            col(RoleSpan.role) == Role.COORDINATOR,
            holds(Participant.valid_from, Participant.valid_to, today),
        )
        .order_by(col(Participant.valid_from), col(Participant.id))
    )
    names: dict[UUID, list[str]] = defaultdict(list)
    for row in await here.session.execute(found):
        names[row.plan_id].append(row.unit_name or full_name(row.given_name, row.family_name))
    return names


@dataclass(frozen=True)
class Employee:
    """Somebody who works in the municipality and can sign in."""

    person_id: UUID
    name: str
    workplace: str
    position: str


async def employees(here: OpenMunicipality, name: str, most: int = 20) -> list[Employee]:
    """Those whose name holds these words, each once; asked for by who may appoint coordinators."""
    here.demand(Right.COORDINATION_APPOINT)
    said = " ".join(name.split())
    whole = col(Person.given_name) + " " + col(Person.family_name)
    rows = await here.session.execute(
        _employees(here).where(whole.icontains(said, autoescape=True)).order_by(Person.family_name, Person.given_name)
    )
    found: dict[UUID, Employee] = {}
    for row in rows:
        person = Employee(row.id, full_name(row.given_name, row.family_name), row.workplace, row.position or "")
        found.setdefault(row.id, person)
    return list(found.values())[:most]


async def is_employee(here: OpenMunicipality, person_id: UUID) -> bool:
    here.demand(Right.COORDINATION_APPOINT)
    return (await here.session.execute(_employees(here).where(col(Person.id) == person_id))).first() is not None


def _employees(here: OpenMunicipality) -> Select[Any]:
    return (
        pick(
            *(Person.id, Person.given_name, Person.family_name),
            *(col(Unit.name).label("workplace"), UnitMembership.position),
        )
        .join(Account, and_(col(Account.id) == Person.account_id, col(Account.disabled_at).is_(None)))
        .join(
            UnitMembership, and_(col(UnitMembership.person_id) == Person.id, works(local_day(here.session.clock.now())))
        )
        .join(Unit, col(Unit.id) == UnitMembership.unit_id)
        .where(col(Person.municipality_id) == here.municipality_id, ~is_kept_from(Person.id, here.readers))
    )
