"""The slower brake: twenty failures from one address within a quarter of an hour, and it waits (F13)."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from models.accounts.tables.sign_in import SignInAttempts
from models.clock import SteppingClock
from models.database import Database
from permissions.sign_in.attempts import ADDRESS, Locked, count_address
from permissions.sign_in.passwords import Passwords, check_password
from tests.hamlet import Hamlet

RIGHT, WRONG, HERE = "Medvirk-demo-2026", "medvirk-demo-2026", "192.0.2.7"
pytestmark = pytest.mark.feature("F13")


@pytest.fixture
async def kari(database: Database, passwords: Passwords) -> str:
    async with database.writing() as session:
        return (await Hamlet(session).account("kari@vik.example", await passwords.hash(RIGHT))).user_name


async def fail(database: Database, passwords: Passwords, times: int, address: str = HERE) -> None:
    for number in range(times):
        assert await check_password(database, passwords, f"{number}@vik.example", WRONG, address) is None


async def test_an_address_that_fails_for_many_names_waits_whatever_it_tries_next(
    database: Database, passwords: Passwords, kari: str, clock: SteppingClock
) -> None:
    await fail(database, passwords, ADDRESS.tries)
    with pytest.raises(Locked) as locked:
        await check_password(database, passwords, kari, RIGHT, HERE)
    assert (locked.value.by_address, locked.value.until) == (True, clock.now() + timedelta(minutes=5))
    assert await check_password(database, passwords, kari, RIGHT, "192.0.2.8")


async def test_who_mistypes_and_then_comes_in_has_cost_the_others_at_the_address_nothing(
    database: Database, passwords: Passwords, kari: str
) -> None:
    for _person in range(ADDRESS.tries):
        for password in (WRONG, WRONG, RIGHT):
            found = await check_password(database, passwords, kari, password, HERE)
        assert found
    async with database.reading() as session:
        assert set(await session.scalars(select(SignInAttempts.failures))) == {0}


async def test_a_locked_name_counts_no_more_against_the_address(
    database: Database, passwords: Passwords, kari: str
) -> None:
    for _time in range(3):
        await check_password(database, passwords, kari, WRONG, HERE)
    for _time in range(ADDRESS.tries):
        with pytest.raises(Locked) as locked:
            await check_password(database, passwords, kari, WRONG, HERE)
        assert not locked.value.by_address


async def test_parallel_tries_from_one_address_get_no_more_than_twenty(database: Database) -> None:
    async def counted() -> bool:
        try:
            async with database.writing() as session:
                await count_address(session, HERE)
        except Locked:
            return False
        return True

    assert sum(await asyncio.gather(*(counted() for _ in range(30)))) == ADDRESS.tries


async def test_the_address_itself_is_not_kept(database: Database, passwords: Passwords) -> None:
    await fail(database, passwords, 1)
    async with database.reading() as session:
        assert not [index for index in await session.scalars(select(SignInAttempts.name_index)) if HERE in index]
