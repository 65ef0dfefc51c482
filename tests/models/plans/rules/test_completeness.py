"""What a plan must contain, judged from what is known."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from models.plans.rules.completeness import (
    Judged,
    Measure,
    Point,
    Verdict,
    is_recent,
    judge,
    lacking,
    meter,
    of_measures,
    of_people,
)
from models.plans.rules.words import ActivityStatus
from models.rights import Role
from models.templates.rules import Check

pytestmark = pytest.mark.feature("N6")
TODAY = date(2026, 11, 20)


def verdict(checked: tuple[Check, ...], findings: dict[Check, bool | None]) -> Judged:
    [judged] = judge([Point("Mål", "loven", checked)], findings)
    return judged


def test_all_that_is_checked_must_hold() -> None:
    both = (Check.GOALS, Check.LIFE_AREAS)
    assert verdict(both, {Check.GOALS: True, Check.LIFE_AREAS: True}).verdict is Verdict.FULFILLED
    half = verdict(both, {Check.GOALS: True, Check.LIFE_AREAS: False})
    assert (half.verdict, half.missing) == (Verdict.MISSING, (Check.LIFE_AREAS,))


def test_what_may_not_be_read_is_not_judged() -> None:
    both = (Check.GOALS, Check.CONSENT)
    assert verdict(both, {Check.GOALS: True, Check.CONSENT: None}).verdict is Verdict.UNSEEN
    assert verdict(both, {Check.GOALS: True}).verdict is Verdict.UNSEEN
    seen = verdict(both, {Check.GOALS: False, Check.CONSENT: None})
    assert (seen.verdict, seen.missing) == (Verdict.MISSING, (Check.GOALS,))


def test_a_point_without_checks_is_for_people_and_is_not_counted() -> None:
    judged = judge([Point("Snakk", "kommunen"), Point("Mål", "loven", (Check.GOALS,))], {Check.GOALS: True})
    assert [one.verdict for one in judged] == [Verdict.FOR_PEOPLE, Verdict.FULFILLED]
    assert meter(judged) == (1, 1)


def test_the_meter_counts_what_can_be_judged_only() -> None:
    points = [Point(check.value, "loven", (check,)) for check in (Check.GOALS, Check.ABOUT, Check.CONSENT)]
    assert meter(judge(points, {Check.GOALS: True, Check.ABOUT: False, Check.CONSENT: None})) == (1, 2)
    assert meter(judge(points, {})) is None


def measure(status: ActivityStatus = ActivityStatus.PLANNED, **lacks: bool) -> Measure:
    whole = {"has_text": True, "has_extent": True, "has_responsible": True, "has_deadline": True}
    return Measure(uuid4(), uuid4(), status, **(whole | lacks))


@pytest.mark.parametrize(
    ("column", "check"),
    [
        ("has_extent", Check.MEASURES),
        ("has_responsible", Check.MEASURES),
        ("has_text", Check.HOW),
        ("has_deadline", Check.DEADLINES),
    ],
)
def test_one_activity_without_it_is_enough_to_say_no(column: str, check: Check) -> None:
    short = measure(**{column: False})
    found = of_measures([measure(), short])
    assert [one for one, holds in found.items() if not holds] == [check]
    assert lacking(check, [measure(), short]) == [short]


def test_without_activities_nothing_is_said_of_them() -> None:
    assert set(of_measures([]).values()) == {False}
    assert set(of_measures([measure(ActivityStatus.CANCELLED)]).values()) == {False}


def test_what_is_called_off_needs_nothing_and_what_is_done_no_deadline() -> None:
    called_off = measure(ActivityStatus.CANCELLED, has_text=False, has_extent=False, has_deadline=False)
    done = measure(ActivityStatus.DONE, has_deadline=False)
    assert set(of_measures([done, called_off]).values()) == {True}


def test_there_is_an_owner_and_somebody_more() -> None:
    assert of_people([Role.OWNER]) == {Check.PARTICIPANTS: False, Check.COORDINATOR: False}
    assert of_people([Role.OWNER, Role.COORDINATOR]) == {Check.PARTICIPANTS: True, Check.COORDINATOR: True}
    assert of_people([Role.PROVIDER, Role.GUARDIAN])[Check.PARTICIPANTS] is False


@pytest.mark.parametrize(("ago", "recent"), [(0, True), (366, True), (367, False)])
def test_a_look_back_holds_for_a_year(ago: int, *, recent: bool) -> None:
    assert is_recent(TODAY - timedelta(days=ago), TODAY) is recent


def test_none_is_not_recent() -> None:
    assert not is_recent(None, TODAY)
