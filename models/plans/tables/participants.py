"""Who takes part in a plan, in which role, and with which rights."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from models.base import OwnedRow, Retention, choice, data, moment, number, reference, sealed
from models.plans.rules.words import ConsentMethod, ProposalKind, ProposalState
from models.rights import Element, Level, Profile, Role


class Participant(OwnedRow, table=True):
    """A person or a unit in a plan for a time; the owner is one too. `valid_to` is not included.

    `awaits_approval`: the owner has yet to say that they may take part (F8, C14). `rights_revision` counts the changes
    of the rights, so that two who change them at once notice.
    """

    __table_args__ = (CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="person_or_unit"),)
    keeps: ClassVar = Retention.WITH_PLAN
    plan_id: UUID = reference("plan.id")
    person_id: UUID | None = reference("person.id", default=None)
    unit_id: UUID | None = reference("unit.id", default=None)
    profile: Profile = choice(Profile)
    position: str | None = Field(default=None, max_length=100)
    workplace: str | None = Field(default=None, max_length=100)
    valid_from: date
    valid_to: date | None = None
    awaits_approval: bool = False
    rights_revision: int = 0


class RoleSpan(OwnedRow, table=True):
    """The role of a participant in a stretch of days."""

    keeps: ClassVar = Retention.WITH_PLAN
    participant_id: UUID = reference("participant.id")
    role: Role = choice(Role)
    valid_from: date
    valid_to: date | None = None


WITHOUT_ITEM: Any = {"sqlite_where": text("item_id IS NULL"), "postgresql_where": text("item_id IS NULL")}


class Grant(OwnedRow, table=True):
    """A level on an element, or on one item of it, copied from the role template or set for this participant alone.

    `overridden`: somebody set it in this plan (F125); it is not the role's own.
    """

    __table_args__ = (
        Index("uq_grant_participant_id_element_item_id", "participant_id", "element", "item_id", unique=True),
        Index("uq_grant_participant_id_element", "participant_id", "element", unique=True, **WITHOUT_ITEM),
    )
    keeps: ClassVar = Retention.WITH_PLAN
    participant_id: UUID = Field(foreign_key="participant.id")
    element: Element = choice(Element)
    item_id: UUID | None = None
    level: Level = number(Level)
    overridden: bool = False


class Proposal(OwnedRow, table=True):
    """What a coordinator wants and the owner decides: that somebody takes part, or sees more (F8, C14).

    `wanted` lists [element, item or null, level]. `method` is how the answer was given: digitally in Medvirk, or on
    paper or by word of mouth and then recorded.
    """

    keeps: ClassVar = Retention.WITH_PLAN
    plan_id: UUID = reference("plan.id")
    participant_id: UUID = reference("participant.id")
    kind: ProposalKind = choice(ProposalKind)
    state: ProposalState = choice(ProposalState, default=ProposalState.WAITING)
    wanted: list[list[Any]] = data(default_factory=list)
    proposed_at: datetime = moment()
    proposed_by: UUID
    answered_at: datetime | None = moment(default=None)
    answered_by: UUID | None = None
    method: ConsentMethod | None = choice(ConsentMethod, default=None)
    remark: bytes | None = sealed("proposal.remark", default=None)
