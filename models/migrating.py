"""Bringing a database to the newest schema, and knowing when it is newer than the code."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

HERE = Path(__file__).parent / "migrations"


class DatabaseIsNewer(Exception):
    """The database was migrated by a newer Medvirk than this one."""


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config


async def migrate(engine: AsyncEngine, target: str = "head") -> None:
    """Up to the newest schema. Raises DatabaseIsNewer when the database knows a migration that this code does not."""
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade, target)


def _upgrade(connection: Connection, target: str) -> None:
    _refuse_newer(connection)
    command.upgrade(_config(connection), target)


async def unmigrate(engine: AsyncEngine, target: str) -> None:
    """Down to an older schema; for tests and for a failed release."""
    async with engine.begin() as connection:
        await connection.run_sync(lambda c: command.downgrade(_config(c), target))


async def is_newest(engine: AsyncEngine) -> bool:
    """Whether the schema is the one this code was written for."""
    async with engine.connect() as connection:
        return await connection.run_sync(lambda c: _version(c) == ScriptDirectory(str(HERE)).get_current_head())


def _version(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _refuse_newer(connection: Connection) -> None:
    version = _version(connection)
    try:
        ScriptDirectory(str(HERE)).get_revision(version or "base")
    except CommandError:
        raise DatabaseIsNewer(version) from None
