"""The outbox: notices written in the transaction of what they tell of, delivered afterwards by a job."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from models.base import Retention, Row, choice, moment, reference, sealed
from models.notices.rules import Channel, DeliveryState, Notice
from models.rights import Element


class QueuedNotice(Row, table=True):
    """One thing to tell; `once_key` makes a repeated reminder impossible."""

    keeps: ClassVar = Retention.SHORT
    municipality_id: UUID | None
    kind: Notice = choice(Notice)
    made_at: datetime = moment()
    actor_id: UUID | None = None
    plan_id: UUID | None = Field(default=None, index=True)
    element: Element | None = choice(Element, default=None)
    item_id: UUID | None = None
    once_key: str | None = Field(default=None, unique=True)


class Delivery(Row, table=True):
    """One notice to one account by one channel. `payload` is a code or a link, sealed with the account's key.

    `address` is where it goes when that is not the account's own contact: a former one, or one to be proved.
    """

    __table_args__ = (Index("ix_delivery_state_due_at", "state", "due_at"),)
    keeps: ClassVar = Retention.SHORT
    municipality_id: UUID | None
    notice_id: UUID = reference("queued_notice.id")
    account_id: UUID = Field(index=True)
    channel: Channel = choice(Channel)
    state: DeliveryState = choice(DeliveryState, default=DeliveryState.WAITING)
    attempts: int = 0
    due_at: datetime = moment()
    claimed_by: str | None = None
    claimed_until: datetime | None = moment(default=None)
    sent_at: datetime | None = moment(default=None)
    failure: str | None = Field(default=None, max_length=200)
    payload: bytes | None = sealed("delivery.payload", default=None)
    address: bytes | None = sealed("delivery.address", default=None)
