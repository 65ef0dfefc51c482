"""Identities at ID-porten (F20-F25). No fødselsnummer is kept here: only blind indexes of it."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from models.accounts.rules import FlowPurpose
from models.base import OwnedRow, Retention, Row, choice, moment, reference, sealed

LIVING: Any = {"sqlite_where": text("ended_at IS NULL"), "postgresql_where": text("ended_at IS NULL")}


class Identity(Row, table=True):
    """That an account belongs to the holder of a fødselsnummer, for as long as the link lasts."""

    __table_args__ = (
        Index("uq_identity_pid_index", "pid_index", unique=True, **LIVING),
        Index("uq_identity_account_id", "account_id", unique=True, **LIVING),
    )
    keeps: ClassVar = Retention.WITH_ACCOUNT
    account_id: UUID = Field(foreign_key="account.id")
    pid_index: str = Field(max_length=100)
    linked_at: datetime = moment()
    ended_at: datetime | None = moment(default=None)


class IdPortenFlow(Row, table=True):
    """One trip to ID-porten and back: its state works once, and only in the browser that began it.

    The nonce and the code verifier are made from that browser's own cookie and kept nowhere. After the trip the row
    holds the token of who came back, sealed with the same cookie, until they have said that the accounts are to be
    linked.
    """

    keeps: ClassVar = Retention.SHORT
    state_hash: bytes = Field(unique=True)
    purpose: FlowPurpose = choice(FlowPurpose)
    next: str | None = Field(default=None, max_length=500)
    session_id: UUID | None = reference("sign_in_session.id", default=None)
    invitation_id: UUID | None = reference("invitation.id", default=None)
    made_at: datetime = moment()
    returned_at: datetime | None = moment(default=None)
    used_at: datetime | None = moment(default=None)
    id_token: bytes | None = sealed("id_porten_flow.id_token", default=None)


class JoinRequest(OwnedRow, table=True):
    """Somebody answered an invitation, and ID-porten could not tell that they are who was invited: a person must.

    `pid_index` is who answered, until there is an answer; `account_id` theirs if they had one, else the invited.
    """

    keeps: ClassVar = Retention.WITH_PERSON
    person_id: UUID = reference("person.id")
    account_id: UUID = reference("account.id")
    plan_id: UUID | None = Field(default=None, index=True)
    pid_index: str | None = Field(default=None, max_length=100)
    asked_at: datetime = moment()
    answered_at: datetime | None = moment(default=None)
    answered_by: UUID | None = None
    accepted: bool | None = None
