"""What the coordinator may change about a plan that is there already (F187-F191, C12). Pure."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from enum import Enum
from typing import Any

from models.i18n import _
from models.plans.rules.goals import too_long
from models.plans.rules.making import ELEMENTS, USUAL, Part, Start
from models.plans.rules.words import DeleteReason
from models.rights import Element, Level, PlanKind

KEPT = timedelta(days=30)
"""How long a deleted plan can be fetched back."""

MOST_YEARS = 20
LONGEST_REMARK = 500


def mark(**values: Any) -> str:
    """What was shown, as a form sends it back: so that who saves after somebody else is told."""
    return json.dumps({name: bare(value) for name, value in values.items()}, sort_keys=True)


def bare(value: Any) -> Any:
    """A value as JSON holds it, so that two can be compared; what has no order is sorted."""
    if value is None or value == "":
        return None
    if isinstance(value, str) or not isinstance(value, Collection):
        return str(value.value if isinstance(value, Enum) else value).strip()
    return sorted(str(bare(one)) for one in value)


def period_problem(first: date | None, last: date | None, today: date) -> dict[str, str]:
    """What is wrong with a plan's period, beside each field. It ends nothing when it has passed (F49)."""
    if wild := [name for name, day in (("period_from", first), ("period_to", last)) if _is_wild(day, today)]:
        return dict.fromkeys(wild, _("Sjekk årstallet."))
    if first and last and last < first:
        return {"period_to": _("Siste dag kan ikke være før første dag.")}
    return {}


def _is_wild(day: date | None, today: date) -> bool:
    return day is not None and abs(day.year - today.year) > MOST_YEARS


def parts_of(elements: Iterable[Element]) -> frozenset[Part]:
    """The parts that a plan with these elements has any of."""
    had = set(elements)
    return frozenset(part for part in Part if had & {*ELEMENTS[part]})


def with_parts(elements: Iterable[Element], parts: Collection[Part]) -> list[str]:
    """The elements of a plan that is to have these parts, in the order of all; parts it keeps are as they were."""
    had = set(elements)
    before = parts_of(had)
    gone = {element for part in before - {*parts} for element in ELEMENTS[part]}
    come = {element for part in {*parts} - before for element in ELEMENTS[part]}
    return [element.value for element in Element if element in (had - gone) | come]


def is_individual(kind: PlanKind, parts: Collection[Part]) -> bool:
    """Whether it is an individual plan in the law's sense, of which one has one: not «Enkelt samspill»."""
    return kind is PlanKind.IP and Part.GOALS in parts


def proposed(kind: PlanKind, parts: Collection[Part]) -> list[Part]:
    """What a plan that becomes of this kind is usually made with, and lacks."""
    return [part for part in USUAL[Start(kind.value.lower())] if part not in parts]


def carried(
    now: Mapping[Element, tuple[Level, bool]], before: Mapping[Element, Level], after: Mapping[Element, Level]
) -> dict[Element, Level]:
    """The levels of a participation when its plan becomes of another kind (F191): standard rights follow the kind.

    `now` tells of each element the level, and whether it was set in this plan; `before` and `after` are the standard
    rights of the role in the two kinds. What was set here stays, and so does what differs from the old standard:
    nobody sees more because of something that was once decided for them alone.
    """
    return {
        element: level if own or level != before.get(element, Level.NONE) else after.get(element, Level.NONE)
        for element, (level, own) in now.items()
    } | {element: level for element, level in after.items() if element not in now}


def deletion_problem(reason: DeleteReason | None, remark: str, typed: str, short_name: str) -> dict[str, str]:
    """What is missing before a plan is deleted (C12), beside each field."""
    found = {}
    if reason is None:
        found["reason"] = _("Velg hvorfor planen skal slettes.")
    if reason is DeleteReason.OTHER and not remark.strip():
        found["remark"] = _("Skriv hvorfor planen skal slettes.")
    if len(remark) > LONGEST_REMARK:
        found["remark"] = too_long(remark, LONGEST_REMARK)
    if typed.strip().casefold() != short_name.strip().casefold():
        found["typed"] = _("Dette er ikke kortnavnet til planen. Skriv «%(name)s».") % {"name": short_name}
    return found
