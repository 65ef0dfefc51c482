"""What happened in a plan: goals, activities and comments with a revision and a log row for each change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from models.base import seal
from models.log.rules import Event
from models.plans.rules.words import ActivityStatus
from models.plans.tables.goals import Activity, Comment, Goal
from models.rights import Element, Role
from seed.plans import Written, open_items
from seed.told import Part, ToldActivity, ToldComment, ToldGoal, ToldMeasure

Value = TypeVar("Value")
PLANNED, UNDER_WAY, DONE = ActivityStatus.PLANNED, ActivityStatus.UNDER_WAY, ActivityStatus.DONE
PATHS = {
    PLANNED: [PLANNED],
    UNDER_WAY: [PLANNED, UNDER_WAY],
    DONE: [PLANNED, UNDER_WAY, DONE],
    ActivityStatus.CANCELLED: [PLANNED, ActivityStatus.CANCELLED],
}
"""What an activity has been before it came to be what it is."""


@dataclass(frozen=True)
class Past:
    """A goal and its activities, each beside what was told of it."""

    told: ToldGoal
    goal: Goal
    activities: Sequence[tuple[ToldActivity, Activity]]


def write_past(written: Written) -> list[Past]:
    """Every goal in the told plan, from its first day until the plan's last."""
    past = []
    for place, told in enumerate(written.told.goals, 1):
        goal = _goal(written, told, place)
        activities = [_activity(written, goal, each, number) for number, each in enumerate(told.activities, 1)]
        for comment in told.comments:
            _comment(written, goal, comment)
        if told.history is not None:
            _to_history(written, goal, told.history)
        items = [(Element.GOALS, goal.id), *((Element.ACTIVITIES, activity.id) for activity in activities)]
        for part in written.told.parts:
            if part.only_goal and part.only_goal == told.key:
                open_items(written, part, items)
        past.append(Past(told, goal, list(zip(told.activities, activities, strict=True))))
    return past


def _goal(written: Written, told: ToldGoal, place: int) -> Goal:
    rows, at = written.rows, written.rows.at(told.day, 12, 13)
    goal = written.new(Goal, at, life_area=told.area, place=place)
    seal(written.vault, goal, title=told.title, description=told.description)
    if told.measure:
        _measure(written, goal, told.measure)
    thirds = {told.progress * third // 15 * 5 for third in range(3)}
    last = written.told.ends if told.history is None else told.history - 1
    first, later = _walk(written, [*sorted(thirds - {told.progress}), told.progress], told.day, last)
    goal.progress = first
    written.keep(goal, at, written.told.coordinator(told.day), Event.GOAL_ADDED)
    for goal.progress, day in later:
        written.keep(goal, rows.at(day), written.told.coordinator(day), Event.GOAL_CHANGED, fields=["progress"])
    return goal


def _measure(written: Written, goal: Goal, told: ToldMeasure) -> None:
    """From the goal's first day."""
    seal(written.vault, goal, measure=told.words)
    goal.baseline, goal.target, goal.scale_low, goal.scale_high = told.baseline, told.target, told.low, told.high
    goal.measured_by_id = told.by.id


def _to_history(written: Written, goal: Goal, day: int) -> None:
    """In the evening, when the last comments of the day are in."""
    goal.historic_at = written.rows.at(day, 17, 18)
    written.keep(goal, goal.historic_at, written.told.coordinator(day), Event.GOAL_TO_HISTORY)


def _walk(written: Written, values: Sequence[Value], first: int, last: int) -> tuple[Value, list[tuple[Value, int]]]:
    """The value on the first day, and the later ones with a day each; where days are too few, early values go."""
    days = range(first + 1, min(last, written.told.ends) + 1)
    chosen = sorted(written.rows.chance.sample(days, min(len(values) - 1, len(days))))
    begins = len(values) - 1 - len(chosen)
    return values[begins], list(zip(values[begins + 1 :], chosen, strict=True))


def _activity(written: Written, goal: Goal, told: ToldActivity, place: int) -> Activity:
    rows, at = written.rows, written.rows.at(told.day, 13, 14)
    activity = written.new(Activity, at, goal_id=goal.id, place=place)
    activity.responsible_id = told.responsible.id if told.responsible else None
    activity.starts_on, activity.due_on = rows.day(min(told.day + 3, told.due)), rows.day(told.due)
    seal(written.vault, activity, title=told.title, description=told.description, extent=told.extent)
    first, later = _walk(written, PATHS[told.status], told.day, told.due)
    activity.status = first
    written.keep(activity, at, _author(written, told, told.day), Event.ACTIVITY_ADDED)
    for activity.status, day in later:
        written.keep(activity, rows.at(day), _author(written, told, day), Event.ACTIVITY_CHANGED, fields=["status"])
    return activity


def _author(written: Written, told: ToldActivity, day: int) -> Part:
    """The responsible provider when they could have done it, else the coordinator."""
    part = told.responsible
    if part and part.role is Role.PROVIDER and part.account_id and part.joined <= day <= part.sees_to:
        return part
    return written.told.coordinator(day)


def _comment(written: Written, goal: Goal, told: ToldComment) -> None:
    if told.by.human is None:
        raise ValueError("a unit has no voice of its own")
    at = written.rows.at(told.day)
    author = {"author_id": told.by.human.person_id, "participant_id": told.by.id}
    comment = written.new(Comment, at, goal_id=goal.id, **author)
    seal(written.vault, comment, text=told.text)
    written.keep(comment, at, told.by, Event.COMMENT_ADDED)
