"""When a consent can be recorded, and who can give it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plans.rules.consents import Stretch, problem, usual_end, who_must_sign
from models.rights import PlanKind, Role

TODAY = date(2026, 11, 20)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_year_is_proposed_whatever_the_day(first: date) -> None:
    assert 364 <= (usual_end(first) - first).days <= 366


def test_a_year_from_a_leap_day_ends_in_february() -> None:
    assert usual_end(date(2028, 2, 29)) == date(2029, 2, 28)


@pytest.mark.feature("F118")
@pytest.mark.parametrize(
    ("roles", "for_oneself", "fits"),
    [
        ([], True, False),
        ([Role.OWNER], True, True),
        ([Role.GUARDIAN], True, False),
        ([Role.OWNER, Role.GUARDIAN], True, True),
        ([Role.OWNER], False, False),
        ([Role.GUARDIAN], False, True),
        ([Role.OWNER, Role.GUARDIAN], False, True),
    ],
)
def test_who_is_old_enough_decides_and_else_a_guardian(roles: list[Role], for_oneself: bool, fits: bool) -> None:
    assert (who_must_sign(PlanKind.SL, roles, for_oneself=for_oneself) is None) is fits


@given(st.dates(TODAY, date(2100, 1, 1)), st.integers(0, 5000))
def test_days_to_come_can_be_consented_to(first: date, length: int) -> None:
    assert problem(Stretch(first, first + timedelta(days=length)), [], TODAY) == {}
