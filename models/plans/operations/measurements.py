"""What is measured on the way to a goal, the measurements, and the owner's own check-in beside them (N24)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from models.i18n import _
from models.log.rules import Event
from models.plans.operations.demands import demand_change, demand_delete, demand_measurer, demand_owner_side
from models.plans.operations.keeping import changed, demand_fresh, discard, keep
from models.plans.operations.participants import demand_participant
from models.plans.proof import OpenPlan, Standing
from models.plans.queries.measurements import todays_check_in
from models.plans.rules.measuring import check_check_in, check_measure, check_measurement
from models.plans.rules.words import MeasureKind
from models.plans.tables.goals import Goal, Measurement
from models.refusals import Invalid, NotFound, Reason, Refused
from models.rights import Element, Level
from models.texts import says_something


@dataclass(frozen=True)
class Measure:
    """What is measured, from where to where, and by whom; all empty when nothing is measured any longer."""

    measure: str = ""
    baseline: float | None = None
    target: float | None = None
    scale_low: float | None = None
    scale_high: float | None = None
    measured_by_id: UUID | None = None

    def numbers(self) -> dict[str, float | None]:
        scale = {"scale_low": self.scale_low, "scale_high": self.scale_high}
        return {"baseline": self.baseline, "target": self.target, **scale}


@dataclass(frozen=True)
class Point:
    """One measurement as somebody writes it."""

    day: date
    value: float
    note: str = ""

    def values(self) -> dict[str, object]:
        return {"day": self.day, "value": self.value, "note": self.note.strip()}


async def set_measure(plan: OpenPlan, goal: Goal, seen: int, wanted: Measure) -> None:
    """What was measured before stays. Raises Refused, Invalid or Conflict."""
    plan.demand(Element.GOALS, Level.CHANGE, goal)
    check_measure(wanted.measure, **wanted.numbers(), is_named=wanted.measured_by_id is not None)
    await demand_participant(plan, wanted.measured_by_id, field="measured_by_id")
    demand_fresh(goal, seen)
    values = {"measure": wanted.measure.strip(), **wanted.numbers(), "measured_by_id": wanted.measured_by_id}
    if fields := changed(plan, goal, **values):
        await keep(plan, goal, Event.GOAL_CHANGED, fields=fields)


async def add(plan: OpenPlan, goal: Goal, point: Point, *, new_id: UUID | None = None) -> Measurement:
    """`new_id` is what its form called it. Raises Refused, or Invalid when the point is outside the scale, or nothing
    is to be measured."""
    demand_measurer(plan, goal)
    if goal.measure is None:
        raise Invalid(value=_("Skriv først hva som skal måles."))
    _check(plan, goal, point)
    made = _new(plan, goal, _measuring(plan, goal), MeasureKind.MEASURED, point.day, point.value, new_id=new_id)
    changed(plan, made, note=point.note.strip())
    await keep(plan, made, Event.MEASUREMENT_ADDED)
    return made


async def check_in(plan: OpenPlan, goal: Goal, value: int, note: str = "") -> Measurement:
    """How the owner says it goes. One a day from each: who answers again the same day, changes the answer.

    A note that was written is not emptied by answering again without one.
    """
    standing = demand_owner_side(plan, goal)
    check_check_in(value, note)
    if earlier := await todays_check_in(plan, goal):
        written = {"note": note.strip()} if says_something(note) else {}
        if fields := changed(plan, earlier, value=float(value), **written):
            await keep(plan, earlier, Event.MEASUREMENT_CHANGED, fields=fields)
        return earlier
    made = _new(plan, goal, standing, MeasureKind.CHECK_IN, plan.today, float(value))
    changed(plan, made, note=note.strip())
    await keep(plan, made, Event.MEASUREMENT_ADDED)
    return made


async def change(plan: OpenPlan, measurement: Measurement, seen: int, point: Point) -> None:
    """Only its author's (F73). Of a check-in the day stays. Raises Refused, Invalid or Conflict."""
    demand_change(plan, measurement)
    goal = await _goal(plan, measurement)
    if measurement.kind is MeasureKind.CHECK_IN:
        check_check_in(point.value, point.note)
        point = Point(measurement.day, point.value, point.note)
    else:
        _check(plan, goal, point)
    demand_fresh(measurement, seen)
    if fields := changed(plan, measurement, **point.values()):
        await keep(plan, measurement, Event.MEASUREMENT_CHANGED, fields=fields)


async def delete(plan: OpenPlan, measurement: Measurement, seen: int | None = None) -> None:
    """By its author, or by who may delete the goal. `seen` and Conflict: as `goals.delete`."""
    demand_delete(plan, measurement)
    if seen is not None:
        demand_fresh(measurement, seen)
    await discard(plan, measurement, Event.MEASUREMENT_DELETED)


def _measuring(plan: OpenPlan, goal: Goal) -> Standing:
    """Who measures: the participation that was named, if it is the viewer's, else the one with most say."""
    return next((one for one in plan.standings if one.participant_id == goal.measured_by_id), plan.standings[0])


async def _goal(plan: OpenPlan, measurement: Measurement) -> Goal:
    goal: Goal | None = await plan.session.get(Goal, measurement.goal_id)
    if goal is None:
        raise NotFound
    return goal


def _check(plan: OpenPlan, goal: Goal, point: Point) -> None:
    scale = {"scale_low": goal.scale_low, "scale_high": goal.scale_high}
    check_measurement(day=point.day, value=point.value, note=point.note, today=plan.today, **scale)


def _new(
    plan: OpenPlan,
    goal: Goal,
    standing: Standing,
    kind: MeasureKind,
    day: date,
    value: float,
    *,
    new_id: UUID | None = None,
) -> Measurement:
    if plan.viewer.person_id is None:
        raise Refused(Reason.NO_RIGHT, plan.plan_id)
    return Measurement(
        id=new_id or uuid4(),
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        goal_id=goal.id,
        author_id=plan.viewer.person_id,
        participant_id=standing.participant_id,
        kind=kind,
        day=day,
        value=value,
        added_at=plan.session.clock.now(),
    )
