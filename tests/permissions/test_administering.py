"""The door for a local administrator who does not take part: what its proof holds, on both databases."""

from datetime import timedelta
from typing import Any

import pytest

from models.clock import SteppingClock
from models.database import Database
from models.plans.proof import OpenPlan
from models.plans.rules.words import PlanState
from models.plans.tables.plan import Plan
from models.refusals import Invalid, NotFound, Reason, Refused
from models.rights import Assurance, Duty, Element, Level, PlanKind, Profile, Right, Role
from permissions import administering
from permissions.door import open_municipality, open_plan
from permissions.scopes import visible_plans
from tests.hamlet import Hamlet, refused
from tests.signing_in import viewer_for

pytestmark = pytest.mark.feature("F194")
WHY = "Koordinatoren er syk."


class Place:
    """A municipality with a plan, its coordinator Siv, and Ada, who administers and is in none."""

    def __init__(self, session: Any) -> None:
        self.session, self.hamlet = session, Hamlet(session)

    async def make(self, **more: Any) -> Plan:
        here = await self.hamlet.municipality("Vik")
        self.here = here
        siv = await self.hamlet.person(here, "Siv")
        account = await self.hamlet.account("ada")
        self.ada = await self.hamlet.person(here, "Ada", account)
        self.appointed = await self.hamlet.appoint(account, here, Duty.ADMINISTRATOR)
        plan = await self.hamlet.plan(here, **more)
        await self.hamlet.participant(plan, siv, Role.COORDINATOR)
        return plan

    async def begin(self, plan: Plan, **asked: Any) -> None:
        viewer = await viewer_for(self.session, "ada", **asked)
        here = await open_municipality(self.session, viewer, Right.PLANS_REGISTER)
        await administering.begin(here, plan.id, WHY)
        await self.session.flush()

    async def open(self, plan: Plan, room: str = "participants", **asked: Any) -> OpenPlan:
        viewer = await viewer_for(self.session, "ada", **asked)
        return await administering.open_administration(self.session, viewer, plan.id, room)


async def test_the_proof_has_participants_and_consent_and_nothing_more(database: Database) -> None:
    async with database.writing() as session:
        place = Place(session)
        plan = await place.make()
        await place.begin(plan)
        opened = await place.open(plan)
        may = {element: [level for level in Level if level and opened.allows(element, level)] for element in Element}
        assert {element for element, levels in may.items() if levels} == set(administering.LEVELS)
        assert may[Element.RIGHTS] == [Level.READ]
        assert Level.DELETE not in may[Element.PARTICIPANTS]
        assert opened.why(Element.GOALS, Level.READ) is Reason.ADMINISTRATION_ONLY
        assert opened.administered_until == session.clock.now() + timedelta(minutes=60)
        await session.rollback()


@pytest.mark.parametrize("room", ["home", "goals", "settings", "baton", "apart", "tasks", "drafts", "history", "as"])
async def test_no_other_room_opens(sqlite_database: Database, room: str) -> None:
    async with sqlite_database.writing() as session:
        place = Place(session)
        plan = await place.make()
        await place.begin(plan)
        assert await refused(place.open(plan, room)) is Reason.ADMINISTRATION_ONLY
        await session.rollback()


async def test_the_plain_door_and_the_list_stay_shut(database: Database) -> None:
    async with database.writing() as session:
        place = Place(session)
        plan = await place.make()
        await place.begin(plan)
        for profile in Profile:
            viewer = await viewer_for(session, "ada", profile=profile)
            assert list(await session.scalars(visible_plans(viewer, place.hamlet.today))) == []
            with pytest.raises(NotFound):
                await open_plan(session, viewer, plan.id)
        await session.rollback()


async def test_it_closes_by_itself(sqlite_database: Database, clock: SteppingClock) -> None:
    async with sqlite_database.writing() as session:
        place = Place(session)
        plan = await place.make()
        await place.begin(plan)
        clock.move(timedelta(minutes=60))
        assert await refused(place.open(plan)) is Reason.ADMINISTRATION_CLOSED
        await session.rollback()


