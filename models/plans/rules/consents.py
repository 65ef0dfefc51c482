"""When a consent or a legal basis can be recorded. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from models.i18n import _, day_text
from models.labels import the_role
from models.plans.rules.goals import FIRST, LAST, too_long
from models.rights import PlanKind, Role
from models.texts import says_something

REMARK = 2_000
NAME = 200
RED = 30
"""Days before its last that a consent is shown in red (F46, F120)."""


@dataclass(frozen=True)
class Stretch:
    """Days that something is to hold; both are included, and `last` None has no end."""

    first: date
    last: date | None = None


def problem(wanted: Stretch, later: Iterable[date], today: date) -> dict[str, str]:
    """What is wrong with the days, as a sentence beside each field; `later` are the first days of what is recorded
    already and has not begun: it would be overtaken unseen."""
    odd = {"valid_from": odd_day(wanted.first), "valid_to": odd_day(wanted.last)}
    if slips := {field: sentence for field, sentence in odd.items() if sentence}:
        return slips
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


def odd_day(day: date | None) -> str | None:
    """A year that is a slip of the finger."""
    return None if day is None or FIRST <= day.year <= LAST else _("Sjekk årstallet.")


def usual_end(first: date) -> date:
    """What is proposed: a year, the last day included."""
    try:
        return first.replace(year=first.year + 1) - timedelta(days=1)
    except ValueError:
        return date(first.year + 1, 2, 28)


def signers_problem(
    kind: PlanKind, chosen: Collection[UUID], due: Collection[UUID], why: str, *, for_oneself: bool
) -> dict[str, str]:
    """What is wrong with who consents, as a sentence beside each field. `due` are those who usually must: the owner
    when old enough to decide alone (`for_oneself`), else all guardians. Without one of them, `why` is to be told."""
    if not chosen:
        return {"signers": _("Velg hvem som skal samtykke.")}
    if len(why) > REMARK:
        return {"why": too_long(why, REMARK)}
    if (due and set(due) <= set(chosen)) or says_something(why):
        return {}
    owner = the_role(kind, Role.OWNER)
    if for_oneself:
        sentence = _("Skriv hvorfor ikke %(owner)s selv samtykker. Den som er gammel nok, bestemmer selv.")
    elif due:
        sentence = _("Skriv hvorfor ikke alle de foresatte samtykker. Har flere foreldreansvar, må alle si ja.")
    else:
        sentence = _("Skriv hvorfor ingen foresatte samtykker, siden %(owner)s ikke har alderen til å samtykke alene.")
    return {"why": sentence % {"owner": owner}}


def remark_problem(remark: str, *, needed: bool = False) -> str | None:
    if len(remark) > REMARK:
        return too_long(remark, REMARK)
    if needed and not says_something(remark):
        return _("Skriv hva som ble sagt, og hvem som var til stede.")
    return None


def given_problem(given_on: date | None, today: date) -> str | None:
    """The day a consent on paper, or by word of mouth, was given."""
    if given_on is None:
        return _("Skriv hvilken dag samtykket ble gitt.")
    if given_on > today:
        return _("Dagen kan ikke være i framtiden.")
    return odd_day(given_on)
