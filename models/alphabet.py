"""The order of the Norwegian alphabet: æ, ø and å come last, and an accent changes nothing."""

from unicodedata import combining, normalize

LAST = {"æ": "{1", "ä": "{1", "ø": "{2", "ö": "{2", "å": "{3"}
"""What stands after z; «{» is the sign that follows it."""

PLAIN = {"đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "ł": "l", "þ": "th", "ü": "y"}
ORDER = str.maketrans(LAST | PLAIN)


def alphabetical(text: str) -> tuple[str, str]:
    """A key to sort by; «aa» counts as «å», as it does in names."""
    letters = normalize("NFC", text).casefold().replace("aa", "å").translate(ORDER)
    return "".join(sign for sign in normalize("NFD", letters) if not combining(sign)), text
