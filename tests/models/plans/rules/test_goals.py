"""What a goal, an activity and a comment must be."""

from datetime import date

import pytest

from models.plans.rules.goals import SHORT, TEXT, TITLE, check_comment, check_days, check_progress, check_texts
from models.refusals import Invalid


@pytest.mark.parametrize("title", ["", " ", "\n\t"])
def test_a_title_says_something(title: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_texts(title=title)
    assert refused.value.fields == {"title": "Skriv en tittel."}


@pytest.mark.parametrize(("field", "most"), [("title", TITLE), ("description", TEXT), ("extent", SHORT)])
def test_a_text_has_its_length(field: str, most: int) -> None:
    fitting = {"title": "Gå tur", field: "å" * most}
    check_texts(**fitting)  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refused:
        check_texts(**fitting | {field: "å" * (most + 1)})  # type: ignore[arg-type]
    assert refused.value.fields == {field: f"Teksten er {most + 1} tegn. Den kan være på høyst {most}."}


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        check_texts(title="", description="x" * (TEXT + 1))
    assert refused.value.fields.keys() == {"title", "description"}


@pytest.mark.feature("F70")
@pytest.mark.parametrize(("progress", "fits"), [(-1, False), (0, True), (100, True), (101, False)])
def test_progress_is_a_per_cent(progress: int, fits: bool) -> None:
    if fits:
        check_progress(progress)
    else:
        with pytest.raises(Invalid):
            check_progress(progress)


@pytest.mark.parametrize("text", ["", "  ", "x" * (TEXT + 1)])
def test_a_comment_says_something_and_not_too_much(text: str) -> None:
    with pytest.raises(Invalid):
        check_comment(text)


def test_a_deadline_does_not_come_before_the_start() -> None:
    first, last = date(2026, 11, 20), date(2026, 11, 21)
    for starts_on, due_on in ((first, last), (first, first), (None, first), (first, None), (None, None)):
        check_days(starts_on, due_on)
    with pytest.raises(Invalid) as refused:
        check_days(last, first)
    assert refused.value.fields.keys() == {"due_on"}
