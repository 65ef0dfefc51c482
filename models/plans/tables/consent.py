"""What access rests on. Every row is added once and never changed: a later row takes over."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.base import OwnedRow, Retention, choice, moment, reference, sealed
from models.plans.rules.words import Basis, ConsentAct, ConsentMethod


class LegalBasis(OwnedRow, table=True):
    """Consent, decision or statutory task, for the plan or for one participant; both days are included."""

    __table_args__ = (UniqueConstraint("plan_id", "number"),)
    keeps: ClassVar = Retention.WITH_PLAN
    plan_id: UUID = Field(foreign_key="plan.id")
    participant_id: UUID | None = reference("participant.id", default=None)
    number: int
    basis: Basis = choice(Basis)
    valid_from: date
    valid_to: date | None = None
    remark: bytes | None = sealed("legal_basis.remark", default=None)
    recorded_at: datetime = moment()
    recorded_by: UUID | None = None


class Consent(OwnedRow, table=True):
    """One entry in the plan's consent ledger, for everybody or one participant; both days are included.

    On any day the newest complete entry that has begun decides: so a renewal made early waits its turn, and a
    shortened or withdrawn consent beats the older, longer one. Who was taken out alone stays out until let in alone,
    also when the consent of all is renewed. An entry is complete when all its signers have signed; one that is
    provisional (F114, C21) or was cancelled before all had signed, is never complete.

    `form_id` is the version of the text that was consented to; `given_on` the day a consent on paper, or by word of
    mouth, was given.
    """

    __table_args__ = (UniqueConstraint("plan_id", "number"), Index("ix_consent_valid_to", "valid_to"))
    keeps: ClassVar = Retention.WITH_PLAN
    plan_id: UUID = Field(foreign_key="plan.id")
    participant_id: UUID | None = reference("participant.id", default=None)
    number: int
    act: ConsentAct = choice(ConsentAct)
    method: ConsentMethod = choice(ConsentMethod)
    form_id: UUID | None = None
    provisional: bool = False
    given_on: date | None = None
    valid_from: date
    valid_to: date | None = None
    remark: bytes | None = sealed("consent.remark", default=None)
    recorded_at: datetime = moment()
    recorded_by: UUID | None = None
    cancelled_at: datetime | None = moment(default=None)


class ConsentSigner(OwnedRow, table=True):
    """Somebody whose signature the consent waits for."""

    __table_args__ = (UniqueConstraint("consent_id", "participant_id"),)
    keeps: ClassVar = Retention.WITH_PLAN
    consent_id: UUID = Field(foreign_key="consent.id")
    participant_id: UUID = reference("participant.id")


class ConsentSignature(OwnedRow, table=True):
    """That a signer signed. `on_behalf`: on paper or by word of mouth, and the account is whoever recorded it."""

    keeps: ClassVar = Retention.WITH_PLAN
    signer_id: UUID = Field(foreign_key="consent_signer.id", unique=True)
    signed_at: datetime = moment()
    account_id: UUID
    on_behalf: bool = False


class ConsentScan(OwnedRow, table=True):
    """The signed paper (C10); `content` is base64 of the file as it was uploaded."""

    keeps: ClassVar = Retention.WITH_PLAN
    consent_id: UUID = Field(foreign_key="consent.id", unique=True)
    name: str = Field(max_length=200)
    media_type: str = Field(max_length=40)
    content: bytes | None = sealed("consent_scan.content")
    added_at: datetime = moment()
    added_by: UUID
