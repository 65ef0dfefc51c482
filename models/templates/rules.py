"""Words of the templates."""

from enum import StrEnum


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
