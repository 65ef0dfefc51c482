"""The rows behind a desk: found within the viewer's scope, shown in words, and written with every check on the way."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ClassVar, Literal
from uuid import UUID

import pandas as pd
from sqlalchemy import ColumnElement, Enum, Label, Select, String, TypeDecorator, UnaryExpression, func, or_, select

from admin import filters
from admin.entry import Entry, as_id, demand_own, demand_unchanged, fingerprint
from admin.facts import Facts, Scope, scoped
from admin.present import as_entered, rows_in_words
from models.alphabet import in_alphabet
from models.log.operations import record
from models.log.rules import Event
from models.refusals import NotFound, Reason, Refused
from models.texts import sayable
from permissions.proofs import House
from reports.statistics.csv import write

Verb = Literal["added", "changed"]
CHUNK = 1000


def _file(rows: list[list[Any]], titles: dict[str, str]) -> bytes:
    return write(pd.DataFrame(rows, columns=list(titles), dtype=object), titles)


class Register(Facts):
    """Everything a desk does with the database, in the request's own session. Knows no HTTP."""

    model: Any
    slug: ClassVar[str]
    scope: ClassVar[Scope]
    list_display: ClassVar[list[Any]]
    create_fields: ClassVar[list[Any]]
    update_fields: ClassVar[list[Any]]
    read_fields: ClassVar[list[Any]] = []
    list_filter: ClassVar[list[Any]] = []
    search_fields: ClassVar[list[Any]] = []
    list_order: ClassVar[list[Any]] = []

    async def present(self, session: Any, viewer: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows as they are shown; override to add or replace what no column holds."""
        return await rows_in_words(session, type(self), rows)

    async def viewed(self, session: Any, viewer: Any, row: Any) -> dict[str, Any]:
        """One row as "Vis" shows it: the desk's `read_fields`."""
        shown = {column.key: getattr(row, column.key) for column in type(self).read_fields}
        return (await self.present(session, viewer, [shown]))[0]

    async def written(self, session: Any, viewer: Any, verb: Verb, row: Any, fields: list[str]) -> None:
        """Called in the transaction of every write: logs it. Override where the event has a name of its own."""
        house = House(session, viewer.municipality_id, None, viewer.account_id)
        if verb == "added":
            record(house, Event.REGISTER_ADDED, register=self.slug, row=str(row.id))
        else:
            record(house, Event.REGISTER_CHANGED, register=self.slug, row=str(row.id), fields=fields)

    def check(self, row: Any) -> None:
        """Called before a written row is saved: raises Invalid for what its fields together may not be."""

    def exported(self, viewer: Any, rows: int) -> Callable[[Any], Awaitable[None]]:
        """What is written, in a short transaction of its own, after the list has left as a file."""

        async def log(session: Any) -> None:
            house = House(session, viewer.municipality_id, None, viewer.account_id)
            record(house, Event.REGISTER_EXPORTED, register=self.slug, rows=rows)

        return log

    def stamp(self, viewer: Any) -> dict[str, Any]:
        """What a new row gets that nobody types."""
        return {"municipality_id": viewer.municipality_id} if hasattr(self.model, "municipality_id") else {}

    def _within(self, session: Any, viewer: Any) -> Any:
        return scoped(type(self).scope, session, viewer)

    def searched(self, text: str) -> ColumnElement[bool]:
        """The rows that a search finds; asked only when the desk has `search_fields`."""
        return or_(*(filters.contains(column, text) for column in type(self).search_fields))

    def select(self, session: Any, viewer: Any, asked: Mapping[str, str]) -> Select[Any]:
        wanted = filters.clauses(type(self).list_filter, asked)
        if (text := sayable(asked.get(filters.SEARCH, "")).strip()) and type(self).search_fields:
            wanted.append(self.searched(text))
        return select(self.model.id, *type(self).list_display).where(self._within(session, viewer), *wanted)

    def _ordered(self, query: Select[Any], asked: Mapping[str, str]) -> Select[Any]:
        unsorted = {*self.references, *self.several}
        named = {column.key: column for column in type(self).list_display if column.key not in unsorted}
        column = named.get(asked.get("orderBy", ""))
        if column is None:
            return query.order_by(*map(_in_order, self.list_order or type(self).list_display[:1]), self.model.id)
        key = _in_order(column)
        return query.order_by(key.desc() if asked.get("orderDir") == "desc" else key.asc(), self.model.id)

    async def page_of(
        self, session: Any, viewer: Any, asked: Mapping[str, str], page: int, size: int
    ) -> dict[str, Any]:
        """One page of the list, and how many rows there are in all; the count joins nothing."""
        query = self.select(session, viewer, asked)
        total = await session.scalar(query.with_only_columns(func.count(), maintain_column_froms=True))
        rows = await session.execute(self._ordered(query, asked).limit(size).offset((page - 1) * size))
        return {"total": total, "items": await self._shown(session, viewer, rows.mappings().all())}

    async def _shown(self, session: Any, viewer: Any, rows: Any) -> list[dict[str, Any]]:
        return await self.present(session, viewer, [dict(row) for row in rows])

    async def file_of(self, session: Any, viewer: Any, asked: Mapping[str, str]) -> tuple[bytes, int]:
        """The whole filtered list in the order shown, and how many rows it has."""
        query = self._ordered(self.select(session, viewer, asked), asked)
        found = (await session.execute(query)).mappings().all()
        shown = [await self._shown(session, viewer, found[at : at + CHUNK]) for at in range(0, len(found), CHUNK)]
        keys = [column.key for column in type(self).list_display]
        table = [[row[key] for key in keys] for part in shown for row in part]
        return await asyncio.to_thread(_file, table, {key: self.label_of(key) for key in keys}), len(table)

    async def row(self, session: Any, viewer: Any, item_id: str) -> Any:
        """The row itself; raises NotFound when there is none in the viewer's scope."""
        query = select(self.model).where(self.model.id == as_id(item_id), self._within(session, viewer))
        if getattr(session, "writes", False):
            query = query.with_for_update(of=self.model)
        found = await session.scalar(query)
        if found is None:
            raise NotFound
        return found

    async def entered(self, session: Any, viewer: Any, item_id: str, columns: list[Any]) -> dict[str, Any]:
        """These columns of one row, as a form takes them back, and the fingerprint that it must bring along."""
        values = _entered(await self.row(session, viewer, item_id), columns)
        return values | {"seen": fingerprint(values)}

    async def add(self, session: Any, viewer: Any, entry: Entry) -> None:
        values = entry.model_dump()
        await demand_own(session, viewer, self.references, values)
        row = self.model(**values, **self.stamp(viewer))
        session.add(row)
        await self._save(session, viewer, "added", row, sorted(values))

    async def change(self, session: Any, viewer: Any, item_id: str, entry: Entry) -> None:
        row = await self.row(session, viewer, item_id)
        demand_unchanged(entry, _entered(row, type(self).update_fields))
        values = entry.model_dump(exclude_unset=True)
        await demand_own(session, viewer, self.references, values)
        changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
        for name in changed:
            setattr(row, name, values[name])
        if changed:
            await self._save(session, viewer, "changed", row, changed)

    async def _save(self, session: Any, viewer: Any, verb: Verb, row: Any, fields: list[str]) -> None:
        self.check(row)
        await session.flush()
        await self._still_within(session, viewer, row.id)
        await self.written(session, viewer, verb, row, fields)

    async def _still_within(self, session: Any, viewer: Any, key: UUID) -> None:
        """Nobody writes a row into somebody else's register, nor out of their own."""
        if (
            await session.scalar(select(self.model.id).where(self.model.id == key, self._within(session, viewer)))
            is None
        ):
            raise Refused(Reason.NO_RIGHT)


def _in_order(column: Any) -> Any:
    """Texts lie as in a Norwegian list; all else as it is."""
    plain = column.element if isinstance(column, Label) else column
    kind = plain.type.impl if isinstance(plain.type, TypeDecorator) else plain.type
    is_text = isinstance(kind, String) and not isinstance(kind, Enum)
    return in_alphabet(plain) if is_text and not isinstance(plain, UnaryExpression) else column


def _entered(row: Any, columns: list[Any]) -> dict[str, Any]:
    return {column.key: as_entered(getattr(row, column.key)) for column in columns}
