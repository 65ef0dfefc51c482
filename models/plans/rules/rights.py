"""What may be decided about one participant's rights in a plan (F123, F125, F128, F129). Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from models.i18n import _
from models.labels import label
from models.log.rules import Item
from models.plans.proof import ADMINISTRATION, Standing
from models.rights import LIFE_AREAS, Element, Level, Role

GROUPS: Mapping[str, tuple[Element, ...]] = {
    "content": (
        *(Element.ABOUT, Element.JOURNAL, Element.GOALS, Element.ACTIVITIES, Element.COMMENTS, Element.EVALUATION),
        *(Element.COOPERATION, Element.SUBJECT_PLANS),
    ),
    "life": LIFE_AREAS,
    "sharing": (*(Element.MESSAGES, Element.CALENDAR, Element.DOCUMENTS, Element.LOG, Element.PRINT, Element.ARCHIVE),),
    "plan": (Element.PLAN, Element.PARTICIPANTS, Element.CONSENT, Element.RIGHTS),
}
"""Every element once, in the order they are shown."""

YES_OR_NO = frozenset({Element.LOG, Element.PRINT, Element.ARCHIVE})
"""One may, or one may not: there is nothing to change in them (F129)."""

COMMON = frozenset({Element.CALENDAR})
"""All who take part see everything in it (F128)."""

SINGLE = (Element.GOALS, Element.ACTIVITIES, Element.SUBJECT_PLANS)
"""Those whose items may be decided one by one. A life area is decided alone already: it is an element of its own."""


@dataclass(frozen=True)
class Wish:
    """A level on an element, or on one item of it; None is for an item that is to be as its element again."""

    element: Element
    level: Level | None
    item: Item | None = None

    @property
    def item_id(self) -> UUID | None:
        return self.item.id if self.item else None

    @property
    def field(self) -> str:
        """What the form calls it."""
        return f"item-{self.item.id}" if self.item else self.element.value


def level_name(element: Element, level: Level) -> str:
    """What a level is called: of what one may or may not, just that."""
    if element in YES_OR_NO:
        return _("Ja") if level >= Level.READ else _("Nei")
    return label(level)


def wished(theirs: Standing, wishes: Iterable[Wish]) -> Standing:
    """The rights as they would be."""
    levels, items = dict(theirs.levels), dict(theirs.items)
    for wish in wishes:
        if wish.item_id is None:
            levels[wish.element] = wish.level or Level.NONE
        elif wish.level is None:
            items.pop((wish.element, wish.item_id), None)
        else:
            items[wish.element, wish.item_id] = wish.level
    return replace(theirs, levels=levels, items=items)


def news(theirs: Standing, wishes: Iterable[Wish]) -> list[Wish]:
    """Those that change anything: a single item may be decided apart though its level is the same for now."""
    return [wish for wish in wishes if _set(theirs, wish) != wish.level]


def _set(theirs: Standing, wish: Wish) -> Level | None:
    if wish.item_id is None:
        return theirs.level(wish.element)
    return theirs.items.get((wish.element, wish.item_id))


def wider(theirs: Standing, wishes: Sequence[Wish]) -> list[Wish]:
    """Those of the wishes that open more than is open now."""
    then = wished(theirs, wishes)
    return [one for one in wishes if then.level(one.element, one.item_id) > theirs.level(one.element, one.item_id)]


def problems(
    theirs: Standing, wishes: Sequence[Wish], mine: Iterable[Standing], coordinators: Iterable[Standing]
) -> dict[str, str]:
    """What is wrong, as a sentence beside each field.

    `mine` are the rights of who decides, `coordinators` those of the others who coordinate the plan today.
    """
    found, own, others = {}, list(mine), list(coordinators)
    then = wished(theirs, wishes)
    for wish in wishes:
        before, after = (one.level(wish.element, wish.item_id) for one in (theirs, then))
        if wish.element in COMMON or (wish.item and wish.level is not None and wish.element not in SINGLE):
            found[wish.field] = _("Dette kan ikke bestemmes for én og én.")
        elif after > before and after > max(one.level(wish.element, wish.item_id) for one in own):
            found[wish.field] = _("Du kan ikke gi mer enn du har selv.")
        elif after < before and wish.element in ADMINISTRATION and (why := _kept(theirs, wish.element, others)):
            found[wish.field] = why
    return found


def _kept(theirs: Standing, element: Element, others: Iterable[Standing]) -> str | None:
    """Why the level may not be lowered."""
    if theirs.role is Role.OWNER:
        return _("Dette kan ikke tas fra den planen er for.")
    if theirs.role is not Role.COORDINATOR or any(one.level(element) >= theirs.level(element) for one in others):
        return None
    return _("Minst én som koordinerer planen, må ha denne rettigheten.")


def written(wishes: Iterable[Wish], then: Standing) -> list[list[Any]]:
    """The wishes as they are kept while the owner decides: element, item or null, and the level it is to be."""
    return [
        [one.element.value, str(one.item_id) if one.item_id else None, int(then.level(one.element, one.item_id))]
        for one in wishes
    ]
