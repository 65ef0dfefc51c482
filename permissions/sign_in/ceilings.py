"""What an account gets in a day: so many codes, so many wrong ones, and so many wrong passwords.

A password is no help to who must guess the codes.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from models.accounts.rules import CodePurpose
from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import OneTimeCode
from models.base import HouseSession, pick
from models.clock import local_day
from models.log import operations as log
from models.log.rules import Event
from models.notices.rules import Notice
from permissions.proofs import House
from permissions.sign_in.failures import log_locked
from permissions.sign_in.lifetimes import CODES_A_DAY, WRONG_A_DAY
from permissions.sign_in.telling import tell


class TooMany(Exception):
    """The account has had its codes, or its wrong tries, for a day."""


async def has_had_enough(session: HouseSession, account_id: UUID, purpose: CodePurpose = CodePurpose.SIGN_IN) -> bool:
    today = pick(func.count(), func.coalesce(func.sum(OneTimeCode.wrong_tries), 0)).where(
        col(OneTimeCode.account_id) == account_id,
        col(OneTimeCode.purpose) == purpose,
        col(OneTimeCode.made_at) > session.clock.now() - timedelta(days=1),
    )
    codes, wrong = (await session.execute(today)).one()
    return bool(codes >= CODES_A_DAY or wrong >= WRONG_A_DAY)


async def stop(session: HouseSession, account_id: UUID, notice: Notice = Notice.CODES_STOPPED) -> None:
    """Log that the account has had enough for today, and tell the person, once a day."""
    account = (await session.scalars(select(Account).where(Account.id == account_id))).one()
    log.record(House(session, actor_id=account_id), Event.SIGN_IN_STOPPED)
    once = f"{notice}:{account_id}:{local_day(session.clock.now())}"
    await tell(session, account, notice, once_key=once)


@dataclass(frozen=True)
class Locks:
    """What a wrong try brings about: that its name waits a moment or a day, or its address a while."""

    name: bool
    address: bool
    day: bool


async def log_locks(session: HouseSession, locks: Locks, account: Account | None, address: str) -> None:
    """Once for each lock; `account` is None when nobody has the name. Who has it is told of the day."""
    if locks.name:
        log_locked(session, account.id if account else None, address)
    if locks.address:
        log_locked(session, None, address)
    if locks.day and account and not account.disabled_at:
        await stop(session, account.id, Notice.PASSWORDS_STOPPED)
