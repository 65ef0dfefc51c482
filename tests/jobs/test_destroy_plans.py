"""A deleted plan is destroyed for good when its day has come: its texts can be read by nobody, rows or no rows."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from jobs.destroy_plans import destroy_plans
from jobs.kit import Kit
from models.base import unseal
from models.clock import SteppingClock
from models.database import Database
from models.log.tables import LogRow
from models.organisation.tables import DataKey
from models.plans.operations.deleting import Deletion, delete, restore
from models.plans.operations.drafts import keep_draft
from models.plans.rules.words import ConsentMethod, DeleteReason, PlanState
from models.plans.tables.consent import Consent, ConsentScan
from models.plans.tables.drafts import Draft
from models.plans.tables.goals import Goal
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan, Revision
from models.refusals import NotFound, Refused
from models.sealing import CannotOpen
from permissions.deleted import deleted_plans, open_deleted
from permissions.destroying import destroy, plans_to_destroy
from permissions.house import open_as_house
from tests.hamlet import Hamlet
from tests.jobs.conftest import Home, add_goal
from tests.signing_in import viewer_for

pytestmark = pytest.mark.feature("F190")
MONTH = timedelta(days=30)


@pytest.fixture
async def deleted(database: Database, home: Home) -> Home:
    """With a goal, a draft, and a signed paper."""
    async with database.writing() as session:
        await add_goal(session, home)
        plan = await Hamlet(session).opened(home.plan, "kari")
        await keep_draft(plan, "/goals/new", {"title": "Et mål til"})
        consent = (await session.scalars(select(Consent))).one()
        consent.method = ConsentMethod.PAPER
        scan = {"consent_id": consent.id, "name": "s.pdf", "media_type": "application/pdf", "added_by": plan.actor_id}
        now = session.clock.now()
        session.add(ConsentScan(municipality_id=plan.municipality_id, **scan, added_at=now, content=None))
        await delete(plan, Deletion(DeleteReason.NEVER_USED, typed="AB"))
    return home


async def test_nothing_happens_before_the_day(kit: Kit, deleted: Home, clock: SteppingClock) -> None:
    clock.move(timedelta(days=29))
    assert await destroy_plans(kit) == "destroyed=0"


async def test_on_the_day_it_is_destroyed_once(kit: Kit, deleted: Home, clock: SteppingClock) -> None:
    clock.move(MONTH)
    assert [await destroy_plans(kit) for _ in range(2)] == ["destroyed=1", "destroyed=0"]


async def test_the_texts_can_be_read_by_nobody(
    kit: Kit, database: Database, deleted: Home, clock: SteppingClock
) -> None:
    clock.move(MONTH)
    await destroy_plans(kit)
    async with database.reading() as session:
        key = (await session.scalars(select(DataKey).where(col(DataKey.id) == deleted.plan.key_id))).one()
        assert (key.wrapped, key.destroyed_at) == (None, clock.now())
        goal = (await session.scalars(select(Goal))).one()
        assert goal.title
        with pytest.raises(CannotOpen):
            unseal(session.keys.vault(key.id, key.ring_key, key.wrapped), goal, "title")
        assert (await session.scalars(select(Revision.content))).all() != []


async def test_what_is_left_says_only_that_there_was_a_plan(
    kit: Kit, database: Database, deleted: Home, clock: SteppingClock
) -> None:
    clock.move(MONTH)
    await destroy_plans(kit)
    async with database.reading() as session:
        plan = (await session.scalars(select(Plan))).one()
        assert (plan.short_name, plan.delete_remark, plan.delete_reason) == ("", None, DeleteReason.NEVER_USED)
        for table in (Draft, ConsentScan):
            assert (await session.scalars(select(table))).all() == []
        assert set(await session.scalars(select(Participant.position))) == {None}
        spans = (await session.scalars(select(PlanSpan).order_by(col(PlanSpan.valid_from)))).all()
        assert [span.state for span in spans] == [PlanState.ACTIVE, PlanState.DELETED]
        assert len((await session.scalars(select(RoleSpan))).all()) == len(deleted.people)
        told = select(LogRow.event).where(col(LogRow.plan_id) == plan.id).order_by(col(LogRow.at))
        assert [event.value for event in await session.scalars(told)][-1] == "plan.destroyed"


async def test_nobody_fetches_it_back(kit: Kit, database: Database, deleted: Home, clock: SteppingClock) -> None:
    clock.move(MONTH)
    await destroy_plans(kit)
    async with database.writing() as session:
        kari = await viewer_for(session, "kari")
        assert await deleted_plans(session, kari) == []
        with pytest.raises(NotFound):
            await open_deleted(session, kari, deleted.plan.id)
        with pytest.raises(NotFound):
            await Hamlet(session).opened(deleted.plan, "kari")


async def test_one_that_was_fetched_back_is_left_alone(
    kit: Kit, database: Database, deleted: Home, clock: SteppingClock
) -> None:
    async with database.writing() as session:
        await restore(await open_deleted(session, await viewer_for(session, "kari"), deleted.plan.id))
    clock.move(MONTH)
    assert await destroy_plans(kit) == "destroyed=0"
    async with database.writing() as session:
        assert not await destroy(open_as_house(session, "destroy-plans"), deleted.plan.id)


async def test_an_ended_plan_is_never_destroyed(kit: Kit, database: Database, home: Home, clock: SteppingClock) -> None:
    clock.move(timedelta(days=4000))
    assert await destroy_plans(kit) == "destroyed=0"


async def test_no_other_job_may_destroy(database: Database, deleted: Home) -> None:
    async with database.writing() as session:
        for job in ("clear-short-lived", "consent-reminders"):
            house = open_as_house(session, job)
            with pytest.raises(Refused):
                await plans_to_destroy(house)
            with pytest.raises(Refused):
                await destroy(house, deleted.plan.id)
