"""The door to a plan that nobody coordinates opens to one thing only, and closes when somebody does."""

import pytest

from models.accounts.tables.account import Account
from models.base import HouseSession
from models.database import Database
from models.people.tables import Person
from models.plans.operations import appointing, goals, handovers
from models.plans.operations.handovers import NewOffer
from models.plans.queries.tasks import waiting
from models.plans.tables.plan import Plan
from models.refusals import Conflict, Invalid, NotFound, Reason
from models.rights import Assurance, Duty, Element, Level, Role
from permissions.vacancies import open_vacant
from tests.hamlet import Hamlet, refused
from tests.signing_in import viewer_for

pytestmark = pytest.mark.feature("N7")


async def vacancy(session: HouseSession) -> tuple[Hamlet, Plan, Person]:
    """A plan with an owner alone, and Unni of koordinerende enhet."""
    hamlet = Hamlet(session)
    municipality = await hamlet.municipality()
    plan = await hamlet.plan(municipality)
    await hamlet.participant(plan, await hamlet.person(municipality, "Per", employed=False), Role.OWNER)
    account = await hamlet.account("unni")
    unni = await hamlet.person(municipality, "Unni", account)
    await hamlet.appoint(account, municipality, Duty.COORDINATING_UNIT)
    return hamlet, plan, unni


async def test_it_opens_to_participants_and_to_nothing_else(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        _hamlet, plan, _unni = await vacancy(session)
        opened = await open_vacant(session, await viewer_for(session, "unni"), plan.id)
        allowed = {(element, level) for element in Element for level in Level if opened.allows(element, level)}
        levels = (Level.NONE, Level.READ, Level.CHANGE, Level.NEW)
        assert {pair for pair in allowed if pair[1] > Level.NONE} == {
            (Element.PARTICIPANTS, level) for level in levels if level > Level.NONE
        }
        assert not any(opened.reaches(element) for element in Element if element is not Element.PARTICIPANTS)
        assert await refused(goals.add(opened, title="Nei", description="")) is Reason.ADMINISTRATION_ONLY


async def test_the_batons_own_deeds_are_closed_there(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        hamlet, plan, _unni = await vacancy(session)
        municipality = await hamlet.municipality_of(plan)
        tor = await hamlet.participant(plan, await hamlet.person(municipality, "Tor"), Role.PROVIDER)
        opened = await open_vacant(session, await viewer_for(session, "unni"), plan.id)
        assert await refused(handovers.offer(opened, NewOffer(tor, None))) is Reason.COORDINATOR_ONLY
        assert await waiting(opened) == []


async def test_it_closes_when_somebody_coordinates(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        hamlet, plan, _unni = await vacancy(session)
        viewer = await viewer_for(session, "unni")
        opened = await open_vacant(session, viewer, plan.id)
        kari = await hamlet.person(await hamlet.municipality_of(plan), "Kari")
        await appointing.appoint(opened, kari)
        with pytest.raises(Conflict):
            await open_vacant(session, viewer, plan.id)
        assert (await hamlet.opened(plan, "kari")).role is Role.COORDINATOR


async def test_nobody_decides_who_coordinates_their_own_plan(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        hamlet, plan, unni = await vacancy(session)
        await hamlet.participant(plan, unni, Role.GUARDIAN)
        viewer = await viewer_for(session, "unni")
        assert await refused(open_vacant(session, viewer, plan.id)) is Reason.NO_RIGHT


async def test_it_is_closed_to_all_who_may_not_appoint(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        hamlet, plan, _unni = await vacancy(session)
        municipality = await hamlet.municipality_of(plan)
        for name, duty in (("jon", Duty.CHILD_COORDINATOR), ("ada", Duty.SUPERADMINISTRATOR)):
            account = await hamlet.account(name)
            await hamlet.person(municipality, name.title(), account)
            await hamlet.appoint(account, municipality, duty)
            assert await refused(open_vacant(session, await viewer_for(session, name), plan.id)) is Reason.NO_RIGHT


async def test_it_is_closed_to_who_has_signed_in_less_surely_than_is_demanded(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        hamlet, plan, _unni = await vacancy(session)
        (await hamlet.municipality_of(plan)).demands = Assurance.HIGH
        await session.flush()
        viewer = await viewer_for(session, "unni")
        assert await refused(open_vacant(session, viewer, plan.id)) is Reason.ASSURANCE_TOO_LOW


async def test_another_municipalitys_plan_is_not_there(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        hamlet, _plan, _unni = await vacancy(session)
        elsewhere = await hamlet.plan(await hamlet.municipality("Nes"))
        viewer = await viewer_for(session, "unni")
        with pytest.raises(NotFound):
            await open_vacant(session, viewer, elsewhere.id)


async def test_the_owner_and_who_has_no_account_are_not_appointed(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        hamlet, plan, _unni = await vacancy(session)
        municipality = await hamlet.municipality_of(plan)
        opened = await open_vacant(session, await viewer_for(session, "unni"), plan.id)
        mother, closed = [await hamlet.person(municipality, name) for name in ("Mor", "Kim")]
        await hamlet.participant(plan, mother, Role.GUARDIAN)
        (await session.get_one(Account, closed.account_id)).disabled_at = session.clock.now()
        for person in (mother, closed):
            with pytest.raises(Invalid):
                await appointing.appoint(opened, person)
        stranger = await hamlet.person(await hamlet.municipality("Nes"), "Nina")
        with pytest.raises(NotFound):
            await appointing.appoint(opened, stranger)
