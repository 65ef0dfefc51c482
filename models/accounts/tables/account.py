"""Accounts are global: one sign-in for all municipalities (F17). Contacts that receive codes belong here."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.accounts.rules import CodeChannel
from models.base import OwnedRow, Retention, Row, choice, moment, reference, sealed
from models.rights import Duty, PlanKind, Profile


class Account(Row, table=True):
    """Who can sign in. `user_name` is kept in lower case; `password_hash` is None until the first is chosen.

    `totp_secret` belongs to the person's app, and `totp_step` is the last time step whose code was used: it never works
    again. `password_by_mail` says that the password was chosen through a mailed link: then no code goes by mail.
    """

    keeps: ClassVar = Retention.WITH_ACCOUNT
    key_id: UUID = reference("data_key.id")
    user_name: str = Field(unique=True, max_length=200)
    password_hash: str | None = None
    email: bytes | None = sealed("account.email", default=None)
    mobile: bytes | None = sealed("account.mobile", default=None)
    code_channel: CodeChannel = choice(CodeChannel, default=CodeChannel.EMAIL)
    totp_secret: bytes | None = sealed("account.totp_secret", default=None)
    totp_step: int | None = None
    password_by_mail: bool = False
    language: str = Field(default="nb", max_length=2)
    last_municipality_id: UUID | None = reference("municipality.id", default=None)
    last_profile: Profile | None = choice(Profile, default=None)
    made_at: datetime = moment()
    disabled_at: datetime | None = moment(default=None)


class Appointment(OwnedRow, table=True):
    """A duty an account has in a municipality for a time; administrators have one for each kind of plan (F197)."""

    keeps: ClassVar = Retention.WITH_ACCOUNT
    account_id: UUID = reference("account.id")
    duty: Duty = choice(Duty)
    plan_kind: PlanKind | None = choice(PlanKind, default=None)
    valid_from: date
    valid_to: date | None = None


class TermsAcceptance(Row, table=True):
    """That the account accepted a version of the terms, and the language they were read in (F28)."""

    __table_args__ = (UniqueConstraint("account_id", "version"),)
    keeps: ClassVar = Retention.WITH_ACCOUNT
    account_id: UUID = reference("account.id", index=False)
    version: str = Field(max_length=20)
    language: str = Field(max_length=2)
    accepted_at: datetime = moment()


class RecoveryCode(Row, table=True):
    """A way in for who has lost the phone with the app: works once. Only its blind index is kept."""

    keeps: ClassVar = Retention.WITH_ACCOUNT
    account_id: UUID = reference("account.id")
    code_index: str = Field(unique=True, max_length=100)
    made_at: datetime = moment()
    used_at: datetime | None = moment(default=None)


class PersonalCode(Row, table=True):
    """The code with which another municipality finds this account (F199): shown by its owner, works once."""

    keeps: ClassVar = Retention.SHORT
    account_id: UUID = reference("account.id")
    code_index: str = Field(unique=True, max_length=100)
    made_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = moment(default=None)
