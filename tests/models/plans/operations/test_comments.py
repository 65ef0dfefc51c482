"""Comments belong to their authors (F73)."""

from dataclasses import replace

import pytest
from sqlmodel import select, update

from models.base import unseal
from models.notices.rules import Notice
from models.notices.tables import QueuedNotice
from models.plans.operations import activities, comments, goals
from models.plans.operations.activities import ActivityContent
from models.plans.operations.bin import restore
from models.plans.rules.words import PlanState
from models.plans.tables.goals import Activity, Comment, Goal
from models.plans.tables.plan import PlanSpan
from models.refusals import Conflict, Invalid, Reason
from models.rights import Element, Level
from tests.hamlet import refused
from tests.models.plans.conftest import Here


@pytest.fixture
async def goal(here: Here) -> Goal:
    return await goals.add(await here.opened_by("Kari"), title="Være ute")


@pytest.fixture
async def activity(here: Here, goal: Goal) -> Activity:
    return await activities.add(await here.opened_by("Kari"), goal, ActivityContent(title="Gå tur"))


@pytest.fixture
async def remark(here: Here, goal: Goal) -> Comment:
    """Gro's remark on the goal."""
    return await comments.add(await here.opened_by("Gro"), goal, " Dette går fint. ")


@pytest.mark.feature("F72")
@pytest.mark.feature("F84")
async def test_a_guardian_comments_on_a_goal_she_may_only_read(here: Here, goal: Goal, remark: Comment) -> None:
    plan = await here.opened_by("Else")
    assert unseal(plan.vault, remark, "text") == "Dette går fint."
    assert (remark.author_id, remark.participant_id) == (here.people["Gro"].id, here.participants["Gro"].id)
    assert (remark.goal_id, remark.activity_id) == (goal.id, None)
    assert plan.sees(remark)


async def test_a_comment_on_an_activity_belongs_to_its_goal_too(here: Here, activity: Activity) -> None:
    remark = await comments.add(await here.opened_by("Pål"), activity, "Fin tur")
    assert (remark.goal_id, remark.activity_id) == (activity.goal_id, activity.id)
    assert [element for element, _ in remark.guarded_by()] == [Element.COMMENTS, Element.ACTIVITIES, Element.GOALS]


async def test_adding_leaves_a_revision_a_log_row_and_notices(here: Here, remark: Comment) -> None:
    [revision] = await here.revisions(remark.id)
    assert (revision.number, revision.element) == (1, Element.COMMENTS)
    assert await here.events(of="comment") == [("comment.added", {})]
    [notice] = [n for n in await here.session.scalars(select(QueuedNotice)) if n.kind is Notice.COMMENT_ADDED]
    assert await here.told(by=notice.id) == {"Kari", "Pål", "Ola", "Else"}


@pytest.mark.feature("F73")
async def test_the_author_changes_deletes_and_restores(here: Here, remark: Comment) -> None:
    plan = await here.opened_by("Gro")
    await comments.change(plan, remark, 1, "Dette går bedre.")
    await comments.delete(plan, remark)
    await restore(plan, remark)
    assert unseal(plan.vault, remark, "text") == "Dette går bedre."
    events = ["comment.added", "comment.changed", "comment.deleted", "comment.restored"]
    assert [event for event, _ in await here.events(of="comment")] == events
    assert len(await here.revisions(remark.id)) == 4


@pytest.mark.feature("F73")
@pytest.mark.parametrize("name", ["Kari", "Pål", "Ola"])
async def test_nobody_else_changes_the_words(here: Here, remark: Comment, name: str) -> None:
    plan = await here.opened_by(name)
    assert await refused(comments.change(plan, remark, 1, "Dette går dårlig.")) is Reason.NOT_YOURS


@pytest.mark.feature("F73")
async def test_only_the_author_and_those_with_the_right_delete(here: Here, remark: Comment) -> None:
    for name in ("Pål", "Ola"):
        plan = await here.opened_by(name)
        assert await refused(comments.delete(plan, remark)) is Reason.NOT_YOURS
        assert await refused(restore(plan, remark)) is Reason.NOT_YOURS
    await comments.delete(await here.opened_by("Kari"), remark)
    assert remark.deleted_at is not None


async def test_the_author_who_may_no_longer_read_may_no_longer_change(here: Here, goal: Goal, remark: Comment) -> None:
    await here.hamlet.grant(here.participants["Gro"], Element.GOALS, goal.id, Level.NONE)
    plan = await here.opened_by("Gro")
    assert not plan.sees(remark)
    assert await refused(comments.change(plan, remark, 1, "Likevel")) is Reason.LEVEL_TOO_LOW


async def test_in_a_finished_plan_not_even_the_author(here: Here, remark: Comment) -> None:
    await here.session.execute(update(PlanSpan).values(state=PlanState.INACTIVE))
    plan = await here.opened_by("Gro")
    assert await refused(comments.change(plan, remark, 1, "Likevel")) is Reason.PLAN_IS_INACTIVE
    assert await refused(comments.delete(plan, remark)) is Reason.PLAN_IS_INACTIVE


async def test_a_stale_change_is_a_conflict(here: Here, remark: Comment) -> None:
    plan = await here.opened_by("Gro")
    await comments.change(plan, remark, 1, "Dette går bedre.")
    with pytest.raises(Conflict):
        await comments.change(plan, remark, 1, "Dette går best.")


async def test_who_may_not_comment_is_refused(here: Here, goal: Goal) -> None:
    assert await refused(comments.add(await here.opened_by("Else"), goal, "Hei")) is Reason.LEVEL_TOO_LOW


async def test_nobody_comments_on_what_they_may_not_see(here: Here, goal: Goal, activity: Activity) -> None:
    await here.hamlet.grant(here.participants["Gro"], Element.ACTIVITIES, activity.id, Level.NONE)
    plan = await here.opened_by("Gro")
    assert await refused(comments.add(plan, activity, "Hei")) is Reason.LEVEL_TOO_LOW
    await comments.add(plan, goal, "Hei")


async def test_a_comment_has_a_person_behind_it(here: Here, goal: Goal) -> None:
    plan = await here.opened_by("Kari")
    nobody = replace(plan, viewer=replace(plan.viewer, person_id=None))
    assert await refused(comments.add(nobody, goal, "Hei")) is Reason.NO_RIGHT


@pytest.mark.parametrize("text", ["", " ", "x" * 20_001])
async def test_an_empty_or_endless_comment_is_not_kept(here: Here, remark: Comment, text: str) -> None:
    plan = await here.opened_by("Gro")
    with pytest.raises(Invalid):
        await comments.change(plan, remark, 1, text)
    assert remark.revision == 1
