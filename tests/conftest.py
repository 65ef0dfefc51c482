"""Real databases, quick as lightning: each kind is migrated (or seeded) once, and every test gets a copy of its own.

`database` gives a test both SQLite and PostgreSQL, `sqlite_database` SQLite alone; `town` is a copy of the seeded demo
town on SQLite, `any_town` on both. The clock stands at a fixed date until a test moves it.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from argon2 import PasswordHasher

from models.accounts.proof import Viewer
from models.clock import SteppingClock
from models.database import Database
from models.migrating import migrate
from models.sealing import KeyRing
from permissions.sign_in.passwords import Passwords
from tests import signing_in
from tests.copies import FileCopies, Making, ServerCopies, started_server

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
Copied = Callable[[str, str], AbstractAsyncContextManager[Database]]


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock(NOW)


@pytest.fixture(scope="session")
def keys() -> KeyRing:
    return KeyRing.fresh()


@pytest.fixture(scope="session")
def passwords() -> Passwords:
    """As the real ones, but so cheap that a test may hash many."""
    return Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def viewer_for() -> Callable[..., Awaitable[Viewer]]:
    """`await viewer_for(session, user_name, municipality="Dalen", profile=…, assurance=…)`."""
    return signing_in.viewer_for


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    yield from started_server()


@pytest.fixture(scope="session")
def makings(passwords: Passwords) -> dict[str, Making]:
    """How each template is made."""

    async def empty(database: Database) -> None:
        await migrate(database.engine)

    async def town(database: Database) -> None:
        from seed.town import seed_demo  # noqa: PLC0415 - few tests need it, and it is slow to import

        await migrate(database.engine)
        await seed_demo(database, passwords)

    return {"empty": empty, "town": town}


@pytest.fixture(scope="session")
def workshops(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    """Where copies of a dialect are made; the server starts when first asked for."""
    open_: dict[str, FileCopies | ServerCopies] = {}

    def workshop(dialect: str) -> FileCopies | ServerCopies:
        if dialect not in open_:
            is_file = dialect == "sqlite"
            folder = tmp_path_factory.mktemp("sqlite")
            open_[dialect] = (
                FileCopies(folder) if is_file else ServerCopies(request.getfixturevalue("postgresql_server"))
            )
        return open_[dialect]

    return workshop


@pytest.fixture(scope="session")
def made() -> set[tuple[str, str]]:
    """The templates that this worker has made."""
    return set()


@pytest.fixture
def copied(
    workshops: Callable[[str], Any],
    makings: dict[str, Making],
    made: set[tuple[str, str]],
    clock: SteppingClock,
    keys: KeyRing,
) -> Copied:
    """`async with copied(dialect, template) as database`."""

    @asynccontextmanager
    async def copy(dialect: str, template: str) -> AsyncIterator[Database]:
        workshop = workshops(dialect)
        if (dialect, template) not in made:
            await workshop.make(template, makings[template], SteppingClock(NOW), keys)
            made.add((dialect, template))
        async with workshop.copy(template, clock, keys) as database:
            yield database

    return copy


@pytest.fixture(params=["sqlite", "postgresql"])
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def database(dialect: str, copied: Copied) -> AsyncIterator[Database]:
    async with copied(dialect, "empty") as database:
        yield database


@pytest.fixture
async def sqlite_database(copied: Copied) -> AsyncIterator[Database]:
    async with copied("sqlite", "empty") as database:
        yield database


@pytest.fixture
async def town(copied: Copied) -> AsyncIterator[Database]:
    async with copied("sqlite", "town") as database:
        yield database


@pytest.fixture
async def any_town(dialect: str, copied: Copied) -> AsyncIterator[Database]:
    async with copied(dialect, "town") as database:
        yield database
