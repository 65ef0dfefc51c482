"""The lockout: three wrong in a row, thirty seconds, for unknown names too (F13)."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import SignInAttempts
from models.clock import SteppingClock
from models.database import Database
from permissions.sign_in.passwords import LONGEST, Locked, Passwords, check_password
from tests.hamlet import Hamlet

RIGHT, WRONG = "Medvirk-demo-2026", "medvirk-demo-2026"
pytestmark = pytest.mark.feature("F13")


@pytest.fixture
async def kari(database: Database, passwords: Passwords) -> UUID:
    async with database.writing() as session:
        account = await Hamlet(session).account("kari@vik.example", await passwords.hash(RIGHT))
    return account.id


class Gate:
    """Tries of one name; counts how many passwords are looked at."""

    def __init__(self, database: Database, passwords: Passwords) -> None:
        self.database, self.passwords, self.looked = database, passwords, 0

    async def fits(self, password: str, stored: str | None) -> bool:
        self.looked += 1
        return await self.passwords.fits(password, stored)

    async def try_(self, password: str, name: str = "kari@vik.example") -> UUID | str | None:
        try:
            return await check_password(self.database, self, name, password)  # type: ignore[arg-type]
        except Locked:
            return "locked"


@pytest.fixture
def gate(database: Database, passwords: Passwords) -> Gate:
    return Gate(database, passwords)


@pytest.mark.feature("F10")
@pytest.mark.parametrize("name", ["kari@vik.example", " Kari@Vik.Example "])
async def test_the_right_password_opens_however_the_name_is_written(gate: Gate, kari: UUID, name: str) -> None:
    assert await gate.try_(RIGHT, name) == kari


@pytest.mark.parametrize("password", ["", WRONG, RIGHT + " ", "x" * 10_000, "\x00", "å🙂"])
async def test_a_wrong_password_does_not(gate: Gate, kari: UUID, password: str) -> None:
    assert await gate.try_(password) is None


@pytest.mark.parametrize("name", ["kari@vik.example", "nobody@vik.example", "x" * 500])
async def test_three_failures_lock_for_thirty_seconds_whether_the_name_is_known_or_not(
    gate: Gate, kari: UUID, clock: SteppingClock, name: str
) -> None:
    assert [await gate.try_(WRONG, name) for _ in range(5)] == [None, None, None, "locked", "locked"]
    clock.move(timedelta(seconds=29))
    assert await gate.try_(RIGHT, name) == "locked"
    clock.move(timedelta(seconds=1))
    assert [await gate.try_(WRONG, name) for _ in range(4)] == [None, None, None, "locked"]


async def test_the_lock_tells_when_it_opens(database: Database, passwords: Passwords, clock: SteppingClock) -> None:
    for _ in range(3):
        await check_password(database, passwords, "nobody", WRONG)
    with pytest.raises(Locked) as locked:
        await check_password(database, passwords, "nobody", WRONG)
    assert locked.value.until == clock.now() + timedelta(seconds=30)


async def test_a_right_one_in_between_starts_the_count_again(gate: Gate, kari: UUID) -> None:
    tries = [await gate.try_(password) for password in (WRONG, WRONG, RIGHT, WRONG, WRONG, RIGHT, WRONG, WRONG, WRONG)]
    assert tries == [None, None, kari, None, None, kari, None, None, None]
    assert await gate.try_(RIGHT) == "locked"


async def test_one_locked_name_locks_no_other(gate: Gate, kari: UUID) -> None:
    for _ in range(4):
        await gate.try_(WRONG, "nobody@vik.example")
    assert await gate.try_(RIGHT) == kari


async def test_parallel_tries_never_look_at_more_than_three(gate: Gate, kari: UUID) -> None:
    answers = await asyncio.gather(*(gate.try_(WRONG) for _ in range(20)))
    assert (answers.count(None), answers.count("locked"), gate.looked) == (3, 17, 3)


async def test_the_name_itself_is_not_kept(gate: Gate, database: Database) -> None:
    await gate.try_(WRONG, "nobody@vik.example")
    async with database.reading() as session:
        kept = list(await session.scalars(select(SignInAttempts.name_index)))
    assert kept
    assert not [index for index in kept if "nobody" in index]


@pytest.mark.feature("F196")
async def test_a_closed_account_is_locked_out_like_an_unknown_name(
    gate: Gate, database: Database, kari: UUID, clock: SteppingClock
) -> None:
    async with database.writing() as session:
        account = (await session.scalars(select(Account))).one()
        account.disabled_at = clock.now()
    assert [await gate.try_(RIGHT) for _ in range(4)] == [None, None, None, "locked"]


async def test_an_account_without_a_password_opens_to_none(gate: Gate, database: Database) -> None:
    async with database.writing() as session:
        await Hamlet(session).account("ny@vik.example")
    assert await gate.try_("nobody has this password", "ny@vik.example") is None


async def test_a_password_that_is_longer_than_any_fits_nothing_and_is_not_hashed_whole(passwords: Passwords) -> None:
    stored = await passwords.hash("x" * LONGEST)
    assert await passwords.fits("x" * LONGEST, stored)
    assert not await passwords.fits("x" * LONGEST + "y" * 1_000_000, stored)
    assert not await passwords.fits("x" * (LONGEST - 1), stored)
    assert not await passwords.fits("x", "this is no hash")
