"""What may be measured, and how numbers are typed."""

from datetime import date
from typing import Any

import pytest

from models.plans.rules.measuring import check_check_in, check_measure, check_measurement, number, span
from models.refusals import Invalid

TODAY = date(2026, 11, 20)
pytestmark = pytest.mark.feature("N24")


def problems(check: Any, *args: Any, **asked: Any) -> dict[str, str]:
    try:
        check(*args, **asked)
    except Invalid as invalid:
        return invalid.fields
    return {}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        *(("3", 3.0), ("2,5", 2.5), ("2.5", 2.5), ("-4", -4.0), ("+1", 1.0), (" 7 ", 7.0)),
        *(("1 200,5", 1200.5), ("1\N{NO-BREAK SPACE}200", 1200.0), ("\N{MINUS SIGN}2,25", -2.25), ("0,0001", 0.0001)),
    ],
)
def test_a_number_is_typed_with_comma_or_point(typed: str, value: float) -> None:
    assert number(typed) == value


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "fem", "1e5", "nan", "inf", "-inf", "1,2,3", "1.200,5", "2,", ",5", "--1", "0x10", "1_000", "5 %"),
        *("12345678", "0,12345", "٣", "３", "½", "1" * 5000, "1\n\n<b>"),
    ],
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert number(typed) is None


def test_minus_nothing_is_nothing() -> None:
    assert str(number("-0")) == "0.0"


def measured(**numbers: Any) -> dict[str, str]:
    empty = dict.fromkeys(("baseline", "target", "scale_low", "scale_high"))
    return problems(check_measure, numbers.pop("measure", "Netter med god søvn"), **empty | numbers)


@pytest.mark.parametrize(
    "numbers",
    [
        {},
        {"measure": ""},
        {"baseline": 2, "target": 6, "scale_low": 0, "scale_high": 7},
        {"baseline": 6, "target": 2},
        {"baseline": 0, "target": 7, "scale_low": 0, "scale_high": 7},
        {"target": -3, "scale_high": 0},
        {"is_named": True},
    ],
)
def test_everything_may_be_left_out_as_long_as_it_fits_together(numbers: dict[str, Any]) -> None:
    assert measured(**numbers) == {}


@pytest.mark.parametrize(
    ("numbers", "field"),
    [
        ({"measure": "", "target": 4}, "measure"),
        ({"measure": " ", "scale_low": 0}, "measure"),
        ({"measure": "", "is_named": True}, "measure"),
        ({"measure": "x" * 201}, "measure"),
        ({"scale_low": 5, "scale_high": 5}, "scale_high"),
        ({"scale_low": 6, "scale_high": 5}, "scale_high"),
        ({"target": 8, "scale_low": 0, "scale_high": 7}, "target"),
        ({"baseline": -1, "scale_low": 0}, "baseline"),
        ({"target": 1_000_001}, "target"),
        ({"scale_low": -1_000_001}, "scale_low"),
        ({"target": float("nan")}, "target"),
        ({"scale_high": float("inf")}, "scale_high"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(numbers: dict[str, Any], field: str) -> None:
    assert measured(**numbers).keys() == {field}


def point(**values: Any) -> dict[str, str]:
    usual = {"day": TODAY, "value": 3, "note": "", "today": TODAY, "scale_low": 0, "scale_high": 7}
    return problems(check_measurement, **usual | values)


@pytest.mark.parametrize("values", [{}, {"value": 0}, {"value": 7}, {"day": date(2020, 1, 1)}, {"scale_high": None}])
def test_a_measurement_within_the_scale_and_not_ahead(values: dict[str, Any]) -> None:
    assert point(**values) == {}


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"day": date(2026, 11, 21)}, {"day"}),
        ({"day": date(1026, 11, 20)}, {"day"}),
        ({"value": 7.5}, {"value"}),
        ({"value": -0.5}, {"value"}),
        ({"value": float("nan")}, {"value"}),
        ({"value": 2_000_000, "scale_high": None}, {"value"}),
        ({"note": "x" * 2001}, {"note"}),
        ({"note": "x" * 2001, "value": 9, "day": date(2027, 1, 1)}, {"note", "value", "day"}),
    ],
)
def test_a_measurement_that_cannot_be(values: dict[str, Any], fields: set[str]) -> None:
    assert point(**values).keys() == fields


@pytest.mark.parametrize("value", [0, 6, 2.5, -1, float("nan")])
def test_a_check_in_is_one_of_five(value: float) -> None:
    assert problems(check_check_in, value, "").keys() == {"value"}


def test_a_check_in_may_have_a_note_that_is_not_too_long() -> None:
    assert problems(check_check_in, 3, "x" * 2000) == {}
    assert problems(check_check_in, 3, "x" * 2001).keys() == {"note"}


@pytest.mark.parametrize(
    ("points", "ends"),
    [
        ({}, (0, 1)),
        ({"a": 4.0, "b": None}, (3, 5)),
        ({"a": 4.0, "b": -2.0, "c": 1.0}, (-2, 4)),
    ],
)
def test_what_is_drawn_always_has_a_height(points: dict[str, float | None], ends: tuple[float, float]) -> None:
    assert span(points) == ends
