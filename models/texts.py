"""What counts as text, wherever it is typed."""

from unicodedata import category

KEPT = "\t\r\n"

HEADING = 60
"""The longest first line, in characters, that reads as a heading."""


def sayable(text: str) -> str:
    """Without what no keyboard writes and no database takes: control characters and halves of letters."""
    return "".join(sign for sign in text if sign in KEPT or category(sign) not in ("Cc", "Cs"))


def says_something(text: str) -> bool:
    """Whether there is anything to see: blanks and invisible signs are nothing."""
    return any(not sign.isspace() and category(sign) not in ("Cc", "Cf", "Cs") for sign in text)


def headed(paragraph: str) -> tuple[str, str]:
    """The paragraph's heading, or nothing, and the rest: a short first line without a full stop is a heading."""
    first, _newline, rest = paragraph.partition("\n")
    is_heading = rest and len(first) <= HEADING and first.rstrip()[-1:] not in ".,:;!?"
    return (first.strip(), rest) if is_heading else ("", paragraph)
