"""The Norwegian order of letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.alphabet import alphabetical


@pytest.mark.parametrize(
    "names",
    [
        ["Anne", "Zara", "Ærlig", "Ørn", "Åse"],
        ["anne", "Berit", "cecilie"],
        ["Eva", "Éva", "Eve"],
        ["Zara", "Aase", "Åse"],
        ["Ole", "Ärlig", "Ærling", "Öst", "Østen"],
        ["A.B.", "B.A.", "Å.B."],
        ["Eanan", "Eaŋŋa", "Eara"],
        ["", "A"],
    ],
)
def test_names_lie_as_in_a_norwegian_list(names: list[str]) -> None:
    backwards = names[::-1]
    assert sorted(backwards, key=alphabetical) == names


@pytest.mark.parametrize(("one", "other"), [("Å", "A\u030a"), ("ÅSE", "åse"), ("André", "andre")])
def test_the_same_letters_written_otherwise_lie_together(one: str, other: str) -> None:
    assert alphabetical(one)[0] == alphabetical(other)[0]


@given(st.text(), st.text())
def test_only_the_same_text_has_the_same_place(one: str, other: str) -> None:
    assert (alphabetical(one) == alphabetical(other)) is (one == other)
