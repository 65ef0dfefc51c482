"""Names that others find accounts by are one's own, and look like nobody else's; and what one can be appointed to."""

from datetime import date, timedelta

import pytest

from models.accounts.rules import NewAppointment, appointment_mistakes, user_name_mistake
from models.rights import Duty, PlanKind

OWN = "kari@fjordvik.example"
MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.mark.feature("F19")
@pytest.mark.parametrize("name", ["kari", "kari.hansen", "kari_h-2", "bjørn.åge", OWN])
def test_plain_names_and_ones_own_address_will_do(name: str) -> None:
    assert user_name_mistake(name, OWN) == ""


@pytest.mark.parametrize(
    "name",
    [
        *("ab", "a" * 201, "kari hansen", "kari\n", "🐟🐟🐟🐟", "sjef@fjordvik.example"),
        *("superadmin＠fjordvik.example", "k\N{CYRILLIC SMALL LETTER A}ri", "kari\N{ZERO WIDTH SPACE}", "kari\u202e"),
    ],
)
def test_somebody_elses_address_and_what_only_looks_like_a_name_will_not(name: str) -> None:
    assert user_name_mistake(name, OWN)


def appointed(
    duty: Duty = Duty.ANALYST, kind: PlanKind | None = None, first: int = 0, days: int | None = None
) -> NewAppointment:
    """From so many days after Monday, for so many days."""
    begins = MONDAY + first * DAY
    return NewAppointment(duty, kind, begins, None if days is None else begins + (days - 1) * DAY)


@pytest.mark.feature("F207")
def test_no_rule_lets_a_superadministrator_be_appointed() -> None:
    for kind in (None, *PlanKind):
        assert "duty" in appointment_mistakes(appointed(Duty.SUPERADMINISTRATOR, kind), MONDAY, [])


@pytest.mark.feature("F198")
@pytest.mark.parametrize("duty", sorted(set(Duty) - {Duty.SUPERADMINISTRATOR}))
def test_administrators_alone_are_appointed_for_a_kind_of_plan(duty: Duty) -> None:
    for kind in (None, *PlanKind):
        wrong = appointment_mistakes(appointed(duty, kind), MONDAY, [])
        assert (wrong == {}) is ((duty is Duty.ADMINISTRATOR) is (kind is not None))
        assert wrong.keys() <= {"plan_kind"}


@pytest.mark.parametrize(
    ("first", "days", "field"),
    [
        *((0, None, ""), (0, 1, ""), (5, 2, "")),
        *((-1, None, "valid_from"), (0, 0, "last_day"), (3, -3, "last_day")),
        *((400 * 365, None, "valid_from"), (0, 100 * 365, "last_day")),
    ],
)
def test_it_begins_today_or_later_and_has_at_least_a_day(first: int, days: int | None, field: str) -> None:
    assert set(appointment_mistakes(appointed(first=first, days=days), MONDAY, [])) == ({field} if field else set())


@pytest.mark.parametrize(
    ("first", "days", "meets"),
    [
        *((0, 10, False), (0, 11, True), (12, 1, True), (14, 6, True), (15, 5, False), (15, None, False)),
        *((0, None, True), (10, None, True), (10, 1, True), (14, 1, True)),
    ],
)
def test_two_of_the_same_share_no_day(first: int, days: int | None, meets: bool) -> None:
    """One is held from the tenth day until the fifteenth; others were ended before they began."""
    held = [(MONDAY + 10 * DAY, MONDAY + 15 * DAY), (MONDAY, MONDAY), (MONDAY + 3 * DAY, MONDAY + 2 * DAY)]
    assert ("valid_from" in appointment_mistakes(appointed(first=first, days=days), MONDAY, held)) is meets


def test_what_nobody_has_ended_meets_all_that_comes_after() -> None:
    held = [(MONDAY + 10 * DAY, None)]
    assert appointment_mistakes(appointed(first=0, days=10), MONDAY, held) == {}
    assert "valid_from" in appointment_mistakes(appointed(first=0, days=11), MONDAY, held)
    assert "valid_from" in appointment_mistakes(appointed(first=900), MONDAY, held)
