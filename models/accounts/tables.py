"""Accounts are global: one sign-in for all municipalities (F17). Contacts that receive codes belong here."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlmodel import Field

from models.base import OwnedRow, Retention, Row, choice, moment, number, reference, sealed
from models.notices.rules import Channel
from models.rights import Assurance, Duty, PlanKind, Profile


class Account(Row, table=True):
    """Who can sign in. `user_name` is kept in lower case; `password_hash` is None until the first is chosen."""

    keeps: ClassVar = Retention.WITH_ACCOUNT
    key_id: UUID = reference("data_key.id")
    user_name: str = Field(unique=True, max_length=200)
    password_hash: str | None = None
    email: bytes | None = sealed("account.email", default=None)
    mobile: bytes | None = sealed("account.mobile", default=None)
    code_channel: Channel = choice(Channel, default=Channel.EMAIL)
    language: str = Field(default="nb", max_length=2)
    last_municipality_id: UUID | None = reference("municipality.id", default=None)
    last_profile: Profile | None = choice(Profile, default=None)
    made_at: datetime = moment()
    disabled_at: datetime | None = moment(default=None)


class SignInSession(Row, table=True):
    """A browser that is signed in. Only the token's hash is kept; every session is found and ended on the server."""

    keeps: ClassVar = Retention.SHORT
    account_id: UUID = reference("account.id")
    token_hash: bytes = Field(unique=True)
    municipality_id: UUID = reference("municipality.id")
    profile: Profile = choice(Profile)
    assurance: Assurance = number(Assurance)
    began_at: datetime = moment()
    seen_at: datetime = moment()
    ended_at: datetime | None = moment(default=None)


class OneTimeCode(Row, table=True):
    """A code that was sent after a right password; it dies when used, after ten minutes or after five wrong tries."""

    keeps: ClassVar = Retention.SHORT
    account_id: UUID = reference("account.id")
    token_hash: bytes = Field(unique=True)
    secret: bytes | None = sealed("one_time_code.secret")
    made_at: datetime = moment()
    wrong_tries: int = 0
    used_at: datetime | None = moment(default=None)


class SignInAttempts(Row, table=True):
    """Failures in a row for a user name, known or not (F13); the name itself is kept as a blind index only."""

    keeps: ClassVar = Retention.SHORT
    name_index: str = Field(unique=True, max_length=100)
    failures: int = 0
    last_at: datetime = moment()
    locked_until: datetime | None = moment(default=None)


class Invitation(Row, table=True):
    """A single-use link with which an account gets its first password; only the token's hash is kept."""

    keeps: ClassVar = Retention.SHORT
    account_id: UUID = reference("account.id")
    token_hash: bytes = Field(unique=True)
    made_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = moment(default=None)


class Appointment(OwnedRow, table=True):
    """A duty an account has in a municipality for a time; administrators have one for each kind of plan (F197)."""

    keeps: ClassVar = Retention.WITH_ACCOUNT
    account_id: UUID = reference("account.id")
    duty: Duty = choice(Duty)
    plan_kind: PlanKind | None = choice(PlanKind, default=None)
    valid_from: date
    valid_to: date | None = None
