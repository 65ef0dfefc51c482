"""What the pages about rights show, of everybody and of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from models.i18n import _, day_text
from models.labels import label, the_role
from models.plans.proof import ADMINISTRATION, OpenPlan
from models.plans.queries import rights as queries
from models.plans.queries.people import Somebody, names_of_accounts, people
from models.plans.queries.rights import Decided
from models.plans.rules.rights import COMMON, GROUPS
from models.plans.rules.seen import TOLD, seen_by, sentence
from models.plans.tables.item import Item
from models.plans.tables.life import About
from models.plans.tables.participants import Participant
from models.refusals import NotFound
from models.rights import CHOSEN_ELEMENTS, Element, Level, Role
from pages.plans.room import address
from pages.plans.saving import name_of
from pages.rights.words import GROUP_NAMES, ONE_OF, closed_words, level_words, why_closed
from permissions.sights import Sight, sights

LONGEST_NAME = 80


@dataclass(frozen=True)
class Look:
    """Who takes part, in the order they are shown, with what each of them may; and what the roles give today."""

    plan: OpenPlan
    everybody: Mapping[UUID, Somebody]
    sights: Mapping[UUID, Sight]
    standards: Mapping[Role, Mapping[Element, Level]]
    overridden: set[tuple[UUID, Element]]

    @property
    def shown(self) -> list[tuple[Somebody, Sight]]:
        return [(one, self.sights[id_]) for id_, one in self.everybody.items() if id_ in self.sights]

    def of(self, participant_id: UUID) -> tuple[Somebody, Sight]:
        """Raises NotFound for who does not take part, and for whom the viewer may not know of."""
        if participant_id not in self.everybody or participant_id not in self.sights:
            raise NotFound
        return self.everybody[participant_id], self.sights[participant_id]

    def differs(self, sight: Sight, element: Element) -> bool:
        """From what the role gives today."""
        return sight.standing.level(element) != self.standards.get(sight.role, {}).get(element)


async def look(plan: OpenPlan) -> Look:
    found = {one.participant_id: one for one in await sights(plan)}
    everybody = {one.participant_id: one for one in await people(plan)}
    return Look(plan, everybody, found, await queries.standards(plan), await queries.overridden(plan))


def in_use(plan: OpenPlan) -> dict[str, list[Element]]:
    """The elements that the plan has, by group; groups without any are left out."""
    off = CHOSEN_ELEMENTS - plan.elements
    groups = {name: [one for one in elements if one not in off] for name, elements in GROUPS.items()}
    return {name: elements for name, elements in groups.items() if elements}


def not_in_use(plan: OpenPlan) -> list[str]:
    return [label(one) for elements in GROUPS.values() for one in elements if one in CHOSEN_ELEMENTS - plan.elements]


# ---- everybody ----------------------------------------------------------------------------------------------------


async def matrix(look: Look) -> dict[str, Any]:
    """A row for each element, a column for each participant."""
    single = await _single(look)
    return {
        "people": [_head(look, one, sight) for one, sight in look.shown],
        "groups": [
            {"name": _(GROUP_NAMES[name]), "rows": [_row(look, element, single) for element in elements]}
            for name, elements in in_use(look.plan).items()
        ],
        "off": not_in_use(look.plan),
    }


def _head(look: Look, one: Somebody, sight: Sight) -> dict[str, Any]:
    return {
        "name": one.name,
        "role": one.role,
        "url": f"{address(look.plan)}/rights/{one.participant_id}",
        "closed": None if sight.is_in else _why_closed(look.plan, one, sight),
    }


def _row(look: Look, element: Element, single: set[tuple[UUID, Element]]) -> dict[str, Any]:
    cells = [_cell(look, one, sight, element, single) for one, sight in look.shown]
    return {"name": label(element), "is_common": element in COMMON, "cells": cells}


def _cell(
    look: Look, one: Somebody, sight: Sight, element: Element, single: set[tuple[UUID, Element]]
) -> dict[str, Any]:
    is_open = reaches(sight, element)
    words = level_words(element, sight.standing.level(element)) if is_open else closed_words()
    return words | {
        "label": one.name,
        "adjusted": is_open and look.differs(sight, element),
        "single": is_open and (one.participant_id, element) in single,
    }


def reaches(sight: Sight, element: Element) -> bool:
    """Whether it is open to them at all today, whatever their level on it."""
    return sight.is_in or (sight.verdict.narrowed is not None and element in ADMINISTRATION)


async def _single(look: Look) -> set[tuple[UUID, Element]]:
    """The participants and elements of which single items were decided apart, as far as the viewer may know of them."""
    places = [(id_, *place) for id_, one in look.sights.items() for place in one.standing.items]
    seen = {item.id for item in await queries.seen_items(look.plan, {item_id for *_who, item_id in places})}
    return {(id_, element) for id_, element, item_id in places if item_id in seen}


# ---- one of them --------------------------------------------------------------------------------------------------


async def profile(look: Look, participant: Participant) -> dict[str, Any]:
    """One participant: in a sentence, and then element for element with the reason for each level."""
    plan, (one, sight) = look.plan, look.of(participant.id)
    items = await _known_items(plan, sight)
    told = await queries.decided(plan, participant)
    names = await _names(look, told)
    groups: list[dict[str, Any]] = [
        {"name": _(GROUP_NAMES[name]), "rows": [_element(look, one, sight, element, told, names) for element in found]}
        for name, found in in_use(plan).items()
    ]
    return {
        "name": one.name,
        "role": one.role,
        "position": participant.position,
        "url": f"{address(plan)}/rights/{participant.id}",
        "closed": None if sight.is_in else _why_closed(plan, one, sight),
        "says": _sentence(plan, one, sight, participant, items),
        "groups": groups,
        "single": sorted(
            (_item(plan, one, sight, item) for item in items), key=lambda line: (line["kind"], line["name"])
        ),
        "off": not_in_use(plan),
        "is_adjusted": any(row["adjusted"] for group in groups for row in group["rows"]) or bool(items),
    }


def _sentence(plan: OpenPlan, one: Somebody, sight: Sight, participant: Participant, items: Sequence[Item]) -> str:
    """Of single items, only those that the viewer may know of."""
    known = {item.id for item in items}
    apart = {place: level for place, level in sight.standing.items.items() if place[1] in known}
    seen = seen_by(replace(sight.standing, items=apart), one.name, participant.position or one.role, plan.elements)
    until = day_text(sight.consent_until, plan.today) if sight.consent_until else ""
    return sentence(seen, until, len([each for each in TOLD if each in plan.elements or each not in CHOSEN_ELEMENTS]))


def _why_closed(plan: OpenPlan, one: Somebody, sight: Sight) -> str:
    reason = sight.verdict.narrowed or sight.verdict.reason
    return why_closed(reason, one.name, the_role(plan.kind, Role.OWNER))


def _element(
    look: Look,
    one: Somebody,
    sight: Sight,
    element: Element,
    told: Mapping[Element, Decided],
    names: Mapping[UUID, str],
) -> dict[str, Any]:
    level = level_words(element, sight.standing.level(element))
    return level | {
        "name": label(element),
        "adjusted": element not in COMMON and look.differs(sight, element),
        "why": _why(look, one, sight, element, told.get(element), names),
    }


def _why(
    look: Look, one: Somebody, sight: Sight, element: Element, told: Decided | None, names: Mapping[UUID, str]
) -> str:
    if element in COMMON:
        return _("Kalenderen er felles: alle som deltar, ser alt i den.")
    if not look.differs(sight, element):
        return _("Standard for rollen %(role)s.") % {"role": one.role}
    if (one.participant_id, element) not in look.overridden:
        return _("Slik rollen %(role)s var da %(name)s fikk den. Standarden er endret siden.") % {
            "role": one.role,
            "name": one.name,
        }
    known = {"name": one.name, "day": day_text(told.at, look.plan.today) if told else ""}
    by = names.get(told.by) if told and told.by else None
    if told and by:
        return _("Satt for %(name)s i denne planen %(day)s, av %(by)s.") % (known | {"by": by})
    return _("Satt for %(name)s i denne planen.") % known


async def _names(look: Look, told: Mapping[Element, Decided]) -> dict[UUID, str]:
    """Of those who decided, as far as the viewer may know who they are."""
    return await names_of_accounts(look.plan, {one.by for one in told.values() if one.by})


async def _known_items(plan: OpenPlan, sight: Sight) -> list[Item]:
    """What was decided one by one, and that the viewer may read too."""
    apart = sight.standing.items
    found = await queries.seen_items(plan, {item_id for _element, item_id in apart})
    return [item for item in found if item.guarded_by()[0] in apart]


def _item(plan: OpenPlan, one: Somebody, sight: Sight, item: Item) -> dict[str, Any]:
    place, *above = item.guarded_by()
    is_buried = any(sight.standing.level(*each) < Level.READ for each in above)
    why = _("Ligger under noe %(name)s ikke ser.") if is_buried else _("Satt for %(name)s i denne planen.")
    level = Level.NONE if is_buried else sight.standing.level(*place)
    kind = _(ONE_OF[place[0]]) if place[0] in ONE_OF else label(place[0])
    words = {"kind": kind, "name": item_name(plan, item), "why": why % {"name": one.name}}
    return words | {"level": level_words(place[0], level)}


def item_name(plan: OpenPlan, item: Item) -> str:
    """What it is called, or how it begins."""
    name = label(Element.ABOUT) if isinstance(item, About) else name_of(plan, item)
    return name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rsplit(maxsplit=1)[0] + " …"
