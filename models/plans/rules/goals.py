"""What a goal, an activity and a comment must be. Pure: raises Invalid with a sentence for each field."""

from datetime import date

from models.i18n import _
from models.refusals import Invalid
from models.texts import says_something

TITLE = 200
TEXT = 20_000
SHORT = 200
FIRST, LAST = 1900, 2200
"""Years outside these are slips of the finger."""


def check_texts(*, title: str | None = None, description: str = "", extent: str = "") -> None:
    """`title` None means that the item has none."""
    problems: dict[str, str] = {}
    if title is not None and not says_something(title):
        problems["title"] = _("Skriv en tittel.")
    limits = (("title", title or "", TITLE), ("description", description, TEXT), ("extent", extent, SHORT))
    for field, text, most in limits:
        if len(text) > most:
            problems[field] = too_long(text, most)
    if problems:
        raise Invalid(**problems)


def check_comment(text: str) -> None:
    if not says_something(text):
        raise Invalid(text=_("Skriv en kommentar."))
    if len(text) > TEXT:
        raise Invalid(text=too_long(text, TEXT))


def check_progress(progress: int) -> None:
    if not 0 <= progress <= 100:
        raise Invalid(progress=_("Framdriften må være et tall fra 0 til 100."))


def check_days(starts_on: date | None, due_on: date | None) -> None:
    odd = {"starts_on": starts_on, "due_on": due_on}
    if wrong := [field for field, day in odd.items() if day and not FIRST <= day.year <= LAST]:
        raise Invalid(**{field: _("Sjekk årstallet.") for field in wrong})
    if starts_on and due_on and due_on < starts_on:
        raise Invalid(due_on=_("Fristen kan ikke være før startdatoen."))


def too_long(text: str, most: int) -> str:
    return _("Teksten er %(length)s tegn. Den kan være på høyst %(most)s.") % {"length": len(text), "most": most}
