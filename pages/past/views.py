"""The plan as it stood, as sections of items with what lay under each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.i18n import N_, _
from models.plans.proof import OpenPlan
from models.plans.queries.past import Stood
from models.plans.queries.revisions import Version
from models.plans.tables.item import SignedItem
from models.plans.tables.kinds import BY_NAME
from models.plans.tables.life import LifeArea
from models.rights import LIFE_AREAS
from pages.past.names import Names
from pages.past.words import KINDS, field_words, kind_words, title_of, told

SECTIONS = (
    ("about", N_("Om meg selv")),
    ("goal", N_("Mål og aktiviteter")),
    ("historic", N_("Mål i historikken")),
    ("life-area", N_("Livsområder")),
    ("subject-plan", N_("Fagplaner")),
    ("contribution", N_("Hva hver og en bidrar med")),
    ("cooperation", N_("Samarbeid med andre tjenester")),
    ("evaluation", N_("Evaluering")),
    ("journal", N_("Sist jeg var her")),
)
UNDER = tuple(BY_NAME[name] for name in ("activity", "measurement", "comment"))
"""What lies under others, in the order it is shown there."""

SHORT = frozenset({"extent", "measure", "contact"})
"""Texts that are told in a line."""

PLAIN = frozenset({"text", "description"})
"""Texts that need no heading."""

UNSAID = frozenset({"historic_at", "goal_id", "area", "participant_id"})
"""Facts that the place where the item stands tells already."""


@dataclass(frozen=True)
class Shelf:
    """What is needed to show any version: the plan, the words for its ids, and everything that stood with it."""

    plan: OpenPlan
    names: Names
    stood: Stood

    def under(self, one: Version) -> list[Version]:
        """What lay right under it, in order."""
        found = [other for other in self.stood.values() if other.above and other.above[-1] == one.item.id]
        return sorted((other for other in found if other.kind in UNDER), key=_place)


def sections(shelf: Shelf) -> list[dict[str, Any]]:
    """Only those with something in them."""
    by_section: dict[str, list[Version]] = defaultdict(list)
    for one in shelf.stood.values():
        if one.kind not in UNDER:
            by_section["historic" if getattr(one.item, "historic_at", None) else one.kind.name].append(one)
    return [
        {"words": _(words), "items": [shown(shelf, one) for one in sorted(by_section[name], key=_place)]}
        for name, words in SECTIONS
        if name in by_section
    ]


def shown(shelf: Shelf, one: Version) -> dict[str, Any]:
    """One item with all that was written, and what lay under it; see past/parts.html."""
    values, names = one.values(shelf.plan), shelf.names
    texts = [(name, values[name]) for name in one.kind.texts if name != "title" and values[name]]
    facts = [(name, told(names, name, values[name])) for name in one.kind.facts if name not in UNSAID]
    facts += [(name, text) for name, text in texts if name in SHORT]
    author = names.of("participant_id", one.item.participant_id) if isinstance(one.item, SignedItem) else ""
    return {
        "kind": one.kind.name,
        "kind_words": kind_words(one.kind),
        "drawing": KINDS[one.kind.name][1],
        "title": _("%(what)s fra %(name)s") % {"what": kind_words(one.kind), "name": author}
        if one.kind.name in ("comment", "journal")
        else title_of(names, one.kind, values),
        "author": author,
        "added": one.item.added_at,
        "facts": [(field_words(name), words) for name, words in facts if words],
        "texts": [("" if name in PLAIN else field_words(name), text) for name, text in texts if name not in SHORT],
        "url": versions_address(shelf.plan, one),
        "under": [shown(shelf, other) for other in shelf.under(one)],
    }


def titles(plan: OpenPlan, *all_stood: Stood) -> dict[UUID, str]:
    """Of the goals among them."""
    goals = (one for stood in all_stood for one in stood.values() if one.kind.name == "goal")
    return {one.item.id: one.values(plan)["title"] for one in goals}


def accounts(all_versions: Iterable[Version]) -> set[UUID | None]:
    return {one.by for one in all_versions}


def versions_address(plan: OpenPlan, one: Version) -> str:
    return f"/plans/{plan.plan_id}/history/{one.kind.name}/{one.item.id}"


def _place(one: Version) -> tuple[Any, ...]:
    """In the order of the plan's own pages; evaluations and entries with the newest first."""
    item = one.item
    if isinstance(item, LifeArea):
        return (LIFE_AREAS.index(item.area),)
    if one.kind.name in ("journal", "evaluation"):
        return (-item.added_at.timestamp(), item.id)
    kind = UNDER.index(one.kind) if one.kind in UNDER else 0
    return (kind, getattr(item, "place", 0), getattr(item, "day", item.added_at.date()), item.added_at, item.id)
