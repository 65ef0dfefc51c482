"""Which plans a municipality has, and who coordinates them: no content, and no owner's name.

For those who see to it that somebody coordinates: koordinerende enhet, a child's coordinators, and local
administrators, who are told of those that nobody coordinates where there is no such unit. Plans in which
somebody takes part, or took part, whom the viewer is kept apart from, are not told of (N15).
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from models.accounts.proof import OpenMunicipality
from models.accounts.tables.account import Account, Appointment
from models.alphabet import in_alphabet
from models.base import HouseSession, holds, pick
from models.clock import local_day
from models.labels import label
from models.organisation.tables import Unit
from models.people.queries import is_kept_from, works
from models.people.rules import full_name
from models.people.tables import Person, UnitMembership
from models.plans.proof import OpenPlan
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.rights import Duty, Element, Level, PlanKind, Right, Role

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


async def vacancies(here: OpenMunicipality) -> list[PlanInOverview]:
    """The plans in use that nobody coordinates, of the kinds a local administrator answers for."""
    here.demand(Right.PLANS_REGISTER)
    today = local_day(here.session.clock.now())
    rows = list(await here.session.execute(_rows(here, today).where(~is_coordinated(today))))
    names = await _coordinators(here, today, [row.id for row in rows])
    return [_shown(row, names[row.id]) for row in rows]


async def is_vacant(session: HouseSession, plan_id: UUID) -> bool:
    """Whether nobody who can act coordinates the plan, and it is neither ended nor deleted."""
    today = local_day(session.clock.now())
    found = (
        pick(Plan.id)
        .join(PlanSpan, and_(col(PlanSpan.plan_id) == Plan.id, holds(PlanSpan.valid_from, PlanSpan.valid_to, today)))
        .where(col(Plan.id) == plan_id, col(PlanSpan.state).not_in(GONE), ~is_coordinated(today))
    )
    return await session.scalar(found) is not None


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
    """Somebody who works in the municipality, or is appointed a children's coordinator there, and can sign in."""

    person_id: UUID
    name: str
    workplace: str
    position: str


async def employees(here: OpenMunicipality, name: str, most: int = 20) -> list[Employee]:
    """Those whose name holds these words, each once, children's coordinators first; asked for by who may appoint."""
    here.demand(Right.COORDINATION_APPOINT)
    return await _named(here, name, most)


async def employees_for(plan: OpenPlan, name: str, most: int = 20) -> list[Employee]:
    """The same, for a plan that somebody is to coordinate; asked for by who administers it from outside."""
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    return await _named(plan, name, most)


async def _named(here: OpenMunicipality | OpenPlan, name: str, most: int) -> list[Employee]:
    said = " ".join(name.split())
    whole = col(Person.given_name) + " " + col(Person.family_name)
    rows = await here.session.execute(
        _employees(here)
        .where(whole.icontains(said, autoescape=True))
        .order_by(_appointed(here).desc(), in_alphabet(Person.family_name), in_alphabet(Person.given_name))
    )
    found: dict[UUID, Employee] = {}
    for row in rows:
        position = row.position or (label(Duty.CHILD_COORDINATOR) if row.appointed else "")
        person = Employee(row.id, full_name(row.given_name, row.family_name), row.workplace or "", position)
        found.setdefault(row.id, person)
    return list(found.values())[:most]


async def is_employee(here: OpenMunicipality, person_id: UUID) -> bool:
    here.demand(Right.COORDINATION_APPOINT)
    return (await here.session.execute(_employees(here).where(col(Person.id) == person_id))).first() is not None


def _employees(here: OpenMunicipality | OpenPlan) -> Select[Any]:
    job = and_(col(UnitMembership.person_id) == Person.id, works(local_day(here.session.clock.now())))
    return (
        pick(
            *(Person.id, Person.given_name, Person.family_name),
            *(col(Unit.name).label("workplace"), UnitMembership.position, _appointed(here).label("appointed")),
        )
        .join(Account, and_(col(Account.id) == Person.account_id, col(Account.disabled_at).is_(None)))
        .outerjoin(UnitMembership, job)
        .outerjoin(Unit, col(Unit.id) == UnitMembership.unit_id)
        .where(
            *(col(Person.municipality_id) == here.municipality_id, ~is_kept_from(Person.id, here.readers)),
            or_(col(UnitMembership.id).is_not(None), _appointed(here)),
        )
    )


def _appointed(here: OpenMunicipality | OpenPlan) -> ColumnElement[bool]:
    """Whether the municipality has made the person a children's coordinator: they need no workplace in it."""
    theirs = exists().where(
        *(col(Appointment.account_id) == Person.account_id, col(Appointment.municipality_id) == here.municipality_id),
        col(Appointment.duty) == Duty.CHILD_COORDINATOR,
        holds(Appointment.valid_from, Appointment.valid_to, local_day(here.session.clock.now())),
    )
    return theirs.correlate(Person)
