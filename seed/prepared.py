"""What a municipality begins with besides roles and texts: added where it has none, and then its own to change."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from models.base import HouseSession, OwnedRow

Maker = Callable[[UUID, Any], Iterator[OwnedRow]]
"""New rows for a municipality, at a moment."""

MAKERS: tuple[tuple[type[Any], Maker], ...] = ()
"""A table, and the rows a municipality without any begins with."""


async def prepare(session: HouseSession, municipality_id: UUID) -> None:
    """What the municipality took away is not put back."""
    for table, make in MAKERS:
        if await session.scalar(select(table.id).where(col(table.municipality_id) == municipality_id).limit(1)) is None:
            session.add_all(make(municipality_id, session.clock.now()))
    await session.flush()
