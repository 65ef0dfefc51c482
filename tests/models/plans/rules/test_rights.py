"""What may be decided about a participant's rights, as pure rules."""

from uuid import UUID

import pytest

from models.plans.proof import ADMINISTRATION, Standing
from models.plans.rules.chains import Chain
from models.plans.rules.rights import GROUPS, Wish, news, problems, wider, wished, written
from models.rights import Element, Level, Role

ME, GOAL = UUID(int=1), UUID(int=2)


class Goal:
    id = GOAL

    def guarded_by(self) -> Chain:
        return ((Element.GOALS, self.id),)


def having(
    level: Level, role: Role = Role.PROVIDER, items: dict[tuple[Element, UUID], Level] | None = None
) -> Standing:
    return Standing(ME, role, dict.fromkeys(Element, level), items or {})


ALL, READS = having(Level.DELETE, Role.COORDINATOR), having(Level.READ)


def test_every_element_is_shown_once() -> None:
    shown = [element for group in GROUPS.values() for element in group]
    assert sorted(shown) == sorted(Element)


def test_nothing_new_is_no_wish() -> None:
    assert news(READS, [Wish(Element.GOALS, Level.READ), Wish(Element.GOALS, None, Goal())]) == []


@pytest.mark.feature("F125")
def test_an_item_goes_before_its_element_and_may_be_as_it_again() -> None:
    apart = wished(READS, [Wish(Element.GOALS, Level.NONE, Goal())])
    assert apart.level(Element.GOALS, GOAL) is Level.NONE
    assert wished(apart, [Wish(Element.GOALS, None, Goal())]).level(Element.GOALS, GOAL) is Level.READ


def test_wider_is_what_opens_more_than_now() -> None:
    hidden = having(Level.READ, items={(Element.GOALS, GOAL): Level.NONE})
    again, less = Wish(Element.GOALS, None, Goal()), Wish(Element.HEALTH, Level.NONE)
    assert wider(hidden, [again, less, Wish(Element.COMMENTS, Level.NEW)]) == [again, Wish(Element.COMMENTS, Level.NEW)]


def test_an_item_as_its_element_is_not_wider_when_the_element_closes_too() -> None:
    hidden = having(Level.READ, items={(Element.GOALS, GOAL): Level.NONE})
    assert wider(hidden, [Wish(Element.GOALS, None, Goal()), Wish(Element.GOALS, Level.NONE)]) == []


def test_what_the_owner_is_asked_for_is_kept_with_the_level_it_is_to_be() -> None:
    wish = Wish(Element.GOALS, None, Goal())
    assert written([wish, Wish(Element.PRINT, Level.READ)], READS) == [["goals", str(GOAL), 1], ["print", None, 1]]


@pytest.mark.parametrize("level", [Level.CHANGE, Level.DELETE])
def test_nobody_gives_more_than_they_have(level: Level) -> None:
    assert problems(having(Level.NONE), [Wish(Element.GOALS, level)], [READS], []) == {
        "goals": "Du kan ikke gi mer enn du har selv."
    }
    assert problems(having(Level.NONE), [Wish(Element.GOALS, level)], [READS, ALL], []) == {}


def test_what_is_hidden_from_oneself_is_not_opened_to_another() -> None:
    mine = having(Level.DELETE, items={(Element.GOALS, GOAL): Level.NONE})
    assert problems(having(Level.NONE), [Wish(Element.GOALS, Level.READ, Goal())], [mine], []) != {}


def test_less_may_be_given_even_above_ones_own() -> None:
    assert problems(ALL, [Wish(Element.GOALS, Level.NEW)], [READS], []) == {}


@pytest.mark.feature("F128")
def test_the_calendar_is_nobodys_own() -> None:
    assert "calendar" in problems(READS, [Wish(Element.CALENDAR, Level.NONE)], [ALL], [])


@pytest.mark.feature("F131")
@pytest.mark.parametrize("element", sorted(ADMINISTRATION))
def test_somebody_who_coordinates_keeps_the_administration(element: Element) -> None:
    less = [Wish(element, Level.READ)]
    assert element.value in problems(ALL, less, [ALL], [])
    assert element.value in problems(ALL, less, [ALL], [having(Level.NEW, Role.COORDINATOR)])
    assert problems(ALL, less, [ALL], [ALL]) == {}
    assert problems(having(Level.DELETE), less, [ALL], []) == {}


@pytest.mark.parametrize("element", sorted(ADMINISTRATION))
def test_the_owner_keeps_it_too(element: Element) -> None:
    assert element.value in problems(having(Level.READ, Role.OWNER), [Wish(element, Level.NONE)], [ALL], [ALL])
