"""What a goal, an activity and a comment must be. Pure: raises Invalid with a sentence for each field."""

from datetime import date

from models.i18n import _
from models.refusals import Invalid

TITLE = 200
TEXT = 20_000
SHORT = 200


def check_texts(*, title: str | None = None, description: str = "", extent: str = "") -> None:
    """`title` None means that the item has none."""
    problems: dict[str, str] = {}
    if title is not None and not title.strip():
        problems["title"] = _("Skriv en tittel.")
    limits = (("title", title or "", TITLE), ("description", description, TEXT), ("extent", extent, SHORT))
    for field, text, most in limits:
        if len(text) > most:
            problems[field] = too_long(text, most)
    if problems:
        raise Invalid(**problems)


def check_comment(text: str) -> None:
    if not text.strip():
        raise Invalid(text=_("Skriv en kommentar."))
    if len(text) > TEXT:
        raise Invalid(text=too_long(text, TEXT))


def check_progress(progress: int) -> None:
    if not 0 <= progress <= 100:
        raise Invalid(progress=_("Framdriften må være et tall fra 0 til 100."))


def check_days(starts_on: date | None, due_on: date | None) -> None:
    if starts_on and due_on and due_on < starts_on:
        raise Invalid(due_on=_("Fristen kan ikke være før startdatoen."))


def too_long(text: str, most: int) -> str:
    return _("Teksten er %(length)s tegn. Den kan være på høyst %(most)s.") % {"length": len(text), "most": most}
