"""The sealed columns of a town, opened with the keys that lie in it."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from models import tables
from models.base import HouseSession, Row, pick, reveal
from models.organisation.queries import vaults
from models.organisation.tables import DataKey
from models.sealing import Sealed
from models.tables import metadata

ROWS: dict[str, type[Row]] = {
    str(each.__tablename__): each
    for area in tables.AREAS
    for each in vars(area).values()
    if isinstance(each, type) and issubclass(each, Row) and hasattr(each, "__table__")
}


async def every_row(session: HouseSession) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    """Each table's name and each of its rows, with sealed values opened."""
    ring = await vaults(session, await session.scalars(pick(DataKey.id)))
    for name, table in metadata.tables.items():
        for row in (await session.execute(table.select().order_by(table.c.id))).mappings():
            values = dict(row)
            for column in table.columns:
                if isinstance(column.type, Sealed) and values[column.name]:
                    vault = ring[UUID(bytes=values[column.name][1:17])]
                    values[column.name] = reveal(vault, ROWS[name], column.name, row["id"], values[column.name])
            yield name, values
