"""Handing over the baton, and standing in for who holds it (N7). Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from models.i18n import _, day_text
from models.plans.proof import ADMINISTRATION
from models.plans.rules.consents import Stretch
from models.rights import Element, Level, Role

STAYS: tuple[Role | None, ...] = (Role.PROVIDER, Role.COORDINATOR, None)
"""What who gives the baton can be afterwards; None is no longer in the plan."""
TAKERS = (Role.PROVIDER, Role.OTHER)
"""Who can be asked: never who the plan is about, nor their family."""
NOTE = 2_000
AHEAD = timedelta(days=366)
"""How far ahead somebody can be chosen to stand in, and how long for."""


def problem(days: Stretch, taken: Iterable[Stretch], today: date) -> dict[str, str]:
    """What is wrong with the days of somebody who is to stand in, as a sentence beside the field."""
    if days.first < today:
        return {"first_day": _("Velg en dag fra og med i dag.")}
    if days.first > today + AHEAD:
        return {"first_day": _("Velg en dag det neste året.")}
    if days.last is None or days.last < days.first:
        return {"last_day": _("Siste dag kan ikke være før første dag.")}
    if days.last > days.first + AHEAD:
        return {"last_day": _("En vikar kan velges for høyst ett år om gangen.")}
    if clash := [one for one in taken if one.first <= days.last and (one.last is None or days.first <= one.last)]:
        told = {"first": day_text(clash[0].first, today), "last": day_text(clash[0].last or date.max, today)}
        return {"first_day": _("Det er valgt en vikar fra %(first)s til %(last)s. Velg andre dager.") % told}
    return {}


class Granted(Protocol):
    """A level on an element, or on one item of it; `overridden` when somebody set it for this participant alone."""

    element: Element
    item_id: UUID | None
    level: Level
    overridden: bool


G = TypeVar("G", bound=Granted)


def is_hidden(grant: Granted) -> bool:
    """Whether somebody decided that the participant is not to see it; not what their role never gave."""
    is_own = grant.item_id is not None or grant.overridden
    return is_own and grant.level is Level.NONE and grant.element not in ADMINISTRATION


def hidden(grants: Sequence[G]) -> list[G]:
    """Those that hide something; where it is a whole element, with the single items of it that were opened again."""
    whole = {one.element for one in grants if one.item_id is None and is_hidden(one)}
    return [one for one in grants if is_hidden(one) or (one.item_id and one.element in whole)]
