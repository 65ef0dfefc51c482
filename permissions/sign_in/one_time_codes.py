"""One-time codes (F10-F12): after a right password, good once, for ten minutes, for five tries.

They are sent by mail or SMS, or made by the person's app; then nothing is sent, and the row only counts the tries.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

import pyotp
from sqlmodel import col, select

from models.accounts.rules import CodeChannel, CodePurpose, SignInMethod
from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import OneTimeCode
from models.base import HouseSession, pick, seal, unseal
from models.database import Database
from models.notices.rules import Channel, Notice
from models.organisation.queries import vault
from permissions.sign_in.apps import shown_code, use_app_code, use_recovery_code
from permissions.sign_in.attempts import count_address, give_back
from permissions.sign_in.ceilings import TooMany, has_had_enough
from permissions.sign_in.failures import log_locked
from permissions.sign_in.lifetimes import CODE_LIVES, CODE_TRIES, RESEND_AFTER
from permissions.sign_in.links import kill_codes
from permissions.sign_in.telling import tell
from permissions.sign_in.ways import code_way, masked_target
from permissions.viewer import token_hash


class TooSoon(Exception):
    """The last code was sent a moment ago; `until` is when another may be."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True)
class Passed:
    """Who has typed a right code, and what it came from."""

    account_id: UUID
    method: SignInMethod


@dataclass(frozen=True)
class Waiting:
    """What the code page says: where the code is, masked, and when another may be sent."""

    channel: CodeChannel
    target: str
    resend_at: datetime


async def send_code(session: HouseSession, account_id: UUID) -> str:
    """Make a code and queue what carries it, in the caller's transaction; earlier codes are dead.

    Returns the token that the code page must bring back. Raises TooMany when the account has had enough, and NoWay
    when no code can reach the person.
    """
    account = (await session.scalars(select(Account).where(Account.id == account_id).with_for_update())).one()
    way = code_way(account)
    if await has_had_enough(session, account_id):
        raise TooMany
    await kill_codes(session, account_id, col(OneTimeCode.purpose) == CodePurpose.SIGN_IN)
    token, secret = secrets.token_urlsafe(32), pyotp.random_base32()
    made = OneTimeCode(
        account_id=account.id, token_hash=token_hash(token), secret=None, channel=way, made_at=session.clock.now()
    )
    session.add(made)
    if way is not CodeChannel.APP:
        seal(await vault(session, account.key_id), made, secret=secret)
        await session.flush()
        await tell(session, account, Notice.SIGN_IN_CODE, payload=pyotp.HOTP(secret).at(0), channel=Channel(way))
    await session.flush()
    return token


async def send_another(session: HouseSession, token: str) -> str | None:
    """As `send_code`, for who waits at the code page; None when that page is dead. Raises TooSoon too."""
    made = await _living(session, token)
    if made is None or made.channel is CodeChannel.APP:
        return None
    if made.made_at + RESEND_AFTER > session.clock.now():
        raise TooSoon(made.made_at + RESEND_AFTER)
    return await send_code(session, made.account_id)


async def check_code(database: Database, token: str, code: str, address: str = "") -> Passed | None:
    """Who it is when the code is right, unused and fresh; it never works again. Raises Locked, by address only.

    The try is counted and committed before the code is looked at.
    """
    async with database.writing() as session:
        locks = await count_address(session, address)
        if made := await _living(session, token):
            made.wrong_tries += 1
    async with database.writing() as session:
        made = await _living(session, token, counted=1) if made else None
        method = await _method(session, made, code) if made else None
        if made is None or method is None:
            if locks:
                log_locked(session, None, address)
            return None
        made.used_at, made.secret, made.wrong_tries = session.clock.now(), None, made.wrong_tries - 1
        await give_back(session, address)
        return Passed(made.account_id, method)


async def owner_of(session: HouseSession, token: str) -> UUID | None:
    """Whose code the token was made for, dead or alive: for the log."""
    owner: UUID | None = await session.scalar(
        pick(OneTimeCode.account_id).where(col(OneTimeCode.token_hash) == token_hash(token))
    )
    return owner


async def waiting(session: HouseSession, token: str) -> Waiting | None:
    """What is waited for at the code page; None when there is no longer a code to type for this token."""
    made = await _living(session, token)
    if made is None:
        return None
    account = (await session.scalars(select(Account).where(Account.id == made.account_id))).one()
    keys = await vault(session, account.key_id)
    return Waiting(made.channel, masked_target(keys, account, made.channel), made.made_at + RESEND_AFTER)


async def demonstrated_code(session: HouseSession, token: str) -> str | None:
    """The code that was sent, or that the app shows; only for a demonstration, which shows it on the page."""
    made = await _living(session, token)
    return await _right_code(session, made) if made else None


async def _living(session: HouseSession, token: str, *, counted: int = 0) -> OneTimeCode | None:
    found = select(OneTimeCode).where(
        OneTimeCode.token_hash == token_hash(token),
        OneTimeCode.purpose == CodePurpose.SIGN_IN,
        col(OneTimeCode.used_at).is_(None),
        col(OneTimeCode.wrong_tries) < CODE_TRIES + counted,
        col(OneTimeCode.made_at) > session.clock.now() - CODE_LIVES,
    )
    return (await session.scalars(found.with_for_update() if session.writes else found)).first()


async def _method(session: HouseSession, made: OneTimeCode, code: str) -> SignInMethod | None:
    """What the code came from; None when it is wrong."""
    if made.channel is not CodeChannel.APP:
        right = (await _right_code(session, made)).encode()
        is_right = compare_digest("".join(code.split()).encode(), right)
        return SignInMethod(made.channel) if is_right else None
    account = (await session.scalars(select(Account).where(Account.id == made.account_id))).one()
    if await use_app_code(session, account, code):
        return SignInMethod.APP
    return SignInMethod.RECOVERY_CODE if await use_recovery_code(session, account.id, code) else None


async def _right_code(session: HouseSession, made: OneTimeCode) -> str:
    account = (await session.scalars(select(Account).where(Account.id == made.account_id))).one()
    keys = await vault(session, account.key_id)
    if made.channel is CodeChannel.APP:
        return shown_code(unseal(keys, account, "totp_secret"), session.clock.now(), account.totp_step)
    return pyotp.HOTP(unseal(keys, made, "secret")).at(0)
