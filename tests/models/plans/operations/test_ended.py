"""Nothing is written in a plan that is ended (F189): every operation is tried on one."""

import ast
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import models.plans.operations
from models.plans.operations import (
    about,
    activities,
    comments,
    contributions,
    cooperation,
    drafts,
    ending,
    evaluations,
    goal_history,
    goal_pictures,
    goals,
    journal,
    life_areas,
    measurements,
    ordering,
    promises,
    school_year,
    settings,
    subject_plans,
    undoing,
)
from models.plans.operations import bin as recycle_bin
from models.plans.operations.activities import ActivityContent
from models.plans.operations.changing_kind import change_kind
from models.plans.operations.cooperation import CooperationContent
from models.plans.operations.measurements import Measure, Point
from models.plans.operations.subject_plans import SubjectPlanContent
from models.plans.proof import OpenPlan
from models.plans.queries.administration import Facts
from models.plans.queries.revisions import versions
from models.plans.queries.undoable import last_change
from models.plans.rules.evaluations import EvaluationContent
from models.plans.rules.ordering import Direction
from models.plans.rules.words import ActivityStatus, CooperationState, PlanState
from models.plans.tables.kinds import GOAL
from models.refusals import Reason
from models.rights import Element, PlanKind
from tests.hamlet import refused
from tests.models.plans.conftest import Here

pytestmark = pytest.mark.feature("F189")
TODAY = date(2026, 11, 20)
SAID = EvaluationContent(date(2026, 1, 1), date(2026, 6, 30), rating=4, text="Vi sov bedre.")
SERVICE = CooperationContent("Fysioterapi", CooperationState.WANTED)
Deed = Callable[[OpenPlan, dict[str, Any]], Awaitable[Any]]

