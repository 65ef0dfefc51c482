"""What may be done to the activities under a goal."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import select

from models.base import unseal
from models.notices.rules import Notice
from models.notices.tables import QueuedNotice
from models.plans.operations import activities, comments, goals
from models.plans.operations.activities import ActivityContent
from models.plans.operations.bin import restore
from models.plans.rules.words import ActivityStatus
from models.plans.tables.goals import Activity, Goal
from models.refusals import Conflict, Invalid, Reason
from models.rights import Element, Level, Role
from tests.hamlet import refused
from tests.models.plans.conftest import Here

WALK = ActivityContent(title="Gå tur")


async def goal_and_activity(here: Here) -> tuple[Goal, Activity]:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Være ute")
    return goal, await activities.add(plan, goal, WALK)


@pytest.mark.feature("F71")
async def test_an_activity_is_added_last_with_all_that_was_written(here: Here) -> None:
    goal, first = await goal_and_activity(here)
    plan = await here.opened_by("Kari")
    pal = here.participants["Pål"].id
    content = ActivityContent(
        title=" Svømme ",
        description="I bassenget",
        extent="To ganger i uka",
        status=ActivityStatus.UNDER_WAY,
        responsible_id=pal,
        starts_on=date(2026, 11, 1),
        due_on=date(2026, 12, 1),
    )
    swim = await activities.add(plan, goal, content)
    texts = [unseal(plan.vault, swim, name) for name in ("title", "description", "extent")]
    assert texts == ["Svømme", "I bassenget", "To ganger i uka"]
    assert (swim.status, swim.responsible_id, swim.due_on) == (content.status, pal, content.due_on)
    assert (first.place, swim.place, swim.goal_id) == (1, 2, goal.id)


async def test_adding_leaves_a_revision_a_log_row_and_notices(here: Here) -> None:
    _, activity = await goal_and_activity(here)
    [revision] = await here.revisions(activity.id)
    assert (revision.number, revision.element) == (1, Element.ACTIVITIES)
    assert await here.events(of="activity") == [("activity.added", {})]
    kinds = (await here.session.scalars(select(QueuedNotice.kind))).all()
    assert sorted(kinds) == [Notice.ACTIVITY_ADDED, Notice.GOAL_ADDED]
    assert await here.told() == {"Pål", "Gro", "Ola", "Else"}


async def test_a_change_is_kept_and_a_stale_one_is_a_conflict(here: Here) -> None:
    _, activity = await goal_and_activity(here)
    plan = await here.opened_by("Pål")
    await activities.change(plan, activity, 1, ActivityContent(title="Gå langt", status=ActivityStatus.DONE))
    assert (await here.events(of="activity"))[-1] == ("activity.changed", {"fields": ["title", "status"]})
    with pytest.raises(Conflict):
        await activities.change(plan, activity, 1, WALK)
    assert [revision.number for revision in await here.revisions(activity.id)] == [1, 2]


async def test_a_deleted_activity_can_be_restored(here: Here) -> None:
    _, activity = await goal_and_activity(here)
    plan = await here.opened_by("Kari")
    await activities.delete(plan, activity)
    await restore(plan, activity)
    assert activity.deleted_at is None
    events = [event for event, _ in await here.events(of="activity")]
    assert events == ["activity.added", "activity.deleted", "activity.restored"]


@pytest.mark.feature("F71")
async def test_why_it_is_cancelled_is_sealed_and_kept_only_while_it_is(here: Here) -> None:
    _, activity = await goal_and_activity(here)
    plan = await here.opened_by("Pål")
    await activities.change_status(plan, activity, 1, ActivityStatus.CANCELLED, " For kaldt ")
    assert unseal(plan.vault, activity, "cancel_reason") == "For kaldt"
    assert b"For kaldt" not in (activity.cancel_reason or b"")
    await activities.change_status(plan, activity, 2, ActivityStatus.PLANNED)
    assert activity.cancel_reason is None
    fields = [details.get("fields") for _, details in await here.events(of="activity.changed")]
    assert fields == [["status", "cancel_reason"]] * 2


@pytest.mark.feature("F78")
async def test_saying_where_it_stands_once_more_is_no_change(here: Here) -> None:
    _, activity = await goal_and_activity(here)
    plan = await here.opened_by("Pål")
    await activities.change_status(plan, activity, 1, ActivityStatus.PLANNED)
    assert activity.revision == 1


@pytest.mark.feature("N11")
async def test_what_was_changed_meanwhile_is_not_deleted_unseen(here: Here) -> None:
    goal, activity = await goal_and_activity(here)
    plan = await here.opened_by("Kari")
    said = await comments.add(plan, goal, "Fint")
    await goals.change_progress(plan, goal, 1, 10)
    await activities.change_status(plan, activity, 1, ActivityStatus.DONE)
    await comments.change(plan, said, 1, "Veldig fint")
    for deed in (goals.delete(plan, goal, 1), activities.delete(plan, activity, 1), comments.delete(plan, said, 1)):
        with pytest.raises(Conflict):
            await deed
    assert (goal.deleted_at, activity.deleted_at, said.deleted_at) == (None, None, None)


@pytest.mark.feature("F84")
@pytest.mark.parametrize(
    ("name", "may"),
    [("Kari", {"add", "change", "delete", "restore"}), ("Pål", {"add", "change"}), ("Gro", set()), ("Else", set())],
)
async def test_each_deed_demands_its_right(here: Here, name: str, may: set[str]) -> None:
    goal, activity = await goal_and_activity(here)
    plan = await here.opened_by(name)
    deeds: dict[str, Any] = {
        "add": lambda: activities.add(plan, goal, WALK),
        "change": lambda: activities.change(plan, activity, activity.revision, ActivityContent(title="Gå langt")),
        "delete": lambda: activities.delete(plan, activity),
        "restore": lambda: restore(plan, activity),
    }
    for word, deed in deeds.items():
        if word in may:
            await deed()
        else:
            assert await refused(deed()) is Reason.LEVEL_TOO_LOW
    assert len(await here.revisions(activity.id)) == 1 + len(may - {"add"})


@pytest.mark.feature("F77")
async def test_an_activity_is_never_reached_when_its_goal_is_hidden(here: Here) -> None:
    goal, activity = await goal_and_activity(here)
    await here.hamlet.grant(here.participants["Pål"], Element.GOALS, goal.id, Level.NONE)
    await here.hamlet.grant(here.participants["Pål"], Element.ACTIVITIES, activity.id, Level.DELETE)
    plan = await here.opened_by("Pål")
    assert not plan.sees(activity)
    assert await refused(activities.change(plan, activity, 1, WALK)) is Reason.LEVEL_TOO_LOW
    assert await refused(activities.add(plan, goal, WALK)) is Reason.LEVEL_TOO_LOW


@pytest.mark.feature("F77")
async def test_those_who_may_not_see_the_goal_are_not_told_of_its_activities(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Være ute")
    for name in ("Gro", "Ola", "Pål"):
        await here.hamlet.grant(here.participants[name], Element.GOALS, goal.id, Level.NONE)
    before = set(await here.session.scalars(select(QueuedNotice.id)))
    await activities.add(plan, goal, WALK)
    [notice] = [n for n in await here.session.scalars(select(QueuedNotice)) if n.id not in before]
    assert await here.told(by=notice.id) == {"Else"}


async def test_the_responsible_takes_part_in_the_same_plan(here: Here) -> None:
    goal, _ = await goal_and_activity(here)
    elsewhere = await here.hamlet.plan(here.municipality)
    stranger = await here.hamlet.participant(elsewhere, here.people["Pål"], Role.PROVIDER)
    plan = await here.opened_by("Kari")
    for responsible_id in (stranger.id, uuid4()):
        with pytest.raises(Invalid) as invalid:
            await activities.add(plan, goal, ActivityContent(title="Gå tur", responsible_id=responsible_id))
        assert invalid.value.fields.keys() == {"responsible_id"}


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (ActivityContent(title=" "), "title"),
        (ActivityContent(title="Gå tur", extent="x" * 201), "extent"),
        (ActivityContent(title="Gå tur", starts_on=date(2026, 2, 1), due_on=date(2026, 1, 1)), "due_on"),
        (ActivityContent(title="Gå tur", status=ActivityStatus.CANCELLED, cancel_reason=" \n"), "cancel_reason"),
        (ActivityContent(title="Gå tur", status=ActivityStatus.CANCELLED, cancel_reason="x" * 1001), "cancel_reason"),
    ],
)
async def test_what_breaks_a_rule_is_not_added(here: Here, content: ActivityContent, field: str) -> None:
    goal, activity = await goal_and_activity(here)
    plan = await here.opened_by("Kari")
    for deed in (activities.add(plan, goal, content), activities.change(plan, activity, 1, content)):
        with pytest.raises(Invalid) as invalid:
            await deed
        assert invalid.value.fields.keys() == {field}
    assert len(await here.events(of="activity")) == 1
