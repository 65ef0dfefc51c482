"""Clears the rows of every table that is kept short, when nobody needs them any longer."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, or_
from sqlmodel import col

from jobs.kit import Kit
from models.accounts.tables.account import PersonalCode
from models.accounts.tables.identity import IdPortenFlow
from models.accounts.tables.sign_in import Invitation, OneTimeCode, SignInAttempts, SignInSession
from models.base import Row
from models.notices.rules import DeliveryState
from models.notices.tables import Delivery, QueuedNotice
from models.plans.tables.begun import BegunPlan
from permissions.house import open_as_house
from permissions.proofs import HouseRight
from permissions.viewer import LONGEST

DAY = timedelta(days=1)
MONTH = timedelta(days=30)
"""How long a plan that somebody has begun to make waits for them, untouched."""
QUARTER = timedelta(days=90)
"""How long one can see that a notice was sent; far longer than a reminder could come again."""

Clause = ColumnElement[bool]


def _sessions(now: datetime) -> Clause:
    return or_(col(SignInSession.ended_at) < now - DAY, col(SignInSession.began_at) < now - LONGEST - DAY)


def _attempts(now: datetime) -> Clause:
    """A lock that lasts is remembered as long, however long ago the counting began."""
    locked = col(SignInAttempts.locked_until)
    return (col(SignInAttempts.last_at) < now - DAY) & or_(locked.is_(None), locked <= now)


def _deliveries(now: datetime) -> Clause:
    finished = col(Delivery.state).in_((DeliveryState.SENT, DeliveryState.GIVEN_UP))
    return finished & (col(Delivery.due_at) < now - QUARTER)


def _notices(now: datetime) -> Clause:
    return (col(QueuedNotice.made_at) < now - QUARTER) & ~exists().where(col(Delivery.notice_id) == QueuedNotice.id)


RULES: Mapping[type[Row], Callable[[datetime], Any]] = {
    IdPortenFlow: lambda now: col(IdPortenFlow.made_at) < now - DAY,
    PersonalCode: lambda now: col(PersonalCode.expires_at) < now - DAY,
    OneTimeCode: lambda now: col(OneTimeCode.made_at) < now - DAY,
    SignInSession: _sessions,
    SignInAttempts: _attempts,
    Invitation: lambda now: col(Invitation.expires_at) < now - QUARTER,
    Delivery: _deliveries,
    QueuedNotice: _notices,
    BegunPlan: lambda now: col(BegunPlan.saved_at) < now - MONTH,
}
"""What may go, table by table: a trip to ID-porten before the session or invitation it was about,
and a notice after its deliveries."""


async def clear_short_lived(kit: Kit) -> str:
    cleared = {}
    for table, rule in RULES.items():
        async with kit.database.writing() as session:
            open_as_house(session, "clear-short-lived").demand(HouseRight.SHORT_LIVED_CLEAR)
            gone = await session.execute(delete(table).where(rule(session.clock.now())))
            cleared[table.__tablename__] = gone.rowcount  # type: ignore[attr-defined]
    return " ".join(f"{name}={count}" for name, count in cleared.items())
