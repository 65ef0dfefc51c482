"""What may be measured on the way to a goal (N24), and how the owner says it goes. Pure: raises Invalid."""

import re
from collections.abc import Mapping
from datetime import date

from models.i18n import N_, _, number_text
from models.plans.rules.goals import FIRST, SHORT, too_long
from models.plans.rules.words import MeasureKind
from models.refusals import Invalid
from models.texts import says_something

NOTE = 2_000
MOST = 1_000_000
"""Nothing that is measured in a plan is larger; what is, is a slip of the finger."""

NUMBER = re.compile(r"[+-]?[0-9]{1,7}(?:[.,][0-9]{1,4})?")
BLANKS = re.compile(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]")

CHECK_IN = {
    1: N_("Går veldig dårlig"),
    2: N_("Går dårlig"),
    3: N_("Går sånn passe"),
    4: N_("Går bra"),
    5: N_("Går veldig bra"),
}
"""The owner's own scale, in words."""


def number(text: str) -> float | None:
    """What somebody typed, with comma or point; None when it is no number, or one with too many decimals."""
    typed = BLANKS.sub("", text).replace("\N{MINUS SIGN}", "-")
    return float(typed.replace(",", ".")) + 0.0 if NUMBER.fullmatch(typed) else None


def check_measure(
    measure: str,
    *,
    baseline: float | None,
    target: float | None,
    scale_low: float | None,
    scale_high: float | None,
    is_named: bool = False,
) -> None:
    """`is_named`: somebody is to measure. Everything may be left out, but numbers must be numbers of something."""
    numbers = {"baseline": baseline, "target": target, "scale_low": scale_low, "scale_high": scale_high}
    problems = {name: _too_large() for name, value in numbers.items() if value is not None and not _is_sane(value)}
    if len(measure) > SHORT:
        problems["measure"] = too_long(measure, SHORT)
    if not says_something(measure) and (is_named or any(value is not None for value in numbers.values())):
        problems["measure"] = _("Skriv hva som skal måles.")
    if scale_low is not None and scale_high is not None and scale_low >= scale_high:
        problems.setdefault("scale_high", _("Det høyeste på skalaen må være mer enn det laveste."))
    elif not problems:
        for name in ("baseline", "target"):
            if outside(numbers[name], scale_low, scale_high):
                problems[name] = _("Tallet ligger utenfor skalaen.")
    if problems:
        raise Invalid(**problems)


def check_measurement(
    *, day: date, value: float, note: str, today: date, scale_low: float | None, scale_high: float | None
) -> None:
    problems: dict[str, str] = {}
    if day > today:
        problems["day"] = _("Dagen kan ikke være fram i tid.")
    elif day.year < FIRST:
        problems["day"] = _("Sjekk årstallet.")
    if not _is_sane(value):
        problems["value"] = _too_large()
    elif outside(value, scale_low, scale_high):
        problems["value"] = _("Tallet ligger utenfor skalaen.")
    if problems | _note(note):
        raise Invalid(**problems, **_note(note))


def check_check_in(value: float, note: str) -> None:
    if value not in CHECK_IN:
        raise Invalid(value=_("Velg ett av de fem svarene."))
    if problems := _note(note):
        raise Invalid(**problems)


def outside(value: float | None, low: float | None, high: float | None) -> bool:
    """Whether there is a number, and it lies outside what there is of a scale."""
    return value is not None and ((low is not None and value < low) or (high is not None and value > high))


def in_words(kind: MeasureKind, value: float) -> str:
    """A measurement's number, or what the owner answered."""
    return _(CHECK_IN[int(value)]) if kind is MeasureKind.CHECK_IN else number_text(value)


def way_gone(start: float | None, end: float | None, value: float) -> float | None:
    """How much of the way from start to end is gone: 1 is all of it; None when there is no way to go."""
    if start is None or end is None or start == end:
        return None
    return (value - start) / (end - start)


def span(points: Mapping[str, float | None]) -> tuple[float, float]:
    """The lowest and the highest of the numbers there are, never the same: so that they can be drawn."""
    known = [value for value in points.values() if value is not None]
    low, high = min(known, default=0.0), max(known, default=1.0)
    return (low, high) if low < high else (low - 1, high + 1)


def _is_sane(value: float) -> bool:
    return -MOST <= value <= MOST


def _too_large() -> str:
    return _("Tallet er for stort.")


def _note(note: str) -> dict[str, str]:
    return {"note": too_long(note, NOTE)} if len(note) > NOTE else {}
