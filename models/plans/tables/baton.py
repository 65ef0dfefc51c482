"""Who holds the plan, and what they are asked to see to: handing over, tasks, and people who wait for a coordinator."""

from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlmodel import Field

from models.base import OwnedRow, Retention, choice, data, moment, reference, sealed
from models.plans.rules.words import ConsentMethod, CoordinatorKind, HandoverState, TaskKind
from models.rights import Role


class Handover(OwnedRow, table=True):
    """An offer of the baton from one who coordinates to another participant (N7); who offers is responsible until then.

    `stays_as` is the role the giver has afterwards; None when they leave.
    """

    keeps: ClassVar = Retention.WITH_PLAN
    plan_id: UUID = reference("plan.id")
    from_id: UUID = reference("participant.id")
    to_id: UUID = reference("participant.id")
    state: HandoverState = choice(HandoverState, default=HandoverState.OFFERED)
    stays_as: Role | None = choice(Role, default=None)
    note: bytes | None = sealed("handover.note", default=None)
    offered_at: datetime = moment()
    offered_by: UUID
    answered_at: datetime | None = moment(default=None)


class Task(OwnedRow, table=True):
    """Something the plan's coordinators are asked to do; `once_key` so that the same is asked once."""

    keeps: ClassVar = Retention.WITH_PLAN
    plan_id: UUID = reference("plan.id")
    kind: TaskKind = choice(TaskKind)
    participant_id: UUID | None = reference("participant.id", default=None)
    facts: dict[str, Any] = data(default_factory=dict)
    due_on: date | None = None
    once_key: str = Field(unique=True, max_length=200)
    made_at: datetime = moment()
    made_by: UUID | None = None
    done_at: datetime | None = moment(default=None)
    done_by: UUID | None = None


class CoordinatorWanted(OwnedRow, table=True):
    """Somebody who asked for a coordinator, with whose consent, and who was appointed; ended when no longer needed."""

    keeps: ClassVar = Retention.WITH_PERSON
    person_id: UUID = reference("person.id")
    kind: CoordinatorKind = choice(CoordinatorKind)
    asked_on: date
    recorded_at: datetime = moment()
    recorded_by: UUID
    consent_method: ConsentMethod | None = choice(ConsentMethod, default=None)
    consent_on: date | None = None
    appointed_id: UUID | None = reference("person.id", default=None)
    appointed_on: date | None = None
    ended_on: date | None = None


class AdministrationVisit(OwnedRow, table=True):
    """A local administrator at a plan's administration, with a reason and for a while (C11, F194)."""

    keeps: ClassVar = Retention.WITH_PLAN
    plan_id: UUID = reference("plan.id")
    account_id: UUID = reference("account.id")
    reason: bytes | None = sealed("administration_visit.reason")
    began_at: datetime = moment()
    ends_at: datetime = moment()