DEEDS: dict[str, tuple[str, Deed]] = {
    "about.write": ("Kari", lambda plan, of: about.write(plan, 0, "Jeg er meg")),
    "activities.add": ("Kari", lambda plan, of: activities.add(plan, of["goal"], ActivityContent("Les"))),
    "activities.change": ("Kari", lambda plan, of: activities.change(plan, of["activity"], 1, ActivityContent("Les"))),
    "activities.change_status": (
        "Kari",
        lambda plan, of: activities.change_status(plan, of["activity"], 1, ActivityStatus.DONE),
    ),
    "activities.delete": ("Kari", lambda plan, of: activities.delete(plan, of["activity"])),
    "bin.restore": ("Kari", lambda plan, of: recycle_bin.restore(plan, of["binned"])),
    "changing_kind.change_kind": ("Kari", lambda plan, of: change_kind(plan, PlanKind.SL, [], "")),
    "comments.add": ("Pål", lambda plan, of: comments.add(plan, of["goal"], "Fint")),
    "comments.change": ("Pål", lambda plan, of: comments.change(plan, of["comment"], 1, "Fint")),
    "comments.delete": ("Pål", lambda plan, of: comments.delete(plan, of["comment"])),
    "contributions.add": ("Gro", lambda plan, of: contributions.add(plan, of["Gro"], "Mat")),
    "contributions.change": ("Pål", lambda plan, of: contributions.change(plan, of["contribution"], 1, "Mat")),
    "contributions.delete": ("Kari", lambda plan, of: contributions.delete(plan, of["contribution"], 1)),
    "cooperation.add": ("Kari", lambda plan, of: cooperation.add(plan, SERVICE)),
    "cooperation.change": ("Kari", lambda plan, of: cooperation.change(plan, of["service"], 1, SERVICE)),
    "cooperation.delete": ("Kari", lambda plan, of: cooperation.delete(plan, of["service"], 1)),
    "drafts.drop_draft": ("Kari", lambda plan, of: drafts.drop_draft(plan, "/goals/new")),
    "drafts.keep_draft": ("Kari", lambda plan, of: drafts.keep_draft(plan, "/goals/new", {"title": "Les"})),
    "evaluations.change": ("Gro", lambda plan, of: evaluations.change(plan, of["thoughts"], 1, SAID)),
    "evaluations.delete": ("Gro", lambda plan, of: evaluations.delete(plan, of["thoughts"], 1)),
    "evaluations.evaluate": ("Kari", lambda plan, of: evaluations.evaluate(plan, of["goal"], SAID)),
    "evaluations.reflect": ("Ola", lambda plan, of: evaluations.reflect(plan, SAID)),
    "evaluations.report": ("Kari", lambda plan, of: evaluations.report(plan, SAID)),
    "goal_history.from_history": ("Kari", lambda plan, of: goal_history.from_history(plan, of["goal"])),
    "goal_history.to_history": ("Kari", lambda plan, of: goal_history.to_history(plan, of["goal"], 1)),
    "goal_pictures.remove_picture": ("Kari", lambda plan, of: goal_pictures.remove_picture(plan, of["goal"])),
    "goal_pictures.set_picture": ("Kari", lambda plan, of: goal_pictures.set_picture(plan, of["goal"], b"")),
    "goals.add": ("Kari", lambda plan, of: goals.add(plan, title="Les")),
    "goals.change": (
        "Kari",
        lambda plan, of: goals.change(plan, of["goal"], 1, title="Les", description="", life_area=None, progress=0),
    ),
    "goals.change_progress": ("Kari", lambda plan, of: goals.change_progress(plan, of["goal"], 1, 50)),
    "goals.delete": ("Kari", lambda plan, of: goals.delete(plan, of["goal"])),
    "journal.add": ("Ola", lambda plan, of: journal.add(plan, mood=None, text="Hei")),
    "journal.change": ("Ola", lambda plan, of: journal.change(plan, of["entry"], 1, mood=None, text="Hei")),
    "journal.delete": ("Ola", lambda plan, of: journal.delete(plan, of["entry"])),
    "life_areas.add": ("Kari", lambda plan, of: life_areas.add(plan, area=Element.HOUSING, text="Bor")),
    "life_areas.change": ("Kari", lambda plan, of: life_areas.change(plan, of["area"], 1, text="Bor")),
    "life_areas.delete": ("Kari", lambda plan, of: life_areas.delete(plan, of["area"], 1)),
    "measurements.add": ("Kari", lambda plan, of: measurements.add(plan, of["goal"], Point(TODAY, 3))),
    "measurements.change": ("Kari", lambda plan, of: measurements.change(plan, of["point"], 1, Point(TODAY, 3))),
    "measurements.check_in": ("Ola", lambda plan, of: measurements.check_in(plan, of["goal"], 3)),
    "measurements.delete": ("Kari", lambda plan, of: measurements.delete(plan, of["point"])),
    "measurements.set_measure": ("Kari", lambda plan, of: measurements.set_measure(plan, of["goal"], 1, Measure())),
    "ordering.move_activity": (
        "Kari",
        lambda plan, of: ordering.move_activity(plan, of["activity"], Direction.DOWN),
    ),
    "ordering.move_goal": ("Kari", lambda plan, of: ordering.move_goal(plan, of["goal"], Direction.DOWN)),
    "ordering.move_to_goal": ("Kari", lambda plan, of: ordering.move_to_goal(plan, of["activity"], of["goal"])),
    "promises.answer": ("Kari", lambda plan, of: promises.answer(plan, of["activity"], 1, "Beklager")),
    "promises.mark_missed": ("Ola", lambda plan, of: promises.mark_missed(plan, of["activity"], 1)),
    "promises.take_back": ("Ola", lambda plan, of: promises.take_back(plan, of["activity"], 1)),
    "school_year.turn": ("Kari", lambda plan, of: school_year.turn(plan, [])),
    "school_year.turn_back": ("Kari", lambda plan, of: school_year.turn_back(plan, of["now"])),
    "settings.change": ("Kari", lambda plan, of: settings.change(plan, shown=[], revise_on=None)),
    "settings.change_facts": ("Kari", lambda plan, of: settings.change_facts(plan, Facts("B.C."), "")),
    "settings.change_parts": ("Kari", lambda plan, of: settings.change_parts(plan, [], "", hides=True)),
    "settings.revise": ("Kari", lambda plan, of: settings.revise(plan, None)),
    "subject_plans.add": ("Kari", lambda plan, of: subject_plans.add(plan, SubjectPlanContent("Helseplan"))),
    "subject_plans.change": (
        "Kari",
        lambda plan, of: subject_plans.change(plan, of["line"], 1, SubjectPlanContent("Helseplan")),
    ),
    "subject_plans.delete": ("Kari", lambda plan, of: subject_plans.delete(plan, of["line"], 1)),
    "undoing.bring_back": ("Kari", lambda plan, of: undoing.bring_back(plan, of["goal"], 1, of["version"])),
    "undoing.undo": ("Kari", lambda plan, of: undoing.undo(plan, of["last"])),
}
"""Everything that changes what is in a plan, and who could do it while the plan was in use."""

