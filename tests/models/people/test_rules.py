"""Fødselsnummer and D-number by the rule of 2032; synthetic ones only where they are let in. All are made up."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.people.rules import WEIGHTS_1, WEIGHTS_2, age, full_name, is_national_id


def numbered(nine: str, first_sum: int = 0) -> str | None:
    """Nine digits with check digits that make the first sum what is asked and the second zero; None if none do."""
    for tens in range(100):
        digits = [int(d) for d in f"{nine}{tens:02}"]
        first = sum(w * d for w, d in zip(WEIGHTS_1, digits, strict=False)) % 11
        second = sum(w * d for w, d in zip(WEIGHTS_2, digits, strict=True)) % 11
        if (first, second) == (first_sum, 0):
            return f"{nine}{tens:02}"
    return None


@st.composite
def valid(draw: st.DrawFn, month_shift: int = 80, day_shift: int = 0) -> str:
    day, month = draw(st.integers(1, 31)), draw(st.integers(1, 12))
    rest = draw(st.integers(0, 99_999))
    made = numbered(f"{day + day_shift:02}{month + month_shift:02}{rest:05}", draw(st.integers(0, 3)))
    assume(made)
    return str(made)


@pytest.mark.feature("N23")
@given(valid())
def test_a_synthetic_number_counts_only_where_it_is_let_in(number: str) -> None:
    assert is_national_id(number, synthetic=True)
    assert not is_national_id(number, synthetic=False)


@given(valid(month_shift=65) | valid(month_shift=40))
def test_so_do_the_other_kinds_of_synthetic_number(number: str) -> None:
    assert is_national_id(number, synthetic=True)
    assert not is_national_id(number, synthetic=False)


@pytest.mark.feature("F181")
@given(valid(day_shift=40))
def test_a_d_number_has_its_day_plus_forty(number: str) -> None:
    assert is_national_id(number, synthetic=True)


@given(valid(), st.integers(0, 10), st.integers(1, 9))
def test_one_wrong_digit_past_the_date_is_seen(number: str, place: int, step: int) -> None:
    digits = [int(d) for d in number]
    digits[place] = (digits[place] + step) % 10
    assert not is_national_id("".join(map(str, digits)), synthetic=True)


@pytest.mark.parametrize("first_sum", range(11))
def test_the_first_sum_may_leave_up_to_three(first_sum: int) -> None:
    candidates = (numbered(f"019001{rest:03}", first_sum) for rest in range(100))
    number = next(candidate for candidate in candidates if candidate)
    assert is_national_id(number, synthetic=True) is (first_sum <= 3)


def dated(day: int, month: int) -> bool:
    candidates = (numbered(f"{day:02}{month:02}{rest:05}") for rest in range(100))
    return is_national_id(next(c for c in candidates if c), synthetic=True)


@pytest.mark.parametrize(
    ("day", "month", "fits"),
    [
        (1, 81, True),
        (31, 92, True),
        (1, 66, True),
        (1, 77, True),
        (41, 81, True),
        (71, 92, True),
        (0, 81, False),
        (32, 81, False),
        (40, 81, False),
        (72, 81, False),
        (1, 80, False),
        (1, 93, False),
        (1, 65, False),
        (1, 78, False),
        (1, 0, False),
        (1, 13, False),
    ],
)
def test_the_first_six_digits_are_a_day(day: int, month: int, fits: bool) -> None:
    assert dated(day, month) is fits


@pytest.mark.parametrize(
    "text", ["", "0181011234", "018101123456", "0181011234a", "٠١٢٣٤٥٦٧٨٩٠", " 1810112345", "-1810112345"]
)
def test_anything_but_eleven_digits_is_refused(text: str) -> None:
    assert not is_national_id(text, synthetic=True)


@given(st.text())
def test_no_text_makes_it_stumble(text: str) -> None:
    is_national_id(text, synthetic=True)


@pytest.mark.parametrize(
    ("born", "today", "years"),
    [
        (date(2011, 11, 20), date(2026, 11, 19), 14),
        (date(2011, 11, 20), date(2026, 11, 20), 15),
        (date(2012, 2, 29), date(2027, 2, 28), 14),
        (date(2012, 2, 29), date(2027, 3, 1), 15),
        (date(2026, 11, 20), date(2026, 11, 20), 0),
    ],
)
def test_a_year_is_added_on_the_birthday(born: date, today: date, years: int) -> None:
    assert age(born, today) == years


def test_a_name_with_one_part_has_no_loose_space() -> None:
    assert full_name("Kari", "") == "Kari"
