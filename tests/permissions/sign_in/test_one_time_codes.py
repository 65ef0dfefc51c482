"""A code works once, for ten minutes, within five tries, and only for the one it was sent to (F10, F11)."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.accounts.rules import SignInMethod
from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import OneTimeCode
from models.base import reveal, seal
from models.clock import SteppingClock
from models.database import Database
from models.notices.rules import Channel, Notice
from models.notices.tables import Delivery, QueuedNotice
from models.organisation.queries import vault
from permissions.sign_in.ceilings import TooMany
from permissions.sign_in.one_time_codes import Passed, check_code, waiting
from tests.hamlet import Hamlet
from tests.signing_in import code_sent

pytestmark = pytest.mark.feature("F10")


@pytest.fixture
async def kari(database: Database) -> UUID:
    async with database.writing() as session:
        account = await Hamlet(session).account("kari@vik.example")
        seal(await vault(session, account.key_id), account, email="kari@vik.example")
        return account.id


@pytest.fixture
async def sent(database: Database, kari: UUID) -> tuple[str, str]:
    """(token, code) of a code sent to Kari."""
    async with database.writing() as session:
        return await code_sent(session, kari)


def by_mail(account_id: UUID) -> Passed:
    return Passed(account_id, SignInMethod.EMAIL)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


async def test_the_code_opens_once(database: Database, kari: UUID, sent: tuple[str, str]) -> None:
    assert await check_code(database, *sent) == by_mail(kari)
    assert await check_code(database, *sent) is None


async def test_a_code_used_by_two_at_once_opens_for_one(database: Database, kari: UUID, sent: tuple[str, str]) -> None:
    answers = await asyncio.gather(*(check_code(database, *sent) for _ in range(4)))
    assert sorted(map(str, answers)) == sorted(["None"] * 3 + [str(by_mail(kari))])


async def test_blanks_in_the_code_are_forgiven(database: Database, kari: UUID, sent: tuple[str, str]) -> None:
    token, code = sent
    assert await check_code(database, token, f" {code[:3]} {code[3:]}\n") == by_mail(kari)


@pytest.mark.feature("F11")
@pytest.mark.parametrize(("waited", "opens"), [(599, True), (600, False)])
async def test_a_code_lives_for_ten_minutes(
    database: Database, clock: SteppingClock, sent: tuple[str, str], waited: int, opens: bool
) -> None:
    clock.move(timedelta(seconds=waited))
    async with database.reading() as session:
        assert bool(await waiting(session, sent[0])) is opens
    assert bool(await check_code(database, *sent)) is opens


@pytest.mark.parametrize(("failures", "opens"), [(4, True), (5, False)])
async def test_a_code_dies_after_five_tries(
    database: Database, sent: tuple[str, str], failures: int, opens: bool
) -> None:
    token, code = sent
    for _ in range(failures):
        assert await check_code(database, token, wrong(code)) is None
    assert bool(await check_code(database, token, code)) is opens


async def test_parallel_guesses_get_no_more_than_five(database: Database, sent: tuple[str, str]) -> None:
    token, code = sent
    await asyncio.gather(*(check_code(database, token, wrong(code)) for _ in range(12)))
    async with database.reading() as session:
        assert await session.scalar(select(OneTimeCode.wrong_tries)) == 5
    assert await check_code(database, token, code) is None


@pytest.mark.parametrize("typed", ["", " ", "abcdef", "١٢٣٤٥٦", "-1", "1" * 5_000, "12345\x00"])
async def test_what_is_no_code_is_wrong(database: Database, sent: tuple[str, str], typed: str) -> None:
    assert await check_code(database, sent[0], typed) is None


async def test_a_code_is_good_with_its_own_token_only(database: Database, kari: UUID, sent: tuple[str, str]) -> None:
    async with database.writing() as session:
        second_token, second_code = await code_sent(session, kari)
    if second_code != sent[1]:
        assert await check_code(database, sent[0], second_code) is None
    assert await check_code(database, "unknown", sent[1]) is None
    assert await check_code(database, second_token, second_code) == by_mail(kari)


async def test_the_code_travels_sealed_by_mail(database: Database, kari: UUID, sent: tuple[str, str]) -> None:
    async with database.reading() as session:
        [delivery] = await session.scalars(select(Delivery))
        [notice] = await session.scalars(select(QueuedNotice))
        key = (await session.scalars(select(Account.key_id).where(col(Account.id) == kari))).one()
        opened = reveal(await vault(session, key), Delivery, "payload", delivery.id, delivery.payload)
    assert (notice.kind, delivery.channel, delivery.account_id) == (Notice.SIGN_IN_CODE, Channel.EMAIL, kari)
    assert opened == sent[1]
    assert sent[1].encode() not in (delivery.payload or b"")


async def test_the_database_keeps_neither_token_nor_secret_of_a_used_code(
    database: Database, sent: tuple[str, str]
) -> None:
    await check_code(database, *sent)
    async with database.reading() as session:
        [made] = await session.scalars(select(OneTimeCode))
    assert made.secret is None
    assert sent[0].encode() not in made.token_hash


async def test_a_new_code_ends_the_one_before(database: Database, kari: UUID, sent: tuple[str, str]) -> None:
    async with database.writing() as session:
        newer = await code_sent(session, kari)
    assert await check_code(database, *sent) is None
    assert await check_code(database, *newer) == by_mail(kari)


async def test_who_must_guess_the_code_gets_fifteen_tries_a_day(
    database: Database, clock: SteppingClock, kari: UUID
) -> None:
    for _ in range(3):
        async with database.writing() as session:
            token, code = await code_sent(session, kari)
        for _ in range(5):
            await check_code(database, token, wrong(code))
    with pytest.raises(TooMany):
        async with database.writing() as session:
            await code_sent(session, kari)
    clock.move(timedelta(days=1, seconds=1))
    async with database.writing() as session:
        assert await code_sent(session, kari)


async def test_a_right_code_is_no_wrong_try_and_thirty_codes_a_day_are_enough(database: Database, kari: UUID) -> None:
    for _ in range(30):
        async with database.writing() as session:
            sent = await code_sent(session, kari)
        assert await check_code(database, *sent) == by_mail(kari)
    with pytest.raises(TooMany):
        async with database.writing() as session:
            await code_sent(session, kari)
