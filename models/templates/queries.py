"""The texts that the municipality has prepared."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlmodel import col

from models.base import HouseSession, pick
from models.rights import PlanKind
from models.templates.rules import TextKind
from models.templates.tables import TextTemplate


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
    return sorted(texts.values(), key=lambda text: text.name.casefold())
