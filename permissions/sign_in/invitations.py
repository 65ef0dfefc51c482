"""Single-use links with which an account gets its first password (F16, F207)."""

import secrets
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlmodel import col, select

from models.accounts.tables.account import Account, Appointment
from models.accounts.tables.sign_in import Invitation, OneTimeCode
from models.base import HouseSession, holds, pick, seal
from models.clock import local_day
from models.database import Database
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.organisation.operations import new_vault
from models.organisation.tables import Municipality
from models.refusals import Invalid, NotFound
from models.rights import Duty
from permissions.proofs import House
from permissions.sign_in import sessions
from permissions.sign_in.passwords import LONGEST, Passwords
from permissions.viewer import token_hash

LIFETIME = timedelta(days=7)
SHORTEST = 12


async def invite_superadministrator(session: HouseSession, email: str, municipality: str) -> str:
    """Appoint by the operator's command only (F207); returns the path of the link. Raises NotFound or Invalid."""
    found = await session.scalar(select(Municipality).where(Municipality.name == municipality))
    if found is None:
        raise NotFound(f"There is no municipality called {municipality!r}. Add it first.")
    account = await _account(session, email.strip().lower())
    await _appoint(session, found.id, account.id)
    return await invite(session, account.id)


async def _appoint(session: HouseSession, municipality_id: UUID, account_id: UUID) -> None:
    """Appointed already is appointed enough."""
    duty, today = Duty.SUPERADMINISTRATOR, local_day(session.clock.now())
    held = pick(Appointment.id).where(
        col(Appointment.municipality_id) == municipality_id,
        col(Appointment.account_id) == account_id,
        col(Appointment.duty) == duty,
        holds(Appointment.valid_from, Appointment.valid_to, today),
    )
    if await session.scalar(held) is None:
        session.add(Appointment(municipality_id=municipality_id, account_id=account_id, duty=duty, valid_from=today))
        log.record(House(session, municipality_id), Event.APPOINTED, account=str(account_id), duty=duty)


async def _account(session: HouseSession, user_name: str) -> Account:
    """The account of that name, or a new one whose codes go to it."""
    if "@" not in user_name or len(user_name) > 200 or any(sign.isspace() for sign in user_name):
        raise Invalid(email="Give an e-mail address.")
    known = await session.scalar(select(Account).where(Account.user_name == user_name))
    if known:
        return known
    vault = new_vault(session, None)
    await session.flush()
    account = Account(id=uuid4(), key_id=vault.key_id, user_name=user_name, made_at=session.clock.now())
    seal(vault, account, email=user_name)
    session.add(account)
    await session.flush()
    return account


async def invite(session: HouseSession, account_id: UUID) -> str:
    """The path of a new link; the token is nowhere but in it."""
    token, now = secrets.token_urlsafe(32), session.clock.now()
    session.add(Invitation(account_id=account_id, token_hash=token_hash(token), made_at=now, expires_at=now + LIFETIME))
    return f"/invitation/{token}"


async def is_open(session: HouseSession, token: str) -> bool:
    return await _living(session, token) is not None


async def accept(database: Database, passwords: Passwords, token: str, password: str, again: str) -> None:
    """Choose the password and use up the link. Raises NotFound for a link that is spent, and Invalid."""
    check_new_password(password, again)
    hashed = await passwords.hash(password)
    async with database.writing() as session:
        invitation = await _living(session, token)
        if invitation is None:
            raise NotFound
        await _end_everything(session, invitation.account_id)
        account = (await session.scalars(select(Account).where(Account.id == invitation.account_id))).one()
        account.password_hash = hashed
        log.record(House(session, actor_id=account.id), Event.PASSWORD_CHOSEN)


async def _end_everything(session: HouseSession, account_id: UUID) -> None:
    """A new password signs out whoever was in, and leaves no other way in open."""
    now = session.clock.now()
    await sessions.end_all(session, account_id)
    for table, column in ((OneTimeCode, "used_at"), (Invitation, "used_at")):
        still_open = getattr(table, column).is_(None)
        await session.execute(
            update(table).where(col(table.account_id) == account_id, still_open).values({column: now})
        )


def check_new_password(password: str, again: str) -> None:
    """C3: twelve characters or more, with small and capital letters and digits."""
    kinds = (str.islower, str.isupper, str.isdigit)
    if len(password) < SHORTEST or not all(any(kind(sign) for sign in password) for kind in kinds):
        raise Invalid(password=_("Bruk minst 12 tegn, med både små og store bokstaver og tall."))
    if len(password) > LONGEST:
        raise Invalid(password=_("Passordet kan være på høyst 200 tegn."))
    if password != again:
        raise Invalid(again=_("De to passordene er ikke like."))


async def _living(session: HouseSession, token: str) -> Invitation | None:
    living = select(Invitation).where(
        Invitation.token_hash == token_hash(token),
        col(Invitation.used_at).is_(None),
        col(Invitation.expires_at) > session.clock.now(),
    )
    return (await session.scalars(living.with_for_update())).first()
