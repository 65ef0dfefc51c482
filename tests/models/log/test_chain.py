"""Nobody rewrites the log unseen (N16)."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, delete, select, update

from models.base import HouseSession
from models.clock import SteppingClock
from models.database import Database
from models.log.operations import link, record, record_opening
from models.log.queries import Audit, verify
from models.log.rules import Event, WrongDetails
from models.log.tables import LogLink, LogRow, Opening
from permissions.proofs import House

VIK, LI = uuid4(), uuid4()
pytestmark = pytest.mark.feature("N16")


async def happen(database: Database, *places: UUID | None) -> None:
    """One refusal in each place, a minute apart."""
    async with database.writing() as session:
        for place in places:
            record(House(session, place), Event.PLAN_REFUSED, reason="no_consent")
            session.clock.move(timedelta(minutes=1))  # type: ignore[attr-defined]


async def linked(database: Database, most: int = 5_000) -> int:
    async with database.writing() as session:
        return await link(session, most)


async def audit(database: Database) -> Audit:
    async with database.reading() as session:
        return await verify(session)


async def tamper(database: Database, number: int, **values: Any) -> None:
    """Change the row behind a link of Vik's chain, or remove it when no values are given."""
    row = select(LogLink.log_row_id).where(col(LogLink.chain_id) == VIK, col(LogLink.number) == number)
    async with database.writing() as session:
        where = col(LogRow.id) == (await session.scalars(row)).one()
        await session.execute(update(LogRow).where(where).values(**values) if values else delete(LogRow).where(where))


@pytest.fixture
async def logged(database: Database) -> Database:
    await happen(database, VIK, VIK, LI, VIK, None)
    await linked(database)
    return database


async def test_an_untouched_log_is_whole(logged: Database) -> None:
    assert await audit(logged) == Audit(linked=5, not_linked=0)


async def test_each_municipality_has_a_chain_of_its_own(logged: Database) -> None:
    async with logged.reading() as session:
        links = (await session.execute(select(LogLink.chain_id, LogLink.number).order_by(LogLink.number))).all()
    assert sorted(number for chain, number in links if chain == VIK) == [1, 2, 3]
    assert sorted(number for chain, number in links if chain != VIK) == [1, 1]


async def test_later_rows_are_linked_to_those_before(logged: Database) -> None:
    await happen(logged, VIK, LI)
    assert await linked(logged) == 2
    assert await linked(logged) == 0
    assert await audit(logged) == Audit(linked=7, not_linked=0)


async def test_a_long_tail_is_linked_bit_by_bit(database: Database) -> None:
    await happen(database, VIK, VIK, VIK, LI, VIK)
    assert [await linked(database, most=2) for _ in range(4)] == [2, 2, 1, 0]
    assert await audit(database) == Audit(linked=5, not_linked=0)


async def test_the_tail_that_is_not_linked_yet_is_told_of(logged: Database) -> None:
    await happen(logged, VIK, LI)
    assert await audit(logged) == Audit(linked=5, not_linked=2)


@pytest.mark.parametrize(
    "change",
    [
        {"event": Event.PLAN_OPENED},
        {"actor_id": uuid4()},
        {"plan_id": uuid4()},
        {"municipality_id": LI},
        {"digest": bytes(32)},
        {"details": {"reason": "open"}},
    ],
    ids=lambda change: next(iter(change)),
)
async def test_a_changed_row_is_found(logged: Database, change: dict[str, Any]) -> None:
    await tamper(logged, 2, **change)
    assert f"chain {VIK}, link 2" in ((await audit(logged)).broken or "")


async def test_a_moved_row_is_found(logged: Database, clock: SteppingClock) -> None:
    await tamper(logged, 2, at=clock.now() - timedelta(days=1))
    assert (await audit(logged)).broken


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_a_removed_row_is_found(logged: Database, number: int) -> None:
    await tamper(logged, number)
    assert (await audit(logged)).broken == f"chain {VIK}, link {number}"


async def test_a_removed_link_is_found(logged: Database) -> None:
    async with logged.writing() as session:
        await session.execute(delete(LogLink).where(col(LogLink.chain_id) == VIK, col(LogLink.number) == 2))
    assert (await audit(logged)).broken == f"chain {VIK}, link 2"


async def test_erased_details_do_not_break_the_chain(logged: Database) -> None:
    await tamper(logged, 2, details=None, salt=None)
    assert await audit(logged) == Audit(linked=5, not_linked=0)


async def test_wrong_details_leave_no_row(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        with pytest.raises(WrongDetails):
            record(House(session, VIK), Event.PLAN_REFUSED, reason="no_consent", name="Kari")
        assert (await session.scalars(select(LogRow))).all() == []


async def test_days_and_ids_in_details_are_kept_as_text(database: Database) -> None:
    async with database.writing() as session:
        days = {"valid_from": date(2026, 1, 1), "valid_to": None}
        record(House(session, VIK), Event.CONSENT_RECORDED, method="digital", **days)
    await linked(database)
    async with database.reading() as session:
        details = await session.scalar(select(LogRow.details))
    assert details == {"method": "digital", "valid_from": "2026-01-01", "valid_to": None}
    assert (await audit(database)).broken is None


async def opened(session: HouseSession, room: str = "home", account: UUID = LI) -> None:
    await record_opening(House(session, VIK, VIK, account), room)


async def test_an_opening_is_logged_once_an_hour(database: Database, clock: SteppingClock) -> None:
    for minutes in (0, 10, 49, 1):
        clock.move(timedelta(minutes=minutes))
        async with database.writing() as session:
            await opened(session)
    async with database.reading() as session:
        rows = (await session.scalars(select(LogRow))).all()
    assert [(row.event, row.plan_id, row.actor_id, row.details) for row in rows] == [
        (Event.PLAN_OPENED, VIK, LI, {"room": "home"})
    ] * 2


async def test_each_room_and_each_viewer_is_logged(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        await opened(session)
        await opened(session, room="goals")
        await opened(session, account=uuid4())
        assert len((await session.scalars(select(Opening))).all()) == 3


async def test_only_somebody_opens_a_plan(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        with pytest.raises(ValueError, match="signed-in"):
            await record_opening(House(session, VIK), "home")


async def test_details_cannot_be_forged_by_taking_away_their_salt(logged: Database) -> None:
    await tamper(logged, 2, salt=None, details={"reason": "forged"})
    assert (await audit(logged)).broken


async def test_two_who_link_at_once_link_each_row_once(database: Database) -> None:
    await happen(database, *[VIK] * 20)
    assert sum(await asyncio.gather(*(linked(database) for _ in range(3)))) == 20
    assert await audit(database) == Audit(linked=20, not_linked=0)
