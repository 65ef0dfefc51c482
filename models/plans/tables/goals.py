"""Goals, the activities under them, and comments on both."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlmodel import Field

from models.base import OwnedRow, Retention, choice, moment, reference, sealed
from models.plans.rules.chains import Chain, activity_chain, comment_chain, goal_chain
from models.plans.rules.words import ActivityStatus
from models.rights import Element


class Item(OwnedRow):
    """What the three share: when it came, its revision number, and whether it lies in the recycle bin."""

    plan_id: UUID = Field(foreign_key="plan.id", index=True)
    added_at: datetime = moment()
    changed_at: datetime | None = moment(default=None)
    revision: int = 0
    deleted_at: datetime | None = moment(default=None)


class Goal(Item, table=True):
    """Something to reach (F70). `place` orders the goals of a plan; progress is in whole per cent."""

    keeps: ClassVar = Retention.WITH_PLAN
    title: bytes | None = sealed("goal.title")
    description: bytes | None = sealed("goal.description", default=None)
    life_area: Element | None = choice(Element, default=None)
    progress: int = 0
    place: int = 0

    def guarded_by(self) -> Chain:
        return goal_chain(self.id)


class Activity(Item, table=True):
    """A measure under a goal (F71): its extent, who answers for it, and its days."""

    keeps: ClassVar = Retention.WITH_PLAN
    goal_id: UUID = reference("goal.id")
    responsible_id: UUID | None = reference("participant.id", default=None)
    title: bytes | None = sealed("activity.title")
    description: bytes | None = sealed("activity.description", default=None)
    extent: bytes | None = sealed("activity.extent", default=None)
    status: ActivityStatus = choice(ActivityStatus, default=ActivityStatus.PLANNED)
    starts_on: date | None = None
    due_on: date | None = None
    place: int = 0

    def guarded_by(self) -> Chain:
        return activity_chain(self.id, self.goal_id)


class Comment(Item, table=True):
    """A remark on a goal, or on one of its activities (F72), by a person in their role."""

    keeps: ClassVar = Retention.WITH_PLAN
    goal_id: UUID = reference("goal.id")
    activity_id: UUID | None = reference("activity.id", default=None)
    author_id: UUID = reference("person.id")
    participant_id: UUID = reference("participant.id")
    text: bytes | None = sealed("comment.text")

    def guarded_by(self) -> Chain:
        return comment_chain(self.id, self.activity_id, self.goal_id)
