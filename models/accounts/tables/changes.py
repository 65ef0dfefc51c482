"""Changes of an account that somebody else than its person asks for: two must agree, and the person is told first."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from models.accounts.rules import ChangeKind, ChangeReason, ChangeState
from models.base import OwnedRow, Retention, choice, moment, reference, sealed


class AccountChange(OwnedRow, table=True):
    """New contacts for codes, or an identity to be let go of (F24); takes effect at `effective_at`, once approved.

    `email` and `mobile` are what the contacts are to become; what is None is kept as it is.
    """

    keeps: ClassVar = Retention.WITH_ACCOUNT
    account_id: UUID = reference("account.id")
    kind: ChangeKind = choice(ChangeKind)
    reason: ChangeReason = choice(ChangeReason)
    state: ChangeState = choice(ChangeState, default=ChangeState.WAITING)
    email: bytes | None = sealed("account_change.email", default=None)
    mobile: bytes | None = sealed("account_change.mobile", default=None)
    asked_by: UUID
    asked_at: datetime = moment()
    answered_by: UUID | None = None
    answered_at: datetime | None = moment(default=None)
    effective_at: datetime | None = moment(default=None)
