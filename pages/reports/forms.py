"""The filter above a report."""

from starlette.datastructures import MultiDict, QueryParams
from wtforms import DateField, SelectField, SelectMultipleField

from models.i18n import N_, _
from models.labels import label
from models.rights import PlanKind
from pages.forms import HouseForm
from reports.statistics.period import GroupBy, Period

DIVISIONS = {
    "": N_("Hele perioden"),
    GroupBy.YEAR: N_("År"),
    GroupBy.MONTH: N_("Måneder"),
    GroupBy.WEEK: N_("Uker"),
    GroupBy.DAY: N_("Dager"),
}


class PeriodForm(HouseForm):
    """Shows what was asked for, also when it cannot be used; `reports.statistics.period` reads it."""

    from_ = DateField(N_("Fra og med"), name="from")
    to = DateField(N_("Til og med"))
    group_by = SelectField(N_("Del inn i"))
    plan_type = SelectMultipleField(N_("Plantyper"))

    def __init__(self, asked: QueryParams, allowed: frozenset[PlanKind], period: Period | None) -> None:
        super().__init__(_typed(asked, allowed, period))
        self.group_by.choices = [(value, _(words)) for value, words in DIVISIONS.items()]
        self.plan_type.choices = [(kind.value, label(kind)) for kind in PlanKind if kind in allowed]


def asked_kinds(asked: QueryParams) -> list[str]:
    """`plan_type=IP,IOP`, or `plan_type` several times, as boxes in a form send it."""
    return [kind.strip() for text in asked.getlist("plan_type") for kind in text.split(",") if kind.strip()]


def _typed(asked: QueryParams, allowed: frozenset[PlanKind], period: Period | None) -> MultiDict:
    """What was typed; what was left empty shows what it became."""
    days = {"from": period.first.isoformat(), "to": period.last.isoformat()} if period else {}
    kinds = [kind.upper() for kind in asked_kinds(asked)] or list(allowed)
    typed = [(name, asked.get(name) or days.get(name, "")) for name in ("from", "to", "group_by")]
    return MultiDict([*typed, *(("plan_type", kind) for kind in kinds)])
