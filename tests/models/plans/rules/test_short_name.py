"""The short name is seen in notices, and must not say whose plan it is."""

import pytest

from models.plans.rules.short_name import problem


@pytest.mark.feature("F50")
@pytest.mark.parametrize("short_name", ["R.E.S.", "Plan 14", "Skole-plan", "Dagplan", "B"])
def test_initials_and_ordinary_words_are_fine(short_name: str) -> None:
    assert problem(short_name, "Rolf Ole", "Dag") is None


@pytest.mark.feature("F50")
@pytest.mark.parametrize("short_name", ["Åse", "ÅSES PLAN", "planen til åse", "NesvikPlan", "Nesviks", "Borg-Li"])
def test_no_part_of_the_owners_name_is_allowed(short_name: str) -> None:
    assert problem(short_name, "Åse", "Borg-Nesvik Li")


def test_a_plan_must_be_called_something() -> None:
    assert problem("  ", "Åse", "Li")


def test_it_is_at_most_forty_characters() -> None:
    assert problem("x" * 40, "Åse", "Li") is None
    assert problem("x" * 41, "Åse", "Li")
