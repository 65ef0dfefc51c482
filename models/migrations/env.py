"""Alembic's entry: one set of migrations for SQLite and PostgreSQL, run by `main.py migrate` and by the tests."""

import asyncio
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, Enum, String
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.types import TypeDecorator

from models.settings import Settings
from models.tables import metadata


def plain_type(kind: str, thing: Any, _: Any) -> str | Literal[False]:
    """Migrations name plain column types: they must run for ever, whatever our own types become."""
    if kind != "type" or not isinstance(thing, Enum | TypeDecorator):
        return False
    match thing if isinstance(thing, Enum) else thing.impl:
        case Enum(length=length) | String(length=length):
            return f"sa.String({length or ''})"
        case impl:
            return f"sa.{impl!r}"


def migrate_on(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, render_item=plain_type)
    with context.begin_transaction():
        context.run_migrations()


async def migrate_at(url: str) -> None:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        await connection.run_sync(migrate_on)
        await connection.commit()
    await engine.dispose()


if (given := context.config.attributes.get("connection")) is not None:
    migrate_on(given)
else:
    asyncio.run(migrate_at(context.config.get_main_option("sqlalchemy.url") or Settings().database_url))
