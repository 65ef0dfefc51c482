"""The short name is all that leaves a plan in mail and text messages (F50): it must not give the owner away. Pure."""

import re

from models.i18n import _
from models.plans.rules.goals import too_long

LONGEST = 40
LONG_ENOUGH = 4
"""From this length a name is looked for inside other words too («Ingridsplan»)."""


def problem(short_name: str, given: str, family: str) -> str | None:
    """Why the plan cannot be called this, as a sentence to show beside the field; None when it can."""
    if not short_name.strip():
        return _("Skriv et kortnavn. Initialer er fine.")
    if len(short_name) > LONGEST:
        return too_long(short_name, LONGEST)
    if any(_is_in(name, short_name.casefold()) for name in _words(f"{given} {family}")):
        return _("Kortnavnet kan ikke inneholde navnet til planeieren, for det vises i varsler. Bruk initialer.")
    return None


def _is_in(name: str, short_name: str) -> bool:
    if len(name) >= LONG_ENOUGH:
        return name in short_name
    return len(name) > 1 and not {name, f"{name}s"}.isdisjoint(_words(short_name))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())
