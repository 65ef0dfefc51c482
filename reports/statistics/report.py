"""What a report is, and how one is shown: as rows, a sum and bars."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from models.accounts.proof import OpenMunicipality
from models.i18n import _
from reports.statistics.period import Period

MOST_BARS = 20
Producer = Callable[[OpenMunicipality, Period], Awaitable[pd.DataFrame]]


@dataclass(frozen=True)
class Column:
    """`title` and `meaning` are marked with N_; `meaning` stands in the dictionary."""

    key: str
    title: str
    meaning: str
    numeric: bool = False


@dataclass(frozen=True)
class Report:
    """`produce` gives a frame with some of the columns, by key, in their order. `method` says how it counts.

    The column "period", a category, is there when the period is divided. Bars show `bar_value` for each `bar_name`,
    or for each part.
    """

    name: str
    title: str
    about: str
    method: tuple[str, ...]
    columns: tuple[Column, ...]
    bar_name: str
    bar_value: str
    unit: str
    unit_of_longest: str
    produce: Producer

    def titles(self) -> dict[str, str]:
        return {column.key: _(column.title) for column in self.columns}


@dataclass(frozen=True)
class Sheet:
    """A frame as a page shows it: columns are (words, numeric), bars (words, value, share of the longest in %)."""

    columns: list[tuple[str, bool]]
    rows: list[list[Any]]
    total: list[Any] | None
    bars: list[tuple[str, int, int]]


def sheet(report: Report, frame: pd.DataFrame) -> Sheet:
    """Shape a produced frame for a page; run it in a thread. A divided period is summed to a row for each part."""
    divided = "period" in frame.columns
    if divided:
        frame = frame.groupby("period", observed=False).sum(numeric_only=True).reset_index()
    shown = [column for column in report.columns if column.key in frame.columns]
    sums = [int(frame[column.key].sum()) if column.numeric else "" for column in shown]
    return Sheet(
        columns=[(_(column.title), column.numeric) for column in shown],
        rows=frame.to_numpy(dtype=object).tolist(),
        # Parts count the same plans again, so adding them up would mean nothing.
        total=None if divided else [_("Sum"), *sums[1:]],
        bars=_bars(frame.set_index("period" if divided else report.bar_name)[report.bar_value], divided),
    )


def _bars(values: pd.Series, divided: bool) -> list[tuple[str, int, int]]:
    """Every part of a divided period; else the longest, when there are too many to take in."""
    if not divided and len(values) > MOST_BARS:
        values = values.sort_values(ascending=False, kind="stable").head(MOST_BARS)
    longest = max(int(values.max()), 1) if len(values) else 1
    return [(str(name), int(value), round(100 * value / longest)) for name, value in values.items()]
