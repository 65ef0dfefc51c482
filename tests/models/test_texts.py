"""Which first line of a paragraph stands out as its heading, on the page and on paper."""

import pytest

from models.texts import headed


def test_a_short_first_line_is_a_heading() -> None:
    assert headed("Du bestemmer selv\nSamtykket er frivillig.") == ("Du bestemmer selv", "Samtykket er frivillig.")


@pytest.mark.parametrize(
    "paragraph",
    [
        "",
        "Du bestemmer selv",
        "Samtykket er frivillig.\nDu kan si nei.",
        "Vi spør om dette:\nhelse og skole",
        f"{'Et langt avsnitt uten punktum ' * 3}\nog en linje til",
    ],
)
def test_what_does_not_read_as_a_heading_is_left_as_it_is(paragraph: str) -> None:
    assert headed(paragraph) == ("", paragraph)
