"""Words of the templates, and what a content point must be. Pure."""

from collections.abc import Iterable
from enum import StrEnum

from models.i18n import _
from models.refusals import Invalid

HIGHEST = 99
"""No kind of plan has more points than this."""


class TextKind(StrEnum):
    """Where a text template is offered (F202)."""

    GOALS = "goals"
    LIFE_AREA = "life_area"
    MESSAGE = "message"
    REPORT = "report"


class Check(StrEnum):
    """What Medvirk can see for itself of what a plan must contain (N6)."""

    GOALS = "goals"
    LIFE_AREAS = "life_areas"
    PARTICIPANTS = "participants"
    COORDINATOR = "coordinator"
    CONTRIBUTIONS = "contributions"
    MEASURES = "measures"
    HOW = "how"
    PERIOD = "period"
    CONSENT = "consent"
    COOPERATION = "cooperation"
    BASIS = "basis"
    EVALUATION = "evaluation"
    ABOUT = "about"
    DEADLINES = "deadlines"


def check_point(numbered: int, checked: Iterable[str]) -> None:
    """Raises Invalid with a sentence for each field."""
    problems = {}
    if not 1 <= numbered <= HIGHEST:
        problems["numbered"] = _("Skriv et tall fra 1 til %(most)s.") % {"most": HIGHEST}
    if set(checked) - set(Check):
        problems["checked"] = _("Velg blant dem som står i listen.")
    if problems:
        raise Invalid(**problems)
