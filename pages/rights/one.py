"""What one participant sees and may do, in a sentence and with reasons (N2)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from models.i18n import _, day_text
from models.labels import label
from models.plans.proof import OpenPlan
from models.plans.queries import proposals
from models.plans.queries import rights as queries
from models.plans.queries.people import Somebody, names_of_accounts
from models.plans.queries.rights import Decided
from models.plans.rules.rights import COMMON
from models.plans.rules.seen import TOLD, seen_by, sentence
from models.plans.tables.item import Item
from models.plans.tables.participants import Participant
from models.rights import CHOSEN_ELEMENTS, Element, Level
from pages.participants.proposed import proposal_address, wanted
from pages.plans.room import address
from pages.rights.views import Look, closed_because, in_use, item_name, not_in_use
from pages.rights.words import GROUP_NAMES, ONE_OF, level_words, meanings
from permissions.sights import Sight


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
        "closed": None if sight.is_in else closed_because(plan, one, sight),
        "says": _sentence(plan, one, sight, participant, items),
        "groups": groups,
        "single": sorted(
            (_item(plan, one, sight, item) for item in items), key=lambda line: (line["kind"], line["name"])
        ),
        "off": not_in_use(plan),
        "is_adjusted": any(row["adjusted"] for group in groups for row in group["rows"]) or bool(items),
        "meanings": meanings(),
        "waits": await _waits(plan, participant),
    }


async def _waits(plan: OpenPlan, participant: Participant) -> list[dict[str, Any]]:
    """What the owner's side is asked about this participant, for those who ask and those who answer."""
    if not plan.allows(Element.PARTICIPANTS, Level.CHANGE) and not await proposals.decides(plan):
        return []
    return [
        {"url": proposal_address(plan, one), "at": one.proposed_at, "wanted": await wanted(plan, one)}
        for one in await proposals.waiting(plan)
        if one.participant_id == participant.id
    ]


def _sentence(plan: OpenPlan, one: Somebody, sight: Sight, participant: Participant, items: Sequence[Item]) -> str:
    """Of single items, only those that the viewer may know of."""
    known = {item.id for item in items}
    apart = {place: level for place, level in sight.standing.items.items() if place[1] in known}
    seen = seen_by(replace(sight.standing, items=apart), one.name, participant.position or one.role, plan.elements)
    until = day_text(sight.consent_until, plan.today) if sight.consent_until else ""
    return sentence(seen, until, len([each for each in TOLD if each in plan.elements or each not in CHOSEN_ELEMENTS]))


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
        return ""  # the page says once what holds where nothing else is said
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
