"""Thirty wrong passwords in a day are enough, and each lock is logged once (F13)."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import Notice
from models.notices.tables import QueuedNotice
from permissions.sign_in.attempts import ADDRESS, NAME_LOCKED, NAME_TRIES, Locked
from permissions.sign_in.lifetimes import WRONG_PASSWORDS_A_DAY
from permissions.sign_in.passwords import Passwords, check_password, choose_password
from tests.hamlet import Hamlet

KARI, RIGHT, WRONG, HERE = "kari@vik.example", "Medvirk-demo-2026", "medvirk-demo-2026", "192.0.2.7"
pytestmark = pytest.mark.feature("F13")


@pytest.fixture
async def kari(database: Database, passwords: Passwords) -> UUID:
    async with database.writing() as session:
        return (await Hamlet(session).account(KARI, await passwords.hash(RIGHT))).id


class Guesser:
    """Tries passwords, and waits when a name must wait a moment."""

    def __init__(self, database: Database, passwords: Passwords, clock: SteppingClock) -> None:
        self.database, self.passwords, self.clock = database, passwords, clock

    async def try_(self, password: str, name: str = KARI, address: str = "") -> UUID | str | None:
        try:
            return await check_password(self.database, self.passwords, name, password, address)
        except Locked as locked:
            return "for the day" if locked.for_the_day else "by address" if locked.by_address else "a moment"

    async def fail(self, times: int, name: str = KARI) -> None:
        for number in range(times):
            if number % NAME_TRIES == 0:
                self.clock.move(NAME_LOCKED)
            assert await self.try_(WRONG, name) is None
        self.clock.move(NAME_LOCKED)

    async def logged(self, event: Event) -> list[UUID | None]:
        """By whose account, in order."""
        async with self.database.reading() as session:
            found = select(LogRow.actor_id).where(col(LogRow.event) == event).order_by(col(LogRow.at))
            return list(await session.scalars(found))

    async def told(self) -> list[Notice]:
        async with self.database.reading() as session:
            return list(await session.scalars(select(QueuedNotice.kind)))


@pytest.fixture
def guesser(database: Database, passwords: Passwords, clock: SteppingClock) -> Guesser:
    return Guesser(database, passwords, clock)


@pytest.mark.parametrize("name", [KARI, "nobody@vik.example"])
async def test_after_thirty_wrong_ones_the_right_one_waits_for_a_day_too(
    guesser: Guesser, kari: UUID, clock: SteppingClock, name: str
) -> None:
    await guesser.fail(WRONG_PASSWORDS_A_DAY, name)
    assert await guesser.try_(RIGHT, name) == "for the day"
    clock.move(timedelta(days=1))
    assert await guesser.try_(RIGHT, name) == (kari if name == KARI else None)


async def test_one_name_that_is_stopped_stops_no_other(guesser: Guesser, kari: UUID) -> None:
    await guesser.fail(WRONG_PASSWORDS_A_DAY, "nobody@vik.example")
    assert await guesser.try_(RIGHT) == kari


async def test_who_mistypes_and_comes_in_has_the_whole_day_again(guesser: Guesser, kari: UUID) -> None:
    for _time in range(WRONG_PASSWORDS_A_DAY):
        assert [await guesser.try_(word) for word in (WRONG, WRONG, RIGHT)] == [None, None, kari]
    await guesser.fail(WRONG_PASSWORDS_A_DAY - 1)
    assert await guesser.try_(RIGHT) == kari


async def test_the_person_is_told_once_and_it_is_logged_once(guesser: Guesser, kari: UUID) -> None:
    await guesser.fail(WRONG_PASSWORDS_A_DAY)
    assert {await guesser.try_(WRONG) for _time in range(10)} == {"for the day"}
    assert (await guesser.told(), await guesser.logged(Event.SIGN_IN_STOPPED)) == ([Notice.PASSWORDS_STOPPED], [kari])


async def test_nobody_is_told_of_a_name_that_is_not_there_or_is_closed(
    guesser: Guesser, database: Database, kari: UUID, clock: SteppingClock
) -> None:
    async with database.writing() as session:
        (await session.scalars(select(Account))).one().disabled_at = clock.now()
    for name in (KARI, "nobody@vik.example"):
        await guesser.fail(WRONG_PASSWORDS_A_DAY, name)
    assert (await guesser.told(), await guesser.logged(Event.SIGN_IN_STOPPED)) == ([], [])


async def test_a_new_password_opens_at_once(
    guesser: Guesser, database: Database, passwords: Passwords, kari: UUID
) -> None:
    await guesser.fail(WRONG_PASSWORDS_A_DAY)
    async with database.writing() as session:
        account = (await session.scalars(select(Account))).one()
        await choose_password(session, account, await passwords.hash("Et-annet-passord-2026"), by_mail=True)
    assert await guesser.try_("Et-annet-passord-2026") == kari


async def test_the_last_tries_of_a_day_at_once_are_no_more_than_there_are(guesser: Guesser, kari: UUID) -> None:
    await guesser.fail(WRONG_PASSWORDS_A_DAY - 1)
    answers = await asyncio.gather(*(guesser.try_(WRONG) for _time in range(5)))
    assert (answers.count(None), answers.count("for the day")) == (1, 4)


async def test_a_lock_is_logged_once_however_often_it_is_knocked_on(guesser: Guesser, kari: UUID) -> None:
    for _lock in range(2):
        await guesser.fail(NAME_TRIES)
        guesser.clock.move(-NAME_LOCKED)
        assert {await guesser.try_(WRONG) for _time in range(10)} == {"a moment"}
        guesser.clock.move(NAME_LOCKED)
    assert await guesser.logged(Event.SIGN_IN_LOCKED) == [kari, kari]


async def test_parallel_tries_log_one_lock(guesser: Guesser, kari: UUID) -> None:
    await asyncio.gather(*(guesser.try_(WRONG) for _time in range(10)))
    assert await guesser.logged(Event.SIGN_IN_LOCKED) == [kari]


async def test_a_right_third_try_is_no_lock(guesser: Guesser, kari: UUID) -> None:
    assert [await guesser.try_(word) for word in (WRONG, WRONG, RIGHT)] == [None, None, kari]
    assert await guesser.logged(Event.SIGN_IN_LOCKED) == []


async def test_the_lock_of_an_address_is_logged_once_and_is_nobodys(guesser: Guesser, kari: UUID) -> None:
    for number in range(ADDRESS.tries):
        assert await guesser.try_(WRONG, f"{number}@vik.example", HERE) is None
    assert {await guesser.try_(RIGHT, KARI, HERE) for _time in range(5)} == {"by address"}
    assert await guesser.logged(Event.SIGN_IN_LOCKED) == [None]
