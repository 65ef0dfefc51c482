"""What a goal, an activity and a comment must be. Pure: raises Invalid with a sentence for each field."""

from collections.abc import Mapping
from datetime import date

from models.i18n import _
from models.plans.rules.words import ActivityStatus
from models.refusals import Invalid
from models.rich_text import plain
from models.texts import says_something

TITLE = 200
TEXT = 20_000
SHORT = 200
REASON = 1_000
FIRST, LAST = 1900, 2200
"""Years outside these are slips of the finger."""


def check_texts(*, title: str | None = None, description: str = "", extent: str = "") -> None:
    """`title` None means that the item has none."""
    problems: dict[str, str] = {}
    if title is not None and not says_something(title):
        problems["title"] = _("Skriv en tittel.")
    limits = (("title", title or "", TITLE), ("description", plain(description), TEXT), ("extent", extent, SHORT))
    for field, text, most in limits:
        if len(text) > most:
            problems[field] = too_long(text, most)
    if problems:
        raise Invalid(**problems)


def check_titles(titles: Mapping[str, str]) -> None:
    """Several at once, each under the name of its field."""
    problems: dict[str, str] = {}
    for field, title in titles.items():
        try:
            check_texts(title=title)
        except Invalid as wrong:
            problems[field] = wrong.fields["title"]
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


def check_cancelled(status: ActivityStatus, reason: str) -> None:
    """What was agreed is not called off without a word (F71)."""
    if status is ActivityStatus.CANCELLED and not says_something(reason):
        raise Invalid(cancel_reason=_("Skriv hvorfor aktiviteten er avlyst."))
    if len(reason) > REASON:
        raise Invalid(cancel_reason=too_long(reason, REASON))


def too_long(text: str, most: int) -> str:
    return _("Teksten er %(length)s tegn. Den kan være på høyst %(most)s.") % {"length": len(text), "most": most}
