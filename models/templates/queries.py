"""The texts that the municipality has prepared, and what it calls the roles."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col

from models.alphabet import alphabetical
from models.base import HouseSession, pick
from models.rights import PlanKind, Role
from models.role_words import own_name
from models.templates.rules import TextKind
from models.templates.tables import RoleTemplate, TextTemplate


class InPlan(Protocol):
    """What the proof of an opened plan shows: this area knows no plans."""

    @property
    def session(self) -> HouseSession: ...
    @property
    def municipality_id(self) -> UUID: ...
    @property
    def kind(self) -> PlanKind: ...


@dataclass(frozen=True)
class PreparedText:
    name: str
    body: str


async def prepared_texts(plan: InPlan, kind: TextKind) -> list[PreparedText]:
    """Those for the plan's own kind and for all kinds, by name; of two with one name, the plan's own kind's."""
    table = TextTemplate
    found = (
        pick(table.name, table.body)
        .where(
            col(table.municipality_id) == plan.municipality_id,
            col(table.kind) == kind,
            (col(table.plan_kind) == plan.kind) | col(table.plan_kind).is_(None),
        )
        .order_by(col(table.plan_kind).is_not(None), col(table.name))
    )
    texts = {row.name: PreparedText(row.name, row.body) for row in await plan.session.execute(found)}
    return sorted(texts.values(), key=lambda text: alphabetical(text.name))


async def own_labels(session: HouseSession, municipality_id: UUID, kind: PlanKind) -> dict[Role, str]:
    """What the municipality calls the roles in this kind of plan, where it is not what we call them (C16)."""

    async def ask() -> dict[tuple[PlanKind, Role], str]:
        return await all_own_labels(session, municipality_id, col(RoleTemplate.kind) == kind)

    found = await session.once(("labels", municipality_id, kind), ask)
    return {role: name for (_kind, role), name in found.items()}


async def all_own_labels(
    session: HouseSession, municipality_id: UUID, *such: ColumnElement[bool]
) -> dict[tuple[PlanKind, Role], str]:
    """The same for every kind of plan, or for the rows that are `such`."""
    found = pick(RoleTemplate.kind, RoleTemplate.role, RoleTemplate.label).where(
        col(RoleTemplate.municipality_id) == municipality_id, *such
    )
    named = {(row.kind, row.role): own_name(row.kind, row.role, row.label) for row in await session.execute(found)}
    return {place: name for place, name in named.items() if name}
