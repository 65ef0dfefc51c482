"""Sessions that have run out are ended and logged, also when their browsers never come back."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from jobs.end_sessions import end_sessions
from jobs.kit import Kit
from models.accounts.rules import SignInMethod
from models.accounts.tables.sign_in import SignInSession
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.tables import Municipality
from permissions.sign_in import sessions
from permissions.sign_in.sessions import begin
from tests.jobs.conftest import Home

pytestmark = pytest.mark.feature("F26")
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def idle(database: Database, home: Home) -> timedelta:
    """How long Per, who has just come in, may be away."""
    async with database.writing() as session:
        begun = await begin(session, home.accounts["Per"], SignInMethod.EMAIL)
        here = select(Municipality.idle_minutes).join(
            SignInSession, col(SignInSession.municipality_id) == Municipality.id
        )
        found = await session.scalars(here.where(SignInSession.id == begun.session_id))
        return timedelta(minutes=found.one())


async def signed_out(database: Database) -> int:
    async with database.reading() as session:
        return len((await session.scalars(select(LogRow.id).where(col(LogRow.event) == Event.SIGNED_OUT))).all())


async def test_a_session_that_nobody_uses_is_ended_when_it_ran_out_and_logged_once(
    database: Database, kit: Kit, clock: SteppingClock, idle: timedelta
) -> None:
    began = clock.now()
    clock.move(idle - MINUTE)
    assert await end_sessions(kit) == "ended=0"
    clock.move(2 * MINUTE)
    assert await end_sessions(kit) == "ended=1"
    assert await end_sessions(kit) == "ended=0"
    assert await signed_out(database) == 1
    async with database.reading() as session:
        assert await session.scalar(select(SignInSession.ended_at)) == began + idle


async def test_a_session_in_use_is_ended_after_twelve_hours(
    database: Database, kit: Kit, clock: SteppingClock, idle: timedelta
) -> None:
    for _ in range(12 * 60 // 30):
        assert await end_sessions(kit) == "ended=0"
        clock.move(timedelta(minutes=30))
        async with database.writing() as session:
            for session_id in await session.scalars(select(SignInSession.id)):
                await sessions.touch(session, session_id)
    assert await end_sessions(kit) == "ended=1"
    assert await signed_out(database) == 1
