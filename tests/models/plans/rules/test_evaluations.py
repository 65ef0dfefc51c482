"""What a look back must be, and which days are proposed for it."""

from datetime import date

import pytest

from models.plans.rules.evaluations import (
    EvaluationContent,
    check_evaluation,
    days_to_look_back_on,
    year_to_report,
)
from models.plans.rules.goals import TEXT
from models.plans.rules.words import EvaluationKind
from models.refusals import Invalid
from models.rights import PlanKind

SPRING, SUMMER = date(2026, 1, 1), date(2026, 6, 30)
pytestmark = pytest.mark.feature("F209")


def wrong(kind: EvaluationKind, content: EvaluationContent) -> set[str]:
    with pytest.raises(Invalid) as invalid:
        check_evaluation(kind, content)
    return set(invalid.value.fields)


@pytest.mark.parametrize("told", [{"rating": 1}, {"text": "Bra"}, {"expectations": "Mer ro"}])
def test_a_reflection_may_be_a_word_or_a_face(told: dict[str, object]) -> None:
    check_evaluation(EvaluationKind.REFLECTION, EvaluationContent(SPRING, SUMMER, **told))  # type: ignore[arg-type]


def test_a_reflection_says_something() -> None:
    assert wrong(EvaluationKind.REFLECTION, EvaluationContent(SPRING, SUMMER, text=" \n\u200b")) == {"text"}


@pytest.mark.parametrize("kind", [EvaluationKind.GOAL, EvaluationKind.YEARLY])
@pytest.mark.parametrize("text", ["", "<p> </p>", "<ul><li></li></ul>"])
def test_the_others_are_written(kind: EvaluationKind, text: str) -> None:
    assert wrong(kind, EvaluationContent(SPRING, SUMMER, rating=3, text=text)) == {"text"}


@pytest.mark.parametrize("rating", [0, 6, -1, 10**9])
def test_the_scale_has_five_steps(rating: int) -> None:
    assert wrong(EvaluationKind.REFLECTION, EvaluationContent(SPRING, SUMMER, rating=rating)) == {"rating"}


def test_a_period_ends_when_it_begins_or_later() -> None:
    check_evaluation(EvaluationKind.GOAL, EvaluationContent(SPRING, SPRING, text="En dag"))
    assert wrong(EvaluationKind.GOAL, EvaluationContent(SUMMER, SPRING, text="Bak fram")) == {"period_to"}


def test_a_year_that_is_a_slip_of_the_finger_is_said_where_it_is() -> None:
    content = EvaluationContent(date(202, 1, 1), date(9999, 1, 1), text="Hm")
    assert wrong(EvaluationKind.GOAL, content) == {"period_from", "period_to"}


def test_a_text_has_an_end() -> None:
    content = EvaluationContent(SPRING, SUMMER, text="a" * (TEXT + 1), expectations="b" * (TEXT + 1))
    assert wrong(EvaluationKind.YEARLY, content) == {"text", "expectations"}


@pytest.mark.feature("F83")
@pytest.mark.parametrize(
    ("kind", "today", "first"),
    [
        (PlanKind.IOP, date(2026, 11, 20), date(2025, 8, 1)),
        (PlanKind.IUP, date(2026, 5, 15), date(2024, 8, 1)),
        (PlanKind.IOP, date(2026, 6, 10), date(2025, 8, 1)),
        (PlanKind.IP, date(2026, 3, 1), date(2025, 1, 1)),
        (PlanKind.SL, date(2026, 12, 1), date(2026, 1, 1)),
    ],
)
def test_the_year_to_report_on_has_ended_or_ends_soon(kind: PlanKind, today: date, first: date) -> None:
    begins, ends = year_to_report(kind, today)
    assert (begins, (ends - begins).days in (364, 365)) == (first, True)


def test_one_looks_back_from_where_the_last_one_ended() -> None:
    assert days_to_look_back_on(date(2026, 6, 30), date(2026, 11, 20)) == (date(2026, 7, 1), date(2026, 11, 20))
    first, last = days_to_look_back_on(date(2026, 11, 20), date(2026, 11, 20))
    assert first < last
