"""The image that stands for a goal (F70): sealed with the plan's key, and changed by who may change the goal."""

import pytest
from sqlmodel import select

from models.plans.operations import goal_history, goal_pictures, goals
from models.plans.queries import goal_pictures as queries
from models.plans.queries.goals import bare_goals
from models.plans.tables.goals import GoalPicture
from models.refusals import NotFound, Reason
from models.rights import Element, Level
from tests.hamlet import refused
from tests.models.plans.conftest import Here

pytestmark = pytest.mark.feature("F70")


async def test_it_is_set_sealed_replaced_and_removed(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    for content in (b"one", b"other"):
        await goal_pictures.set_picture(plan, goal, content)
        assert await queries.picture(plan, goal) == content
    (row,) = (await here.session.scalars(select(GoalPicture))).all()
    assert b"b3RoZXI" not in (row.content or b"")
    assert [one.has_picture for one in await bare_goals(plan)] == [True]
    await goal_pictures.remove_picture(plan, goal)
    assert [one.has_picture for one in await bare_goals(plan)] == [False]
    names = [name for name, _ in await here.events(of="goal_picture")]
    assert names == ["goal_picture.set", "goal_picture.set", "goal_picture.removed"]
    with pytest.raises(NotFound):
        await queries.picture(plan, goal)
    with pytest.raises(NotFound):
        await goal_pictures.remove_picture(plan, goal)


@pytest.mark.parametrize(
    ("name", "may"), [("Kari", True), ("Pål", True), ("Gro", False), ("Ola", False), ("Else", False)]
)
async def test_it_takes_the_right_to_change_the_goal(here: Here, name: str, may: bool) -> None:
    goal = await goals.add(await here.opened_by("Kari"), title="Sove godt")
    plan = await here.opened_by(name)
    if may:
        await goal_pictures.set_picture(plan, goal, b"one")
        await goal_pictures.remove_picture(plan, goal)
    else:
        assert await refused(goal_pictures.set_picture(plan, goal, b"one")) is Reason.LEVEL_TOO_LOW
        assert await refused(goal_pictures.remove_picture(plan, goal)) is Reason.LEVEL_TOO_LOW


async def test_a_goal_in_history_keeps_its_picture(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    await goal_pictures.set_picture(plan, goal, b"one")
    await goal_history.to_history(plan, goal, goal.revision)
    assert await refused(goal_pictures.set_picture(plan, goal, b"other")) is Reason.IN_HISTORY
    assert await refused(goal_pictures.remove_picture(plan, goal)) is Reason.IN_HISTORY
    assert await queries.picture(plan, goal) == b"one"


async def test_who_may_not_see_the_goal_does_not_see_it(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    await goal_pictures.set_picture(plan, goal, b"one")
    await here.hamlet.grant(here.participants["Pål"], Element.GOALS, goal.id, Level.NONE)
    with pytest.raises(NotFound):
        await queries.picture(await here.opened_by("Pål"), goal)
