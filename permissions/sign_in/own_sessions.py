"""Where one is signed in, and how one has signed in: for finding out that somebody else has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import col, select

from models.accounts.proof import OpenProfile
from models.accounts.rules import SignInMethod
from models.accounts.tables.sign_in import SignInSession
from models.base import pick
from models.log import operations as log
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.tables import Municipality
from models.refusals import NotFound
from permissions.sign_in import sessions
from permissions.sign_in.links import shut
from permissions.viewer import LONGEST

REMEMBERED = timedelta(days=90)
PAGE = 20
SIGN_INS = (Event.SIGNED_IN, Event.SIGN_IN_FAILED, Event.SIGN_IN_LOCKED, Event.SIGN_IN_STOPPED)


@dataclass(frozen=True)
class LivingSession:
    """A browser that is signed in now; `address` is only roughly where."""

    id: UUID
    browser: str | None
    address: str | None
    began_at: datetime
    seen_at: datetime
    is_here: bool


@dataclass(frozen=True)
class SignIn:
    """One time that somebody came in, or tried to: how when they did, at which step it failed when they did not."""

    at: datetime
    event: Event
    method: SignInMethod | None
    step: str | None
    address: str | None


async def living_sessions(me: OpenProfile) -> list[LivingSession]:
    """The one that asks first, then the last seen."""
    now = me.session.clock.now()
    found = (
        pick(SignInSession, Municipality.idle_minutes)
        .join(Municipality, col(Municipality.id) == SignInSession.municipality_id)
        .where(_mine(me), col(SignInSession.began_at) > now - LONGEST)
        .order_by(col(SignInSession.seen_at).desc())
    )
    rows = [row for row, idle in await me.session.execute(found) if row.seen_at + timedelta(minutes=idle) > now]
    living = [
        LivingSession(row.id, row.browser, row.address, row.began_at, row.seen_at, row.id == me.viewer.session_id)
        for row in rows
    ]
    return sorted(living, key=lambda one: not one.is_here)


async def end_others(me: OpenProfile) -> int:
    """Sign out everywhere but here; how many sessions there were."""
    count = await sessions.end_all(me.session, me.actor_id, but=me.viewer.session_id)
    await shut(me.session, me.actor_id)
    log.record(me, Event.SESSIONS_ENDED, count=count)
    return count


async def end_one(me: OpenProfile, session_id: UUID) -> None:
    """Raises NotFound for one that is not the person's, has ended, or is the one that asks."""
    wanted = select(SignInSession).where(_mine(me), SignInSession.id == session_id)
    found = await me.session.scalar(wanted.with_for_update())
    if found is None or session_id == me.viewer.session_id:
        raise NotFound
    found.ended_at = me.session.clock.now()
    log.record(me, Event.SESSIONS_ENDED, count=1)


async def sign_ins(me: OpenProfile, page: int = 1, size: int = PAGE) -> tuple[list[SignIn], int]:
    """One page of the last ninety days, the newest first, and how many pages there are."""
    rows = pick(LogRow.at, LogRow.event, LogRow.details).where(*_of_me(me))
    newest = rows.order_by(col(LogRow.at).desc(), col(LogRow.id)).limit(size).offset((page - 1) * size)
    count = await me.session.scalar(pick(func.count()).select_from(LogRow).where(*_of_me(me))) or 0
    return [_sign_in(row) for row in await me.session.execute(newest)], max(1, -(-count // size))


def _sign_in(row: Any) -> SignIn:
    details = row.details or {}
    method = SignInMethod(details["method"]) if details.get("method") else None
    return SignIn(row.at, row.event, method, details.get("step"), details.get("address") or None)


def _of_me(me: OpenProfile) -> Sequence[ColumnElement[bool]]:
    return (
        col(LogRow.actor_id) == me.actor_id,
        col(LogRow.at) > me.session.clock.now() - REMEMBERED,
        col(LogRow.event).in_(SIGN_INS),
    )


def _mine(me: OpenProfile) -> ColumnElement[bool]:
    return and_(col(SignInSession.account_id) == me.actor_id, col(SignInSession.ended_at).is_(None))
