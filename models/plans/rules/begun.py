"""How much somebody may have begun, and of what size. Pure."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from models.i18n import _
from models.refusals import Invalid

MOST = 50
"""Plans that one person has begun and not made."""

ASKED_LATELY = timedelta(hours=1)
"""How long a search that found nobody is kept for whoever made it."""

MOST_SIGNS = 300_000
"""Of one step: more is nobody's text."""


def check_size(typed: Mapping[str, Sequence[str]]) -> None:
    """Raises Invalid."""
    if sum(len(value) for values in typed.values() for value in values) > MOST_SIGNS:
        raise Invalid(text=_("Dette er for mye tekst til å bli lagret. Kort ned teksten, og prøv igjen."))
