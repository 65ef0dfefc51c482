"""What may be asked of a report, and the sentences for what may not."""

from datetime import date

import pytest

from models.refusals import Invalid
from models.rights import PlanKind
from reports.statistics.period import GroupBy, Period, parse

TODAY = date(2026, 11, 20)
SCHOOL = frozenset({PlanKind.IOP, PlanKind.IUP})


def asked(
    first: str = "", last: str = "", group_by: str = "", kinds: tuple[str, ...] = (), today: date = TODAY
) -> Period:
    return parse(first, last, group_by, kinds, today=today, allowed=SCHOOL)


def wrong(*texts: str, kinds: tuple[str, ...] = ()) -> set[str]:
    with pytest.raises(Invalid) as caught:
        asked(*texts, kinds=kinds)
    return set(caught.value.fields)


def test_nothing_asked_is_the_last_twelve_months_and_all_kinds_allowed() -> None:
    assert asked() == Period(date(2025, 11, 21), TODAY, None, SCHOOL)


def test_the_twelve_months_before_a_leap_day_begin_on_the_first_of_march() -> None:
    assert asked(today=date(2028, 2, 29)).first == date(2027, 3, 1)


def test_days_without_a_period_are_those_of_the_last_month() -> None:
    assert asked(group_by="day").first == date(2026, 10, 21)


@pytest.mark.feature("F205")
def test_period_kinds_and_division_are_taken_as_asked() -> None:
    assert asked("2026-01-01", "2026-06-30", "month", ("iop",)) == Period(
        date(2026, 1, 1), date(2026, 6, 30), GroupBy.MONTH, frozenset({PlanKind.IOP})
    )


def test_a_day_may_be_typed_the_norwegian_way() -> None:
    assert asked("31.12.2025").first == date(2025, 12, 31)


def test_days_to_come_are_not_counted() -> None:
    assert asked("2026-01-01", "2099-12-31").last == TODAY


@pytest.mark.parametrize("text", ["tull", "2026-02-30", "0001-01-01", "1999-12-31", "<script>", "٢٠٢٦-01-01"])
def test_a_day_that_is_none_is_refused_beside_its_field(text: str) -> None:
    assert wrong(text, text) == {"from_", "to"}


@pytest.mark.parametrize("first", ["2026-06-02", "2026-11-21"])
def test_a_period_cannot_end_before_it_begins(first: str) -> None:
    assert wrong(first, "2026-06-01") == {"from_"}


def test_an_unknown_division_is_refused() -> None:
    assert wrong("", "", "hour") == {"group_by"}


@pytest.mark.parametrize("kinds", [("IP",), ("IOP", "IP"), ("tull",)])
def test_kinds_beyond_the_right_are_refused(kinds: tuple[str, ...]) -> None:
    assert wrong(kinds=kinds) == {"plan_type"}


def test_every_wrong_field_gets_its_own_sentence() -> None:
    assert wrong("x", "y", "z", kinds=("w",)) == {"from_", "to", "group_by", "plan_type"}


def test_too_many_parts_are_refused() -> None:
    assert wrong("2000-01-01", "", "day") == {"group_by"}


def test_parts_cover_the_period_without_overlap_and_no_more() -> None:
    parts = asked("2025-12-30", "2026-01-12", "week").parts()
    assert [(part.first, part.last, part.name) for part in parts] == [
        (date(2025, 12, 30), date(2026, 1, 4), "2026 uke 01"),
        (date(2026, 1, 5), date(2026, 1, 11), "2026 uke 02"),
        (date(2026, 1, 12), date(2026, 1, 12), "2026 uke 03"),
    ]


@pytest.mark.parametrize(("division", "name"), [("year", "2026"), ("month", "2026-06"), ("day", "2026-06-30")])
def test_parts_are_named_so_that_they_sort(division: str, name: str) -> None:
    assert asked("2026-06-30", "2026-06-30", division).parts()[0].name == name


def test_an_address_asks_for_the_same_period_again() -> None:
    period = asked("2026-01-01", "2026-06-30", "year")
    assert period.query() == "from=2026-01-01&to=2026-06-30&group_by=year&plan_type=IOP,IUP"
