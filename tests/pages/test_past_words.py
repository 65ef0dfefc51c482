"""Everything that can be seen in the past has words, and a place to go back to."""

from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from models.plans.rules.words import ActivityStatus, MeasureKind
from models.plans.tables.kinds import BY_NAME, KINDS, Kind
from models.rights import Element
from pages.past import words
from pages.past.names import Names
from pages.past.views import SECTIONS, UNDER
from pages.plans.places import place_above, place_of

ROUTES = (Path(__file__).parents[1] / "house" / "routes.txt").read_text(encoding="utf-8").splitlines()
OLA, GOAL = uuid4(), uuid4()
NAMES = Names([SimpleNamespace(participant_id=OLA, name="Ola Hansen")], {}, {}, {GOAL: "Sove godt"}, date(2026, 11, 20))  # type: ignore[dict-item]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_column_and_every_kind_has_words(kind: Kind) -> None:
    assert all(words.field_words(column) for column in kind.columns)
    assert words.kind_words(kind)
    assert kind in UNDER or kind.name in dict(SECTIONS)


def test_no_words_are_kept_for_what_is_not_there() -> None:
    assert words.FIELDS.keys() == {column for kind in KINDS for column in kind.columns}
    assert words.KINDS.keys() == BY_NAME.keys()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_is_shown_on_a_page_that_is_there(kind: Kind) -> None:
    plan: Any = SimpleNamespace(plan_id="{plan_id}")
    above = {name: "{goal_id}" for name in ("goal_id", "activity_id") if name in kind.table.model_fields}
    item = kind.table(id="{goal_id}", **above, **({"area": Element.HEALTH} if kind.name == "life-area" else {}))
    for place in (place_of(plan, item), place_above(plan, item)):
        assert f"GET {place.split('#')[0]}" in ROUTES


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("progress", 40, "40\N{NO-BREAK SPACE}%"),
        ("progress", 0, "0\N{NO-BREAK SPACE}%"),
        ("rating", 4, "4"),
        ("target", 2.5, "2,5"),
        ("target", 0.0, "0"),
        ("may_contact", True, "Ja"),
        ("may_contact", False, "Nei"),
        ("status", ActivityStatus.UNDER_WAY, "I gang"),
        ("life_area", Element.LEISURE, "Fritid"),
        ("due_on", date(2026, 11, 24), "tirsdag 24. november"),
        ("due_on", date(2027, 11, 24), "onsdag 24. november 2027"),
        ("missed_at", datetime(2026, 11, 20, 9, 42, tzinfo=UTC), "fredag 20. november kl. 10.42"),
        ("responsible_id", OLA, "Ola Hansen"),
        ("responsible_id", uuid4(), "En annen deltaker"),
        ("goal_id", GOAL, "Sove godt"),
        ("goal_id", uuid4(), ""),
        ("due_on", None, ""),
        ("extent", "", ""),
    ],
)
def test_a_value_is_told_in_words(column: str, value: object, said: str) -> None:
    assert words.told(NAMES, column, value) == said


def test_a_long_text_is_told_by_its_beginning() -> None:
    told = words.title_of(NAMES, BY_NAME["comment"], {"text": "Vi så båten. " * 20})
    assert told.endswith(" …")
    assert len(told) <= words.LONGEST_TITLE + 2


def test_who_did_it_is_never_left_unsaid() -> None:
    assert NAMES.who(None) == "Medvirk"
    assert NAMES.who(uuid4()) == "Ukjent"


@pytest.mark.parametrize(
    ("kind", "value", "title"),
    [
        (MeasureKind.MEASURED, 2.5, "Målt: 2,5"),
        (MeasureKind.CHECK_IN, 4.0, "Slik jeg opplever det: Går bra"),
    ],
)
def test_a_measurement_is_named_by_what_it_says(kind: MeasureKind, value: float, title: str) -> None:
    assert words.title_of(NAMES, BY_NAME["measurement"], {"kind": kind, "value": value}) == title
