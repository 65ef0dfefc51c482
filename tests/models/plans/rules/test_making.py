"""What a new plan may be made with."""

import pytest

from models.labels import plan_label
from models.plans.rules.making import ELEMENTS, USUAL, Part, Start, elements_of, initials, offered, problem
from models.plans.rules.short_name import problem as short_name_problem
from models.rights import CHOSEN_ELEMENTS, Element, PlanKind

pytestmark = pytest.mark.feature("F51")


def test_the_parts_are_everything_that_may_be_chosen_each_once() -> None:
    elements = [element for part in Part for element in ELEMENTS[part]]
    assert (len(elements), set(elements)) == (len(CHOSEN_ELEMENTS), CHOSEN_ELEMENTS)


@pytest.mark.parametrize("start", Start)
def test_what_is_usual_may_be_made(start: Start) -> None:
    assert problem(start, USUAL[start]) is None
    assert set(USUAL[start]) <= set(offered(start))


def test_only_the_individual_plan_must_have_goals() -> None:
    assert [start for start in Start if problem(start, [])] == [Start.IP]


def test_coordination_alone_has_no_goals() -> None:
    assert problem(Start.SIMPLE, [Part.GOALS])


@pytest.mark.parametrize("kind", PlanKind)
def test_only_an_individual_plan_without_goals_is_called_enkelt_samspill(kind: PlanKind) -> None:
    without = {Element(each) for each in elements_of(USUAL[Start.SIMPLE])}
    assert (plan_label(kind, without) == "Enkelt samspill") is (kind is PlanKind.IP)
    assert plan_label(kind, without | {Element.GOALS}) != "Enkelt samspill"


@pytest.mark.parametrize(
    ("given", "family", "short"), [("Åse-Marie", "Bø", "Å.B."), ("", "Bø", "B."), (" rolf", "sundnes ", "R.S.")]
)
def test_the_initials_are_proposed_and_may_be_used(given: str, family: str, short: str) -> None:
    assert initials(given, family) == short
    assert short_name_problem(short, given, family) is None
