"""Goals in history (F74): out of the way, whole, and not changed there."""

import pytest

from models.plans.operations import activities, comments, goal_history, goals
from models.plans.operations.activities import ActivityContent
from models.plans.queries import goals as queries
from models.plans.queries import timeline
from models.plans.queries.items import find
from models.plans.rules.words import ActivityStatus
from models.plans.tables.goals import Goal
from models.plans.tables.kinds import ACTIVITY
from models.refusals import Conflict, Reason
from tests.hamlet import refused
from tests.models.plans.conftest import Here

pytestmark = pytest.mark.feature("F74")


async def moved(here: Here) -> Goal:
    """A goal in history, with an activity that has a deadline tomorrow, and a comment."""
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    walk = await activities.add(plan, goal, ActivityContent(title="Gå tur", due_on=plan.today))
    await comments.add(plan, walk, "Det går bra")
    await goal_history.to_history(plan, goal, 1)
    return goal


async def test_it_is_listed_nowhere_but_in_history_with_all_under_it(here: Here) -> None:
    goal = await moved(here)
    plan = await here.opened_by("Pål")
    assert (await queries.goals(plan), await queries.bare_goals(plan), await timeline.coming(plan)) == ([], [], [])
    (historic,) = await queries.goals(plan, historic=True)
    assert (historic.id, [one.title for one in historic.activities]) == (goal.id, ["Gå tur"])
    assert [one.text for one in await queries.comments(plan, goal.id)] == ["Det går bra"]


async def test_it_comes_back_as_it_was(here: Here) -> None:
    goal = await moved(here)
    plan = await here.opened_by("Kari")
    for _ in range(2):
        await goal_history.from_history(plan, goal)
    assert [one.title for one in await queries.goals(plan)] == ["Sove godt"]
    assert await queries.goals(plan, historic=True) == []
    assert [name for name, _ in await here.events(of="goal")] == ["goal.added", "goal.to_history", "goal.from_history"]
    assert len(await here.revisions(goal.id)) == 3


async def test_nothing_under_it_is_changed_and_nothing_is_added(here: Here) -> None:
    goal = await moved(here)
    plan = await here.opened_by("Kari")
    activity = (await queries.goals(plan, historic=True))[0].activities[0]
    walk = await find(plan, ACTIVITY, activity.id)
    deeds = (
        lambda: goals.change_progress(plan, goal, goal.revision, 50),
        lambda: activities.add(plan, goal, ActivityContent(title="Løpe")),
        lambda: activities.change_status(plan, walk, 1, ActivityStatus.DONE),
        lambda: activities.delete(plan, walk, 1),
        lambda: comments.add(plan, goal, "For sent"),
        lambda: comments.add(plan, walk, "For sent"),
    )
    for deed in deeds:
        assert await refused(deed()) is Reason.IN_HISTORY


@pytest.mark.parametrize("name", ["Pål", "Gro", "Ola", "Else"])
async def test_moving_it_there_or_back_takes_the_right_to_delete(here: Here, name: str) -> None:
    goal = await moved(here)
    plan = await here.opened_by(name)
    assert await refused(goal_history.from_history(plan, goal)) is Reason.LEVEL_TOO_LOW
    assert await refused(goal_history.to_history(plan, goal, 2)) is Reason.LEVEL_TOO_LOW


async def test_who_saw_an_older_goal_is_told_before_it_moves(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    await goals.change_progress(plan, goal, 1, 10)
    with pytest.raises(Conflict):
        await goal_history.to_history(plan, goal, 1)
    assert goal.historic_at is None


async def test_the_last_moved_is_listed_first_and_moving_twice_leaves_one_trace(here: Here) -> None:
    plan = await here.opened_by("Kari")
    first, second = await goals.add(plan, title="Ett"), await goals.add(plan, title="To")
    for goal in (second, first, first):
        await goal_history.to_history(plan, goal, goal.revision)
    assert [one.title for one in await queries.goals(plan, historic=True)] == ["Ett", "To"]
    assert (first.revision, second.revision) == (2, 2)
