"""Municipalities and their units, the data keys of all that is sealed, and the facts about this installation."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.base import OwnedRow, Retention, Row, choice, moment, number
from models.organisation.rules import OwnerApproval, Severity, UnderAge, UnitKind
from models.rights import Assurance, PlanKind


class Municipality(Row, table=True):
    """A virksomhet (F3, F4): the controller, and the wall nothing passes.

    `id_porten` says whether its people may sign in that way (F20), `idle_minutes` when who does nothing is signed out
    (C2). `digital_consent` says that a consent counts only when it is signed in Medvirk (C10), `owner_approval` how the
    owner's word on who takes part is given (C14).
    """

    keeps: ClassVar = Retention.REFERENCE
    name: str = Field(unique=True, max_length=100)
    demands: Assurance = number(Assurance, default=Assurance.PASSWORD_AND_CODE)
    id_porten: bool = False
    idle_minutes: int = 35
    digital_consent: bool = False
    owner_approval: OwnerApproval = choice(OwnerApproval, default=OwnerApproval.EITHER)
    added_at: datetime = moment()


class Unit(OwnedRow, table=True):
    """A school, a health station, a service: where people work and plans belong."""

    __table_args__ = (UniqueConstraint("municipality_id", "name"),)
    keeps: ClassVar = Retention.REFERENCE
    name: str = Field(max_length=100)
    kind: UnitKind = choice(UnitKind)
    active: bool = True


class AgePolicy(OwnedRow, table=True):
    """What is decided about one kind of plan; the reference rows hold one for each.

    `in_use` says whether new plans of the kind are made (F1): those there are, go on. `under_15` says what those under
    15 may do in them (F23, C17).
    """

    __table_args__ = (UniqueConstraint("municipality_id", "kind"),)
    keeps: ClassVar = Retention.REFERENCE
    kind: PlanKind = choice(PlanKind)
    in_use: bool = True
    under_15: UnderAge = choice(UnderAge)


class AgeStep(OwnedRow, table=True):
    """A birthday that changes who decides in plans of one kind (N4); `source` is where that is said.

    `new_consent`: from then on the owner says for themselves what they consent to. `review_guardians`: what the
    guardians see is to be gone through.
    """

    __table_args__ = (UniqueConstraint("municipality_id", "kind", "age"),)
    keeps: ClassVar = Retention.REFERENCE
    kind: PlanKind = choice(PlanKind)
    age: int
    new_consent: bool = False
    review_guardians: bool = False
    source: str = Field(max_length=300)
    in_use: bool = True


class ServiceMessage(OwnedRow, table=True):
    """What everybody should know before they sign in (F31), from one moment to another; bokmål where a text lacks."""

    keeps: ClassVar = Retention.REFERENCE
    severity: Severity = choice(Severity, default=Severity.INFO)
    text_nb: str = Field(max_length=500)
    text_nn: str | None = Field(default=None, max_length=500)
    text_en: str | None = Field(default=None, max_length=500)
    shown_from: datetime = moment()
    shown_to: datetime | None = moment(default=None)


class DataKey(Row, table=True):
    """The wrapped key of one plan, person or account; `wrapped` is emptied when it is destroyed for good."""

    keeps: ClassVar = Retention.WITH_PLAN
    municipality_id: UUID | None = None
    ring_key: str = Field(max_length=16)
    wrapped: bytes | None
    made_at: datetime = moment()
    destroyed_at: datetime | None = moment(default=None)


class Installation(Row, table=True):
    """One row: when this database was made, and whether it holds a demonstration."""

    keeps: ClassVar = Retention.REFERENCE
    made_at: datetime = moment()
    is_demonstration: bool = False


class JobLease(Row, table=True):
    """Which worker may run a job now, and how it went last time."""

    keeps: ClassVar = Retention.REFERENCE
    name: str = Field(unique=True, max_length=40)
    held_by: str | None = None
    held_until: datetime | None = moment(default=None)
    began_at: datetime | None = moment(default=None)
    ended_at: datetime | None = moment(default=None)
    outcome: str | None = Field(default=None, max_length=200)
