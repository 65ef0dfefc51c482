"""A plan that somebody has begun to make: the five steps can be left and taken up again (F180-F187)."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from models.base import OwnedRow, Retention, moment, reference, sealed


class BegunPlan(OwnedRow, table=True):
    """What has been filled in so far, as JSON sealed with the maker's own key; `id` becomes the plan's."""

    keeps: ClassVar = Retention.SHORT
    account_id: UUID = reference("account.id")
    content: bytes | None = sealed("begun_plan.content")
    begun_at: datetime = moment()
    saved_at: datetime = moment()
