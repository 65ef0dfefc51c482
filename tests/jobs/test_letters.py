"""Every notice can be written in every language, and only from what it may say."""

import itertools
import re
from string import ascii_letters

import pytest
from jinja2 import meta

from jobs.letters import TEXTS, pens, write, write_sms
from models.i18n import LANGUAGES
from models.notices.rules import Notice

OF_PLANS = (
    *(Notice.ACTIVITY_ADDED, Notice.ACTIVITY_MISSED, Notice.COMMENT_ADDED, Notice.CONSENT_EXPIRES),
    *(Notice.GOAL_ADDED, Notice.REVISION_DUE, Notice.ADDED_TO_PLAN, Notice.COORDINATOR_CHANGED, Notice.TASK_MADE),
    *(Notice.CONSENT_ASKED, Notice.CONSENT_WITHDRAWN, Notice.HANDOVER_ANSWERED, Notice.HANDOVER_OFFERED),
    *(Notice.PLAN_ACTIVATED, Notice.PLAN_ADMINISTERED, Notice.PROPOSAL_ANSWERED, Notice.PROPOSAL_MADE),
)
CODES = (Notice.SIGN_IN_CODE, Notice.CONTACT_CODE)
MAY_SAY = {
    **{notice: {"link"} for notice in Notice},
    **{notice: {"plan", "link"} for notice in OF_PLANS},
    **{notice: {"code", "minutes"} for notice in CODES},
    Notice.PASSWORD_RESET: {"link", "minutes"},
    Notice.INVITED: {"link", "days"},
}
EVERY = list(itertools.product(Notice, LANGUAGES))
VALUES = {"plan": "AB", "link": "https://medvirk.example/plans/1", "code": "123456", "minutes": "10", "days": "7"}
VALUES |= {"house": "medvirk.example"}
GSM = set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ÄÖÑÜ§¿äöñüà") | set(ascii_letters)
"""What a text message holds 160 of; one other letter, and it holds 70."""


def placeholders(notice: Notice, file: str) -> set[str]:
    return meta.find_undeclared_variables(pens.parse((TEXTS / notice / file).read_text()))


@pytest.mark.parametrize(("notice", "language"), EVERY)
def test_every_notice_has_a_text_in_every_language_with_the_same_placeholders(notice: Notice, language: str) -> None:
    assert placeholders(notice, f"{language}.txt") == MAY_SAY[notice]


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


@pytest.mark.parametrize(("notice", "language"), EVERY)
def test_every_text_message_says_no_more_than_the_mail(notice: Notice, language: str) -> None:
    extra = {"house"} if notice in CODES else set()
    assert placeholders(notice, f"sms.{language}.txt") == MAY_SAY[notice] | extra


@pytest.mark.parametrize(("notice", "language"), EVERY)
def test_a_text_message_is_short_and_of_letters_that_phones_have(notice: Notice, language: str) -> None:
    words = write_sms(notice, language, **VALUES | {"link": ""})
    assert set(words) <= GSM
    assert len(words) <= 160
    assert "{" not in words


@pytest.mark.parametrize(("notice", "language"), list(itertools.product(CODES, LANGUAGES)))
def test_the_last_line_of_a_code_lets_the_phone_offer_it_to_our_page_alone(notice: Notice, language: str) -> None:
    words = write_sms(notice, language, **VALUES)
    assert words.startswith("123456 ")
    assert words.splitlines()[-1] == "@medvirk.example #123456"


@pytest.mark.feature("F15")
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_nothing_but_mail_is_told_whom_to_ask_and_gets_no_link(language: str) -> None:
    with_link, without = (write(Notice.PASSWORD_RESET, language, link=link, minutes="30") for link in ("https://x", ""))
    assert ("https://x" in with_link.plain, "http" in without.plain) == (True, False)
    assert with_link.plain.splitlines()[-1] == without.plain.splitlines()[-1]
