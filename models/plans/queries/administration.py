"""What a plan is set up as, and what stands in the way of changing it: for its administration (F188)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select

from models.alphabet import alphabetical
from models.base import holds, pick
from models.organisation.queries import kinds_not_in_use
from models.organisation.tables import Unit
from models.people.tables import Person
from models.plans.proof import OpenPlan
from models.plans.queries.people import role_today
from models.plans.rules.administering import bare, mark, parts_of
from models.plans.rules.making import ELEMENTS, Part
from models.plans.rules.words import PlanState
from models.plans.tables.kinds import KINDS
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.rights import Element, PlanKind, Role
from models.templates.tables import RoleTemplate


@dataclass(frozen=True)
class Facts:
    """What the plan is called, how long it was made for, and where it belongs."""

    short_name: str
    period_from: date | None = None
    period_to: date | None = None
    unit_id: UUID | None = None

    @property
    def mark(self) -> str:
        return mark(**vars(self))

    def bare(self) -> dict[str, Any]:
        return {name: bare(value) for name, value in vars(self).items()}


async def plan_row(plan: OpenPlan) -> Plan:
    """The row itself, to change."""
    row: Plan = (await plan.session.scalars(select(Plan).where(col(Plan.id) == plan.plan_id))).one()
    return row


async def facts(plan: OpenPlan) -> Facts:
    found = pick(Plan.period_from, Plan.period_to).where(col(Plan.id) == plan.plan_id)
    row = (await plan.session.execute(found)).one()
    return Facts(plan.short_name, row.period_from, row.period_to, plan.unit_id)


async def units(plan: OpenPlan) -> Sequence[Any]:
    """(id, name) of those the plan may belong to: the municipality's units in use, and its own."""
    usable = or_(col(Unit.active), col(Unit.id) == plan.unit_id)
    found = pick(Unit.id, Unit.name).where(col(Unit.municipality_id) == plan.municipality_id, usable)
    rows: Sequence[Any] = (await plan.session.execute(found)).all()
    return sorted(rows, key=lambda row: alphabetical(row.name))


async def owner_names(plan: OpenPlan) -> list[tuple[str, str]]:
    """(given, family) of those who own the plan today, or are to."""
    found = pick(Person.given_name, Person.family_name).where(col(Person.id).in_(await _owners(plan)))
    return [(row.given_name, row.family_name) for row in await plan.session.execute(found)]


async def has_other_individual_plan(plan: OpenPlan) -> bool:
    """Whether an owner of this plan owns another living individual plan in the municipality: one has only one."""
    others = (
        pick(Plan.elements)
        .join(PlanSpan, col(PlanSpan.plan_id) == Plan.id)
        .join(Participant, col(Participant.plan_id) == Plan.id)
        .join(RoleSpan, role_today(plan.today))
        .where(
            col(Plan.municipality_id) == plan.municipality_id,
            col(Plan.id) != plan.plan_id,
            col(Participant.person_id).in_(await _owners(plan)),
            holds(Participant.valid_from, Participant.valid_to, plan.today),
            holds(PlanSpan.valid_from, PlanSpan.valid_to, plan.today),
            col(RoleSpan.role) == Role.OWNER,
            col(PlanSpan.kind) == PlanKind.IP,
            col(PlanSpan.state).not_in((PlanState.INACTIVE, PlanState.DELETED)),
        )
    )
    return any(Element.GOALS.value in elements for elements in await plan.session.scalars(others))


async def _owners(plan: OpenPlan) -> list[UUID]:
    not_gone = or_(col(Participant.valid_to).is_(None), col(Participant.valid_to) > plan.today)
    found = (
        pick(Participant.person_id)
        .join(RoleSpan, role_today(plan.today))
        .where(
            col(Participant.plan_id) == plan.plan_id,
            col(Participant.person_id).is_not(None),
            not_gone,
            col(RoleSpan.role) == Role.OWNER,
        )
    )
    return list(await plan.session.scalars(found))


async def other_kinds(plan: OpenPlan) -> list[PlanKind]:
    """The kinds that the plan may become of: those the municipality uses and has roles for (F1)."""
    kinds = pick(RoleTemplate.kind).where(
        col(RoleTemplate.municipality_id) == plan.municipality_id, col(RoleTemplate.role) == Role.OWNER
    )
    used = set(await plan.session.scalars(kinds)) - await kinds_not_in_use(plan.session, plan.municipality_id)
    return [kind for kind in PlanKind if kind in used and kind is not plan.kind]


async def written(plan: OpenPlan) -> dict[Part, int]:
    """How many things are written in each part in use, of those the viewer may read."""
    counts = dict.fromkeys(parts_of(plan.elements), 0)
    for kind in KINDS:
        parts = [part for part in counts if {*ELEMENTS[part]} & {*kind.elements}]
        if not parts:
            continue
        table: Any = kind.table
        living = select(table).where(col(table.plan_id) == plan.plan_id, col(table.deleted_at).is_(None))
        items = await plan.session.scalars(living)
        counts[parts[0]] += sum(plan.sees(item) for item in items)
    return counts
