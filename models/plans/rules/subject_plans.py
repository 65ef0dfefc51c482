"""What the line about another plan must be. Pure: raises Invalid with a sentence for each field."""

from datetime import date

from models.i18n import _
from models.plans.rules.goals import FIRST, TITLE, too_long
from models.refusals import Invalid
from models.rich_text import clean, too_much
from models.texts import says_something

CONTACT = 500


def check_subject_plan(title: str, established_on: date | None, contact: str, note: str, today: date) -> None:
    problems: dict[str, str] = {}
    if not says_something(title):
        problems["title"] = _("Skriv hva planen heter.")
    for field, text, most in (("title", title, TITLE), ("contact", contact, CONTACT)):
        if len(text) > most:
            problems[field] = too_long(text, most)
    if problem := too_much(clean(note)):
        problems["note"] = problem
    if established_on and established_on > today:
        problems["established_on"] = _("Datoen kan ikke være i framtiden.")
    elif established_on and established_on.year < FIRST:
        problems["established_on"] = _("Sjekk årstallet.")
    if problems:
        raise Invalid(**problems)


def check_one_contact(*, is_participant: bool, contact: str) -> None:
    """One person answers for a plan: a participant, or somebody outside."""
    if is_participant and says_something(contact):
        raise Invalid(contact=_("Velg enten en deltaker, eller skriv hvem utenfor planen som er kontakt."))
