"""How many codes, and how many wrong ones, an account gets in a day: a password is no help to who must guess them."""

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


async def stop(session: HouseSession, account_id: UUID) -> None:
    """Log that the account has had enough for today, and tell the person, once a day."""
    account = (await session.scalars(select(Account).where(Account.id == account_id))).one()
    log.record(House(session, actor_id=account_id), Event.SIGN_IN_STOPPED)
    once = f"codes_stopped:{account_id}:{local_day(session.clock.now())}"
    await tell(session, account, Notice.CODES_STOPPED, once_key=once)
