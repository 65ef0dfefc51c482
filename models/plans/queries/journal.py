"""«Sist jeg var her» as it is read (F55): the newest first, only what the viewer may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col

from models.base import columns, pick, reveal
from models.plans.proof import OpenPlan, readable
from models.plans.queries.goals import Place
from models.plans.rules.words import Mood
from models.plans.tables.life import JournalEntry
from models.rights import Element


@dataclass(frozen=True)
class EntryRead(Place):
    author_id: UUID
    participant_id: UUID
    mood: Mood | None
    text: str
    added_at: datetime
    changed_at: datetime | None


async def visible(plan: OpenPlan) -> list[UUID]:
    """Those that the viewer may read, the newest first: enough to count them, and to choose a page of them."""
    if not plan.reaches(Element.JOURNAL):
        return []
    living = col(JournalEntry.plan_id) == plan.plan_id, col(JournalEntry.deleted_at).is_(None)
    newest_first = pick(JournalEntry.id).where(*living).order_by(*_newest_first())
    return [id_ for id_ in await plan.session.scalars(newest_first) if _sees(plan, id_)]


async def entries(plan: OpenPlan, chosen: Sequence[UUID]) -> list[EntryRead]:
    """The chosen of those that `visible` gave, in the same order."""
    found = pick(*columns(JournalEntry)).where(
        col(JournalEntry.plan_id) == plan.plan_id, col(JournalEntry.id).in_(chosen)
    )
    rows = await plan.session.execute(found.order_by(*_newest_first()))
    return [_read(plan, row) for row in rows if _sees(plan, row.id)]


def _newest_first() -> tuple[Any, ...]:
    return col(JournalEntry.added_at).desc(), col(JournalEntry.id)


def _sees(plan: OpenPlan, entry_id: UUID) -> bool:
    return readable(plan.standings, plan.elements, ((Element.JOURNAL, entry_id),))


def _read(plan: OpenPlan, row: Any) -> EntryRead:
    return EntryRead(
        id=row.id,
        chain=((Element.JOURNAL, row.id),),
        author_id=row.author_id,
        participant_id=row.participant_id,
        mood=row.mood,
        text=reveal(plan.vault, JournalEntry, "text", row.id, row.text),
        added_at=row.added_at,
        changed_at=row.changed_at,
    )
