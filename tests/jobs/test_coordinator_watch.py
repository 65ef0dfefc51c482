"""A plan that nobody coordinates is told of once a week, to those who can do something about it."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from jobs.coordinator_watch import watch_coordinators
from jobs.deliver_notices import deliver_notices
from jobs.kit import Kit
from models.accounts.tables.account import Account, Appointment
from models.base import HouseSession
from models.clock import SteppingClock, local_day
from models.database import Database
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.organisation.tables import Municipality
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Participant
from models.plans.tables.plan import PlanSpan
from models.refusals import Refused
from models.rights import Duty, PlanKind, Role
from permissions.coordination import Vacant, vacant_plans, who_appoints
from permissions.house import open_as_house
from tests.hamlet import Hamlet
from tests.jobs.conftest import Home, give_address
from tests.jobs.post_office import PostOffice, text_of

pytestmark = pytest.mark.feature("N7")


@pytest.fixture
async def unit(database: Database, home: Home) -> UUID:
    """The account of koordinerende enhet."""
    async with database.writing() as session:
        return await appointed(session, home, "Unni", Duty.COORDINATING_UNIT)


async def appointed(session: HouseSession, home: Home, name: str, duty: Duty, kind: PlanKind | None = None) -> UUID:
    hamlet = Hamlet(session)
    municipality = await hamlet.municipality_of(home.plan)
    account = await hamlet.account(name.lower())
    await hamlet.person(municipality, name, account)
    await give_address(session, account.id, f"{name.lower()}@vik.example")
    (await hamlet.appoint(account, municipality, duty)).plan_kind = kind
    return account.id


async def close(database: Database, account: UUID) -> None:
    async with database.writing() as session:
        closed = update(Account).where(col(Account.id) == account)
        await session.execute(closed.values(disabled_at=session.clock.now()))


async def told(database: Database) -> list[UUID]:
    async with database.reading() as session:
        found = select(Delivery.account_id).join(QueuedNotice, col(QueuedNotice.id) == Delivery.notice_id)
        return list(await session.scalars(found.where(QueuedNotice.kind == Notice.COORDINATOR_MISSING)))


async def test_a_plan_whose_coordinator_can_sign_in_is_not_told_of(kit: Kit, database: Database, unit: UUID) -> None:
    assert await watch_coordinators(kit) == "plans=0 told=0"
    assert await told(database) == []


async def test_it_is_told_of_once_a_week(
    kit: Kit, database: Database, home: Home, unit: UUID, clock: SteppingClock
) -> None:
    await close(database, home.accounts["Kari"])
    assert [await watch_coordinators(kit) for _ in range(2)] == ["plans=1 told=1", "plans=1 told=0"]
    clock.at += timedelta(days=2)
    assert await watch_coordinators(kit) == "plans=1 told=0"
    clock.at += timedelta(days=1)
    assert await watch_coordinators(kit) == "plans=1 told=1"
    assert await told(database) == [unit, unit]


async def test_many_plans_are_one_notice(kit: Kit, database: Database, home: Home, unit: UUID) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        municipality = await hamlet.municipality_of(home.plan)
        for _ in range(3):
            await hamlet.plan(municipality)
    assert await watch_coordinators(kit) == "plans=3 told=1"
    assert await told(database) == [unit]


async def test_without_a_unit_the_administrators_of_the_kind_are_told(kit: Kit, database: Database, home: Home) -> None:
    async with database.writing() as session:
        health = await appointed(session, home, "Hege", Duty.ADMINISTRATOR, PlanKind.IP)
        await appointed(session, home, "Siri", Duty.ADMINISTRATOR, PlanKind.IOP)
        await appointed(session, home, "Ana", Duty.ANALYST)
    await close(database, home.accounts["Kari"])
    await watch_coordinators(kit)
    assert await told(database) == [health]


async def test_a_unit_that_has_left_is_as_none(kit: Kit, database: Database, home: Home, unit: UUID) -> None:
    async with database.writing() as session:
        health = await appointed(session, home, "Hege", Duty.ADMINISTRATOR, PlanKind.IP)
        await session.execute(
            update(Appointment)
            .where(col(Appointment.account_id) == unit)
            .values(valid_to=local_day(session.clock.now()))
        )
    await close(database, home.accounts["Kari"])
    await watch_coordinators(kit)
    assert await told(database) == [health]


async def test_nobody_of_another_municipality_is_told(kit: Kit, database: Database, home: Home) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        other = await hamlet.municipality("Nes")
        account = await hamlet.account("nina")
        await hamlet.appoint(account, other, Duty.COORDINATING_UNIT)
    await close(database, home.accounts["Kari"])
    assert await watch_coordinators(kit) == "plans=1 told=0"
    assert await told(database) == []


@pytest.mark.parametrize(
    ("state", "found"),
    [(state, int(state not in (PlanState.INACTIVE, PlanState.DELETED))) for state in PlanState],
)
async def test_drafts_are_told_of_and_ended_plans_are_not(
    kit: Kit, database: Database, home: Home, unit: UUID, state: PlanState, found: int
) -> None:
    await close(database, home.accounts["Kari"])
    async with database.writing() as session:
        await session.execute(update(PlanSpan).values(state=state))
    assert await watch_coordinators(kit) == f"plans={found} told={found}"


@pytest.mark.parametrize(("staffed", "found"), [(True, 0), (False, 1)])
async def test_a_unit_coordinates_when_somebody_works_there(
    kit: Kit, database: Database, home: Home, staffed: bool, found: int
) -> None:
    await close(database, home.accounts["Kari"])
    async with database.writing() as session:
        hamlet = Hamlet(session)
        municipality: Municipality = await hamlet.municipality_of(home.plan)
        office, siri = await hamlet.unit(municipality), await hamlet.person(municipality, "Siri")
        await hamlet.member(siri, office, is_staff=staffed)
        await hamlet.participant(home.plan, office, Role.COORDINATOR)
    assert (await watch_coordinators(kit)).startswith(f"plans={found} ")


async def test_who_has_left_has_not_begun_or_waits_for_the_owner_does_not_count(
    kit: Kit, database: Database, home: Home, unit: UUID
) -> None:
    async with database.reading() as session:
        today = local_day(session.clock.now())
    usual = {"valid_to": None, "valid_from": today - timedelta(days=100), "awaits_approval": False}
    for change in ({"valid_to": today}, {"valid_from": today + timedelta(days=1)}, {"awaits_approval": True}):
        async with database.writing() as session:
            kari = update(Participant).where(col(Participant.id) == home.people["Kari"].id)
            await session.execute(kari.values(usual | change))
        async with database.reading() as session:
            found = await vacant_plans(open_as_house(session, "coordinator-watch"))
        assert [one.plan_id for one in found] == [home.plan.id], change


async def test_no_other_job_may_ask(database: Database, home: Home) -> None:
    async with database.reading() as session:
        house = open_as_house(session, "revision-reminders")
        with pytest.raises(Refused):
            await vacant_plans(house)
        with pytest.raises(Refused):
            await who_appoints(house, Vacant(home.plan.id, home.plan.municipality_id, PlanKind.IP))


@pytest.mark.feature("F136")
async def test_the_mail_names_no_plan_and_leads_to_the_overview(
    kit: Kit, database: Database, home: Home, unit: UUID, post_office: PostOffice
) -> None:
    await close(database, home.accounts["Kari"])
    await watch_coordinators(kit)
    assert await deliver_notices(kit) == "sent=1"
    [mail] = post_office.mails
    assert "Minst én plan i kommunen har ingen som koordinerer den." in text_of(mail)
    assert "https://medvirk.example/coordination" in text_of(mail)
    assert not any(name in text_of(mail) for name in (*home.people, "AB"))
