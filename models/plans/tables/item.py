"""What every item of a plan has: the things people write, each with its revisions."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from models.base import OwnedRow, moment, reference
from models.plans.rules.chains import Chain


class Item(OwnedRow):
    """When it came, its revision number, and whether it lies in the recycle bin."""

    plan_id: UUID = Field(foreign_key="plan.id", index=True)
    added_at: datetime = moment()
    changed_at: datetime | None = moment(default=None)
    revision: int = 0
    deleted_at: datetime | None = moment(default=None)

    def guarded_by(self) -> Chain:
        """Itself first, then each parent: nobody sees a child without its parents."""
        raise NotImplementedError


class SignedItem(Item):
    """Words that are somebody's own (F73): who wrote them, and in which participation."""

    author_id: UUID = reference("person.id")
    participant_id: UUID = reference("participant.id")
