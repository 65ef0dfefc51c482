"""Rows on their way into the database: many at a time, and in an order the foreign keys allow."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from pydantic_core import PydanticUndefined
from sqlalchemy import insert
from sqlmodel import SQLModel

from models.base import HouseSession, Row
from models.clock import OSLO
from models.log.rules import Event, Item, check, digest
from models.log.tables import LogRow
from models.organisation.tables import DataKey
from models.sealing import KeyRing, Vault
from models.tables import metadata

Made = TypeVar("Made", bound=Row)


class Rows:
    """Collects rows until they are poured. Ids and all chances come from one seeded source; day 0 is `today`."""

    def __init__(self, chance: Random, keys: KeyRing, today: date) -> None:
        self.chance, self.keys, self.today = chance, keys, today
        self._aside = Random(copy(chance).random())
        self._waiting: dict[type[Row], list[Row | dict[str, Any]]] = defaultdict(list)

    def new_id(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Inside, chances come from a second source: what is made after it is the same with or without it."""
        self.chance, self._aside = self._aside, self.chance
        yield
        self.chance, self._aside = self._aside, self.chance

    def day(self, number: int) -> date:
        return self.today + timedelta(days=number)

    def at(self, number: int, first_hour: int = 8, last_hour: int = 16) -> datetime:
        """Some minute of the day, of the working day unless other hours are given."""
        minutes = self.chance.randrange(first_hour * 60, last_hour * 60)
        return datetime.combine(self.day(number), time(minutes // 60, minutes % 60), OSLO).astimezone(UTC)

    def make(self, kind: type[Made], /, **values: Any) -> Made:
        """A row that can still be sealed or changed until it is poured."""
        row = kind(id=self.new_id(), **values)
        self._waiting[kind].append(row)
        return row

    def put(self, kind: type[Row], /, **values: Any) -> None:
        """As `make`, for the many rows that nobody looks at again: values only, which is ten times as quick."""
        self._waiting[kind].append(_blank(kind) | values | {"id": values.get("id") or self.new_id()})

    def vault(self, municipality_id: UUID | None, made_at: datetime) -> Vault:
        """A new data key, as `organisation.operations.new_vault` makes them."""
        key_id = self.new_id()
        ring_key, wrapped = self.keys.new_key(key_id)
        self.put(
            DataKey, id=key_id, municipality_id=municipality_id, ring_key=ring_key, wrapped=wrapped, made_at=made_at
        )
        return self.keys.vault(key_id, ring_key, wrapped)

    def log(
        self, at: datetime, event: Event, about: Item | None = None, *, place: dict[str, Any], **details: Any
    ) -> None:
        """A row as `log.record` would have written it at the time; `place` holds municipality, plan and actor."""
        check(event, details)
        salt = self.chance.randbytes(16)
        element, item_id = (about.guarded_by()[0][0], about.id) if about else (None, None)
        proof = {"salt": salt, "digest": digest(salt, details), "details": details}
        self.put(LogRow, at=at, event=event, element=element, item_id=item_id, **place, **proof)

    async def pour(self, session: HouseSession) -> None:
        """Everything collected into the caller's transaction."""
        waiting = {str(kind.__tablename__): (kind, rows) for kind, rows in self._waiting.items()}
        for table in metadata.sorted_tables:
            if table.name in waiting:
                kind, rows = waiting[table.name]
                names = tuple(kind.model_fields)
                await session.execute(insert(table), [_values(row, names) for row in rows])
        self._waiting.clear()


@cache
def _blank(kind: type[SQLModel]) -> dict[str, Any]:
    fields = kind.model_fields.items()
    return {name: field.default for name, field in fields if field.default is not PydanticUndefined}


def _values(row: Row | dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return row if isinstance(row, dict) else {name: getattr(row, name) for name in names}
