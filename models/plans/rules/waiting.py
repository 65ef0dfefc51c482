"""People who wait for a coordinator, or have been given one: what can be recorded of them. Pure."""

from datetime import date, timedelta

from models.i18n import _
from models.people.rules import age

LONG_AGO = timedelta(days=10 * 366)
OF_AGE = 18


def day_problem(day: date, today: date) -> str | None:
    """Why something cannot have happened that day; None when it can."""
    if day > today:
        return _("Dagen kan ikke være fram i tid.")
    if day < today - LONG_AGO:
        return _("Dagen er for langt tilbake. Sjekk årstallet.")
    return None


def who_consents(born: date | None, today: date) -> str:
    """Why nobody can be appointed yet, when nobody has consented (pbrl. § 2-5 b and c)."""
    if born and age(born, today) >= OF_AGE:
        return _("Personen må samtykke først. Registrer samtykket, og prøv igjen.")
    return _("Foreldrene må samtykke først. Registrer samtykket, og prøv igjen.")
