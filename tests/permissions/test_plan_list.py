"""What the list of plans tells as news (F44)."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from models.clock import SteppingClock
from models.database import Database
from models.log.operations import record_opening
from models.plans.operations import activities, comments, goals
from models.plans.operations.activities import ActivityContent
from models.plans.proof import OpenPlan
from models.rights import Role
from permissions.plan_list import Asked, list_plans
from tests.hamlet import Hamlet
from tests.signing_in import viewer_for

pytestmark = pytest.mark.feature("F44")
Place = tuple[Hamlet, OpenPlan]


@pytest.fixture
async def place(database: Database, clock: SteppingClock) -> AsyncIterator[Place]:
    """A plan that Kari coordinates and has visited; Pål writes in it afterwards."""
    async with database.writing() as session:
        hamlet = Hamlet(session)
        municipality = await hamlet.municipality()
        plan = await hamlet.plan(municipality)
        for name in ("Kari", "Pål"):
            await hamlet.participant(plan, await hamlet.person(municipality, name), Role.COORDINATOR)
        await record_opening(await hamlet.opened(plan, "kari"), "home")
        clock.move(timedelta(hours=2))
        yield hamlet, await hamlet.opened(plan, "pål")


async def news(hamlet: Hamlet) -> int:
    await hamlet.session.flush()
    [listed] = (await list_plans(hamlet.session, await viewer_for(hamlet.session, "kari"), Asked())).plans
    return listed.news


async def test_what_others_wrote_is_counted(place: Place) -> None:
    hamlet, plan = place
    goal = await goals.add(plan, title="Gå tur")
    activity = await activities.add(plan, goal, ActivityContent(title="Kjøpe støvler"))
    await comments.add(plan, activity, "Størrelse 43.")
    assert await news(hamlet) == 3


@pytest.mark.parametrize("deleted", ["goal", "activity"])
async def test_what_lies_in_the_recycle_bin_is_not_counted_nor_what_lies_under_it(place: Place, deleted: str) -> None:
    hamlet, plan = place
    goal = await goals.add(plan, title="Gå tur")
    activity = await activities.add(plan, goal, ActivityContent(title="Kjøpe støvler"))
    await comments.add(plan, activity, "Størrelse 43.")
    if deleted == "goal":
        await goals.delete(plan, goal)
    else:
        await activities.delete(plan, activity)
    assert await news(hamlet) == (0 if deleted == "goal" else 1)
