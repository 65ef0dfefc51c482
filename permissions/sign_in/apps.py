"""An authenticator app as the second step (TOTP), and the recovery codes of who has lost the phone.

While an app is being set up its secret lies sealed in a row of its own, so that nothing is changed before the person
has shown that the app works; a secret that is never confirmed dies with the row.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pyotp
from pyotp.utils import strings_equal
from sqlalchemy import delete, func, or_, update
from sqlmodel import col, select

from models.accounts.proof import OpenProfile
from models.accounts.rules import CodeChannel, CodePurpose
from models.accounts.tables.account import Account, RecoveryCode
from models.accounts.tables.sign_in import OneTimeCode
from models.base import HouseSession, pick, seal, unseal
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices.rules import Notice
from models.organisation.queries import vault
from models.refusals import Invalid
from permissions.sign_in.lifetimes import CODE_LIVES
from permissions.sign_in.links import shut
from permissions.sign_in.telling import tell
from permissions.viewer import token_hash

ISSUER = "Medvirk"
STEP = 30
WINDOW = 1
"""Steps that a phone's clock may be wrong by, either way."""

RECOVERY_CODES = 10
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that look alike on paper."""


@dataclass(frozen=True)
class Enrolment:
    """What the app must be told: `uri` in a QR code, or `secret`, in groups of four, typed by hand."""

    secret: str
    uri: str


async def begin_app(profile: OpenProfile) -> Enrolment:
    """Begin to set up an app, or a new one instead of the present, which works until the new one is confirmed."""
    if enrolment := await pending_app(profile):
        return enrolment
    session, account, secret = profile.session, await _account(profile), pyotp.random_base32()
    made = OneTimeCode(
        account_id=account.id,
        token_hash=token_hash(secrets.token_urlsafe(32)),
        secret=None,
        channel=CodeChannel.APP,
        purpose=CodePurpose.CONTACT,
        made_at=session.clock.now(),
    )
    seal(await vault(session, account.key_id), made, secret=secret)
    session.add(made)
    await session.flush()
    return _enrolment(account, secret)


async def pending_app(profile: OpenProfile) -> Enrolment | None:
    """The app that was begun within ten minutes and is not confirmed yet."""
    account, made = await _account(profile), await _pending(profile)
    if made is None:
        return None
    return _enrolment(account, unseal(await vault(profile.session, account.key_id), made, "secret"))


async def confirm_app(profile: OpenProfile, code: str) -> list[str]:
    """The code shows that the app works: from now on codes come from it. Returns new recovery codes, shown only now.

    Raises Invalid(code=…) when the code is wrong, or when nothing is being set up any longer.
    """
    made, account, session = await _pending(profile), await _account(profile), profile.session
    if made is None:
        raise Invalid(code=_("Det tok for lang tid. Begynn på nytt, og skann den nye QR-koden."))
    keys = await vault(session, account.key_id)
    secret = unseal(keys, made, "secret")
    step = right_step(secret, code, session.clock.now())
    if step is None:
        raise Invalid(code=_("Koden er feil. Skriv de seks sifrene som appen viser akkurat nå."))
    made.used_at, made.secret = session.clock.now(), None
    seal(keys, account, totp_secret=secret)
    account.totp_step, account.code_channel = step, CodeChannel.APP
    await shut(session, account.id)
    log.record(profile, Event.APP_ADDED)
    await tell(session, account, Notice.APP_CHANGED)
    return await _recovery_codes(profile)


async def remove_app(profile: OpenProfile) -> None:
    """Codes are sent again: by mail or, when there is no other way or the password was mailed, by SMS.

    Raises Invalid(app=…) when no code could reach the person then.
    """
    account, session = await _account(profile), profile.session
    by_mail = bool(account.email) and not account.password_by_mail
    if not by_mail and not account.mobile:
        raise Invalid(app=_("Legg inn et mobilnummer først. Uten appen har vi ingen annen måte å gi deg koder på."))
    account.totp_secret = account.totp_step = None
    if account.code_channel is CodeChannel.APP:
        account.code_channel = CodeChannel.EMAIL if by_mail else CodeChannel.SMS
    await session.execute(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account.id))
    log.record(profile, Event.APP_REMOVED)
    await tell(session, account, Notice.APP_CHANGED)


async def new_recovery_codes(profile: OpenProfile) -> list[str]:
    """Ten new codes, each of which works once instead of the app; the old ones no longer do, and the person is told."""
    await tell(profile.session, await _account(profile), Notice.APP_CHANGED)
    return await _recovery_codes(profile)


async def _recovery_codes(profile: OpenProfile) -> list[str]:
    session, account_id = profile.session, profile.actor_id
    await session.execute(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    codes = ["".join(secrets.choice(LETTERS) for _sign in range(10)) for _code in range(RECOVERY_CODES)]
    for code in codes:
        index = session.keys.blind_indexes("recovery_code", f"{account_id}|{code}")[0]
        session.add(RecoveryCode(account_id=account_id, code_index=index, made_at=session.clock.now()))
    log.record(profile, Event.RECOVERY_CODES_MADE)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


async def recovery_codes_left(session: HouseSession, account_id: UUID) -> int:
    unused = (col(RecoveryCode.account_id) == account_id) & col(RecoveryCode.used_at).is_(None)
    return await session.scalar(pick(func.count()).select_from(RecoveryCode).where(unused)) or 0


def has_app(account: Account) -> bool:
    return account.totp_secret is not None


async def use_app_code(session: HouseSession, account: Account, code: str) -> bool:
    """Whether the app shows the code now; its step, and all before it, never work again. Of two at once one wins."""
    secret = unseal(await vault(session, account.key_id), account, "totp_secret")
    step = right_step(secret, code, session.clock.now()) if secret else None
    if step is None:
        return False
    later = or_(col(Account.totp_step).is_(None), col(Account.totp_step) < step)
    taken = await session.execute(update(Account).where(col(Account.id) == account.id, later).values(totp_step=step))
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


async def use_recovery_code(session: HouseSession, account_id: UUID, code: str) -> bool:
    """Whether it is one of the account's unused recovery codes; it never works again."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    indexes = session.keys.blind_indexes("recovery_code", f"{account_id}|{plain}")
    mine = (col(RecoveryCode.account_id) == account_id) & col(RecoveryCode.used_at).is_(None)
    taken = await session.execute(
        update(RecoveryCode).where(mine, col(RecoveryCode.code_index).in_(indexes)).values(used_at=session.clock.now())
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def right_step(secret: str, code: str, now: datetime) -> int | None:
    """The time step whose code this is, near enough to now; all are compared, so that timing tells nothing."""
    typed, here = "".join(code.split()), int(now.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    steps = range(here - WINDOW, here + WINDOW + 1)
    right = [step for step in steps if strings_equal(totp.generate_otp(step), typed)]
    return right[-1] if right else None


def shown_code(secret: str, now: datetime, used: int | None) -> str:
    """What the app shows, or will show next when that is used already: for demonstrations."""
    return pyotp.TOTP(secret).generate_otp(max(int(now.timestamp()) // STEP, (used or 0) + 1))


def _enrolment(account: Account, secret: str) -> Enrolment:
    uri = pyotp.TOTP(secret).provisioning_uri(name=account.user_name, issuer_name=ISSUER)
    return Enrolment(" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)), uri)


async def _account(profile: OpenProfile) -> Account:
    found = select(Account).where(Account.id == profile.actor_id)
    return (await profile.session.scalars(found.with_for_update() if profile.session.writes else found)).one()


async def _pending(profile: OpenProfile) -> OneTimeCode | None:
    found = (
        select(OneTimeCode)
        .where(
            OneTimeCode.account_id == profile.actor_id,
            OneTimeCode.channel == CodeChannel.APP,
            OneTimeCode.purpose == CodePurpose.CONTACT,
            col(OneTimeCode.used_at).is_(None),
            col(OneTimeCode.made_at) > profile.session.clock.now() - CODE_LIVES,
        )
        .order_by(col(OneTimeCode.made_at).desc())
    )
    return (await profile.session.scalars(found.limit(1))).first()
