"""Two texts told as one: nothing of either is lost."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plans.rules.differences import NEAR, Part, Stretch, compared, shortened

WORDS = st.lists(st.sampled_from(["Ola", "går", "tur", "og", "leser", "en", "bok", "i", "dag."]), max_size=30)


def said(stretches: list[Stretch], *parts: Part) -> list[str]:
    return " ".join(one.text for one in stretches if one.part in parts).split()


@pytest.mark.feature("N10")
def test_a_word_in_the_middle_is_told_with_what_it_became() -> None:
    assert compared("Ola går til skolen i dag", "Ola sykler til skolen i dag") == [
        Stretch(Part.SAME, "Ola "),
        Stretch(Part.REMOVED, "går "),
        Stretch(Part.ADDED, "sykler "),
        Stretch(Part.SAME, "til skolen i dag"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("", "", []),
        ("", "Nytt mål", [Part.ADDED]),
        ("Gammelt mål", "", [Part.REMOVED]),
        ("Likt", "Likt", [Part.SAME]),
        ("Sove godt", "Sove godt lenge", [Part.SAME, Part.ADDED]),
        ("Sove godt ", "Sove\ngodt", [Part.SAME]),
    ],
)
def test_what_came_and_went(before: str, after: str, parts: list[Part]) -> None:
    assert [one.part for one in compared(before, after)] == parts


@given(WORDS, WORDS)
def test_both_texts_are_found_again(before: list[str], after: list[str]) -> None:
    found = compared(" ".join(before), " ".join(after))
    assert said(found, Part.SAME, Part.REMOVED) == before
    assert said(found, Part.SAME, Part.ADDED) == after


@given(WORDS, WORDS)
def test_neighbours_are_never_of_one_part(before: list[str], after: list[str]) -> None:
    parts = [one.part for one in compared(" ".join(before), " ".join(after))]
    assert all(one is not two for one, two in pairwise(parts))


def test_a_text_made_to_take_for_ever_is_told_as_one() -> None:
    before, after = "nei " * 10_000, "ja " + "nei " * 9_000 + "ja " * 2 + "nei " * 5_000
    found = compared(f"a {before} b", f"c {after} d")
    assert {one.part for one in found} <= {Part.REMOVED, Part.ADDED}
    assert len(found) == 2


@given(WORDS, WORDS)
def test_only_what_stayed_is_ever_left_out(before: list[str], after: list[str]) -> None:
    whole = compared(" ".join(before), " ".join(after))
    short = shortened(whole)
    for part in (Part.REMOVED, Part.ADDED):
        assert said(short, part) == said(whole, part)


def test_the_words_nearest_to_what_differs_are_shown() -> None:
    words = [f"ord{number}" for number in range(100)]
    before = " ".join(words)
    after = " ".join([*words[:50], "nytt", *words[50:]])
    found = shortened(compared(before, after))
    assert [one.part for one in found] == [Part.LEFT_OUT, Part.SAME, Part.ADDED, Part.SAME, Part.LEFT_OUT]
    assert said(found, Part.SAME) == words[50 - NEAR : 50 + NEAR]
