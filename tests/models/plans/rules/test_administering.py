"""What may be changed about a plan: its parts, its period, the rights that follow its kind, and why it is deleted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plans.rules.administering import (
    carried,
    deletion_problem,
    mark,
    parts_of,
    period_problem,
    proposed,
    with_parts,
)
from models.plans.rules.making import ELEMENTS, Part
from models.plans.rules.words import DeleteReason
from models.rights import CHOSEN_ELEMENTS, LIFE_AREAS, Element, Level, PlanKind

TODAY = date(2026, 11, 20)
ELEMENT_SETS = st.sets(st.sampled_from(sorted(CHOSEN_ELEMENTS)))
PART_SETS = st.sets(st.sampled_from(list(Part)))
LEVELS = st.dictionaries(st.sampled_from(list(Element)), st.sampled_from(list(Level)))


@pytest.mark.feature("F188")
@given(elements=ELEMENT_SETS, parts=PART_SETS)
def test_a_plan_has_the_parts_it_is_to_have_and_what_it_keeps_is_as_it_was(
    elements: set[Element], parts: set[Part]
) -> None:
    after = {Element(element) for element in with_parts(elements, parts)}
    assert parts_of(after) == parts
    for part in parts & parts_of(elements):
        assert after & {*ELEMENTS[part]} == elements & {*ELEMENTS[part]}
    for part in parts - parts_of(elements):
        assert {*ELEMENTS[part]} <= after


@given(elements=ELEMENT_SETS, parts=PART_SETS)
def test_what_is_taken_off_whole_comes_back_when_it_is_put_on_again(elements: set[Element], parts: set[Part]) -> None:
    whole = with_parts(elements, Part)
    off = [Element(element) for element in with_parts(map(Element, whole), parts)]
    assert {*parts_of(map(Element, with_parts(off, Part)))} == {*Part}


def test_one_life_area_alone_stays_alone() -> None:
    assert with_parts([Element.HEALTH], [Part.LIFE_AREAS]) == ["health"]
    assert with_parts([], [Part.LIFE_AREAS]) == [area.value for area in LIFE_AREAS]


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [
        (None, None, set()),
        (date(2026, 1, 1), None, set()),
        (None, date(2020, 1, 1), set()),
        (date(2026, 1, 1), date(2026, 1, 1), set()),
        (date(2026, 1, 2), date(2026, 1, 1), {"period_to"}),
        (date(1, 1, 1), None, {"period_from"}),
        (date(202, 1, 1), date(9999, 1, 1), {"period_from", "period_to"}),
    ],
)
def test_a_period_ends_no_sooner_than_it_begins_and_in_this_age(
    first: date | None, last: date | None, wrong: set[str]
) -> None:
    assert period_problem(first, last, TODAY).keys() == wrong


@pytest.mark.feature("F191")
@given(before=LEVELS, after=LEVELS, own=st.dictionaries(st.sampled_from(list(Element)), st.booleans()), now=LEVELS)
def test_standard_rights_follow_the_kind_and_what_was_set_here_stays(
    before: dict[Element, Level], after: dict[Element, Level], own: dict[Element, bool], now: dict[Element, Level]
) -> None:
    held = {element: (level, own.get(element, False)) for element, level in now.items()}
    becomes = carried(held, before, after)
    for element, (level, is_own) in held.items():
        is_standard = not is_own and level == before.get(element, Level.NONE)
        assert becomes[element] == (after.get(element, Level.NONE) if is_standard else level)
    assert becomes.keys() == held.keys() | after.keys()


def test_who_was_kept_out_is_not_let_in_by_a_change_of_kind() -> None:
    held = {Element.GOALS: (Level.NONE, False)}
    assert carried(held, {Element.GOALS: Level.READ}, {Element.GOALS: Level.DELETE}) == {Element.GOALS: Level.NONE}


def test_what_the_new_kind_usually_has_and_the_plan_lacks_is_proposed() -> None:
    assert proposed(PlanKind.IOP, [Part.MESSAGES, Part.LIFE_AREAS]) == [
        *(Part.GOALS, Part.EVALUATION, Part.CALENDAR, Part.DOCUMENTS, Part.LOG)
    ]


@pytest.mark.parametrize(
    ("reason", "remark", "typed", "wrong"),
    [
        (DeleteReason.NEVER_USED, "", "R.S.", set()),
        (DeleteReason.NEVER_USED, "", " r.s. ", set()),
        (DeleteReason.OTHER, "Dobbelt opp", "R.S.", set()),
        (DeleteReason.OTHER, " \n", "R.S.", {"remark"}),
        (DeleteReason.OTHER, "x" * 501, "R.S.", {"remark"}),
        (None, "", "", {"reason", "typed"}),
        (DeleteReason.NEVER_USED, "", "R", {"typed"}),
    ],
)
def test_a_plan_is_deleted_with_a_reason_and_its_name(
    reason: DeleteReason | None, remark: str, typed: str, wrong: set[str]
) -> None:
    assert deletion_problem(reason, remark, typed, "R.S.").keys() == wrong


def test_a_mark_does_not_depend_on_the_order_of_what_has_none() -> None:
    assert mark(parts={Part.LOG, Part.GOALS}) == mark(parts=[Part.GOALS, Part.LOG])
    assert mark(parts=[Part.LOG]) != mark(parts=[])
    assert mark(day=None) == mark(day="")
