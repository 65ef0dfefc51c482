"""The schema goes up and down on both databases, and ends as the tables say."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from models.database import Database
from models.migrating import HERE, DatabaseIsNewer, is_newest, migrate, unmigrate
from models.tables import metadata


def differences(connection: Connection) -> list[Any]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names()) - {"alembic_version"}


async def test_migrations_make_exactly_the_tables_of_the_models(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
        assert await connection.run_sync(tables) == set(metadata.tables)


async def test_every_migration_goes_down_and_up_again(database: Database) -> None:
    await unmigrate(database.engine, "base")
    async with database.engine.connect() as connection:
        assert await connection.run_sync(tables) == set()
    await migrate(database.engine)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    assert await is_newest(database.engine)


async def test_each_step_can_be_taken_back(sqlite_database: Database) -> None:
    for script in ScriptDirectory(str(HERE)).walk_revisions():
        await unmigrate(sqlite_database.engine, "-1")
        async with sqlite_database.engine.connect() as connection:
            found = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()
        assert found == script.down_revision
    assert not await is_newest(sqlite_database.engine)


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    await migrate(database.engine)
    assert await is_newest(database.engine)


async def test_a_database_newer_than_the_code_is_refused(database: Database) -> None:
    async with database.engine.connect() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await connection.commit()
    with pytest.raises(DatabaseIsNewer):
        await migrate(database.engine)
    assert not await is_newest(database.engine)
