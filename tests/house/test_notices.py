"""Every notice has its texts in every language."""

import pytest

from models.i18n import LANGUAGES
from models.notices.rules import Notice
from tests.house.sources import ROOT

TEXTS = ROOT / "jobs" / "texts"


@pytest.mark.feature("F136")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("notice", list(Notice))
def test_a_notice_has_its_texts_in_the_language(notice: Notice, language: str) -> None:
    folder = TEXTS / notice.value
    assert folder.is_dir()
    texts = [path for path in folder.rglob("*") if language in (path.stem, *path.name.split("."), path.parent.name)]
    assert texts, f"{notice.value} says nothing in {language}"
    assert all(path.read_text(encoding="utf-8").strip() for path in texts)


def test_no_texts_lie_about_for_notices_that_are_not_there() -> None:
    folders = {path.name for path in TEXTS.iterdir() if path.is_dir()}
    assert folders - {"ending"} == {notice.value for notice in Notice}, "`ending` is what all of them end with"
