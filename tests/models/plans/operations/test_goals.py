"""What may be done to goals, and what each deed leaves behind."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from models.base import unseal
from models.clock import SteppingClock
from models.database import Database
from models.log.tables import LogRow
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.plans.operations import goal_history, goal_pictures, goals, ordering, school_year
from models.plans.operations.bin import restore
from models.plans.proof import OpenPlan
from models.plans.rules.ordering import Direction
from models.plans.rules.words import PlanState
from models.plans.tables.goals import Goal
from models.plans.tables.participants import Grant
from models.plans.tables.plan import PlanSpan, Revision
from models.refusals import Conflict, Invalid, Reason
from models.rights import Element, Level
from tests.hamlet import refused
from tests.models.plans.conftest import Here

SEEN: dict[str, Any] = {"description": "", "life_area": None, "progress": 0}


@pytest.mark.feature("F70")
async def test_a_goal_is_added_last_with_its_texts_sealed(here: Here) -> None:
    plan = await here.opened_by("Kari")
    first = await goals.add(plan, title=" Sove godt ", description="Hver natt", life_area=Element.HEALTH)
    second = await goals.add(plan, title="Gå tur")
    assert (first.place, second.place) == (1, 2)
    assert unseal(plan.vault, first, "title") == "Sove godt"
    assert b"Hver natt" not in (first.description or b"")
    assert (first.life_area, first.progress, first.plan_id) == (Element.HEALTH, 0, here.plan.id)


async def test_adding_leaves_a_revision_a_log_row_and_notices(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    [revision] = await here.revisions(goal.id)
    assert (revision.number, revision.element, revision.changed_by) == (1, Element.GOALS, plan.actor_id)
    assert await here.events(of="goal") == [("goal.added", {})]
    assert await here.told() == {"Pål", "Gro", "Ola", "Else"}
    [notice] = await here.session.scalars(select(QueuedNotice))
    assert (notice.kind, notice.item_id, notice.plan_id) == (Notice.GOAL_ADDED, goal.id, here.plan.id)


@pytest.mark.feature("F132")
async def test_those_who_may_not_see_a_goal_are_not_told_of_it(here: Here) -> None:
    plan = await here.opened_by("Kari")
    hers = col(Grant.participant_id) == here.participants["Gro"].id
    await here.session.execute(update(Grant).where(hers).values(level=Level.NONE))
    await goals.add(plan, title="Sove godt")
    assert await here.told() == {"Pål", "Ola", "Else"}


async def test_a_revision_holds_the_goal_as_it_was(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    await goals.change(plan, goal, 1, **SEEN | {"title": "Sove bedre", "progress": 40})
    first, second = await here.revisions(goal.id)
    was, became = (json.loads(unseal(plan.vault, revision, "content")) for revision in (first, second))
    assert [(shot["revision"], shot["progress"]) for shot in (was, became)] == [(1, 0), (2, 40)]
    assert plan.vault.open("goal.title", goal.id, bytes.fromhex(was["title"])) == "Sove godt"
    assert plan.vault.open("goal.title", goal.id, bytes.fromhex(became["title"])) == "Sove bedre"


async def test_a_change_is_logged_by_the_names_of_its_fields(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    await goals.change(plan, goal, 1, title="Sove godt", description="Hver natt", life_area=None, progress=10)
    assert (await here.events(of="goal"))[1] == ("goal.changed", {"fields": ["description", "progress"]})


async def test_saving_what_was_there_already_is_no_change(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    await goals.change(plan, goal, 1, title=" Sove godt", **SEEN)
    assert goal.revision == 1
    assert len(await here.events(of="goal")) == 1


async def test_a_text_can_be_emptied(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt", description="Hver natt")
    await goals.change(plan, goal, 1, title="Sove godt", **SEEN)
    assert goal.description is None


async def test_who_saw_an_older_revision_is_told_of_the_conflict(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    await goals.change(plan, goal, 1, title="Sove bedre", **SEEN)
    with pytest.raises(Conflict):
        await goals.change(plan, goal, 1, title="Sove lenge", **SEEN)
    assert unseal(plan.vault, goal, "title") == "Sove bedre"
    assert len(await here.revisions(goal.id)) == 2


@pytest.mark.feature("N11")
async def test_a_deleted_goal_can_be_restored(here: Here, clock: SteppingClock) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    clock.move(timedelta(minutes=1))
    for _ in range(2):
        await goals.delete(plan, goal)
    assert goal.deleted_at == clock.now()
    for _ in range(2):
        await restore(plan, goal)
    assert goal.deleted_at is None
    assert [event for event, _ in await here.events(of="goal")] == ["goal.added", "goal.deleted", "goal.restored"]
    assert len(await here.revisions(goal.id)) == 3


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("Kari", {"add", "change", "delete", "restore"}),
        ("Pål", {"change"}),
        ("Gro", set()),
        ("Ola", set()),
        ("Else", set()),
    ],
)
async def test_each_deed_demands_its_right(here: Here, name: str, may: set[str]) -> None:
    goal = await goals.add(await here.opened_by("Kari"), title="Sove godt")
    plan = await here.opened_by(name)
    deeds = {
        "add": lambda: goals.add(plan, title="Gå tur"),
        "change": lambda: goals.change(plan, goal, goal.revision, title="Gå tur", **SEEN),
        "delete": lambda: goals.delete(plan, goal),
        "restore": lambda: restore(plan, goal),
    }
    done = set()
    for word, deed in deeds.items():
        if word in may:
            await deed()
            done.add(word)
        else:
            assert await refused(deed()) is Reason.LEVEL_TOO_LOW
    assert done == may
    assert len(await here.revisions(goal.id)) == 1 + len(may - {"add"})


@pytest.mark.parametrize(
    "asked",
    [
        {"title": ""},
        {"title": "x" * 201},
        {"progress": 101},
        {"description": "x" * 20_001},
    ],
    ids=lambda asked: next(iter(asked)),
)
async def test_what_breaks_a_rule_changes_nothing(here: Here, asked: dict[str, Any]) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    with pytest.raises(Invalid) as invalid:
        await goals.change(plan, goal, 1, **{"title": "Sove godt"} | SEEN | asked)
    assert invalid.value.fields.keys() == asked.keys()
    assert goal.revision == 1


@pytest.mark.feature("F189")
async def test_a_finished_plan_is_read_and_not_changed(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    span = (await here.session.scalars(select(PlanSpan))).one()
    span.state = PlanState.INACTIVE
    finished = await here.opened_by("Kari")
    assert finished.sees(goal)
    assert await refused(goals.delete(finished, goal)) is Reason.PLAN_IS_INACTIVE
    assert await refused(goals.change_progress(finished, goal, 1, 50)) is Reason.PLAN_IS_INACTIVE
    assert await refused(goal_pictures.set_picture(finished, goal, b"x")) is Reason.PLAN_IS_INACTIVE
    assert await refused(goal_history.to_history(finished, goal, 1)) is Reason.PLAN_IS_INACTIVE
    assert await refused(ordering.move_goal(finished, goal, Direction.UP)) is Reason.PLAN_IS_INACTIVE
    assert await refused(school_year.turn(finished, [])) is Reason.PLAN_IS_INACTIVE


@pytest.mark.feature("F182")
async def test_a_plan_without_goals_takes_none(here: Here) -> None:
    here.plan.elements = [element for element in here.plan.elements if element != "goals"]
    await here.session.flush()
    assert await refused(goals.add(await here.opened_by("Kari"), title="Gå tur")) is Reason.ELEMENT_OFF


@pytest.mark.feature("F77")
async def test_a_right_to_one_goal_beats_the_right_to_all(here: Here) -> None:
    kari = await here.opened_by("Kari")
    mine, other = await goals.add(kari, title="Sove godt"), await goals.add(kari, title="Gå tur")
    await here.hamlet.grant(here.participants["Else"], Element.GOALS, mine.id, Level.CHANGE)
    await here.hamlet.grant(here.participants["Else"], Element.GOALS, other.id, Level.NONE)
    plan = await here.opened_by("Else")
    assert (plan.sees(mine), plan.sees(other)) == (True, False)
    await goals.change(plan, mine, 1, title="Sove lenge", **SEEN)
    assert await refused(goals.change(plan, other, 1, title="Gå", **SEEN)) is Reason.LEVEL_TOO_LOW


async def test_nothing_is_left_behind_when_the_transaction_is_rolled_back(database: Database, here: Here) -> None:
    async def attempt(plan: OpenPlan) -> None:
        await goals.add(plan, title="Sove godt")
        await here.session.rollback()

    await attempt(await here.opened_by("Kari"))
    async with database.reading() as session:
        for table in (Goal, Revision, LogRow, QueuedNotice, Delivery):
            assert (await session.scalars(select(table))).all() == []
