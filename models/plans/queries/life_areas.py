"""The life areas as they are read (F67), and which are mapped (F64)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select

from models.base import pick, reveal
from models.plans.proof import OpenPlan, readable
from models.plans.queries.goals import Place
from models.plans.tables.life import LifeArea
from models.plans.tables.plan import Revision
from models.rights import LIFE_AREAS, Element


@dataclass(frozen=True)
class LifeAreaRead(Place):
    """A mapped area; `written_at` and `written_by` (an account) are its last revision's."""

    area: Element
    text: str
    added_at: datetime
    changed_at: datetime | None
    written_at: datetime
    written_by: UUID | None


async def life_areas(plan: OpenPlan) -> list[LifeAreaRead]:
    """Those that are mapped and that the viewer may read, in the order they are always shown."""
    written = and_(col(Revision.item_id) == LifeArea.id, col(Revision.number) == LifeArea.revision)
    found = (
        pick(
            *(LifeArea.id, LifeArea.area, LifeArea.text, LifeArea.added_at, LifeArea.changed_at),
            *(col(Revision.changed_at).label("written_at"), col(Revision.changed_by).label("written_by")),
        )
        .join(Revision, written)
        .where(_living(plan))
    )
    read = [
        LifeAreaRead(
            id=row.id,
            chain=((row.area, row.id),),
            area=row.area,
            text=reveal(plan.vault, LifeArea, "text", row.id, row.text),
            added_at=row.added_at,
            changed_at=row.changed_at,
            written_at=row.written_at,
            written_by=row.written_by,
        )
        for row in await plan.session.execute(found)
        if readable(plan.standings, plan.elements, ((row.area, row.id),))
    ]
    return sorted(read, key=lambda one: LIFE_AREAS.index(one.area))


async def taken(plan: OpenPlan) -> frozenset[Element]:
    """The areas that are mapped, those hidden from the viewer too: for what is not to be offered, never to be shown."""
    return frozenset(await plan.session.scalars(pick(LifeArea.area).where(_living(plan))))


async def mapped(plan: OpenPlan, area: Element) -> LifeArea | None:
    """The area as it is mapped, seen by the viewer or not."""
    found = select(LifeArea).where(_living(plan), col(LifeArea.area) == area)
    there: LifeArea | None = await plan.session.scalar(found)
    return there


def _living(plan: OpenPlan) -> ColumnElement[bool]:
    return and_(col(LifeArea.plan_id) == plan.plan_id, col(LifeArea.deleted_at).is_(None))
