"""When a consent can be recorded, and who can give it."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plans.rules.consents import Stretch, problem, signers_problem, usual_end
from models.rights import PlanKind

TODAY = date(2026, 11, 20)
OWNER, MOTHER, FATHER = UUID(int=1), UUID(int=2), UUID(int=3)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_year_is_proposed_whatever_the_day(first: date) -> None:
    assert 364 <= (usual_end(first) - first).days <= 366


def test_a_year_from_a_leap_day_ends_in_february() -> None:
    assert usual_end(date(2028, 2, 29)) == date(2029, 2, 28)


@pytest.mark.feature("F118")
@pytest.mark.parametrize(
    ("chosen", "due", "why", "wrong"),
    [
        ([], [OWNER], "", ["signers"]),
        ([OWNER], [OWNER], "", []),
        ([MOTHER], [OWNER], "", ["why"]),
        ([MOTHER], [OWNER], "Oppnevnt verge", []),
        ([OWNER, MOTHER], [OWNER], "", []),
        ([MOTHER], [MOTHER, FATHER], "", ["why"]),
        ([MOTHER], [MOTHER, FATHER], " ", ["why"]),
        ([MOTHER], [MOTHER, FATHER], "Alene om foreldreansvaret", []),
        ([MOTHER, FATHER], [MOTHER, FATHER], "", []),
        ([OWNER], [], "", ["why"]),
        ([MOTHER, FATHER], [MOTHER, FATHER], "a" * 2001, ["why"]),
    ],
)
@pytest.mark.parametrize("for_oneself", [True, False])
def test_without_all_who_must_consent_a_reason_is_told(
    chosen: list[UUID], due: list[UUID], why: str, wrong: list[str], for_oneself: bool
) -> None:
    assert list(signers_problem(PlanKind.SL, chosen, due, why, for_oneself=for_oneself)) == wrong


@given(st.dates(TODAY, date(2100, 1, 1)), st.integers(0, 5000))
def test_days_to_come_can_be_consented_to(first: date, length: int) -> None:
    assert problem(Stretch(first, first + timedelta(days=length)), [], TODAY) == {}
