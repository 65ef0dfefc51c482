"""How what was agreed is followed up: measurements, promises that were not kept, and looking back."""

from collections.abc import Sequence
from typing import TypedDict
from uuid import UUID

from models.base import seal
from models.log.rules import Event
from models.plans.tables.goals import Activity, Goal, Measurement
from models.plans.tables.together import Evaluation
from seed.past import Past
from seed.plans import Written
from seed.told import Part, ToldComment, ToldEvaluation, ToldPoint


class Author(TypedDict):
    author_id: UUID
    participant_id: UUID


def write_followed(written: Written, past: Sequence[Past]) -> None:
    """After everything else in the plan, by chances of its own: only a few plans are told of so closely."""
    with written.rows.aside():
        for told, goal, activities in ((each.told, each.goal, each.activities) for each in past):
            for point in told.points:
                _point(written, goal, point)
            for line, activity in activities:
                if line.missed:
                    _missed(written, activity, line.missed)
        goals = {each.told.key: each.goal.id for each in past}
        for evaluation in written.told.evaluations:
            _evaluation(written, evaluation, goals.get(evaluation.goal))


def _point(written: Written, goal: Goal, told: ToldPoint) -> None:
    at, day = written.rows.at(told.day, 12, 18), written.rows.day(told.day)
    facts = {"goal_id": goal.id, "kind": told.kind, "day": day, "value": told.value}
    measurement = written.new(Measurement, at, **facts, **_author(told.by))
    seal(written.vault, measurement, note=told.note or None)
    written.keep(measurement, at, told.by, Event.MEASUREMENT_ADDED)


def _missed(written: Written, activity: Activity, told: ToldComment) -> None:
    activity.missed_at, activity.missed_by = written.rows.at(told.day, 16, 20), told.by.id
    seal(written.vault, activity, missed_note=told.text)
    written.keep(activity, activity.missed_at, told.by, Event.ACTIVITY_MISSED)


def _evaluation(written: Written, told: ToldEvaluation, goal_id: UUID | None) -> None:
    rows, at = written.rows, written.rows.at(told.day, 12, 16)
    period = {"period_from": rows.day(told.first), "period_to": rows.day(told.last)}
    facts = {"kind": told.kind, "goal_id": goal_id, "rating": told.rating}
    evaluation = written.new(Evaluation, at, **facts, **period, **_author(told.by))
    seal(written.vault, evaluation, text=told.text, expectations=told.expectations or None)
    written.keep(evaluation, at, told.by, Event.EVALUATION_ADDED)


def _author(part: Part) -> Author:
    if part.human is None:
        raise ValueError("a unit has no voice of its own")
    return {"author_id": part.human.person_id, "participant_id": part.id}
