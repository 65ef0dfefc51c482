"""Coordinators are asked in time what a birthday changes (N4), once, and only where it changes something."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from jobs.age_watch import watch_ages
from jobs.kit import Kit
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.organisation.tables import AgeStep
from models.people.tables import Person
from models.plans.rules.words import Basis, PlanState, TaskKind
from models.plans.tables.baton import Task
from models.plans.tables.consent import LegalBasis
from models.plans.tables.participants import Participant
from models.plans.tables.plan import PlanSpan
from models.refusals import Refused
from models.rights import PlanKind
from permissions.ages import coming_of_age, who_sees_to_it
from permissions.house import open_as_house
from tests.jobs.conftest import Home

pytestmark = pytest.mark.feature("N4")
TODAY = date(2026, 11, 20)


async def becomes(database: Database, home: Home, years: int, in_days: int) -> None:
    """The plan's owner does, in so many days."""
    day = TODAY + timedelta(days=in_days)
    async with database.writing() as session:
        owner = home.people["Per"].person_id
        born = {"birth_date": day.replace(year=day.year - years)}
        await session.execute(update(Person).where(col(Person.id) == owner).values(**born))


async def step(database: Database, home: Home, years: int, kind: PlanKind = PlanKind.IP, **said: bool) -> None:
    flags = {"new_consent": True, "review_guardians": True} | said
    async with database.writing() as session:
        owned = {"municipality_id": home.plan.municipality_id, "source": "loven"}
        session.add(AgeStep(**owned, kind=kind, age=years, **flags))


async def asked(database: Database) -> list[tuple[TaskKind, int]]:
    async with database.reading() as session:
        found = await session.scalars(select(Task).order_by(col(Task.due_on), col(Task.kind)))
        return sorted((task.kind, task.facts["age"]) for task in found)


BOTH = [(TaskKind.GUARDIAN_REVIEW, 16), (TaskKind.NEW_CONSENT, 16)]


async def test_asks_for_a_consent_and_a_review_and_tells_who_coordinates(
    database: Database, home: Home, kit: Kit
) -> None:
    await step(database, home, 16)
    await becomes(database, home, 16, 60)
    assert await watch_ages(kit) == "asked=2"
    assert await asked(database) == BOTH
    async with database.reading() as session:
        task = (await session.scalars(select(Task).where(Task.kind == TaskKind.NEW_CONSENT))).one()
        told = select(Delivery.account_id).join(QueuedNotice, col(QueuedNotice.id) == Delivery.notice_id)
        accounts = set(await session.scalars(told.where(QueuedNotice.kind == Notice.TASK_MADE)))
        logged = list(await session.scalars(select(LogRow.details).where(LogRow.event == Event.TASK_MADE)))
    assert task.due_on == TODAY + timedelta(days=60)
    assert (task.participant_id, task.plan_id) == (home.people["Per"].id, home.plan.id)
    assert accounts == {home.accounts["Kari"]}
    assert sorted(str(details["kind"]) for details in logged if details) == ["guardian_review", "new_consent"]


async def test_asks_once_however_often_and_long_it_runs(
    database: Database, home: Home, kit: Kit, clock: SteppingClock
) -> None:
    await step(database, home, 16)
    await becomes(database, home, 16, 100)
    start, outcomes = clock.now(), {}
    for day in (0, 9, 10, 11, 50, 100, 130, 131):
        clock.at = start + timedelta(days=day)
        outcomes[day] = [await watch_ages(kit) for _ in range(2)]
    assert [day for day, ran in outcomes.items() if ran[0] == "asked=2"] == [10]
    assert all(ran[1] == "asked=0" for ran in outcomes.values())


async def test_a_task_that_is_done_is_not_asked_anew(database: Database, home: Home, kit: Kit) -> None:
    await step(database, home, 16)
    await becomes(database, home, 16, 5)
    await watch_ages(kit)
    async with database.writing() as session:
        await session.execute(update(Task).values(done_at=session.clock.now()))
    assert await watch_ages(kit) == "asked=0"


