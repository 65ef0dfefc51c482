"""A notice is written with what it tells of, and delivered once."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from models.base import HouseSession
from models.clock import SteppingClock
from models.database import Database
from models.notices.operations import claim, failed, queue, sent
from models.notices.queries import due
from models.notices.rules import CLAIM, WAITS, Channel, DeliveryState, Notice
from models.notices.tables import Delivery, QueuedNotice
from permissions.proofs import House

ANNE, BO, KARI = uuid4(), uuid4(), uuid4()


async def tell(session: HouseSession, *recipients: UUID, once_key: str | None = None) -> QueuedNotice | None:
    return await queue(House(session, actor_id=KARI), Notice.GOAL_ADDED, recipients, once_key=once_key)


async def deliveries(session: HouseSession) -> list[Delivery]:
    return list(await session.scalars(select(Delivery)))


@pytest.fixture
async def waiting(database: Database) -> tuple[Database, UUID]:
    """A database with one delivery waiting."""
    async with database.writing() as session:
        await tell(session, ANNE)
        await session.flush()
        [delivery] = await deliveries(session)
    return database, delivery.id


async def test_a_notice_goes_by_mail_to_each_but_the_one_who_acted(database: Database) -> None:
    async with database.writing() as session:
        await tell(session, ANNE, BO, KARI, ANNE)
    async with database.reading() as session:
        found = await deliveries(session)
    assert {delivery.account_id for delivery in found} == {ANNE, BO}
    assert {(d.channel, d.state, d.attempts) for d in found} == {(Channel.EMAIL, DeliveryState.WAITING, 0)}


async def rolled_back(database: Database) -> None:
    async with database.writing() as session:
        await tell(session, ANNE)
        await session.flush()
        raise RuntimeError


async def test_what_did_not_happen_is_not_told(database: Database) -> None:
    with pytest.raises(RuntimeError):
        await rolled_back(database)
    async with database.reading() as session:
        assert await deliveries(session) == []
        assert (await session.scalars(select(QueuedNotice))).all() == []


async def test_a_reminder_with_a_key_is_queued_once(database: Database) -> None:
    async with database.writing() as session:
        assert await tell(session, ANNE, once_key="consent:7")
        assert await tell(session, ANNE, once_key="consent:7") is None
        assert await tell(session, ANNE, once_key="consent:8")
        assert len(await deliveries(session)) == 2


async def test_notices_without_a_key_are_all_queued(database: Database) -> None:
    async with database.writing() as session:
        assert await tell(session, ANNE)
        assert await tell(session, ANNE)


async def test_of_many_workers_one_gets_the_delivery(waiting: tuple[Database, UUID]) -> None:
    database, delivery_id = waiting

    async def work(number: int) -> bool:
        async with database.writing() as session:
            return await claim(session, delivery_id, f"worker {number}")

    assert sum(await asyncio.gather(*(work(number) for number in range(8)))) == 1


async def test_a_claim_counts_the_try_and_touches_no_other_row(waiting: tuple[Database, UUID]) -> None:
    database, delivery_id = waiting
    async with database.writing() as session:
        await tell(session, BO)
        assert await claim(session, delivery_id, "worker")
    async with database.reading() as session:
        states = {d.account_id: (d.state, d.attempts, d.claimed_by) for d in await deliveries(session)}
    assert states == {ANNE: (DeliveryState.SENDING, 1, "worker"), BO: (DeliveryState.WAITING, 0, None)}


async def test_a_claim_whose_worker_never_came_back_is_taken_up(
    waiting: tuple[Database, UUID], clock: SteppingClock
) -> None:
    database, delivery_id = waiting
    async with database.writing() as session:
        assert await claim(session, delivery_id, "first")
    clock.move(CLAIM)
    async with database.writing() as session:
        assert not await claim(session, delivery_id, "too early")
        assert await due(session) == []
    clock.move(timedelta(seconds=1))
    async with database.writing() as session:
        assert await due(session) == [delivery_id]
        assert await claim(session, delivery_id, "second")


async def test_what_is_sent_is_never_due_again_and_forgets_its_code(
    waiting: tuple[Database, UUID], clock: SteppingClock
) -> None:
    database, delivery_id = waiting
    async with database.writing() as session:
        await claim(session, delivery_id, "worker")
        [delivery] = await deliveries(session)
        delivery.payload = b"\x01sealed"
        sent(delivery, session)
    clock.move(timedelta(days=30))
    async with database.writing() as session:
        [delivery] = await deliveries(session)
        assert (delivery.state, delivery.payload) == (DeliveryState.SENT, None)
        assert await due(session) == []
        assert not await claim(session, delivery_id, "again")


async def test_a_failure_waits_longer_each_time_until_it_is_given_up(
    waiting: tuple[Database, UUID], clock: SteppingClock
) -> None:
    database, delivery_id = waiting
    for wait in (*WAITS, None):
        async with database.writing() as session:
            assert await claim(session, delivery_id, "worker")
            [delivery] = await deliveries(session)
            assert failed(delivery, session, "refused" * 100) is (wait is None)
            if wait:
                assert delivery.due_at == clock.now() + wait
                clock.move(wait - timedelta(seconds=1))
                await session.flush()
                assert await due(session) == []
                clock.move(timedelta(seconds=1))
    async with database.reading() as session:
        [delivery] = await deliveries(session)
        assert delivery.state is DeliveryState.GIVEN_UP
        assert await due(session) == []


async def test_the_oldest_are_delivered_first(database: Database, clock: SteppingClock) -> None:
    for account in (ANNE, BO, KARI):
        async with database.writing() as session:
            await queue(House(session), Notice.GOAL_ADDED, [account])
        clock.move(timedelta(minutes=1))
    async with database.reading() as session:
        ids = {d.id: d.account_id for d in await deliveries(session)}
        assert [ids[delivery_id] for delivery_id in await due(session, most=2)] == [ANNE, BO]
