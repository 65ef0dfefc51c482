"""Goals, the activities under them, comments on both, and what is measured on the way to a goal."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from models.base import OwnedRow, Retention, choice, moment, reference, sealed
from models.plans.rules.chains import Chain, activity_chain, comment_chain, goal_chain
from models.plans.rules.words import ActivityStatus, MeasureKind
from models.plans.tables.item import Item, SignedItem
from models.rights import Element


class Goal(Item, table=True):
    """Something to reach (F70). `place` orders the goals of a plan; progress is in whole per cent.

    A goal in history (F74) is out of the way, with all under it, and is not changed there. `measure` says what is
    measured on the way (N24), from `baseline` to `target`, on a scale from `scale_low` to `scale_high`.
    """

    keeps: ClassVar = Retention.WITH_PLAN
    title: bytes | None = sealed("goal.title")
    description: bytes | None = sealed("goal.description", default=None)
    life_area: Element | None = choice(Element, default=None)
    progress: int = 0
    place: int = 0
    historic_at: datetime | None = moment(default=None)
    measure: bytes | None = sealed("goal.measure", default=None)
    baseline: float | None = None
    target: float | None = None
    scale_low: float | None = None
    scale_high: float | None = None
    measured_by_id: UUID | None = None

    def guarded_by(self) -> Chain:
        return goal_chain(self.id)


class Activity(Item, table=True):
    """A measure under a goal (F71): its extent, who answers for it, and its days.

    `missed_at` is when the owner or a guardian said that it was not done as promised (N8): `missed_by` is their
    participation, and `missed_note` what they wrote.
    """

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
    cancel_reason: bytes | None = sealed("activity.cancel_reason", default=None)
    missed_at: datetime | None = moment(default=None)
    missed_by: UUID | None = None
    missed_note: bytes | None = sealed("activity.missed_note", default=None)

    def guarded_by(self) -> Chain:
        return activity_chain(self.id, self.goal_id)


class Comment(SignedItem, table=True):
    """A remark on a goal, or on one of its activities (F72), by a person in their role."""

    keeps: ClassVar = Retention.WITH_PLAN
    goal_id: UUID = reference("goal.id")
    activity_id: UUID | None = reference("activity.id", default=None)
    text: bytes | None = sealed("comment.text")

    def guarded_by(self) -> Chain:
        return comment_chain(self.id, self.activity_id, self.goal_id)


class Measurement(SignedItem, table=True):
    """One point on the way to a goal (N24): what was measured on a day, or how the owner thinks it goes (1 to 5)."""

    keeps: ClassVar = Retention.WITH_PLAN
    goal_id: UUID = reference("goal.id")
    kind: MeasureKind = choice(MeasureKind)
    day: date
    value: float
    note: bytes | None = sealed("measurement.note", default=None)

    def guarded_by(self) -> Chain:
        return goal_chain(self.goal_id)


class GoalPicture(OwnedRow, table=True):
    """An image that stands for a goal (F70): a JPEG without metadata."""

    keeps: ClassVar = Retention.WITH_PLAN
    goal_id: UUID = reference("goal.id", index=False, unique=True)
    content: bytes | None = sealed("goal_picture.content")
    set_at: datetime = moment()