@pytest.mark.parametrize("state", [state for state in PlanState if state is not PlanState.ACTIVE])
async def test_not_in_a_plan_that_is_not_in_use(database: Database, home: Home, kit: Kit, state: PlanState) -> None:
    await step(database, home, 16)
    await becomes(database, home, 16, 5)
    async with database.writing() as session:
        await session.execute(update(PlanSpan).values(state=state))
    assert await watch_ages(kit) == "asked=0"


async def test_not_for_an_age_that_is_out_of_use_or_for_another_kind_of_plan(
    database: Database, home: Home, kit: Kit
) -> None:
    await step(database, home, 15, PlanKind.SL)
    await step(database, home, 16, in_use=False)
    await becomes(database, home, 16, 5)
    assert await watch_ages(kit) == "asked=0"
    await becomes(database, home, 15, 5)
    assert await watch_ages(kit) == "asked=0"


async def test_a_plan_of_another_kind_has_other_ages_and_the_same_is_not_asked_twice(
    database: Database, home: Home, kit: Kit
) -> None:
    await step(database, home, 16)
    await step(database, home, 16, PlanKind.SL)
    await becomes(database, home, 16, 5)
    assert await watch_ages(kit) == "asked=2"
    async with database.writing() as session:
        await session.execute(update(PlanSpan).values(kind=PlanKind.SL))
    assert await watch_ages(kit) == "asked=0"


async def test_not_for_the_unborn_nor_for_somebody_whose_age_nobody_knows(
    database: Database, home: Home, kit: Kit
) -> None:
    await step(database, home, 16)
    async with database.writing() as session:
        await session.execute(update(Person).values(birth_date=None, expected_date=TODAY + timedelta(days=30)))
    assert await watch_ages(kit) == "asked=0"


async def test_not_for_an_owner_who_has_left(database: Database, home: Home, kit: Kit) -> None:
    await step(database, home, 16)
    await becomes(database, home, 16, 5)
    async with database.writing() as session:
        left = update(Participant).where(col(Participant.id) == home.people["Per"].id)
        await session.execute(left.values(valid_to=TODAY))
    assert await watch_ages(kit) == "asked=0"


async def test_no_consent_is_asked_for_where_the_plan_rests_on_something_else(
    database: Database, home: Home, kit: Kit
) -> None:
    await step(database, home, 16)
    await becomes(database, home, 16, 5)
    async with database.writing() as session:
        await session.execute(update(LegalBasis).values(basis=Basis.DECISION))
    assert await watch_ages(kit) == "asked=1"
    assert await asked(database) == [(TaskKind.GUARDIAN_REVIEW, 16)]


async def test_no_review_where_no_guardian_takes_part(database: Database, home: Home, kit: Kit) -> None:
    await step(database, home, 16)
    await becomes(database, home, 16, 5)
    async with database.writing() as session:
        left = update(Participant).where(col(Participant.id) == home.people["Gro"].id)
        await session.execute(left.values(valid_to=TODAY))
    assert await watch_ages(kit) == "asked=1"
    assert await asked(database) == [(TaskKind.NEW_CONSENT, 16)]


async def test_two_ages_at_once_are_both_told_of(database: Database, home: Home, kit: Kit) -> None:
    """The house slept through the first."""
    await step(database, home, 16)
    await step(database, home, 17, new_consent=False)
    await becomes(database, home, 17, 5)
    assert await watch_ages(kit) == "asked=1"
    assert await asked(database) == [(TaskKind.GUARDIAN_REVIEW, 17)]


async def test_only_this_job_may_ask(database: Database, home: Home) -> None:
    async with database.reading() as session:
        house = open_as_house(session, "consent-reminders")
        with pytest.raises(Refused):
            await coming_of_age(house)
        with pytest.raises(Refused):
            await who_sees_to_it(house, home.plan.id)
