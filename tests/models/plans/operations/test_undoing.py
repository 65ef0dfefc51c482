"""Taking back one's own last change: what it demands, what it leaves behind, and that it is one transaction (N11)."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col, select, update

from models.base import unseal
from models.clock import SteppingClock
from models.database import Database
from models.plans.operations import about, activities, comments, goal_history, goals, journal, undoing
from models.plans.operations.activities import ActivityContent
from models.plans.operations.bin import restore
from models.plans.operations.keeping import changed, keep
from models.plans.proof import OpenPlan
from models.plans.queries.bin import binned
from models.plans.queries.items import find
from models.plans.queries.revisions import versions
from models.plans.queries.undoable import LastChange, last_change
from models.plans.rules.words import CooperationState, EvaluationKind, MeasureKind, Mood, PlanState
from models.plans.tables import kinds
from models.plans.tables.goals import Goal, Measurement
from models.plans.tables.item import Item
from models.plans.tables.kinds import KINDS, Kind, kind_of
from models.plans.tables.life import SubjectPlan
from models.plans.tables.participants import Grant
from models.plans.tables.plan import PlanSpan
from models.plans.tables.together import Contribution, Cooperation, Evaluation
from models.refusals import Conflict, NotFound, Reason
from models.rights import Element, Level, Role
from tests.hamlet import Hamlet, refused
from tests.models.plans.conftest import Here

SEEN: dict[str, Any] = {"description": "", "life_area": None, "progress": 0}


async def the_last(plan: OpenPlan, item: Item) -> LastChange:
    return await last_change(plan, kind_of(item), item.id, item.revision)


async def undo(plan: OpenPlan, item: Item) -> None:
    await undoing.undo(plan, await the_last(plan, item))


@pytest.mark.feature("N11")
async def test_an_undone_change_is_a_revision_and_a_log_row_of_its_own(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    await goals.change(plan, goal, 1, **SEEN | {"title": "Sove bedre", "progress": 40})
    await undo(plan, goal)
    assert (unseal(plan.vault, goal, "title"), goal.progress, goal.revision) == ("Sove godt", 0, 3)
    assert [revision.number for revision in await here.revisions(goal.id)] == [1, 2, 3]
    assert (await here.events(of="goal"))[-1] == ("goal.changed", {"fields": ["title", "progress"]})


async def test_what_is_undone_is_not_marked_as_new(here: Here, clock: SteppingClock) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    clock.move(timedelta(minutes=5))
    await goals.change(plan, goal, 1, **SEEN | {"title": "Sove bedre"})
    assert goal.changed_at == clock.now()
    await undo(plan, goal)
    assert goal.changed_at is None


@pytest.mark.feature("N11")
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not kinds.ABOUT], ids=lambda kind: kind.name)
async def test_every_kind_is_added_changed_deleted_and_undone(here: Here, kind: Kind) -> None:
    plan = await here.opened_by("Kari")
    item = await made(here, plan, kind)
    assert kind.added
    await keep(plan, item, kind.added)
    words = {name: f"Nytt i {name}" for name in kind.texts}
    fields = changed(plan, item, **words)
    await keep(plan, item, kind.changed, fields=fields)
    first, second = await versions(plan, item)
    assert (first.kind, second.kind) == (kind, kind)
    await undo(plan, item)
    assert (await versions(plan, item))[-1].values(plan) == first.values(plan)
    await undo(plan, item)
    assert (await versions(plan, item))[-1].values(plan) == second.values(plan)


async def made(here: Here, plan: OpenPlan, kind: Kind) -> Any:
    owned: dict[str, Any] = {"municipality_id": plan.municipality_id, "plan_id": plan.plan_id}
    owned["added_at"] = plan.session.clock.now()
    signed = {"author_id": plan.viewer.person_id, "participant_id": plan.participant_id}
    period = {"period_from": plan.today, "period_to": plan.today}
    goal = await goals.add(plan, title="Sove godt")
    facts: dict[str, dict[str, Any]] = {
        "goal": {},
        "activity": {"goal_id": goal.id},
        "comment": {"goal_id": goal.id, **signed},
        "measurement": {"goal_id": goal.id, "kind": MeasureKind.MEASURED, "day": plan.today, "value": 3.5, **signed},
        "life-area": {"area": Element.HEALTH},
        "subject-plan": {"established_on": plan.today},
        "journal": {"mood": Mood.HAPPY, **signed},
        "evaluation": {"kind": EvaluationKind.YEARLY, "rating": 4, **period, **signed},
        "contribution": {"participant_id": here.participants["Kari"].id},
        "cooperation": {"state": CooperationState.WANTED},
    }
    item = kind.table(**owned, **facts[kind.name])
    changed(plan, item, **{name: f"Først i {name}" for name in kind.texts})
    return item


async def test_the_facts_of_a_version_have_their_own_kinds_of_value(here: Here) -> None:
    plan = await here.opened_by("Kari")
    for table in (Measurement, Evaluation, SubjectPlan, Contribution, Cooperation):
        kind = next(one for one in KINDS if one.table is table)
        item = await made(here, plan, kind)
        await keep(plan, item, kind.added)  # type: ignore[arg-type]
        (version,) = await versions(plan, item)
        assert {name: version.values(plan)[name] for name in kind.facts} == {
            name: getattr(item, name) for name in kind.facts
        }
        assert version.item.guarded_by() == item.guarded_by()


async def test_the_first_words_about_oneself_are_taken_back(here: Here) -> None:
    plan = await here.opened_by("Kari")
    item = await about.write(plan, 0, "Jeg liker å fiske.")
    assert item
    await undo(plan, item)
    assert (unseal(plan.vault, item, "text"), item.deleted_at) == ("", None)
    await undo(plan, item)
    assert unseal(plan.vault, item, "text") == "Jeg liker å fiske."


@pytest.mark.feature("F74")
async def test_moving_to_history_is_undone_by_who_may_delete(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    await goal_history.to_history(plan, goal, 1)
    await undo(plan, goal)
    assert goal.historic_at is None
    await undo(plan, goal)
    assert goal.historic_at is not None
    events = [event for event, _ in await here.events(of="goal")]
    assert events[-3:] == ["goal.to_history", "goal.from_history", "goal.to_history"]


async def test_under_a_goal_in_history_nothing_is_undone(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    said = await comments.add(plan, goal, "Bra!")
    await goal_history.to_history(plan, goal, 1)
    assert await refused(undo(plan, said)) is Reason.IN_HISTORY


async def test_nobody_undoes_what_another_did(here: Here) -> None:
    goal = await goals.add(await here.opened_by("Kari"), title="Sove godt")
    for name in ("Pål", "Gro", "Ola", "Else"):
        assert await refused(undo(await here.opened_by(name), goal)) is Reason.NOT_YOURS


async def test_who_may_add_and_not_delete_takes_back_what_they_added(here: Here) -> None:
    goal = await goals.add(await here.opened_by("Kari"), title="Sove godt")
    plan = await here.opened_by("Pål")
    activity = await activities.add(plan, goal, ActivityContent(title="Gå tur"))
    assert await refused(activities.delete(plan, activity)) is Reason.LEVEL_TOO_LOW
    await undo(plan, activity)
    assert activity.deleted_at is not None
    assert await binned(plan) == []
    await undo(plan, activity)
    assert activity.deleted_at is None


async def test_who_has_lost_the_right_undoes_nothing(here: Here) -> None:
    goal = await goals.add(await here.opened_by("Kari"), title="Sove godt")
    plan = await here.opened_by("Pål")
    await goals.change(plan, goal, 1, **SEEN | {"title": "Sove bedre"})
    his = col(Grant.participant_id) == here.participants["Pål"].id
    await here.session.execute(update(Grant).where(his).values(level=Level.READ))
    assert await refused(undo(await here.opened_by("Pål"), goal)) is Reason.LEVEL_TOO_LOW
    await here.session.execute(update(Grant).where(his).values(level=Level.NONE))
    with pytest.raises(NotFound):
        await undo(await here.opened_by("Pål"), goal)


async def test_a_goal_hidden_from_one_alone_is_not_there_to_undo(here: Here) -> None:
    plan = await here.opened_by("Pål")
    goal = await goals.add(await here.opened_by("Kari"), title="Sove godt")
    await goals.change(plan, goal, 1, **SEEN | {"title": "Sove bedre"})
    await here.hamlet.grant(here.participants["Pål"], Element.GOALS, goal.id, Level.NONE)
    with pytest.raises(NotFound):
        await undo(await here.opened_by("Pål"), goal)


async def test_in_an_ended_plan_nothing_is_undone_or_brought_back(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    await goals.change(plan, goal, 1, **SEEN | {"title": "Sove bedre"})
    ended = update(PlanSpan).where(col(PlanSpan.plan_id) == here.plan.id).values(state=PlanState.INACTIVE)
    await here.session.execute(ended)
    later = await here.opened_by("Kari")
    assert await refused(undo(later, goal)) is Reason.PLAN_IS_INACTIVE
    first, _second = await versions(later, goal)
    assert await refused(undoing.bring_back(later, goal, 2, first)) is Reason.PLAN_IS_INACTIVE
    assert await refused(restore(later, goal)) is Reason.PLAN_IS_INACTIVE


async def test_moving_is_not_undone_here(here: Here) -> None:
    from models.plans.operations import ordering  # noqa: PLC0415
    from models.plans.rules.ordering import Direction  # noqa: PLC0415

    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    await goals.add(plan, title="Gå tur")
    await ordering.move_goal(plan, goal, Direction.DOWN)
    with pytest.raises(Conflict, match="Dette ble flyttet"):
        await undo(plan, goal)


async def test_an_entry_comes_back_with_its_mood(here: Here) -> None:
    plan = await here.opened_by("Ola")
    entry = await journal.add(plan, mood=Mood.TIRED, text="Sov dårlig.")
    await journal.change(plan, entry, 1, mood=None, text="Sov litt.")
    await undo(plan, entry)
    assert (entry.mood, unseal(plan.vault, entry, "text")) == (Mood.TIRED, "Sov dårlig.")


@pytest.mark.parametrize("table", ["log_row", "revision"])
async def test_an_undo_whose_trace_cannot_be_kept_is_not_done(sqlite_database: Database, table: str) -> None:
    async with sqlite_database.writing() as session:
        hamlet = Hamlet(session)
        municipality = await hamlet.municipality()
        row = await hamlet.plan(municipality)
        await hamlet.participant(row, await hamlet.person(municipality, "Kari"), Role.COORDINATOR)
        plan = await hamlet.opened(row, "kari")
        goal = await goals.add(plan, title="Sove godt")
        await goals.change(plan, goal, 1, **SEEN | {"title": "Sove bedre"})
        await session.execute(
            text(f"CREATE TRIGGER full BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'the disk is full'); END")
        )

    async def undo_again() -> None:
        async with sqlite_database.writing() as session:
            again = await Hamlet(session).opened(row, "kari")
            await undo(again, await find(again, kinds.GOAL, goal.id))

    with pytest.raises(DBAPIError, match="the disk is full"):
        await undo_again()
    async with sqlite_database.reading() as session:
        kept = (await session.scalars(select(Goal))).one()
        assert (kept.revision, unseal(plan.vault, kept, "title")) == (2, "Sove bedre")
