"""The order of the Norwegian alphabet: æ, ø and å come last, and an accent changes nothing.

`alphabetical` sorts what is fetched already; `in_alphabet` lets the database do it, and both databases alike.
"""

import re
from typing import Any
from unicodedata import normalize

from sqlalchemy import String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

LAST = {"æÆäÄ": "{", "øØöÖ": "|", "åÅ": "}"}
"""What stands after z: the three signs that follow it."""

PLAIN = {"đĐðÐ": "d", "ŋŊ": "n", "ŧŦ": "t", "łŁ": "l", "ß": "s", "üÜ": "y"}
LETTERS = {letter: sign for letters, sign in (LAST | PLAIN).items() for letter in letters}
ORDER = str.maketrans(LETTERS)
ACCENTS = re.compile("[\u0300-\u036f]")


def letters_of(text: str | None) -> str | None:
    """The text as it is sorted, sign by sign; «aa» counts as «å», as it does in names."""
    if text is None:
        return None
    if not text.isascii():
        text = ACCENTS.sub("", normalize("NFD", normalize("NFC", text).translate(ORDER)))
    return text.lower().replace("aa", "}")


def alphabetical(text: str) -> tuple[str, str]:
    """A key to sort by."""
    return letters_of(text) or "", text


class in_alphabet(FunctionElement[str]):  # noqa: N801 - it is used as a function is
    """A column of texts to order by: `order_by(in_alphabet(Unit.name))`."""

    type = String()
    inherit_cache = True


@compiles(in_alphabet, "sqlite")
def _on_sqlite(element: in_alphabet, compiler: Any, **words: Any) -> str:
    """The connection knows `letters_of` by this name (`models.database`)."""
    return f"letters_of({compiler.process(element.clauses, **words)})"


@compiles(in_alphabet, "postgresql")
def _on_postgresql(element: in_alphabet, compiler: Any, **words: Any) -> str:
    text = compiler.process(element.clauses, **words)
    plain = f"translate(normalize({text}, NFC), '{''.join(LETTERS)}', '{''.join(LETTERS.values())}')"
    bare = rf"regexp_replace(normalize({plain}, NFD), '[\u0300-\u036f]', '', 'g')"
    cleaned = f"CASE WHEN octet_length({text}) = length({text}) THEN {text} ELSE {bare} END"
    return f"""replace(lower({cleaned}), 'aa', '}}') COLLATE "C\""""
