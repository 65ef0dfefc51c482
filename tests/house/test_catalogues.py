"""Every sentence is said in every language."""

import re
from collections.abc import Iterable
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from models.i18n import LANGUAGES, LOCALES, SOURCE
from tests.house.sources import PACKAGES, ROOT

OTHERS = [language for language in LANGUAGES if language != SOURCE]
WORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@cache
def messages() -> dict[str, str]:
    """Every message of the source, with a place where it stands."""
    found = {}
    for room in PACKAGES:
        for name, _, message, _, _ in extract_from_dir(ROOT / room, METHODS, keywords=WORDS):
            if "vendor" not in name:
                found[message if isinstance(message, str) else message[0]] = f"{room}/{name}"
    return found


@cache
def catalogue(language: str) -> Catalog:
    path = LOCALES / language / "LC_MESSAGES" / "medvirk.po"
    assert path.exists(), f"run `make messages` and translate {path.relative_to(ROOT)}"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def translated(message: Message | None) -> bool:
    return message is not None and bool(message.string) and not message.fuzzy


def marks(texts: str | Iterable[str] | None) -> set[str]:
    return set(PLACEHOLDER.findall(texts if isinstance(texts, str) else " ".join(texts or ())))


def test_the_source_has_messages() -> None:
    assert len(messages()) > 100


@pytest.mark.feature("F30")
@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated(language: str) -> None:
    known = catalogue(language)
    assert [f"{place}: {text}" for text, place in messages().items() if not translated(known.get(text))] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_translation_keeps_its_placeholders(language: str) -> None:
    done = [message for message in catalogue(language) if message.id and translated(message)]
    assert [message.id for message in done if marks(message.id) != marks(message.string)] == []
