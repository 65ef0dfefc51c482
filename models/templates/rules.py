"""Words of the templates."""

from enum import StrEnum


class TextKind(StrEnum):
    """Where a text template is offered (F202)."""

    GOALS = "goals"
    LIFE_AREA = "life_area"
    MESSAGE = "message"
    REPORT = "report"
