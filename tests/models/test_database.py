"""Transactions: nothing is lost between two who write, and readers wait for nobody."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import select

from models.base import HouseSession
from models.clock import SteppingClock
from models.database import Database, insert_or_ignore, make_engine
from models.log.operations import NO_CHAIN
from models.organisation.rules import UnitKind
from models.organisation.tables import JobLease, Municipality, Unit
from models.sealing import KeyRing


@pytest.fixture
async def counter(database: Database) -> Database:
    async with database.writing() as session:
        session.add(JobLease(name="counter", outcome="0"))
    return database


async def increment(database: Database) -> None:
    async with database.writing() as session:
        row = (await session.scalars(select(JobLease).with_for_update())).one()
        await asyncio.sleep(0)
        row.outcome = str(int(row.outcome or "0") + 1)


async def count(database: Database) -> str | None:
    async with database.reading() as session:
        return await session.scalar(select(JobLease.outcome))


async def test_a_hundred_concurrent_increments_are_all_kept(counter: Database) -> None:
    await asyncio.gather(*(increment(counter) for _ in range(100)))
    assert await count(counter) == "100"


async def test_a_reader_does_not_wait_for_a_writer(counter: Database) -> None:
    async with counter.writing() as session:
        row = (await session.scalars(select(JobLease))).one()
        row.outcome = "7"
        await session.flush()
        assert await asyncio.wait_for(count(counter), timeout=2) == "0"
    assert await count(counter) == "7"


async def stumble(database: Database) -> None:
    async with database.writing() as session:
        session.add(Municipality(name="Vik", added_at=session.clock.now()))
        await session.flush()
        raise RuntimeError


async def test_a_block_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError):
        await stumble(database)
    async with database.reading() as session:
        assert (await session.scalars(select(Municipality))).all() == []


async def test_reading_never_saves(database: Database, clock: SteppingClock) -> None:
    async with database.reading() as session:
        session.add(Municipality(name="Vik", added_at=clock.now()))
        await session.flush()
    async with database.reading() as session:
        assert (await session.scalars(select(Municipality))).all() == []


async def test_a_writer_on_sqlite_takes_its_turn_from_the_first_statement(sqlite_database: Database) -> None:
    async with sqlite_database.engine.execution_options(writes=True).connect() as first:
        await first.execute(text("SELECT 1"))
        async with sqlite_database.engine.connect() as second:
            await second.execute(text("SELECT 1"))
            await second.exec_driver_sql("PRAGMA busy_timeout=1")
            with pytest.raises(OperationalError, match="locked"):
                await second.execute(text("INSERT INTO installation VALUES ('x', '2026-11-20', 0)"))


async def test_sqlite_is_set_to_wait_and_to_survive_a_power_cut(tmp_path: Path) -> None:
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 10_000, "synchronous": 2}
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path}/x.db")  # the tests' other engines do not wait for the disk
    async with engine.connect() as connection:
        found = {pragma: await connection.scalar(text(f"PRAGMA {pragma}")) for pragma in wanted}
    await engine.dispose()
    assert found == wanted


async def test_a_reference_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.writing() as session:
            session.add(Unit(municipality_id=NO_CHAIN, name="Nowhere", kind=UnitKind.OTHER))


async def test_insert_or_ignore_keeps_the_first_of_two(database: Database) -> None:
    async with database.writing() as session:
        assert await insert_or_ignore(session, JobLease(name="sweep", outcome="first"))
        assert not await insert_or_ignore(session, JobLease(name="sweep", outcome="second"))
    assert await count(database) == "first"


def test_the_session_knows_the_time_and_the_keys(tmp_path: Path, clock: SteppingClock, keys: KeyRing) -> None:
    session = Database(make_engine(f"sqlite+aiosqlite:///{tmp_path}/x.db"), clock, keys).new_session(writes=True)
    assert (session.clock, session.keys, session.writes) == (clock, keys, True)


async def test_what_only_reads_asks_once_and_what_writes_asks_every_time(counter: Database) -> None:
    async def ask_twice(session: HouseSession) -> list[int]:
        asked: list[int] = []

        async def ask() -> int:
            asked.append(len(asked))
            return len(asked)

        return [await session.once("how many", ask), await session.once("how many", ask)]

    async with counter.reading() as session:
        assert await ask_twice(session) == [1, 1]
    async with counter.writing() as session:
        assert await ask_twice(session) == [1, 2]
