"""The language follows the request, and amis never falls back to Chinese."""

import asyncio
import json
import re
from pathlib import Path

import pytest
from fastapi_amis_admin.utils.translation import i18n

from admin import translations
from admin.shell import STATIC
from models.i18n import speaking
from tests.admin.conftest import Visit

SDK = STATIC / "vendor" / "amis" / "sdk.js"
HOLE = re.compile(r"\{\{\w+\}\}|\$\d")


def words(language: str) -> dict[str, str]:
    source = (STATIC / "locale" / f"{language}.js").read_text("utf-8")
    found = re.search(r'registerLocale\("\w\w-NO", (\{.*?\n\})\)', source, re.DOTALL)
    assert found
    return dict(json.loads(found[1]))


def test_both_norwegian_catalogues_hold_all_the_words_of_amis() -> None:
    assert len(words("nb")) == 418
    assert words("nb").keys() == words("nn").keys()


def test_the_catalogues_name_every_word_this_version_of_amis_asks_for() -> None:
    sdk = SDK.read_text("utf-8")
    english = sdk[sdk.index('registerLocale("en-US"') : sdk.index('registerLocale("zh-CN"')]
    missing = [word for word in words("nb") if f'"{word}":' not in english and f"{word}:" not in english]
    assert missing == []


def test_nynorsk_keeps_the_holes_of_bokmaal() -> None:
    nb, nn = words("nb"), words("nn")
    assert [key for key in nb if sorted(HOLE.findall(nb[key])) != sorted(HOLE.findall(nn[key]))] == []


def test_no_catalogue_holds_chinese() -> None:
    for path in Path(STATIC / "locale").glob("*.js"):
        assert not re.search(r"[\u4e00-\u9fff]", path.read_text("utf-8"))


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_weeks_begin_on_monday(language: str) -> None:
    assert "week: {dow: 1" in (STATIC / "locale" / f"{language}.js").read_text("utf-8")


async def test_the_page_says_its_language(visit: Visit) -> None:
    assert '<html lang="nb">' in (await visit("all").get("/admin/shelf")).text
    assert '<html lang="en">' in (await visit("english").get("/admin/shelf")).text


async def test_the_frameworks_language_is_the_requests_own() -> None:
    translations.bind()

    async def asked(language: str) -> str:
        with speaking(language):
            await asyncio.sleep(0)
            return i18n.get_language()

    assert await asyncio.gather(asked("nb"), asked("en"), asked("nn")) == ["nb", "en", "nn"]


def test_the_frameworks_own_sentences_are_bokmaal() -> None:
    translations.bind()
    assert i18n("Are you sure you want to delete the selected rows?") == "Vil du slette radene du har valgt?"
