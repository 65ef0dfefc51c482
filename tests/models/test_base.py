"""The column kinds that all tables share."""

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import col, select

from models.base import pick, purpose, snapshot
from models.clock import SteppingClock, local_day
from models.database import Database
from models.organisation.tables import JobLease, Municipality
from models.plans.tables.goals import Goal
from models.rights import Assurance, Element
from tests.hamlet import Hamlet


async def test_a_moment_comes_back_in_utc(database: Database) -> None:
    there = datetime(2026, 7, 1, 12, 30, 15, 250, tzinfo=timezone(timedelta(hours=2)))
    async with database.writing() as session:
        session.add(JobLease(name="sweep", began_at=there))
    async with database.reading() as session:
        back = await session.scalar(select(JobLease.began_at))
    assert back == there
    assert back is not None
    assert back.utcoffset() == timedelta(0)


async def test_a_moment_without_a_zone_is_refused(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        lease = JobLease(name="sweep")
        lease.began_at = datetime(2026, 7, 1)  # noqa: DTZ001 - the mistake itself
        session.add(lease)
        with pytest.raises(StatementError, match="time zone"):
            await session.flush()
        await session.rollback()


async def test_numbered_words_compare_in_the_database(database: Database) -> None:
    async with database.writing() as session:
        await Hamlet(session).municipality("Vik")
        await Hamlet(session).municipality("Li", demands=Assurance.HIGH)
    async with database.reading() as session:
        strict = pick(Municipality.name, Municipality.demands).where(col(Municipality.demands) > 3)
        assert (await session.execute(strict)).all() == [("Li", Assurance.HIGH)]


async def test_a_number_that_is_no_member_is_refused(sqlite_database: Database, clock: SteppingClock) -> None:
    async with sqlite_database.writing() as session:
        municipality = Municipality(name="Vik", added_at=clock.now())
        municipality.demands = 9  # type: ignore[assignment]
        session.add(municipality)
        with pytest.raises(StatementError):
            await session.flush()
        await session.rollback()


async def test_a_word_that_is_no_member_is_refused(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        hamlet = Hamlet(session)
        plan = await hamlet.plan(await hamlet.municipality())
        goal = Goal(municipality_id=plan.municipality_id, plan_id=plan.id, added_at=session.clock.now())
        goal.life_area = "kitchen"  # type: ignore[assignment]
        session.add(goal)
        with pytest.raises(StatementError):
            await session.flush()
        await session.rollback()


def test_a_snapshot_holds_only_what_json_holds() -> None:
    id_, at = uuid4(), datetime(2026, 11, 20, 9, tzinfo=UTC)
    goal = Goal(
        id=id_, municipality_id=id_, plan_id=id_, added_at=at, title=b"\x01\xff", life_area=Element.HEALTH, progress=40
    )
    shot = snapshot(goal)
    assert shot["title"] == "01ff"
    assert shot["life_area"] == "health"
    assert shot["id"] == str(id_)
    assert shot["added_at"] == str(at)
    assert shot["progress"] == 40
    assert shot["deleted_at"] is None


def test_only_a_sealed_column_has_a_purpose() -> None:
    assert purpose(Goal, "title") == "goal.title"
    with pytest.raises(TypeError):
        purpose(Goal, "progress")


def test_the_day_in_norway_begins_before_the_day_in_utc() -> None:
    assert local_day(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)) == date(2026, 11, 21)
    assert local_day(datetime(2026, 6, 20, 21, 59, tzinfo=UTC)) == date(2026, 6, 20)
    assert local_day(datetime(2026, 6, 20, 22, 0, tzinfo=UTC)) == date(2026, 6, 21)
