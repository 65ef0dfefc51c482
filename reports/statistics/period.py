"""Which days and kinds of plan a report is about, read from what somebody asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from urllib.parse import urlencode

import pandas as pd

from models.i18n import _
from models.refusals import Invalid
from models.rights import PlanKind

EARLIEST = date(2000, 1, 1)
MOST_PARTS = 100
"""Three months of days, or two years of weeks: each part is a count of its own."""


class GroupBy(StrEnum):
    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"


FREQUENCIES = {GroupBy.YEAR: "Y", GroupBy.MONTH: "M", GroupBy.WEEK: "W-SUN", GroupBy.DAY: "D"}


@dataclass(frozen=True)
class Part:
    """A year, month, week or day of the period, or all of it; both days included."""

    first: date
    last: date
    name: str


@dataclass(frozen=True)
class Period:
    """Both days are included, and neither is later than today."""

    first: date
    last: date
    group_by: GroupBy | None
    kinds: frozenset[PlanKind]

    def parts(self) -> list[Part]:
        """The period divided; its ends may cut the first and the last part short."""
        if self.group_by is None:
            return [Part(self.first, self.last, "")]
        return [
            Part(max(self.first, whole.start_time.date()), min(self.last, whole.end_time.date()), _name(whole))
            for whole in _divided(self.first, self.last, self.group_by)
        ]

    def query(self) -> str:
        """The period as an address asks for it."""
        kinds = ",".join(kind for kind in PlanKind if kind in self.kinds)
        grouped = {"group_by": self.group_by.value} if self.group_by else {}
        asked = {"from": self.first.isoformat(), "to": self.last.isoformat(), **grouped, "plan_type": kinds}
        return urlencode(asked, safe=",")


def parse(
    first: str, last: str, group_by: str, kinds: Iterable[str], *, today: date, allowed: frozenset[PlanKind]
) -> Period:
    """The period asked for; what is left empty becomes the last 12 months (one, by day), undivided, all kinds allowed.

    Raises Invalid with a sentence for each of `from_`, `to`, `group_by` and `plan_type` that cannot be used.
    """
    wrong: dict[str, str] = {}
    until = min(_day("to", last, wrong) or today, today)
    division = _division(group_by, wrong)
    since = _day("from_", first, wrong) or usual_start(until, division)
    chosen = _kinds(kinds, allowed, wrong)
    if not wrong:
        wrong = _wrong_days(since, until, today, division)
    if wrong:
        raise Invalid(**wrong)
    return Period(since, until, division, chosen)


def usual_start(last: date, division: GroupBy | None) -> date:
    """The first of the twelve months that end with the day; of one month when it is divided into days."""
    months = 1 if division is GroupBy.DAY else 12
    return (pd.Timestamp(last) - pd.DateOffset(months=months) + pd.DateOffset(days=1)).date()


def _day(field: str, text: str, wrong: dict[str, str]) -> date | None:
    for read in (date.fromisoformat, lambda typed: datetime.strptime(typed, "%d.%m.%Y").date()):  # noqa: DTZ007
        try:
            day = read(text.strip())
        except ValueError:
            continue
        if day >= EARLIEST:
            return day
    if text.strip():
        wrong[field] = _("Skriv en dato fra år 2000 eller senere, for eksempel 31.12.2026.")
    return None


def _division(text: str, wrong: dict[str, str]) -> GroupBy | None:
    if text and text not in set(GroupBy):
        wrong["group_by"] = _("Velg år, måned, uke eller dag.")
        return None
    return GroupBy(text) if text else None


def _kinds(texts: Iterable[str], allowed: frozenset[PlanKind], wrong: dict[str, str]) -> frozenset[PlanKind]:
    asked = {text.upper() for text in texts}
    if not asked <= allowed:
        wrong["plan_type"] = _("Velg blant plantypene i listen. Du har ikke rapporter om andre.")
    return frozenset(kind for kind in allowed if kind in asked) or allowed


def _wrong_days(since: date, until: date, today: date, division: GroupBy | None) -> dict[str, str]:
    if since > today:
        return {"from_": _("Velg en dato som ikke er senere enn i dag.")}
    if since > until:
        return {"from_": _("Fra-datoen kan ikke være etter til-datoen.")}
    if division and len(_divided(since, until, division)) > MOST_PARTS:
        too_many = _("Velg en kortere periode eller en grovere inndeling: rapporten kan ha høyst %(count)s deler.")
        return {"group_by": too_many % {"count": MOST_PARTS}}
    return {}


def _divided(first: date, last: date, group_by: GroupBy) -> pd.PeriodIndex:
    return pd.period_range(first, last, freq=FREQUENCIES[group_by])


def _name(whole: pd.Period) -> str:
    """Names that sort as the days do: 2026, 2026-11, 2026 uke 47, 2026-11-20."""
    if whole.freqstr.startswith("W"):
        year, week, _weekday = whole.end_time.date().isocalendar()
        return _("%(year)s uke %(week)s") % {"year": year, "week": f"{week:02}"}
    return str(whole)
