"""When a plan is to be gone through again (the statute's seventh point). Pure."""

from calendar import monthrange
from datetime import date

from models.i18n import _
from models.refusals import Invalid
from models.rights import PlanKind

MONTHS: dict[PlanKind, int] = {PlanKind.IP: 12, PlanKind.IOP: 12, PlanKind.IUP: 6, PlanKind.SL: 3}
"""How often a plan of each kind is gone through, unless those who use it agree on something else."""

MOST_YEARS = 5


def next_revision(kind: PlanKind, day: date) -> date:
    """The day to propose when the plan has been gone through on `day`: as many months later as the kind says."""
    years, month = divmod(day.month - 1 + MONTHS[kind], 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def check_revision(day: date | None, today: date) -> None:
    """None is a plan without such a day. Raises Invalid."""
    if day is None:
        return
    if day < today:
        raise Invalid(revise_on=_("Datoen har vært. Velg i dag eller en dag som kommer."))
    if day.year > today.year + MOST_YEARS:
        raise Invalid(revise_on=_("Velg en dag i løpet av de neste %(years)s årene.") % {"years": MOST_YEARS})
