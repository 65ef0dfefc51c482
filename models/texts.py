"""What counts as text, wherever it is typed."""

from unicodedata import category

KEPT = "\t\r\n"


def sayable(text: str) -> str:
    """Without what no keyboard writes and no database takes: control characters and halves of letters."""
    return "".join(sign for sign in text if sign in KEPT or category(sign) not in ("Cc", "Cs"))


def says_something(text: str) -> bool:
    """Whether there is anything to see: blanks and invisible signs are nothing."""
    return any(not sign.isspace() and category(sign) not in ("Cc", "Cf", "Cs") for sign in text)
