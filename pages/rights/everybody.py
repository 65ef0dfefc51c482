"""Who sees what, of everybody (N2): a row for each part of the plan, a column for each participant."""

from typing import Any
from uuid import UUID

from models.i18n import _
from models.labels import label
from models.plans.proof import ADMINISTRATION
from models.plans.queries import rights as queries
from models.plans.queries.people import Somebody
from models.plans.rules.rights import COMMON
from models.rights import Element
from pages.plans.room import address
from pages.rights.views import Look, closed_because, in_use, not_in_use
from pages.rights.words import GROUP_NAMES, closed_words, level_words, meanings
from permissions.sights import Sight


async def matrix(look: Look, chosen: str) -> dict[str, Any]:
    """A row for each element, a column for each participant; a narrow screen shows the chosen row alone."""
    single, groups = await _single(look), in_use(look.plan)
    parts = [element for elements in groups.values() for element in elements]
    row = next((one for one in parts if one.value == chosen), Element.GOALS if Element.GOALS in parts else parts[0])
    return {
        "people": [_head(look, one, sight, single) for one, sight in look.shown],
        "parts": [(one.value, label(one)) for one in parts],
        "chosen": row.value,
        "groups": [
            {"name": _(GROUP_NAMES[name]), "rows": [_row(look, element, single) for element in elements]}
            for name, elements in groups.items()
        ],
        "off": not_in_use(look.plan),
        "meanings": meanings(),
    }


def _head(look: Look, one: Somebody, sight: Sight, single: set[tuple[UUID, Element]]) -> dict[str, Any]:
    decided = [element for elements in in_use(look.plan).values() for element in elements if element not in COMMON]
    return {
        "name": one.name,
        "role": one.role,
        "url": f"{address(look.plan)}/rights/{one.participant_id}",
        "closed": None if sight.is_in else closed_because(look.plan, one, sight),
        "adjusted": any(_marked(look, one, sight, element, single) for element in decided),
    }


def _marked(look: Look, one: Somebody, sight: Sight, element: Element, single: set[tuple[UUID, Element]]) -> bool:
    is_apart = look.differs(sight, element) or (one.participant_id, element) in single
    return reaches(sight, element) and is_apart


def _row(look: Look, element: Element, single: set[tuple[UUID, Element]]) -> dict[str, Any]:
    cells = [_cell(look, one, sight, element, single) for one, sight in look.shown]
    return {"value": element.value, "name": label(element), "is_common": element in COMMON, "cells": cells}


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
