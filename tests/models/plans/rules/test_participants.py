"""In which role and for how long somebody takes part, and who says so."""

from datetime import date, timedelta

import pytest

from models.plans.rules.consents import Stretch
from models.plans.rules.participants import FURTHEST, Place, is_as_wished, problem, who_decides
from models.rights import Role

TODAY = date(2026, 11, 20)
OWNER, GUARDIAN = Role.OWNER, Role.GUARDIAN


@pytest.mark.feature("F8")
@pytest.mark.parametrize(
    ("age", "has_account", "expected"),
    [
        (40, True, {OWNER}),
        (40, False, {GUARDIAN}),
        (None, True, {OWNER}),
        (None, False, {GUARDIAN}),
        (17, True, {OWNER, GUARDIAN}),
        (15, True, {OWNER, GUARDIAN}),
        (14, True, {GUARDIAN}),
        (17, False, {GUARDIAN}),
        (3, False, {GUARDIAN}),
        (-1, False, {GUARDIAN}),
    ],
)
def test_owners_decide_from_fifteen_and_guardians_for_children(
    age: int | None, has_account: bool, expected: set[Role]
) -> None:
    assert who_decides(age, has_account=has_account) == expected


@pytest.mark.feature("F103")
@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        (0, None, set()),
        (0, 0, set()),
        (5, 5, set()),
        (-1, None, {"begins"}),
        (0, -1, {"last"}),
        (5, 4, {"last"}),
        (0, FURTHEST.days + 1, {"last"}),
        (FURTHEST.days + 1, None, {"begins"}),
    ],
)
def test_the_days_must_be_to_come_and_in_order(first: int, last: int | None, wrong: set[str]) -> None:
    days = Stretch(TODAY + timedelta(first), None if last is None else TODAY + timedelta(last))
    assert problem(Place(days), TODAY).keys() == wrong


def test_who_has_begun_keeps_the_day() -> None:
    assert problem(Place(Stretch(TODAY - timedelta(days=90))), TODAY, begun=True) == {}


def test_the_last_day_there_is_does_not_break_it() -> None:
    assert problem(Place(Stretch(TODAY, date.max)), TODAY).keys() == {"last"}


def test_long_words_are_refused_beside_their_field() -> None:
    assert problem(Place(Stretch(TODAY), "x" * 101, "y" * 100_000), TODAY).keys() == {"position", "workplace"}


@pytest.mark.feature("F110")
@pytest.mark.parametrize(
    ("wished", "name", "same"),
    [
        *(("Bestemor Berit", "Berit Sundnes", True), ("Berit Sundnes", "Berit Sundnes", True)),
        *(("berit", "Berit Sundnes", True), ("Berit Anne Sundnes", "Berit Sundnes", True)),
        *(("Berit Sundnes", "Berit Berg", False), ("Berit Sundnes", "Knut Sundnes", False)),
        *(("Berit", "Knut Berg", False), ("Naboen", "Berit Sundnes", False)),
    ],
)
def test_a_wish_is_for_whom_it_names(wished: str, name: str, same: bool) -> None:
    assert is_as_wished(wished, Role.OTHER, name, Role.OTHER) is same
    assert not is_as_wished(wished, Role.OTHER, name, Role.GUARDIAN)
