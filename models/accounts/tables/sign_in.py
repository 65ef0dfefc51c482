"""What signing in leaves behind for a while: sessions, codes, tries and single-use links."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlmodel import Field

from models.accounts.rules import CodeChannel, CodePurpose, LinkPurpose, SignInMethod
from models.base import Retention, Row, choice, moment, number, reference, sealed
from models.rights import Assurance, Profile


class SignInSession(Row, table=True):
    """A browser that is signed in. Only the token's hash is kept; every session is found and ended on the server.

    `address` is only roughly where from; `id_porten_sid` is the session at ID-porten, which may end ours.
    """

    keeps: ClassVar = Retention.SHORT
    account_id: UUID = reference("account.id")
    token_hash: bytes = Field(unique=True)
    municipality_id: UUID = reference("municipality.id")
    profile: Profile = choice(Profile)
    assurance: Assurance = number(Assurance)
    method: SignInMethod = choice(SignInMethod, default=SignInMethod.EMAIL)
    address: str | None = Field(default=None, max_length=60)
    browser: str | None = Field(default=None, max_length=60)
    id_porten_sid: str | None = Field(default=None, index=True, max_length=200)
    id_token: bytes | None = sealed("sign_in_session.id_token", default=None)
    began_at: datetime = moment()
    seen_at: datetime = moment()
    ended_at: datetime | None = moment(default=None)


class OneTimeCode(Row, table=True):
    """A code that was asked for; it dies when used, after ten minutes or after five wrong tries.

    With an app nothing is sent: the row only counts the tries. `target` is the new address that a code was sent to.
    """

    keeps: ClassVar = Retention.SHORT
    account_id: UUID = reference("account.id")
    token_hash: bytes = Field(unique=True)
    secret: bytes | None = sealed("one_time_code.secret")
    channel: CodeChannel = choice(CodeChannel, default=CodeChannel.EMAIL)
    purpose: CodePurpose = choice(CodePurpose, default=CodePurpose.SIGN_IN)
    target: bytes | None = sealed("one_time_code.target", default=None)
    made_at: datetime = moment()
    wrong_tries: int = 0
    used_at: datetime | None = moment(default=None)


class SignInAttempts(Row, table=True):
    """Failures in a row for a user name, known or not (F13), or from an address; each kept as a blind index only."""

    keeps: ClassVar = Retention.SHORT
    name_index: str = Field(unique=True, max_length=100)
    failures: int = 0
    last_at: datetime = moment()
    locked_until: datetime | None = moment(default=None)


class Invitation(Row, table=True):
    """A single-use link: to a first password, a new one, or a place in a plan (F15, F16, F25). Only a hash is kept.

    `mailed` is False when the link was handed over by a person. `person_id` is the card the account is to belong to.
    """

    keeps: ClassVar = Retention.SHORT
    account_id: UUID = reference("account.id")
    token_hash: bytes = Field(unique=True)
    purpose: LinkPurpose = choice(LinkPurpose, default=LinkPurpose.FIRST_PASSWORD)
    mailed: bool = False
    municipality_id: UUID | None = None
    person_id: UUID | None = reference("person.id", default=None)
    plan_id: UUID | None = None
    made_by: UUID | None = None
    made_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = moment(default=None)
