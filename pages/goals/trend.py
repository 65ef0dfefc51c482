"""The trend of a goal as a small drawing: what was measured as a line, and the owner's own faces under it (N24)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from models.i18n import _, day_text, number_text, short_day_text
from models.plans.queries.measurements import MeasurementRead
from models.plans.rules.measuring import span
from models.plans.rules.words import MeasureKind

WIDTH, LEFT, RIGHT = 360, 52, 344
TOP, PLOT, APART = 14, 130, 14
STEP, FACE = 15, 18
LABELS = 26
MANY = 30
"""More points than these are drawn smaller."""


def trend(lines: Mapping[str, float | None], found: Sequence[MeasurementRead]) -> dict[str, Any] | None:
    """Where everything is drawn, in a box of `width` by `height`; None when there is nothing to draw.

    `lines` are the goal's own numbers: baseline, target, scale_low, scale_high.
    """
    if not found:
        return None
    measured = [one for one in found if one.kind is MeasureKind.MEASURED]
    answers = [one for one in found if one.kind is MeasureKind.CHECK_IN]
    days = [one.day for one in found]
    below = TOP + PLOT + APART if measured else TOP
    best, worst = max((one.value for one in answers), default=0), min((one.value for one in answers), default=0)
    bottom = below + ((best - worst) * STEP + FACE if answers else 0)
    across = {day: _across(day, min(days), max(days)) for day in days}
    return {
        "width": WIDTH,
        "height": bottom + LABELS,
        "left": LEFT,
        "right": RIGHT,
        **_plot(lines, measured, across),
        "faces": [
            {
                "x": across[one.day] - FACE / 2,
                "y": below + (best - one.value) * STEP,
                "drawing": f"face-{one.value:.0f}",
            }
            for one in answers
        ],
        "face": FACE,
        "days": _days(min(days), max(days), bottom + LABELS - 8),
        "words": _words(min(days), max(days)),
    }


def _plot(lines: Mapping[str, float | None], measured: Sequence[MeasurementRead], across: Any) -> dict[str, Any]:
    if not measured:
        return {"points": [], "line": "", "target": None, "baseline": None, "marks": [], "dot": 0}
    low, high = span({**lines, **{str(number): one.value for number, one in enumerate(measured)}})
    points = [(across[one.day], _up(one.value, low, high)) for one in measured]
    height = {name: None if value is None else _up(value, low, high) for name, value in lines.items()}
    marked = [lines["target"], lines["baseline"], high, low]
    return {
        "points": points,
        "line": " ".join(f"{x},{y}" for x, y in points),
        "target": height["target"],
        "baseline": height["baseline"],
        "marks": _marks([(_up(value, low, high), number_text(value)) for value in marked if value is not None]),
        "dot": 3 if len(points) > MANY else 5,
    }


def _marks(wanted: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """The numbers at the left: the first wanted first, and none upon another."""
    kept: list[tuple[float, str]] = []
    for up, words in wanted:
        if all(abs(up - other) >= APART for other, _words in kept):
            kept.append((up, words))
    return kept


def _across(day: date, first: date, last: date) -> float:
    if first == last:
        return (LEFT + RIGHT) / 2
    room = RIGHT - LEFT - FACE
    return round(LEFT + FACE / 2 + room * (day - first).days / (last - first).days, 1)


def _up(value: float, low: float, high: float) -> float:
    return round(TOP + PLOT * (high - value) / (high - low), 1)


def _days(first: date, last: date, down: float) -> list[dict[str, Any]]:
    if first == last:
        return [{"x": (LEFT + RIGHT) / 2, "y": down, "words": short_day_text(first), "anchor": "middle"}]
    return [
        {"x": LEFT, "y": down, "words": short_day_text(first), "anchor": "start"},
        {"x": RIGHT, "y": down, "words": short_day_text(last), "anchor": "end"},
    ]


def _words(first: date, last: date) -> str:
    if first == last:
        return _("Tegning av det som ble målt %(day)s. De samme tallene står i tabellen.") % {"day": day_text(first)}
    days = {"first": day_text(first), "last": day_text(last)}
    return _("Tegning av utviklingen fra %(first)s til %(last)s. De samme tallene står i tabellen.") % days
