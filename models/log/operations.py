"""Writing the log, and linking it into chains."""

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text
from sqlmodel import col

from models.base import HouseSession
from models.database import insert_or_ignore
from models.log.queries import chain_facts, hour_of, last_link
from models.log.rules import Event, Item, Scope, check, digest, link_hash, plain
from models.log.tables import LogLink, LogRow, Opening

NO_CHAIN = UUID(int=0)


def record(scope: Scope, event: Event, item: Item | None = None, **details: object) -> LogRow:
    """Add a row in the caller's transaction. Raises WrongDetails unless exactly the event's own details are given."""
    check(event, details)
    salt = secrets.token_bytes(16)
    kept = plain(details)
    element, item_id = (item.guarded_by()[0][0], item.id) if item else (None, None)
    row = LogRow(
        municipality_id=scope.municipality_id,
        at=scope.session.clock.now(),
        event=event,
        actor_id=scope.actor_id,
        plan_id=scope.plan_id,
        element=element,
        item_id=item_id,
        details=kept,
        salt=salt,
        digest=digest(salt, kept),
    )
    scope.session.add(row)
    return row


async def record_opening(scope: Scope, room: str) -> None:
    """That the viewer opened a room: one row per viewer, plan, room and hour."""
    if scope.municipality_id is None or scope.plan_id is None or scope.actor_id is None:
        raise ValueError("only a signed-in viewer opens a plan")
    now = scope.session.clock.now()
    opening = Opening(
        municipality_id=scope.municipality_id,
        plan_id=scope.plan_id,
        account_id=scope.actor_id,
        room=room,
        hour=hour_of(now),
        at=now,
    )
    if await insert_or_ignore(scope.session, opening):
        record(scope, Event.PLAN_OPENED, room=room)


async def link(session: HouseSession, most: int = 5_000, since: datetime | None = None) -> int:
    """Bind up to `most` unlinked rows into their chains, oldest first, those of before `since` left; returns how many.

    Whoever links at the same time waits, and finds the rows linked. Rows of a slow transaction may become visible
    late: they are linked when seen.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("LOCK TABLE log_link IN SHARE ROW EXCLUSIVE MODE"))
    unlinked = select(LogRow).outerjoin(LogLink, col(LogLink.log_row_id) == LogRow.id).where(col(LogLink.id).is_(None))
    if since:
        unlinked = unlinked.where(col(LogRow.at) > since)
    rows = (await session.scalars(unlinked.order_by(col(LogRow.at), col(LogRow.id)).limit(most))).all()
    heads: dict[UUID, tuple[int, bytes]] = {}
    for row in rows:
        chain = row.municipality_id or NO_CHAIN
        number, previous = heads[chain] if chain in heads else await last_link(session, chain)
        heads[chain] = (number + 1, link_hash(previous, chain_facts(row)))
        session.add(LogLink(chain_id=chain, number=number + 1, log_row_id=row.id, hash=heads[chain][1]))
    return len(rows)
