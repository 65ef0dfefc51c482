"""Birthdays that change who decides (N4): told in time, once near, and right on leap days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.rules import age
from models.plans.rules.ages import AHEAD, LATE, Step, decides_alone, near, problem
from models.plans.rules.words import TaskKind

pytestmark = pytest.mark.feature("N4")
TODAY = date(2026, 11, 20)
SIXTEEN = Step(16, new_consent=True, review_guardians=True)
DAYS = st.dates(date(1950, 1, 1), date(2040, 12, 31))


def born(years: int, in_days: int) -> date:
    """Whoever becomes so many years in so many days."""
    day = TODAY + timedelta(days=in_days)
    return day.replace(year=day.year - years)


@pytest.mark.parametrize(
    ("in_days", "told"), [(91, 0), (90, 1), (1, 1), (0, 1), (-1, 1), (-30, 1), (-31, 0), (-365, 0)]
)
def test_it_is_told_from_ninety_days_before_to_thirty_days_after(in_days: int, told: int) -> None:
    assert len(near(born(16, in_days), [SIXTEEN], TODAY)) == told


def test_nobody_who_is_not_born_or_whose_age_nobody_knows_has_birthdays() -> None:
    assert near(None, [SIXTEEN], TODAY) == []


def test_who_is_born_on_a_leap_day_becomes_older_on_the_first_of_march() -> None:
    (one,) = near(date(2008, 2, 29), [Step(18, new_consent=True, review_guardians=True)], date(2026, 2, 1))
    assert one.on == date(2026, 3, 1)
    (one,) = near(date(2008, 2, 29), [SIXTEEN], date(2024, 2, 1))
    assert one.on == date(2024, 2, 29)


@given(DAYS, DAYS, st.lists(st.integers(1, 30), unique=True, max_size=5))
def test_on_the_day_itself_they_are_as_old_as_is_said(birth: date, today: date, ages: list[int]) -> None:
    steps = [Step(years, new_consent=True, review_guardians=False) for years in ages]
    found = near(birth, steps, today)
    for one in found:
        assert age(birth, one.on) == one.step.age
        assert age(birth, one.on - timedelta(days=1)) == one.step.age - 1
        assert -LATE <= (one.on - today).days <= AHEAD
    assert [one.on for one in found] == sorted(one.on for one in found)


@given(DAYS, st.integers(1, 30))
def test_no_birthday_is_passed_over(birth: date, years: int) -> None:
    """Whoever asks once a month is told of each."""
    step = Step(years, new_consent=True, review_guardians=True)
    days = [birth + timedelta(days=30 * month) for month in range(31 * 13)]
    assert {one.step.age for day in days for one in near(birth, [step], day)} == {years}


@pytest.mark.parametrize(
    ("step", "consent", "guardians", "asked"),
    [
        (SIXTEEN, True, True, [TaskKind.NEW_CONSENT, TaskKind.GUARDIAN_REVIEW]),
        (SIXTEEN, False, True, [TaskKind.GUARDIAN_REVIEW]),
        (SIXTEEN, True, False, [TaskKind.NEW_CONSENT]),
        (SIXTEEN, False, False, []),
        (Step(15, new_consent=False, review_guardians=True), True, True, [TaskKind.GUARDIAN_REVIEW]),
    ],
)
def test_only_what_there_is_something_to_see_to_of_is_asked(
    step: Step, consent: bool, guardians: bool, asked: list[TaskKind]
) -> None:
    (one,) = near(born(step.age, 10), [step], TODAY)
    assert one.asks_for(rests_on_consent=consent, has_guardians=guardians) == asked


@pytest.mark.parametrize(
    ("birth", "expected", "ages", "alone"),
    [
        (born(16, 0), None, [16, 18], True),
        (born(16, 1), None, [16, 18], False),
        (born(15, 0), None, [15, 18], True),
        (born(18, 0), None, [], True),
        (born(18, 1), None, [], False),
        (None, TODAY, [16], False),
        (None, None, [16], True),
    ],
)
def test_an_owner_consents_alone_from_the_lowest_age(
    birth: date | None, expected: date | None, ages: list[int], alone: bool
) -> None:
    assert decides_alone(birth, expected, ages, TODAY) is alone


@pytest.mark.parametrize(("years", "field"), [(0, "age"), (31, "age"), (-16, "age"), (1, None), (30, None)])
def test_an_age_is_one_a_young_person_may_have(years: int, field: str | None) -> None:
    assert list(problem(Step(years, new_consent=True, review_guardians=False))) == ([field] if field else [])


def test_a_step_that_asks_for_nothing_is_none() -> None:
    assert list(problem(Step(16, new_consent=False, review_guardians=False))) == ["new_consent"]
