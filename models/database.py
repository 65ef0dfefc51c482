"""The only place that opens, commits and rolls back transactions.

SQLite: WAL, foreign keys, `synchronous=FULL` (an answered save survives a power cut), and `BEGIN IMMEDIATE` for
writing transactions, so that two who read and then write take turns. PostgreSQL: the doors lock the row they open
when the session writes.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from models.alphabet import letters_of
from models.base import HouseSession, Row
from models.clock import Clock
from models.sealing import KeyRing

QUIET: Any = {"hide_parameters": True}
"""An error says which statement failed, and never what was in it."""

PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000", "synchronous=FULL")


def make_engine(url: str, *, pool_size: int = 5) -> AsyncEngine:
    """An engine set up for its database; a few connections stay open."""
    if url.startswith("sqlite"):
        engine = create_async_engine(
            url, connect_args={"isolation_level": None}, pool_size=pool_size, hide_parameters=True
        )
        event.listen(engine.sync_engine, "connect", _set_pragmas)
        event.listen(engine.sync_engine, "connect", teach_alphabet)
        event.listen(engine.sync_engine, "begin", _begin)
        return engine
    return create_async_engine(url, pool_size=pool_size, pool_pre_ping=True, **QUIET)


def _set_pragmas(connection: Any, record: Any) -> None:
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def teach_alphabet(connection: Any, record: Any) -> None:
    """For `in_alphabet`."""
    connection.create_function("letters_of", 1, letters_of, deterministic=True)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Database:
    """Hands out sessions that know the time and the key ring."""

    def __init__(self, engine: AsyncEngine, clock: Clock, keys: KeyRing) -> None:
        self.engine, self.clock, self.keys = engine, clock, keys
        self._writer = engine.execution_options(writes=True)

    def new_session(self, *, writes: bool) -> HouseSession:
        """For the ASGI shell, which ends it itself; everyone else uses `reading` and `writing`."""
        engine = self._writer if writes else self.engine
        return HouseSession(engine, clock=self.clock, keys=self.keys, writes=writes)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[HouseSession]:
        session = self.new_session(writes=False)
        try:
            yield session
        finally:
            await asyncio.shield(session.close())

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[HouseSession]:
        """Commits when the block ends well, rolls back when it raises."""
        session = self.new_session(writes=True)
        try:
            yield session
            await session.commit()
        finally:
            await asyncio.shield(session.close())

    async def close(self) -> None:
        await self.engine.dispose()


async def end(session: HouseSession, *, well: bool) -> None:
    """Commit what a writing session did when all went well, else roll back; give the connection back either way."""
    try:
        await (session.commit() if well and session.writes else session.rollback())
    finally:
        await asyncio.shield(session.close())


async def tune(session: HouseSession) -> None:
    """Let the database look at its own tables, so that it begins its searches at the right end of them."""
    if session.get_bind().dialect.name == "sqlite":
        await session.execute(text("PRAGMA analysis_limit=1000"))
    await session.execute(text("ANALYZE"))


async def insert_or_ignore(session: HouseSession, row: Row) -> bool:
    """Insert unless a row with the same unique values is there; True when it was inserted."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = dialect.insert(type(row)).values(**row.model_dump()).on_conflict_do_nothing()
    result = await session.execute(statement)
    return bool(result.rowcount)  # type: ignore[attr-defined]
