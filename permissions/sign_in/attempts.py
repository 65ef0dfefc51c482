"""Failures are counted in the database, and before anything is looked at: by user name, and more slowly by address.

A name is locked for thirty seconds after three failures in a row (F13), and for a day after thirty within a day. An
address waits five minutes after twenty within a quarter of an hour; who comes in is given back the tries it took. Only
blind indexes are kept. Whoever counts is told when the try is the last before a lock: then it is logged, once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from sqlmodel import col, select

from models.accounts.tables.sign_in import SignInAttempts
from models.base import HouseSession
from models.database import insert_or_ignore
from permissions.sign_in.lifetimes import WRONG_PASSWORDS_A_DAY

NAME_TRIES = 3
NAME_LOCKED = timedelta(seconds=30)


@dataclass(frozen=True)
class Brake:
    """After so many `tries` within a while, whoever `counts` names must wait."""

    counts: str
    tries: int
    within: timedelta
    wait: timedelta


ADDRESS = Brake("sign_in.address", 20, timedelta(minutes=15), timedelta(minutes=5))
TRIPS = Brake("id_porten.address", 300, timedelta(minutes=15), timedelta(minutes=5))
"""Trips to ID-porten that are begun, well or not: a whole town hall may come in by one address in the morning."""

DAY = Brake("sign_in.name_day", WRONG_PASSWORDS_A_DAY, within=timedelta(days=1), wait=timedelta(days=1))
"""Of one user name: who guesses slowly gets no further than who guesses quickly."""


class Locked(Exception):
    """Too many failures; `until` is when the next try is allowed, `by_address` whether for all who come from there.

    `for_the_day`: the name has had all the tries it gets in a day.
    """

    def __init__(self, until: datetime, *, by_address: bool = False, for_the_day: bool = False) -> None:
        super().__init__(until)
        self.until, self.by_address, self.for_the_day = until, by_address, for_the_day


async def count_name(session: HouseSession, name: str) -> bool:
    """Raises Locked; counts nothing then. Commit before the password is looked at. True of the last try there is."""
    attempts, now = await _attempts(session, "sign_in.name", name), session.clock.now()
    if attempts.locked_until and attempts.locked_until > now:
        raise Locked(attempts.locked_until)
    if attempts.locked_until:
        attempts.failures, attempts.locked_until = 0, None
    attempts.failures, attempts.last_at = attempts.failures + 1, now
    if attempts.failures >= NAME_TRIES:
        attempts.locked_until = now + NAME_LOCKED
    return attempts.locked_until is not None


async def count_name_today(session: HouseSession, name: str) -> bool:
    """As `count_name`, of a day's tries."""
    try:
        return await count(session, DAY, name)
    except Locked as locked:
        raise Locked(locked.until, for_the_day=True) from None


async def count_address(session: HouseSession, address: str, brake: Brake = ADDRESS) -> bool:
    """As `count_name`; no address, as when nobody came over a network, is not counted."""
    if not address:
        return False
    try:
        return await count(session, brake, network(address))
    except Locked as locked:
        raise Locked(locked.until, by_address=True) from None


async def count(session: HouseSession, brake: Brake, value: str) -> bool:
    """Raises Locked while whoever it is must wait, and counts nothing then. True of the last try there is.

    `last_at` is the first try's.
    """
    attempts, now = await _attempts(session, brake.counts, value), session.clock.now()
    if attempts.locked_until and attempts.locked_until > now:
        raise Locked(attempts.locked_until)
    if attempts.locked_until or attempts.failures == 0 or attempts.last_at <= now - brake.within:
        attempts.failures, attempts.locked_until, attempts.last_at = 0, None, now
    attempts.failures += 1
    if attempts.failures >= brake.tries:
        attempts.locked_until = now + brake.wait
    return attempts.locked_until is not None


async def must_wait(session: HouseSession, brake: Brake, value: str) -> bool:
    """Whether `count` would raise Locked now."""
    attempts = await _attempts(session, brake.counts, value)
    return attempts.locked_until is not None and attempts.locked_until > session.clock.now()


async def forget(session: HouseSession, name: str, address: str) -> None:
    """The name's owner has come in: the name begins again, and its tries are taken from the day and the address."""
    attempts = await _attempts(session, "sign_in.name", name)
    tries, attempts.failures, attempts.locked_until = attempts.failures, 0, None
    await _give_back(session, DAY, name, tries)
    await give_back(session, address, tries)


async def begin_day_anew(session: HouseSession, name: str) -> None:
    """What was guessed before is worth nothing: the name has another password now."""
    await _give_back(session, DAY, name, DAY.tries)


async def give_back(session: HouseSession, address: str, tries: int = 1) -> None:
    """So many of the address's tries were no failures after all."""
    if address:
        await _give_back(session, ADDRESS, network(address), tries)


async def _give_back(session: HouseSession, brake: Brake, value: str, tries: int) -> None:
    attempts = await _attempts(session, brake.counts, value)
    attempts.failures = max(0, attempts.failures - tries)
    if attempts.failures < brake.tries:
        attempts.locked_until = None


async def _attempts(session: HouseSession, purpose: str, value: str) -> SignInAttempts:
    """The row, made when there is none, and held until the transaction ends."""
    index = session.keys.blind_indexes(purpose, value)[0]
    await insert_or_ignore(session, SignInAttempts(name_index=index, last_at=session.clock.now()))
    found = select(SignInAttempts).where(col(SignInAttempts.name_index) == index).with_for_update()
    return (await session.scalars(found)).one()


def network(address: str) -> str:
    """What is counted as one address: who has an IPv6 address has 2 to the 64th of them."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    return str(ip_network(f"{known}/64", strict=False)) if known.version == 6 else address
