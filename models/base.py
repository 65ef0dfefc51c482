"""What every row has, and the column kinds all tables share."""

import re
from collections.abc import Awaitable, Callable, Hashable
from datetime import UTC, date, datetime
from enum import Enum, IntEnum, StrEnum
from typing import Any, ClassVar, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import JSON, ColumnElement, DateTime, Select, SmallInteger, and_, inspect, or_, select
from sqlalchemy import Enum as EnumColumn
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel, col

from models.clock import Clock
from models.sealing import KeyRing, Sealed, Vault

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


Answer = TypeVar("Answer")


def pick(*columns: Any) -> Select[Any]:
    """Select columns, not objects: for reading, where rows are quicker and cannot be changed by accident."""
    return select(*columns)


def holds(first: Any, until: Any, day: Any) -> ColumnElement[bool]:
    """A dated span covers the day; its last day is not included."""
    return and_(col(first) <= day, or_(col(until).is_(None), col(until) > day))


class HouseSession(AsyncSession):
    """A session that also knows the time, the key ring, and whether its transaction may write."""

    def __init__(self, engine: AsyncEngine, *, clock: Clock, keys: KeyRing, writes: bool) -> None:
        super().__init__(engine, expire_on_commit=False)
        self.clock, self.keys, self.writes = clock, keys, writes
        self._known: dict[Hashable, Any] = {}

    async def once(self, question: Hashable, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """What `ask` finds, asked once in a session that only reads; where something may be written, every time.

        The question must tell all that the answer depends on, who is asking too.
        """
        if self.writes:
            return await ask()
        if question not in self._known:
            self._known[question] = await ask()
        known: Answer = self._known[question]
        return known


class Retention(StrEnum):
    """How long a table's rows are kept; every table says which."""

    REFERENCE = "while the municipality uses Medvirk"
    WITH_PLAN = "as long as the plan; its key is destroyed with it"
    WITH_PERSON = "as long as the person card; its key is destroyed with it"
    WITH_ACCOUNT = "as long as the account"
    LOG = "as long as the log must be kept; details may be erased"
    SHORT = "cleared by a job when no longer needed"


class Moment(TypeDecorator[datetime]):
    """An aware datetime; stored in UTC, and UTC again when read (SQLite keeps no zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment must know its time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class NumberedEnum(TypeDecorator[Any]):
    """An IntEnum stored as its number, so that levels can be compared in SQL."""

    impl = SmallInteger
    cache_ok = True

    def __init__(self, kind: type[IntEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: int | None, dialect: Any) -> int | None:
        return None if value is None else int(self.kind(value))

    def process_result_value(self, value: int | None, dialect: Any) -> Any:
        return None if value is None else self.kind(value)


def words(kind: type[StrEnum]) -> Any:
    """A StrEnum column: the value as text, checked by the application, not by the database."""
    return EnumColumn(
        kind,
        native_enum=False,
        create_constraint=False,
        validate_strings=True,
        length=32,
        values_callable=lambda e: [m.value for m in e],
    )


def reference(target: str, *, index: bool = True, **options: Any) -> Any:
    """A foreign key; indexed, since nearly all are searched by."""
    return Field(foreign_key=target, index=index, **options)


def moment(**options: Any) -> Any:
    return Field(sa_type=Moment, **options)


def choice(kind: type[StrEnum], **options: Any) -> Any:
    return Field(sa_type=words(kind), **options)


def number(kind: type[IntEnum], **options: Any) -> Any:
    return Field(sa_type=NumberedEnum(kind), **options)


def sealed(purpose: str, **options: Any) -> Any:
    return Field(sa_type=Sealed(purpose), **options)


def data(**options: Any) -> Any:
    return Field(sa_type=JSON, **options)


class Row(SQLModel):
    """A key made by the application, so that rows can move between installations without colliding."""

    keeps: ClassVar[Retention]

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805 - a class-level attribute
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    id: UUID = Field(default_factory=uuid4, primary_key=True)


class OwnedRow(Row):
    """A row that belongs to one municipality."""

    municipality_id: UUID = Field(foreign_key="municipality.id", index=True)


def snapshot(row: SQLModel) -> dict[str, Any]:
    """The row's columns as JSON can hold them; sealed columns stay sealed, as hexadecimal digits."""
    return {name: _plain(value) for name, value in row.model_dump().items()}


def _plain(value: Any) -> Any:
    match value:
        case bytes():
            return value.hex()
        case Enum():
            return value.value
        case UUID() | date():
            return str(value)
        case _:
            return value


def columns(table: type[SQLModel]) -> tuple[Any, ...]:
    """All the columns of a table, to `pick`."""
    return tuple(inspect(table).columns)


def is_sealed(table: type[SQLModel], column: str) -> bool:
    """Whether what the column holds is encrypted."""
    return isinstance(inspect(table).columns[column].type, Sealed)


def purpose(table: type[SQLModel], column: str) -> str:
    """The stable name that the values of a sealed column are bound to."""
    kind = inspect(table).columns[column].type
    if not isinstance(kind, Sealed):
        raise TypeError(f"{table.__name__}.{column} is not sealed")
    return kind.purpose


def seal(vault: Vault, row: Row, **texts: str | None) -> None:
    """Put texts into the row's sealed columns; None empties one."""
    for column, text in texts.items():
        setattr(row, column, vault.seal(purpose(type(row), column), row.id, text))


def unseal(vault: Vault, row: Row, column: str) -> str:
    """The text of a sealed column; an empty one is an empty string."""
    return reveal(vault, type(row), column, row.id, getattr(row, column))


def reveal(vault: Vault, table: type[Row], column: str, row_id: UUID, value: bytes | None) -> str:
    """As `unseal`, for a value that was picked without its row."""
    return vault.open(purpose(table, column), row_id, value) or ""
