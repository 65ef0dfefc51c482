"""The log and its chain. Rows are only ever added; erasing takes a row's details and salt, never the row."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.base import Retention, Row, choice, data, moment
from models.log.rules import Event
from models.rights import Element


class LogRow(Row, table=True):
    """One thing that happened. No foreign keys: the log outlives what it tells of."""

    __table_args__ = (
        Index("ix_log_row_plan_id_at", "plan_id", "at"),
        Index("ix_log_row_municipality_id_at", "municipality_id", "at"),
        Index("ix_log_row_at", "at"),
        Index("ix_log_row_actor_id_at", "actor_id", "at"),
    )
    keeps: ClassVar = Retention.LOG
    municipality_id: UUID | None
    at: datetime = moment()
    event: Event = choice(Event)
    actor_id: UUID | None = None
    plan_id: UUID | None = None
    element: Element | None = choice(Element, default=None)
    item_id: UUID | None = Field(default=None, index=True)
    details: dict[str, Any] | None = data(default=None, nullable=True)
    salt: bytes | None = None
    digest: bytes


class LogLink(Row, table=True):
    """One link of a municipality's chain (`chain_id` is the municipality, or all zeros for the installation's own)."""

    __table_args__ = (UniqueConstraint("chain_id", "number"),)
    keeps: ClassVar = Retention.LOG
    chain_id: UUID
    number: int
    log_row_id: UUID = Field(unique=True)
    hash: bytes


class Opening(Row, table=True):
    """That somebody opened a room of a plan within an hour: the guard against logging every reload."""

    __table_args__ = (UniqueConstraint("plan_id", "account_id", "room", "hour"),)
    keeps: ClassVar = Retention.WITH_PLAN
    municipality_id: UUID
    plan_id: UUID
    account_id: UUID
    room: str = Field(max_length=32)
    hour: datetime = moment()
    at: datetime = moment()