async def test_without_a_visit_there_is_no_plan(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        place = Place(session)
        plan = await place.make()
        with pytest.raises(NotFound):
            await place.open(plan)
        await session.rollback()


@pytest.mark.parametrize("through_unit", [False, True])
@pytest.mark.parametrize("role", list(Role))
async def test_nobody_administers_a_plan_they_are_in(
    sqlite_database: Database, role: Role, *, through_unit: bool
) -> None:
    async with sqlite_database.writing() as session:
        place = Place(session)
        plan = await place.make()
        await place.begin(plan)
        viewer = await viewer_for(session, "ada")
        unit = await place.hamlet.unit(place.here, "Tjenesten")
        await place.hamlet.member(place.ada, unit)
        await place.hamlet.participant(plan, unit if through_unit else place.ada, role)
        assert await refused(administering.open_administration(session, viewer, plan.id, "consent")) is (
            Reason.TAKES_PART
        )
        assert await refused(place.begin(plan)) is Reason.TAKES_PART
        await session.rollback()


async def test_who_left_the_plan_does_not_come_back_this_way(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        place = Place(session)
        plan = await place.make()
        ended = place.hamlet.today - timedelta(days=9)
        await place.hamlet.participant(plan, place.ada, Role.GUARDIAN, until=ended)
        assert await refused(place.begin(plan)) is Reason.TAKES_PART
        await session.rollback()


async def test_a_kind_one_does_not_answer_for_is_not_found(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        place = Place(session)
        plan = await place.make()
        place.appointed.plan_kind = PlanKind.SL
        await session.flush()
        with pytest.raises(NotFound):
            await place.begin(plan)
        await session.rollback()


async def test_a_change_of_kind_takes_the_plan_away(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        place = Place(session)
        plan = await place.make()
        await place.begin(plan)
        place.appointed.plan_kind = PlanKind.SL
        await session.flush()
        with pytest.raises(NotFound):
            await place.open(plan)
        await session.rollback()


async def test_a_deleted_plan_is_no_plan(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        place = Place(session)
        plan = await place.make(state=PlanState.DELETED)
        with pytest.raises(NotFound):
            await place.begin(plan)
        await session.rollback()


async def test_another_municipalitys_administrator_finds_nothing(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        place = Place(session)
        plan = await place.make()
        there = await place.hamlet.municipality("Dal")
        account = await place.hamlet.account("dag")
        await place.hamlet.person(there, "Dag", account)
        await place.hamlet.appoint(account, there, Duty.SUPERADMINISTRATOR)
        here = await open_municipality(session, await viewer_for(session, "dag"), Right.PLANS_REGISTER)
        with pytest.raises(NotFound):
            await administering.begin(here, plan.id, WHY)
        with pytest.raises(NotFound):
            await administering.registered(here, plan.id)
        await session.rollback()


async def test_who_signed_in_less_surely_than_is_demanded_administers_nothing(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        place = Place(session)
        plan = await place.make()
        await place.begin(plan)
        place.here.demands = Assurance.HIGH
        await session.flush()
        with pytest.raises(NotFound):
            await place.open(plan)
        assert (await place.open(plan, assurance=Assurance.HIGH)).plan_id == plan.id
        await session.rollback()


@pytest.mark.parametrize("right", [right for right in Right if right is not Right.PLANS_REGISTER])
async def test_no_other_right_opens_it(sqlite_database: Database, right: Right) -> None:
    async with sqlite_database.writing() as session:
        place = Place(session)
        plan = await place.make()
        viewer = await viewer_for(session, "ada")
        if not viewer.has(right):
            with pytest.raises(Refused):
                await open_municipality(session, viewer, right)
        else:
            here = await open_municipality(session, viewer, right)
            assert await refused(administering.begin(here, plan.id, WHY)) is Reason.NO_RIGHT
        await session.rollback()


@pytest.mark.parametrize("reason", ["", " \n ", "\u200b\u200b", "a" * 501])
async def test_a_reason_must_say_something_and_not_too_much(sqlite_database: Database, reason: str) -> None:
    async with sqlite_database.writing() as session:
        place = Place(session)
        plan = await place.make()
        here = await open_municipality(session, await viewer_for(session, "ada"), Right.PLANS_REGISTER)
        with pytest.raises(Invalid) as wrong:
            await administering.begin(here, plan.id, reason)
        assert wrong.value.fields.keys() == {"reason"}
        await session.rollback()


async def test_only_whoever_administers_can_end_it(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        place = Place(session)
        plan = await place.make()
        await place.begin(plan)
        with pytest.raises(NotFound):
            await administering.end(await place.hamlet.opened(plan, "siv"))
        await administering.end(await place.open(plan))
        assert await refused(place.open(plan)) is Reason.ADMINISTRATION_CLOSED
        await session.rollback()
