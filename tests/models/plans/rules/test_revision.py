"""When a plan is to be gone through again (the statute's seventh point)."""

from datetime import date

import pytest

from models.plans.rules.revision import MONTHS, check_revision, next_revision
from models.refusals import Invalid
from models.rights import PlanKind

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("kind", "day", "proposed"),
    [
        (PlanKind.IP, TODAY, date(2027, 11, 21)),
        (PlanKind.IOP, TODAY, date(2027, 11, 21)),
        (PlanKind.IUP, TODAY, date(2027, 5, 21)),
        (PlanKind.SL, TODAY, date(2027, 2, 21)),
        (PlanKind.IP, date(2028, 2, 29), date(2029, 2, 28)),
        (PlanKind.SL, date(2026, 11, 30), date(2027, 2, 28)),
        (PlanKind.IUP, date(2026, 8, 31), date(2027, 2, 28)),
        (PlanKind.IUP, date(2026, 6, 30), date(2026, 12, 30)),
    ],
)
def test_the_next_day_is_proposed_by_the_kind_of_plan(kind: PlanKind, day: date, proposed: date) -> None:
    assert next_revision(kind, day) == proposed


def test_every_kind_has_a_proposal() -> None:
    assert set(MONTHS) == set(PlanKind)


@pytest.mark.parametrize("day", [None, TODAY, date(2026, 11, 22), date(2031, 12, 31)])
def test_today_and_some_years_ahead_are_fine(day: date | None) -> None:
    check_revision(day, TODAY)


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(1026, 11, 21), date(2032, 1, 1), date.max])
def test_days_that_have_been_and_days_far_away_are_not(day: date) -> None:
    with pytest.raises(Invalid) as problem:
        check_revision(day, TODAY)
    assert set(problem.value.fields) == {"revise_on"}
