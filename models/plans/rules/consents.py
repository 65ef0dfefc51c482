"""When a consent or a legal basis can be recorded. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.i18n import _, day_text


@dataclass(frozen=True)
class Stretch:
    """Days that something is to hold; both are included, and `last` None has no end."""

    first: date
    last: date | None = None


def problem(wanted: Stretch, later: Iterable[date], today: date) -> dict[str, str]:
    """What is wrong with the days, as a sentence beside each field; `later` are the first days of what is recorded
    already and has not begun: it would be overtaken unseen."""
    if wanted.last and wanted.last < wanted.first:
        return {"valid_to": _("Siste dag kan ikke være før første dag.")}
    if wanted.last and wanted.last < today:
        return {"valid_to": _("Siste dag har allerede vært. Velg en dag fra og med i dag.")}
    overtaken = [day for day in later if wanted.last is None or day <= wanted.last]
    if overtaken:
        told = {"day": day_text(min(overtaken), today)}
        sentence = _("Noe annet gjelder fra %(day)s. Velg en siste dag før det, eller nullstill det først.")
        return {"valid_to": sentence % told}
    return {}
