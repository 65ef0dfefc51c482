"""Passwords: argon2id in a worker thread, and the lockout of F13 kept in the database.

A try is counted and committed before the password is verified, for unknown names too, so that neither the answer nor
its timing tells whether a name exists, and no number of parallel tries gets more than three.
"""

from datetime import datetime, timedelta
from uuid import UUID

from anyio import to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import SignInAttempts
from models.base import HouseSession, pick
from models.database import Database, insert_or_ignore

TRIES = 3
LOCKED = timedelta(seconds=30)
LONGEST = 200
"""No password is longer: hashing megabytes would be a way to stop the house."""


class Locked(Exception):
    """Too many failures in a row; `until` is when the next try is allowed."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


class Passwords:
    """Hashing with one set of costs; tests hand in a cheap one."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        return await to_thread.run_sync(self._hasher.hash, password)

    async def fits(self, password: str, stored: str | None) -> bool:
        """Takes as long when there is no stored hash."""
        return await to_thread.run_sync(self._fits, password, stored or self._nobody) and stored is not None

    def _fits(self, password: str, stored: str) -> bool:
        try:
            return self._hasher.verify(stored, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False


async def check_password(database: Database, passwords: Passwords, user_name: str, password: str) -> UUID | None:
    """The account's id when name and password fit, else None. Raises Locked without looking at the password."""
    name = _plain(user_name)
    async with database.writing() as session:
        await _count_try(session, name)
    async with database.reading() as session:
        account = await session.scalar(select(Account).where(Account.user_name == name))
    stored = account.password_hash if account and not account.disabled_at else None
    if not await passwords.fits(password, stored) or account is None:
        return None
    async with database.writing() as session:
        await _forget_tries(session, name)
    return account.id


async def account_named(session: HouseSession, user_name: str) -> UUID | None:
    """For the log of those who did not come in; asked whether there is such a name or not."""
    account_id: UUID | None = await session.scalar(pick(Account.id).where(col(Account.user_name) == _plain(user_name)))
    return account_id


def _plain(user_name: str) -> str:
    return user_name.strip().lower()[:LONGEST]


async def _count_try(session: HouseSession, name: str) -> None:
    now = session.clock.now()
    index = session.keys.blind_indexes("sign_in.name", name)[0]
    await insert_or_ignore(session, SignInAttempts(name_index=index, last_at=now))
    attempts = await _attempts(session, index)
    if attempts.locked_until and attempts.locked_until > now:
        raise Locked(attempts.locked_until)
    if attempts.locked_until:
        attempts.failures, attempts.locked_until = 0, None
    attempts.failures, attempts.last_at = attempts.failures + 1, now
    if attempts.failures >= TRIES:
        attempts.locked_until = now + LOCKED


async def _forget_tries(session: HouseSession, name: str) -> None:
    attempts = await _attempts(session, session.keys.blind_indexes("sign_in.name", name)[0])
    attempts.failures, attempts.locked_until = 0, None


async def _attempts(session: HouseSession, index: str) -> SignInAttempts:
    found = select(SignInAttempts).where(col(SignInAttempts.name_index) == index).with_for_update()
    return (await session.scalars(found)).one()
