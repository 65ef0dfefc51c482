"""What a look back must be, and which days it is proposed for. Pure: raises Invalid with a sentence for each field."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from models.i18n import N_, _
from models.plans.rules.goals import FIRST, LAST
from models.plans.rules.words import EvaluationKind
from models.refusals import Invalid
from models.rich_text import clean, plain, too_much
from models.rights import PlanKind
from models.texts import says_something

RATINGS = {
    1: N_("Veldig dårlig"),
    2: N_("Dårlig"),
    3: N_("Sånn passe"),
    4: N_("Bra"),
    5: N_("Veldig bra"),
}
"""How it has gone, in words."""
SCHOOL_KINDS = (PlanKind.IOP, PlanKind.IUP)
SOON = timedelta(days=61)
"""A year that ends within this is the one to report on."""
HALF_A_YEAR = timedelta(days=182)
NOTHING_WRITTEN = {
    EvaluationKind.GOAL: N_("Skriv hvordan det har gått med målet."),
    EvaluationKind.YEARLY: N_("Skriv rapporten."),
}


@dataclass(frozen=True)
class EvaluationContent:
    """Everything a person writes of it; both days are included."""

    period_from: date
    period_to: date
    rating: int | None = None
    text: str = ""
    expectations: str = ""


def check_evaluation(kind: EvaluationKind, content: EvaluationContent) -> None:
    """A reflection may be a word or two, or only how it has gone; the others are written."""
    problems = _wrong_days(content.period_from, content.period_to)
    if content.rating is not None and content.rating not in RATINGS:
        problems["rating"] = _("Velg noe fra listen.")
    texts = {"text": clean(content.text), "expectations": clean(content.expectations)}
    problems |= {field: problem for field, text in texts.items() if (problem := too_much(text))}
    says = any(says_something(plain(text)) for text in texts.values())
    if kind is EvaluationKind.REFLECTION and not says and content.rating is None:
        problems["text"] = _("Skriv noe, eller velg hvordan det har gått.")
    elif kind is not EvaluationKind.REFLECTION and not says_something(plain(texts["text"])):
        problems["text"] = _(NOTHING_WRITTEN[kind])
    if problems:
        raise Invalid(**problems)


def _wrong_days(first: date, last: date) -> dict[str, str]:
    days = {"period_from": first, "period_to": last}
    problems = {field: _("Sjekk årstallet.") for field, day in days.items() if not FIRST <= day.year <= LAST}
    if not problems and last < first:
        problems["period_to"] = _("Perioden kan ikke slutte før den begynner.")
    return problems


def year_to_report(kind: PlanKind, today: date) -> tuple[date, date]:
    """The last school year, or calendar year, that has ended or ends soon."""
    month = 8 if kind in SCHOOL_KINDS else 1
    begins = [date(year, month, 1) for year in range(today.year - 2, today.year + 2)]
    years = [(first, after - timedelta(days=1)) for first, after in pairwise(begins)]
    return [year for year in years if year[1] <= today + SOON][-1]


def days_to_look_back_on(last_day: date | None, today: date) -> tuple[date, date]:
    """From the day after the last one of the same sort until today; half a year when there is none before today."""
    first = last_day + timedelta(days=1) if last_day and last_day < today else today - HALF_A_YEAR
    return first, today
