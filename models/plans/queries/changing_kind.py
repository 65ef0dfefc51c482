"""What a change of kind would do to everybody in a plan (F191): the same roles, with other names and other rights."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select

from models.base import pick
from models.plans.proof import OpenPlan
from models.plans.queries.people import role_today
from models.plans.rules.administering import carried, mark, parts_of
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.refusals import NotFound
from models.rights import Element, Level, PlanKind, Role
from models.templates.tables import RoleTemplate

Levels = Mapping[Element, Level]


@dataclass(frozen=True)
class Move:
    """One participation: what it may do now, and in the new kind; `special` is what was set for it alone, and stays."""

    participant_id: UUID
    role: Role
    before: Levels
    after: Levels
    special: frozenset[Element]

    @property
    def changed(self) -> list[Element]:
        return [one for one in Element if self.before.get(one, Level.NONE) != self.after.get(one, Level.NONE)]


async def moves(plan: OpenPlan, kind: PlanKind) -> list[Move]:
    """Of all who take part, or are to. Raises NotFound for a kind the municipality has no such roles for."""
    before, after = await _standards(plan, plan.kind), await _standards(plan, kind)
    roles = await _roles(plan)
    if not {*roles.values()} <= after.keys():
        raise NotFound
    grants = await _grants(plan, roles)
    return [_move(one, role, grants[one], before.get(role, {}), after[role]) for one, role in roles.items()]


def _move(
    participant_id: UUID, role: Role, now: Mapping[Element, tuple[Level, bool]], before: Levels, after: Levels
) -> Move:
    becomes = carried(now, before, after)
    standard = carried({element: (level, False) for element, level in before.items()}, before, after)
    special = frozenset(element for element in now if becomes[element] != standard.get(element, Level.NONE))
    return Move(participant_id, role, {element: level for element, (level, _own) in now.items()}, becomes, special)


def shown(plan: OpenPlan, found: Iterable[Move]) -> str:
    """The mark of what is shown before the change: the kind, the parts, and everybody's rights."""
    rights = "|".join(f"{one.participant_id} {one.role} {sorted(one.before.items())}" for one in found)
    return mark(kind=plan.kind, parts=parts_of(plan.elements), rights=sha256(rights.encode()).hexdigest())


async def _roles(plan: OpenPlan) -> dict[UUID, Role]:
    not_gone = or_(col(Participant.valid_to).is_(None), col(Participant.valid_to) > plan.today)
    found = (
        pick(Participant.id, RoleSpan.role)
        .join(RoleSpan, role_today(plan.today))
        .where(col(Participant.plan_id) == plan.plan_id, not_gone)
    )
    return {row.id: row.role for row in await plan.session.execute(found)}


async def _standards(plan: OpenPlan, kind: PlanKind) -> dict[Role, Levels]:
    found = select(RoleTemplate).where(
        col(RoleTemplate.municipality_id) == plan.municipality_id, col(RoleTemplate.kind) == kind
    )
    return {template.role: template.levels() for template in await plan.session.scalars(found)}


async def _grants(plan: OpenPlan, roles: Mapping[UUID, Role]) -> dict[UUID, dict[Element, tuple[Level, bool]]]:
    found = pick(Grant.participant_id, Grant.element, Grant.level, Grant.overridden).where(
        col(Grant.participant_id).in_(roles), col(Grant.item_id).is_(None)
    )
    grants: dict[UUID, dict[Element, tuple[Level, bool]]] = defaultdict(dict)
    for row in await plan.session.execute(found):
        grants[row.participant_id][row.element] = (row.level, row.overridden)
    return grants
