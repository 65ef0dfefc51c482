"""One-time codes (F10, F11): made after a right password, sent by mail, good once, for ten minutes, for five tries."""

import secrets
from datetime import timedelta
from hmac import compare_digest
from uuid import UUID

import pyotp
from sqlalchemy import and_, func, update
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import OneTimeCode
from models.base import HouseSession, pick, seal, unseal
from models.database import Database
from models.log import operations as log
from models.log.rules import Event
from models.notices.rules import Notice
from models.organisation.queries import vault
from permissions.proofs import House
from permissions.sign_in.telling import tell
from permissions.viewer import token_hash

LIFETIME = timedelta(minutes=10)
TRIES = 5
CODES_A_DAY = 30
WRONG_A_DAY = 15


class TooMany(Exception):
    """The account has had its codes, or its wrong tries, for a day."""


async def send_code(session: HouseSession, account_id: UUID) -> tuple[str, str]:
    """Make a code and queue the mail that carries it, in the caller's transaction; earlier codes are dead.

    Returns (the token that the code page must bring back, the code). Raises TooMany when the account has had enough.
    """
    account = (await session.scalars(select(Account).where(Account.id == account_id).with_for_update())).one()
    await _demand_few(session, account_id)
    await _kill(session, account_id)
    token, keys = secrets.token_urlsafe(32), await vault(session, account.key_id)
    made = OneTimeCode(account_id=account.id, token_hash=token_hash(token), made_at=session.clock.now(), secret=None)
    secret = pyotp.random_base32()
    seal(keys, made, secret=secret)
    session.add(made)
    code = pyotp.HOTP(secret).at(0)
    await session.flush()
    await tell(session, account, Notice.SIGN_IN_CODE, payload=code)
    return token, code


async def check_code(database: Database, token: str, code: str) -> UUID | None:
    """The account's id when the code is right, unused and fresh; it never works again.

    The try is counted and committed before the code is looked at.
    """
    async with database.writing() as session:
        made = await _living(session, token)
        if made is None:
            return None
        made.wrong_tries += 1
    async with database.writing() as session:
        made = await _living(session, token, counted=1)
        if made is None or not await _is_right(session, made, code):
            return None
        made.used_at, made.secret, made.wrong_tries = session.clock.now(), None, made.wrong_tries - 1
        return made.account_id


async def _demand_few(session: HouseSession, account_id: UUID) -> None:
    """A password is no help to who must guess the code: only so many guesses, and so many mails, a day."""
    today = pick(func.count(), func.coalesce(func.sum(OneTimeCode.wrong_tries), 0)).where(
        col(OneTimeCode.account_id) == account_id, col(OneTimeCode.made_at) > session.clock.now() - timedelta(days=1)
    )
    codes, wrong = (await session.execute(today)).one()
    if codes >= CODES_A_DAY or wrong >= WRONG_A_DAY:
        raise TooMany


async def _kill(session: HouseSession, account_id: UUID) -> None:
    mine = and_(col(OneTimeCode.account_id) == account_id, col(OneTimeCode.used_at).is_(None))
    await session.execute(update(OneTimeCode).where(mine).values(used_at=session.clock.now(), secret=None))


async def owner_of(session: HouseSession, token: str) -> UUID | None:
    """Whose code the token was made for, dead or alive: for the log."""
    owner: UUID | None = await session.scalar(
        pick(OneTimeCode.account_id).where(col(OneTimeCode.token_hash) == token_hash(token))
    )
    return owner


async def is_living(session: HouseSession, token: str) -> bool:
    """Whether there is still a code to type for this token."""
    return await _living(session, token) is not None


async def demonstrated_code(session: HouseSession, token: str) -> str | None:
    """The code that was sent; only for a demonstration, which shows it on the page."""
    made = await _living(session, token)
    return await _right_code(session, made) if made else None


async def _living(session: HouseSession, token: str, *, counted: int = 0) -> OneTimeCode | None:
    found = (
        select(OneTimeCode)
        .where(
            OneTimeCode.token_hash == token_hash(token),
            col(OneTimeCode.used_at).is_(None),
            col(OneTimeCode.wrong_tries) < TRIES + counted,
            col(OneTimeCode.made_at) > session.clock.now() - LIFETIME,
        )
        .with_for_update()
    )
    return (await session.scalars(found)).first()


async def _is_right(session: HouseSession, made: OneTimeCode, code: str) -> bool:
    return compare_digest("".join(code.split()).encode(), (await _right_code(session, made)).encode())


async def _right_code(session: HouseSession, made: OneTimeCode) -> str:
    account = (await session.scalars(select(Account).where(Account.id == made.account_id))).one()
    return pyotp.HOTP(unseal(await vault(session, account.key_id), made, "secret")).at(0)


async def log_failure(session: HouseSession, step: str, account_id: UUID | None) -> None:
    """That somebody did not come in, and at which step; `account_id` None when there is no such account."""
    house = House(session, actor_id=account_id)
    if step == "locked":
        log.record(house, Event.SIGN_IN_LOCKED)
    else:
        log.record(house, Event.SIGN_IN_FAILED, step=step)
