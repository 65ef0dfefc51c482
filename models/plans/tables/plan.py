"""The plan itself, and how it changed: one table for all four kinds."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from models.base import OwnedRow, Retention, choice, data, moment, reference, sealed
from models.plans.rules.words import DeleteReason, PlanState
from models.rights import Element, PlanKind


class Plan(OwnedRow, table=True):
    """A plan. `short_name` is all that ever leaves it in a notice (F50); `elements` are those it was made with.

    `home_hidden` are the blocks the coordinator took off the plan's first page (F59). `revise_on` is the day the plan
    is to be gone through again, `revised_on` when that was last done (the statute's seventh point). A deleted plan can
    be fetched back until `destroy_on` (C12); `delete_remark` is JSON: what was said, and the state it had.
    """

    keeps: ClassVar = Retention.WITH_PLAN
    key_id: UUID = reference("data_key.id")
    short_name: str = Field(max_length=40)
    elements: list[str] = data(default_factory=list)
    period_from: date | None = None
    period_to: date | None = None
    home_hidden: list[str] = data(default_factory=list)
    revise_on: date | None = None
    revised_on: date | None = None
    made_at: datetime = moment()
    destroy_on: date | None = None
    delete_reason: DeleteReason | None = choice(DeleteReason, default=None)
    delete_remark: bytes | None = sealed("plan.delete_remark", default=None)


class PlanSpan(OwnedRow, table=True):
    """What a plan was in a stretch of days: each change closes one row and opens the next."""

    __table_args__ = (Index("ix_plan_span_plan_id_valid_from", "plan_id", "valid_from"),)
    keeps: ClassVar = Retention.WITH_PLAN
    plan_id: UUID = Field(foreign_key="plan.id")
    kind: PlanKind = choice(PlanKind)
    state: PlanState = choice(PlanState)
    unit_id: UUID | None = reference("unit.id", default=None)
    valid_from: date
    valid_to: date | None = None


class Revision(OwnedRow, table=True):
    """An item as it was after one change; `content` is sealed JSON, so that any date can be seen again."""

    __table_args__ = (Index("uq_revision_item_id_number", "item_id", "number", unique=True),)
    keeps: ClassVar = Retention.WITH_PLAN
    plan_id: UUID = reference("plan.id")
    element: Element = choice(Element)
    item_id: UUID
    number: int
    changed_at: datetime = moment()
    changed_by: UUID | None
    content: bytes | None = sealed("revision.content")
