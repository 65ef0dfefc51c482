"""Language: gettext catalogues with bokmål as the source, and dates written the Norwegian way.

The language is bound to the request (or to the recipient of a notice) through `speaking`.
Catalogues are read straight from `locales/<language>/LC_MESSAGES/medvirk.po`, so nothing has to be built.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from models.clock import OSLO, local_day

SOURCE = "nb"
LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
LOCALES = Path(__file__).parent / "locales"
_language: ContextVar[str] = ContextVar("language", default=SOURCE)


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations of one language; the source language translates to itself."""
    path = LOCALES / language / "LC_MESSAGES" / "medvirk.po"
    if language == SOURCE or not path.exists():
        return NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as po:
        write_mo(compiled, read_po(po, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def current_language() -> str:
    return _language.get()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything translated inside is in `language`; an unknown one falls back to bokmål."""
    token = _language.set(language if language in LANGUAGES else SOURCE)
    try:
        yield
    finally:
        _language.reset(token)


def _(message: str) -> str:
    """Translate now, into the language being spoken."""
    return catalogue(_language.get()).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    return catalogue(_language.get()).ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark only"
    """Mark for translation; translated later, when it is shown."""
    return message


def _locale() -> str:
    return {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}[_language.get()]


def day_text(moment: datetime | date, today: date | None = None) -> str:
    """A day in words: «fredag 20. november», with the year when it is not this year."""
    day = local_day(moment) if isinstance(moment, datetime) else moment
    same_year = today is None or day.year == today.year
    english = _language.get() == "en"
    pattern = ("EEEE d MMMM" if english else "EEEE d. MMMM") + ("" if same_year else " y")
    return format_date(day, pattern, locale=_locale())


def moment_text(moment: datetime, today: date | None = None) -> str:
    """A day and a time: «fredag 20. november kl. 10.42»."""
    return _("%(day)s kl. %(time)s") % {"day": day_text(moment, today), "time": clock_text(moment)}


def clock_text(moment: datetime | time) -> str:
    """The time alone, as it is written in the language being spoken: «10.42»; of a moment, in Norway."""
    clock = moment.astimezone(OSLO) if isinstance(moment, datetime) else moment
    return clock.strftime("%H:%M" if _language.get() == "en" else "%H.%M")


def relative_day(day: date, today: date) -> str:
    """Near days in words («i dag», «om 3 dager», «for 2 dager siden»), others as `day_text`."""
    distance = (day - today).days
    near = {0: _("i dag"), 1: _("i morgen"), -1: _("i går")}
    if distance in near:
        return near[distance]
    if 1 < distance < 8:
        return _("om %(count)s dager") % {"count": distance}
    if -8 < distance < -1:
        return _("for %(count)s dager siden") % {"count": -distance}
    return day_text(day, today)


def short_day_text(day: date) -> str:
    """A day in figures, where there is little room: «20.11.2026»."""
    return format_date(day, "dd/MM/y" if _language.get() == "en" else "dd.MM.y")


def number_text(value: float) -> str:
    """As numbers are written here: «1 200,5», with no more decimals than there are."""
    text = f"{value:,.4f}".rstrip("0").rstrip(".").replace(",", "\N{NO-BREAK SPACE}").replace("-", "\N{MINUS SIGN}")
    return text if _language.get() == "en" else text.replace(".", ",")
