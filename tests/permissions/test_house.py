"""Jobs may do what they were given, and nothing beside it."""

from uuid import uuid4

import pytest

from models.database import Database
from models.notices.rules import Notice
from models.notices.tables import QueuedNotice
from models.refusals import Refused
from models.rights import Assurance, Profile, Role
from permissions.house import JOBS, consents_running_out, may_be_told, open_as_house, who_renews
from permissions.proofs import HouseRight
from permissions.viewer import absent_viewer
from tests.hamlet import Hamlet


@pytest.mark.parametrize("job", JOBS)
async def test_a_job_has_one_right_and_is_refused_the_others(sqlite_database: Database, job: str) -> None:
    async with sqlite_database.reading() as session:
        house = open_as_house(session, job)
        (own,) = JOBS[job]
        house.demand(own)
        for other in set(HouseRight) - {own}:
            with pytest.raises(Refused):
                house.demand(other)


async def test_an_unknown_job_gets_no_proof(sqlite_database: Database) -> None:
    async with sqlite_database.reading() as session:
        with pytest.raises(Refused):
            open_as_house(session, "brew-coffee")


async def test_questions_about_plans_are_for_the_jobs_that_need_them(sqlite_database: Database) -> None:
    async with sqlite_database.reading() as session:
        house = open_as_house(session, "link-log")
        notice = QueuedNotice(municipality_id=None, kind=Notice.SIGN_IN_CODE, made_at=session.clock.now())
        for question in (
            may_be_told(house, uuid4(), notice),
            consents_running_out(house, 7),
            who_renews(house, uuid4()),
        ):
            with pytest.raises(Refused):
                await question


async def test_an_absent_viewer_has_no_session_and_no_rights_of_office(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        hamlet = Hamlet(session)
        town = await hamlet.municipality(demands=Assurance.HIGH)
        person = await hamlet.person(town, "Kari")
        plan = await hamlet.plan(town)
        await hamlet.participant(plan, person, Role.PROVIDER)
        assert person.account_id
        viewer = await absent_viewer(session, person.account_id, town.id, Profile.WORK)
        assert viewer
        assert (viewer.person_id, viewer.rights, viewer.session_id.int) == (person.id, {}, 0)
        notice = QueuedNotice(
            municipality_id=town.id, kind=Notice.GOAL_ADDED, made_at=session.clock.now(), plan_id=plan.id
        )
        assert await may_be_told(open_as_house(session, "deliver-notices"), person.account_id, notice)
        assert not await may_be_told(open_as_house(session, "deliver-notices"), uuid4(), notice)
