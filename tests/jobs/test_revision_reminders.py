"""Coordinators are reminded of a plan's revision 14 days before and on the day, once each time."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from jobs.deliver_notices import deliver_notices
from jobs.kit import Kit
from jobs.revision_reminders import remind_of_revisions
from models.clock import SteppingClock
from models.database import Database
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Participant
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Refused
from permissions.house import open_as_house
from permissions.revisions import plans_to_revise, who_revises
from tests.jobs.conftest import Home
from tests.jobs.post_office import PostOffice, text_of

TODAY = date(2026, 11, 20)


async def revise_in(database: Database, days: int) -> None:
    async with database.writing() as session:
        await session.execute(update(Plan).values(revise_on=TODAY + timedelta(days=days)))


async def reminded(database: Database) -> list[str]:
    """Who has a reminder in the outbox, by account."""
    async with database.reading() as session:
        found = select(Delivery.account_id).join(QueuedNotice, col(QueuedNotice.id) == Delivery.notice_id)
        return [str(id_) for id_ in await session.scalars(found.where(QueuedNotice.kind == Notice.REVISION_DUE))]


@pytest.mark.parametrize(
    ("days", "queued"), [(15, 0), (14, 1), (13, 1), (12, 1), (11, 0), (1, 0), (0, 1), (-1, 1), (-2, 1), (-3, 0)]
)
async def test_reminds_on_the_days_or_a_little_late(
    database: Database, home: Home, kit: Kit, days: int, queued: int
) -> None:
    await revise_in(database, days)
    assert await remind_of_revisions(kit) == f"queued={queued}"
    assert await reminded(database) == [str(home.accounts["Kari"])] * queued


async def test_reminds_twice_in_all_however_often_it_runs(
    database: Database, home: Home, kit: Kit, clock: SteppingClock
) -> None:
    await revise_in(database, 16)
    start, queued = clock.now(), []
    for left in (16, 15, 14, 13, 12, 11, 2, 1, 0, -1, -2, -3):
        clock.at = start + timedelta(days=16 - left)
        outcomes = [await remind_of_revisions(kit) for _ in range(2)]
        assert outcomes[1] == "queued=0"
        queued += [left] if outcomes[0] == "queued=1" else []
    assert queued == [14, 0]


async def test_a_new_day_is_reminded_of_anew(database: Database, home: Home, kit: Kit) -> None:
    await revise_in(database, 0)
    assert await remind_of_revisions(kit) == "queued=1"
    await revise_in(database, 14)
    assert await remind_of_revisions(kit) == "queued=1"


@pytest.mark.parametrize("state", [state for state in PlanState if state is not PlanState.ACTIVE])
async def test_not_of_a_plan_that_is_not_in_use(database: Database, home: Home, kit: Kit, state: PlanState) -> None:
    await revise_in(database, 0)
    async with database.writing() as session:
        await session.execute(update(PlanSpan).values(state=state))
    assert await remind_of_revisions(kit) == "queued=0"


async def test_not_of_a_plan_without_such_a_day(home: Home, kit: Kit) -> None:
    assert await remind_of_revisions(kit) == "queued=0"


async def test_not_to_a_coordinator_who_has_left(database: Database, home: Home, kit: Kit) -> None:
    await revise_in(database, 0)
    async with database.writing() as session:
        left = update(Participant).where(col(Participant.id) == home.people["Kari"].id)
        await session.execute(left.values(valid_to=TODAY))
    await remind_of_revisions(kit)
    assert await reminded(database) == []


async def test_no_other_job_may_ask(database: Database, home: Home) -> None:
    async with database.reading() as session:
        house = open_as_house(session, "consent-reminders")
        with pytest.raises(Refused):
            await plans_to_revise(house, 0)
        with pytest.raises(Refused):
            await who_revises(house, home.plan.id)


@pytest.mark.feature("F136")
@pytest.mark.feature("F50")
async def test_the_mail_says_the_short_name_and_no_more(
    database: Database, home: Home, kit: Kit, post_office: PostOffice
) -> None:
    await revise_in(database, 14)
    await remind_of_revisions(kit)
    assert await deliver_notices(kit) == "sent=1"
    [mail] = post_office.mails
    assert "Planen AB skal snart revideres" in text_of(mail)
    assert not any(name in text_of(mail) for name in home.people)