ADMINISTERS = {
    *("apart", "appointing", "asking", "bases", "beginning", "begun", "changing_rights", "consenting", "consents"),
    *("coordinating", "deleting", "ending", "handovers", "joining", "leaving", "lessening", "looking", "making"),
    *("participants", "proposals", "proposing", "rights", "roles", "signing", "standing_in", "tasks", "waiting"),
    *("wishing", "young"),
}
"""What decides who takes part and may see it, and whether there is a plan: it goes on when the plan is ended."""

SHARED = {"assigning", "demands", "keeping", "ledgers", "spans"}
"""What operations share, after they have demanded."""


async def written(here: Here) -> dict[str, Any]:
    """One of each kind of thing, made while the plan was in use."""
    kari, pal = await here.opened_by("Kari"), await here.opened_by("Pål")
    goal = await goals.add(kari, title="Sove godt")
    binned = await goals.add(kari, title="Spise godt")
    await goals.delete(kari, binned)
    await measurements.set_measure(kari, goal, 1, Measure("Timer", scale_low=0, scale_high=10))
    (version,) = await versions(kari, goal, 1)
    return {
        "goal": goal,
        "binned": binned,
        "activity": await activities.add(kari, goal, ActivityContent("Legge seg", due_on=TODAY)),
        "comment": await comments.add(pal, goal, "Bra"),
        "contribution": await contributions.add(pal, here.participants["Pål"], "Tid"),
        "service": await cooperation.add(kari, SERVICE),
        "thoughts": await evaluations.reflect(await here.opened_by("Gro"), SAID),
        "entry": await journal.add(await here.opened_by("Ola"), mood=None, text="Hei"),
        "area": await life_areas.add(kari, area=Element.HEALTH, text="Frisk"),
        "point": await measurements.add(kari, goal, Point(TODAY, 5)),
        "line": await subject_plans.add(kari, SubjectPlanContent("Helseplan")),
        "last": await last_change(kari, GOAL, goal.id, goal.revision),
        "version": version,
        "now": here.session.clock.now(),
        "Gro": here.participants["Gro"],
    }


@pytest.fixture
async def ended(here: Here) -> dict[str, Any]:
    made = await written(here)
    await ending.end(await here.opened_by("Kari"))
    return made


@pytest.mark.parametrize("name", DEEDS)
async def test_nothing_is_written_in_an_ended_plan(here: Here, ended: dict[str, Any], name: str) -> None:
    who, deed = DEEDS[name]
    plan = await here.opened_by(who)
    assert plan.state is PlanState.INACTIVE
    assert await refused(deed(plan, ended)) is Reason.PLAN_IS_INACTIVE


def test_every_operation_is_among_them() -> None:
    folder = Path(models.plans.operations.__file__ or "").parent
    modules = {path.stem: _deeds(path) for path in folder.glob("*.py") if path.stem != "__init__"}
    tried = {name.split(".", maxsplit=1)[0] for name in DEEDS}
    assert modules.keys() - tried - SHARED <= ADMINISTERS, "try what is new on an ended plan, or say that it goes on"
    assert {f"{name}.{deed}" for name in tried for deed in modules[name]} == DEEDS.keys()


def _deeds(path: Path) -> list[str]:
    """The public operations of a module, but for those that only demand."""
    source = ast.parse(path.read_text(encoding="utf-8"))
    named = [node.name for node in source.body if isinstance(node, ast.AsyncFunctionDef)]
    return [name for name in named if not name.startswith(("_", "demand_"))]


async def test_it_can_still_be_read_by_all_who_could(here: Here, ended: dict[str, Any]) -> None:
    for name in ("Kari", "Pål", "Gro", "Ola"):
        assert (await here.opened_by(name)).sees(ended["goal"])
