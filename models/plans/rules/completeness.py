"""What a plan must contain, and what of it is there (N6). Pure: the points are data, and so is what is known."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from models.plans.rules.words import ActivityStatus
from models.rights import Role
from models.templates.rules import Check

A_YEAR = timedelta(days=366)
CONTRIBUTES = frozenset({Role.OWNER, Role.COORDINATOR, Role.PROVIDER, Role.GUARDIAN})
"""Of whom the plan must say what they contribute: the others only follow it."""

LACKS: Mapping[Check, Callable[["Measure"], bool]] = {
    Check.MEASURES: lambda one: not (one.has_extent and one.has_responsible),
    Check.HOW: lambda one: not one.has_text,
    Check.DEADLINES: lambda one: not one.has_deadline and one.status is not ActivityStatus.DONE,
}
Findings = Mapping[Check, bool | None]
"""Whether each holds; None when the viewer may not read what it takes to say."""


class Verdict(StrEnum):
    """`UNSEEN`: the viewer may not read what it takes; `FOR_PEOPLE`: Medvirk looks for nothing."""

    FULFILLED = "fulfilled"
    MISSING = "missing"
    UNSEEN = "unseen"
    FOR_PEOPLE = "for_people"


@dataclass(frozen=True)
class Point:
    """One thing the plan must contain, and who says so; all of `checked` must hold."""

    title: str
    source: str
    checked: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Judged:
    point: Point
    verdict: Verdict
    missing: tuple[Check, ...] = ()


@dataclass(frozen=True)
class Measure:
    """What is asked of an activity; only whether it is written, for nobody needs the words."""

    activity_id: UUID
    goal_id: UUID
    status: ActivityStatus
    has_text: bool
    has_extent: bool
    has_responsible: bool
    has_deadline: bool


def judge(points: Iterable[Point], findings: Findings) -> list[Judged]:
    return [_judged(point, findings) for point in points]


def _judged(point: Point, findings: Findings) -> Judged:
    if not point.checked:
        return Judged(point, Verdict.FOR_PEOPLE)
    missing = tuple(check for check in point.checked if findings.get(check) is False)
    if missing:
        return Judged(point, Verdict.MISSING, missing)
    unseen = any(findings.get(check) is None for check in point.checked)
    return Judged(point, Verdict.UNSEEN if unseen else Verdict.FULFILLED)


def meter(judged: Sequence[Judged]) -> tuple[int, int] | None:
    """How many are fulfilled, of those that can be judged; None when none can."""
    told = [one.verdict for one in judged if one.verdict in (Verdict.FULFILLED, Verdict.MISSING)]
    return (told.count(Verdict.FULFILLED), len(told)) if told else None


def of_measures(measures: Sequence[Measure]) -> dict[Check, bool]:
    """Without a single activity nothing is said about how the goals are to be reached."""
    agreed = any(one.status is not ActivityStatus.CANCELLED for one in measures)
    return {check: agreed and not lacking(check, measures) for check in LACKS}


def lacking(check: Check, measures: Iterable[Measure]) -> list[Measure]:
    """The activities to mend. What is called off needs nothing more."""
    return [one for one in measures if one.status is not ActivityStatus.CANCELLED and LACKS[check](one)]


def of_people(roles: Iterable[Role]) -> dict[Check, bool]:
    """Of those who take part today."""
    present = set(roles)
    return {
        Check.PARTICIPANTS: Role.OWNER in present and len(present) > 1,
        Check.COORDINATOR: Role.COORDINATOR in present,
    }


def is_recent(last_day: date | None, today: date) -> bool:
    """Whether a look back ended within the last year."""
    return last_day is not None and last_day >= today - A_YEAR
