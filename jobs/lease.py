"""The lease: one row for each job, by which one process at a time takes it, once in each turn of its clock."""

from datetime import datetime, timedelta

from sqlalchemy import or_, true, update
from sqlmodel import col

from models.base import HouseSession
from models.database import insert_or_ignore
from models.organisation.tables import JobLease


async def take(
    session: HouseSession, name: str, worker: str, longest: timedelta, turn: datetime | None = None
) -> datetime | None:
    """When the lease began, or None: somebody holds it, or somebody has run the job since `turn` began.

    Must be committed before the job runs. A holder that dies keeps it no longer than `longest`.
    """
    await insert_or_ignore(session, JobLease(name=name))
    now = session.clock.now()
    free = or_(col(JobLease.held_until).is_(None), col(JobLease.held_until) <= now)
    not_run = or_(col(JobLease.began_at).is_(None), col(JobLease.began_at) < turn) if turn else true()
    taken = await session.execute(
        update(JobLease)
        .where(col(JobLease.name) == name, free, not_run)
        .values(held_by=worker, held_until=now + longest, began_at=now, ended_at=None, outcome=None)
    )
    return now if taken.rowcount == 1 else None  # type: ignore[attr-defined]


async def give_back(session: HouseSession, name: str, worker: str, began: datetime, outcome: str) -> None:
    """Write how it went; nothing, when the lease ran out and another took it."""
    mine = (col(JobLease.name) == name) & (col(JobLease.held_by) == worker) & (col(JobLease.began_at) == began)
    await session.execute(
        update(JobLease)
        .where(mine)
        .values(held_by=None, held_until=None, ended_at=session.clock.now(), outcome=outcome[:200])
    )
