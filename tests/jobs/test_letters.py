"""Every notice can be written in every language, and only from what it may say."""

import itertools
import re

import pytest
from jinja2 import meta

from jobs.letters import TEXTS, pens, write
from models.i18n import LANGUAGES
from models.notices.rules import Notice

MAY_SAY = {notice: {"plan", "link"} for notice in Notice} | {Notice.SIGN_IN_CODE: {"code", "minutes"}}
EVERY = list(itertools.product(Notice, LANGUAGES))
VALUES = {"plan": "AB", "link": "https://medvirk.example/plans/1", "code": "123456", "minutes": "10"}


def placeholders(notice: Notice, language: str) -> set[str]:
    return meta.find_undeclared_variables(pens.parse((TEXTS / notice / f"{language}.txt").read_text()))


@pytest.mark.parametrize(("notice", "language"), EVERY)
def test_every_notice_has_a_text_in_every_language_with_the_same_placeholders(notice: Notice, language: str) -> None:
    assert placeholders(notice, language) == MAY_SAY[notice]


@pytest.mark.parametrize(("notice", "language"), EVERY)
def test_every_text_has_a_subject_a_body_and_html_in_its_language(notice: Notice, language: str) -> None:
    text = write(notice, language, **VALUES)
    assert "\n" not in text.subject
    assert len(text.subject) < 70
    assert len(text.plain.splitlines()) > 5
    assert f'<html lang="{language}">' in text.html
    assert "{" not in text.plain + text.subject


@pytest.mark.parametrize("notice", Notice)
def test_the_three_languages_are_three_texts(notice: Notice) -> None:
    assert len({write(notice, language, **VALUES).plain for language in LANGUAGES}) == 3


def test_no_folder_of_texts_is_left_over() -> None:
    assert {folder.name for folder in TEXTS.iterdir() if folder.is_dir()} == {*Notice, "ending"}


def test_an_unknown_language_gets_bokmal() -> None:
    assert write(Notice.GOAL_ADDED, "fr", **VALUES).language == "nb"


def test_html_says_the_same_as_the_plain_text() -> None:
    text = write(Notice.GOAL_ADDED, "nb", **VALUES)
    bare = re.sub(r"<[^>]+>", " ", text.html.split("<body", 1)[1].split(">", 1)[1])
    assert bare.split() == text.plain.split()
    assert '<a href="https://medvirk.example/plans/1">' in text.html


def test_a_short_name_cannot_become_markup_or_a_template() -> None:
    text = write(Notice.GOAL_ADDED, "nb", **VALUES | {"plan": "<b>{{ link }}</b>"})
    assert "<b>" not in text.html
    assert "<b>{{ link }}</b>" in text.plain
