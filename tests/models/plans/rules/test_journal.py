"""What an entry in «Sist jeg var her» must be."""

import pytest

from models.plans.rules.journal import TEXT, check_entry
from models.plans.rules.words import Mood
from models.refusals import Invalid


@pytest.mark.parametrize(("mood", "text"), [(Mood.SAD, ""), (None, "Bra"), (Mood.HAPPY, "Bra"), (None, "x" * TEXT)])
def test_a_mood_or_words_are_enough(mood: Mood | None, text: str) -> None:
    check_entry(mood, text)


@pytest.mark.parametrize(
    ("mood", "text"), [(None, ""), (None, " \n\t"), (None, "\u200b"), (Mood.SAD, "x" * (TEXT + 1))]
)
def test_nothing_and_too_much_are_refused(mood: Mood | None, text: str) -> None:
    with pytest.raises(Invalid) as problem:
        check_entry(mood, text)
    assert set(problem.value.fields) == {"text"}
