"""What changed in an item, field by field, and between two days, item by item."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from models.i18n import N_, _
from models.plans.proof import OpenPlan
from models.plans.queries.past import Difference, Stood
from models.plans.queries.revisions import Version
from models.plans.rules.differences import compared, shortened
from models.rich_text import plain
from pages.past.names import Names
from pages.past.views import versions_address
from pages.past.words import KINDS, field_words, kind_words, title_of, told

GROUPS = {
    "added": N_("Lagt til"),
    "changed": N_("Endret"),
    "to-history": N_("Flyttet til historikken"),
    "from-history": N_("Hentet fra historikken"),
    "removed": N_("Slettet"),
}


def fields(plan: OpenPlan, names: Names, before: Version, after: Version) -> list[dict[str, Any]]:
    """Each column that differs: its words, and the two values, or the text with what went and came marked.

    That a goal was moved to history or back is told by other means.
    """
    old, new = before.values(plan), after.values(plan)
    differing = [name for name in after.kind.columns if old[name] != new[name] and name != "historic_at"]
    found = [_field(names, name, old[name], new[name], is_text=name in after.kind.texts) for name in differing]
    return [one for one in found if one]


def _field(names: Names, name: str, old: Any, new: Any, *, is_text: bool) -> dict[str, Any] | None:
    """None when neither value is for this viewer."""
    field = {"words": field_words(name), "stretches": None, "before": None, "after": None, "note": None}
    if is_text and plain(old).split() == plain(new).split():
        return field | {"note": _("Bare utformingen er endret")}
    if is_text:
        return field | {"stretches": shortened(compared(plain(old), plain(new)))}
    was, became = told(names, name, old), told(names, name, new)
    return field | {"before": was, "after": became} if was or became else None


def tells_words(found: Sequence[dict[str, Any]]) -> bool:
    """Whether a text is told word by word."""
    return any(one["stretches"] for one in found)


def groups(plan: OpenPlan, names: Names, found: Sequence[Difference], gone: Stood) -> list[dict[str, Any]]:
    """What differs between two days, by what happened; see past/changes.html. `gone` are the deletions themselves."""
    by_group: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in found:
        line = _line(plan, names, one, one.after or gone.get(one.version.item.id))
        if name := _group(one, line):
            by_group[name].append(line)
    return [
        {"name": name, "words": _(words), "lines": by_group[name]} for name, words in GROUPS.items() if name in by_group
    ]


def _line(plan: OpenPlan, names: Names, one: Difference, last: Version | None) -> dict[str, Any]:
    """`last` is the change that made it as it is now; None when that is not known."""
    version = one.version
    return {
        "kind_words": kind_words(version.kind),
        "drawing": KINDS[version.kind.name][1],
        "title": title_of(names, version.kind, version.values(plan)),
        "url": versions_address(plan, version),
        "at": last.at if last else None,
        "who": names.who(last.by) if last else None,
        "fields": fields(plan, names, one.before, one.after) if one.before and one.after else [],
    }


def _group(one: Difference, line: dict[str, Any]) -> str | None:
    """None when all that differs is in which order things stand, or what the viewer may not read."""
    if one.before is None:
        return "added"
    if one.after is None:
        return "removed"
    was, became = (getattr(version.item, "historic_at", None) for version in (one.before, one.after))
    if bool(was) != bool(became):
        return "to-history" if became else "from-history"
    return "changed" if line["fields"] else None
