"""Access to goals, activities and comments, to all of them or to a single one (F77): every level, every deed."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from models.plans.operations import activities, comments, goal_history, goal_pictures, goals
from models.plans.operations.activities import ActivityContent
from models.plans.proof import OpenPlan
from models.plans.queries import goals as queries
from models.plans.rules.words import ActivityStatus
from models.plans.tables.goals import Activity, Comment, Goal
from models.refusals import Refused
from models.rights import Element, Level, Role
from tests.models.plans.conftest import Here

pytestmark = pytest.mark.feature("F77")
Deeds = Mapping[str, tuple[Level, Callable[[], Awaitable[Any]]]]
ROOMS = (Element.GOALS, Element.ACTIVITIES, Element.COMMENTS)


@dataclass
class Things:
    """What Kari made: a goal with an activity and a comment, and another goal with the same."""

    goal: Goal
    activity: Activity
    comment: Comment


async def things(here: Here, title: str) -> Things:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title=title)
    activity = await activities.add(plan, goal, ActivityContent(title=f"{title}: gå"))
    return Things(goal, activity, await comments.add(plan, goal, f"{title}: fint"))


def item(these: Things, element: Element) -> Goal | Activity | Comment:
    return {Element.GOALS: these.goal, Element.ACTIVITIES: these.activity, Element.COMMENTS: these.comment}[element]


async def anne(here: Here, levels: Mapping[Element, Level], single: Mapping[Any, Level]) -> OpenPlan:
    """Somebody with these levels on the elements, and these on single items; none on the other elements here."""
    rights = {room.value: levels.get(room, Level.NONE) for room in ROOMS}
    person = await here.hamlet.person(here.municipality, "Anne")
    part = await here.hamlet.participant(here.plan, person, Role.OTHER, **rights)
    for (element, item_id), level in single.items():
        await here.hamlet.grant(part, element, item_id, level)
    return await here.hamlet.opened(here.plan, "anne")


def deeds(plan: OpenPlan, these: Things, element: Element) -> Deeds:
    """Each with the level it takes."""
    goal, activity, comment = these.goal, these.activity, these.comment
    walk = ActivityContent(title="Løpe")
    return {
        Element.GOALS: {
            "change": (Level.CHANGE, lambda: goals.change_progress(plan, goal, goal.revision, goal.progress + 1)),
            "picture": (Level.CHANGE, lambda: goal_pictures.set_picture(plan, goal, b"jpeg")),
            "to history": (Level.DELETE, lambda: goal_history.to_history(plan, goal, goal.revision)),
            "from history": (Level.DELETE, lambda: goal_history.from_history(plan, goal)),
            "delete": (Level.DELETE, lambda: goals.delete(plan, goal, goal.revision)),
        },
        Element.ACTIVITIES: {
            "change": (Level.CHANGE, lambda: activities.change(plan, activity, activity.revision, walk)),
            "status": (
                Level.CHANGE,
                lambda: activities.change_status(plan, activity, activity.revision, ActivityStatus.DONE),
            ),
            "delete": (Level.DELETE, lambda: activities.delete(plan, activity, activity.revision)),
        },
        Element.COMMENTS: {"delete": (Level.DELETE, lambda: comments.delete(plan, comment, comment.revision))},
    }[element]


def new(plan: OpenPlan, these: Things, element: Element) -> Awaitable[Any]:
    return {
        Element.GOALS: lambda: goals.add(plan, title="Nytt"),
        Element.ACTIVITIES: lambda: activities.add(plan, these.goal, ActivityContent(title="Ny")),
        Element.COMMENTS: lambda: comments.add(plan, these.goal, "Ny"),
    }[element]()


async def does(deed: Awaitable[Any]) -> bool:
    try:
        await deed
    except Refused:
        return False
    return True


@pytest.mark.parametrize("level", list(Level), ids=lambda level: level.name)
@pytest.mark.parametrize("element", ROOMS)
async def test_each_level_on_all_of_them(here: Here, element: Element, level: Level) -> None:
    these = await things(here, "Ett")
    above = dict.fromkeys(ROOMS[: ROOMS.index(element)], Level.READ)
    plan = await anne(here, above | {element: level}, {})
    assert plan.sees(item(these, element)) == (level >= Level.READ)
    assert await does(new(plan, these, element)) == (level >= Level.NEW)
    for name, (takes, deed) in deeds(plan, these, element).items():
        assert await does(deed()) == (level >= takes), name


@pytest.mark.parametrize("level", list(Level), ids=lambda level: level.name)
@pytest.mark.parametrize("element", ROOMS)
async def test_each_level_on_a_single_one(here: Here, element: Element, level: Level) -> None:
    """It gives nothing on the others, and nobody may add to what they see one of."""
    these, others = await things(here, "Ett"), await things(here, "To")
    above = dict.fromkeys(ROOMS[: ROOMS.index(element)], Level.READ)
    plan = await anne(here, above, {(element, item(these, element).id): level})
    assert plan.sees(item(these, element)) == (level >= Level.READ)
    assert not plan.sees(item(others, element))
    assert not await does(new(plan, these, element))
    for name, (_takes, deed) in deeds(plan, others, element).items():
        assert not await does(deed()), name
    for name, (takes, deed) in deeds(plan, these, element).items():
        assert await does(deed()) == (level >= takes), name


@pytest.mark.parametrize("element", ROOMS)
async def test_one_may_be_kept_from_a_single_one_and_do_all_to_the_rest(here: Here, element: Element) -> None:
    these, others = await things(here, "Ett"), await things(here, "To")
    full = dict.fromkeys(ROOMS, Level.DELETE)
    plan = await anne(here, full, {(element, item(these, element).id): Level.NONE})
    assert not plan.sees(item(these, element))
    for name, (_takes, deed) in deeds(plan, these, element).items():
        assert not await does(deed()), name
    for name, (_takes, deed) in deeds(plan, others, element).items():
        assert await does(deed()), name


@pytest.mark.feature("F73")
async def test_nobody_changes_anothers_comment_whatever_their_level(here: Here) -> None:
    these = await things(here, "Ett")
    plan = await anne(here, dict.fromkeys(ROOMS, Level.DELETE), {})
    assert not await does(comments.change(plan, these.comment, 1, "Mine ord"))


async def test_queries_show_nothing_under_a_goal_that_is_hidden(here: Here) -> None:
    these, others = await things(here, "Ett"), await things(here, "To")
    plan = await anne(here, dict.fromkeys(ROOMS, Level.DELETE), {(Element.GOALS, these.goal.id): Level.NONE})
    (seen,) = await queries.goals(plan)
    assert (seen.id, [one.id for one in seen.activities]) == (others.goal.id, [others.activity.id])
    assert await queries.comments(plan, these.goal.id) == []
    await goal_history.to_history(await here.opened_by("Kari"), these.goal, these.goal.revision)
    assert await queries.goals(plan, historic=True) == []
