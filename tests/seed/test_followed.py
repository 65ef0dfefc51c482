"""How the hand-written plans are followed up: what is measured, what was not done, and looking back."""

import pytest
from sqlmodel import col, select

from models.base import HouseSession, pick
from models.clock import local_day
from models.log.rules import Event
from models.log.tables import LogRow
from models.plans.rules.evaluations import EvaluationContent, check_evaluation
from models.plans.rules.measuring import check_check_in, check_measure, check_measurement
from models.plans.rules.promises import may_be_missed
from models.plans.rules.words import MeasureKind
from models.plans.tables.goals import Activity, Goal, Measurement
from models.plans.tables.together import Evaluation
from seed.cast import script
from tests.seed.opened import every_row

GOALS = [goal for plan in script()["plans"] for goal in plan["goals"]]


@pytest.mark.feature("N24")
async def test_what_is_measured_keeps_to_the_rules(reading: HouseSession) -> None:
    rows = [(name, row) async for name, row in every_row(reading)]
    goals = {row["id"]: row for name, row in rows if name == "goal" and row["measure"]}
    assert {goal["measure"] for goal in goals.values()} == {
        goal["measure"]["words"] for goal in GOALS if "measure" in goal
    }
    for goal in goals.values():
        numbers = {name: goal[name] for name in ("baseline", "target", "scale_low", "scale_high")}
        check_measure(goal["measure"], **numbers, is_named=goal["measured_by_id"] is not None)
    points = [row for name, row in rows if name == "measurement"]
    assert len(points) == sum(len(goal.get("points", ())) for goal in GOALS)
    today = local_day(reading.clock.now())
    for point in points:
        value, note = point["value"], point["note"] or ""
        if point["kind"] == MeasureKind.CHECK_IN:
            check_check_in(value, note)
        else:
            scale = {name: goals[point["goal_id"]][name] for name in ("scale_low", "scale_high")}
            check_measurement(day=point["day"], value=value, note=note, today=today, **scale)


@pytest.mark.feature("N8")
async def test_what_was_not_done_could_be_said_so(reading: HouseSession) -> None:
    missed = (await reading.scalars(select(Activity).where(col(Activity.missed_at).is_not(None)))).all()
    assert missed
    for activity in missed:
        assert activity.missed_at
        assert may_be_missed(activity.status, activity.due_on, local_day(activity.missed_at))
    told = await reading.scalars(pick(LogRow.item_id).where(col(LogRow.event) == Event.ACTIVITY_MISSED))
    assert set(told) == {activity.id for activity in missed}


@pytest.mark.feature("F209")
async def test_looking_back_keeps_to_the_rules(reading: HouseSession) -> None:
    there = [row async for name, row in every_row(reading) if name == "evaluation"]
    assert len(there) == sum(len(plan.get("evaluations", ())) for plan in script()["plans"])
    for row in there:
        days = row["period_from"], row["period_to"]
        check_evaluation(row["kind"], EvaluationContent(*days, row["rating"], row["text"], row["expectations"] or ""))


async def test_it_was_all_written_after_its_goal(reading: HouseSession) -> None:
    for table in (Measurement, Evaluation):
        found = pick(table.added_at, Goal.added_at).join(Goal, col(Goal.id) == table.goal_id)
        assert all(written >= goal for written, goal in await reading.execute(found))
