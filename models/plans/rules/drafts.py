"""What is kept of a form that is not saved yet: which fields, and how much. Pure."""

import json
from collections.abc import Iterable, Mapping

from models.i18n import _
from models.refusals import Invalid
from models.texts import sayable, says_something

SEEN = "seen"
"""The revision that the person was shown when they began to write."""

MOST = 300_000
"""Bytes of one draft; no form of ours takes as much."""


def as_kept(fields: Mapping[str, object], texts: Iterable[str], facts: Iterable[str]) -> str | None:
    """The known fields as JSON; None when none of the `texts` says anything. Raises Invalid when there is too much."""
    known = {*texts, *facts, SEEN}
    kept = {name: sayable(text) for name, text in fields.items() if name in known and isinstance(text, str)}
    if not any(says_something(kept.get(name, "")) for name in texts):
        return None
    content = json.dumps(kept, ensure_ascii=False)
    if len(content.encode()) > MOST:
        raise Invalid(draft=_("Teksten er for lang til å bli lagret som utkast."))
    return content


def page_of(place: str) -> str:
    """The address, below the plan's, of the page a form stands on: a new comment on a goal is written on its page."""
    parts = place.split("/")
    return "/".join(parts[:3]) if parts[3:] == ["comments"] else place
