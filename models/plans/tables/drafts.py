"""What somebody is writing and has not saved: it survives a lost connection, a closed tab and being signed out."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.base import OwnedRow, Retention, moment, reference, sealed


class Draft(OwnedRow, table=True):
    """The fields of one form as one person left them, as JSON; `place` is the form's address below the plan's."""

    __table_args__ = (UniqueConstraint("plan_id", "account_id", "place"),)
    keeps: ClassVar = Retention.WITH_PLAN
    plan_id: UUID = reference("plan.id", index=False)
    account_id: UUID = reference("account.id")
    place: str = Field(max_length=200)
    content: bytes | None = sealed("draft.content")
    saved_at: datetime = moment()
