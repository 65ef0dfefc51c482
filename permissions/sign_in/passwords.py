"""Passwords: argon2id in a worker thread, the one rule for new ones, and the check that counts before it looks (F13).

Unknown names are counted and hashed for too, so that neither the answer nor its timing tells whether a name exists, and
no number of parallel tries gets more than three.
"""

from collections.abc import Iterable
from uuid import UUID

from anyio import to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.base import HouseSession, pick
from models.database import Database
from models.people.tables import Person
from permissions.sign_in import sessions
from permissions.sign_in.attempts import (
    Locked,
    begin_day_anew,
    count_address,
    count_name,
    count_name_today,
    forget,
)
from permissions.sign_in.ceilings import Locks, log_locks
from permissions.sign_in.links import kill_codes, spend_all
from permissions.sign_in.password_rule import LONGEST, PasswordRule

__all__ = ["LONGEST", "Locked", "Passwords", "account_named", "check_password", "choose_password", "known_about"]


class Passwords:
    """Hashing with one set of costs, and the rule for new ones; tests hand in cheap costs."""

    def __init__(self, hasher: PasswordHasher | None = None, rule: PasswordRule | None = None) -> None:
        self._hasher, self.rule = hasher or PasswordHasher(), rule or PasswordRule()
        self._nobody = self._hasher.hash("nobody has this password")

    async def check_new(self, password: str, again: str, about: Iterable[str] = ()) -> None:
        """Raises Invalid with a sentence for `password` or `again`; `about` is the user name and the person's names."""
        await self.rule.check(password, again, about)

    async def hash(self, password: str) -> str:
        return await to_thread.run_sync(self._hasher.hash, password)

    async def fits(self, password: str, stored: str | None) -> bool:
        """Takes as long when there is no stored hash. What is longer than any password fits nothing."""
        return await to_thread.run_sync(self._fits, password, stored or self._nobody) and stored is not None

    def _fits(self, password: str, stored: str) -> bool:
        try:
            return self._hasher.verify(stored, password[:LONGEST]) and len(password) <= LONGEST
        except (VerificationError, InvalidHashError):
            return False


async def check_password(
    database: Database, passwords: Passwords, user_name: str, password: str, address: str = ""
) -> UUID | None:
    """The account's id when name and password fit, else None. Raises Locked without looking at the password.

    `address` is whence the try comes, for the slower brake; the try is counted in a transaction of its own. A lock that
    a wrong password brings about is logged with it.
    """
    name = plain(user_name)
    async with database.writing() as session:
        ends_the_day = await count_name_today(session, name)
        locks = Locks(await count_name(session, name), await count_address(session, address), ends_the_day)
    async with database.reading() as session:
        account = await session.scalar(select(Account).where(Account.user_name == name))
    stored = account.password_hash if account and not account.disabled_at else None
    is_right = await passwords.fits(password, stored) and account is not None
    async with database.writing() as session:
        if is_right:
            await forget(session, name, address)
        else:
            await log_locks(session, locks, account, address)
    return account.id if is_right and account else None


async def account_named(session: HouseSession, user_name: str) -> UUID | None:
    """For the log of those who did not come in; asked whether there is such a name or not."""
    account_id: UUID | None = await session.scalar(pick(Account.id).where(col(Account.user_name) == plain(user_name)))
    return account_id


async def known_about(session: HouseSession, account_id: UUID) -> list[str]:
    """What others know of who chooses a password: the user name, and the names on the person's cards."""
    named = pick(Person.given_name, Person.family_name).where(col(Person.account_id) == account_id)
    user_name = await session.scalar(pick(Account.user_name).where(col(Account.id) == account_id))
    return [user_name or "", *(name for row in await session.execute(named) for name in row if name)]


async def choose_password(
    session: HouseSession, account: Account, hashed: str | None, *, by_mail: bool, but: UUID | None = None
) -> None:
    """Give the account its new password, or none: sessions end, but perhaps one, and no link or code works any longer.
    Whoever guessed at the old one that day is forgotten.

    `by_mail` says that a mailed link was all it took: then codes go by another channel than mail. The caller logs.
    """
    account.password_hash, account.password_by_mail = hashed, by_mail
    await sessions.end_all(session, account.id, but=but)
    await spend_all(session, account.id)
    await kill_codes(session, account.id)
    await begin_day_anew(session, account.user_name)


def plain(user_name: str) -> str:
    """A user name as it is kept."""
    return user_name.strip().lower()[:LONGEST]
