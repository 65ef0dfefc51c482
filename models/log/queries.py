"""Reading the chains back: the proof that nobody rewrote the log."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import col

from models.base import HouseSession, pick
from models.log.rules import Scope, digest, link_hash
from models.log.tables import LogLink, LogRow, Opening


@dataclass(frozen=True)
class Audit:
    """What `audit verify` found: `broken` is the first bad row of the first bad chain, in words."""

    linked: int
    not_linked: int
    broken: str | None = None


def chain_facts(row: LogRow) -> dict[str, Any]:
    """The parts of a row that the chain vouches for; details only through their digest."""
    return {
        "id": row.id,
        "municipality": row.municipality_id,
        "at": row.at,
        "event": row.event.value,
        "actor": row.actor_id,
        "plan": row.plan_id,
        "element": row.element,
        "item": row.item_id,
        "digest": row.digest,
    }


async def is_opening_logged(scope: Scope, room: str) -> bool:
    """Whether this viewer's opening of this room has been logged within this hour."""
    hour = hour_of(scope.session.clock.now())
    found = pick(Opening.id).where(
        col(Opening.plan_id) == scope.plan_id,
        col(Opening.account_id) == scope.actor_id,
        col(Opening.room) == room,
        col(Opening.hour) == hour,
    )
    asked = "opening", scope.plan_id, scope.actor_id, room, hour
    return await scope.session.once(asked, lambda: scope.session.scalar(found)) is not None


FROM_AFAR = "own-promises"
"""The room of an opening that read of a plan from a page about several."""


THROUGH_OTHERS = "as-"
"""Begins the room of an opening in which somebody saw the plan as another participant sees it (N2)."""


def is_visit() -> ColumnElement[bool]:
    """An opening in which somebody was in the plan itself, and saw what was new there, with their own eyes."""
    return and_(col(Opening.room) != FROM_AFAR, ~col(Opening.room).startswith(THROUGH_OTHERS, autoescape=True))


def hour_of(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


async def last_link(session: HouseSession, chain_id: UUID) -> tuple[int, bytes]:
    """(number, hash) of the chain's newest link; (0, the chain's own id) when it has none."""
    newest = pick(LogLink.number, LogLink.hash).where(col(LogLink.chain_id) == chain_id)
    row = (await session.execute(newest.order_by(col(LogLink.number).desc()).limit(1))).first()
    return (row.number, row.hash) if row else (0, chain_id.bytes)


async def verify(session: HouseSession) -> Audit:
    """Walk every chain from its start. Details that were erased (no salt) are vouched for by their digest alone."""
    linked = 0
    total = await session.scalar(select(func.count()).select_from(LogRow)) or 0
    for chain_id in (await session.scalars(pick(LogLink.chain_id).distinct().order_by(col(LogLink.chain_id)))).all():
        count, broken = await _walk(session, chain_id)
        linked += count
        if broken:
            return Audit(linked, total - linked, broken)
    return Audit(linked, total - linked)


async def _walk(session: HouseSession, chain_id: UUID) -> tuple[int, str | None]:
    previous, expected = chain_id.bytes, 0
    chain = (
        pick(LogLink.number, LogLink.hash, LogRow)
        .outerjoin(LogRow, col(LogRow.id) == LogLink.log_row_id)
        .where(col(LogLink.chain_id) == chain_id)
        .order_by(col(LogLink.number))
        .execution_options(yield_per=1_000)
    )
    async for number, stored, row in await session.stream(chain):
        expected += 1
        if number != expected or row is None or (previous := link_hash(previous, chain_facts(row))) != stored:
            return expected - 1, f"chain {chain_id}, link {expected}"
        is_erased = row.salt is None and row.details is None
        if not is_erased and (row.salt is None or digest(row.salt, row.details) != row.digest):
            return expected - 1, f"chain {chain_id}, link {expected} (details)"
    return expected, None
