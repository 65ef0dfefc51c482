"""Handing over the baton, and standing in for who holds it (N7). Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from models.i18n import _, day_text
from models.plans.rules.consents import Stretch
from models.rights import Role

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
