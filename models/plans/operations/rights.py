"""Setting one participant's rights: what those share who have demanded, or have the owner's word for it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from models.log import operations as log
from models.log.rules import Event
from models.plans.proof import OpenPlan
from models.plans.queries.rights import role_of, standards
from models.plans.tables.participants import Grant, Participant
from models.refusals import NotFound
from models.rights import Element, Level

Wanted = Iterable[Sequence[Any]]
"""Each an element, an item's id or None, and a level; None for an item that is to be as its element again."""


async def apply(plan: OpenPlan, participant: Participant, wanted: Wanted) -> None:
    """From now on. What is not the role's own standard today is marked as set here (F125)."""
    if participant.plan_id != plan.plan_id:
        raise NotFound
    standard = (await standards(plan)).get(await role_of(plan, participant), {})
    places = [(Element(element), UUID(str(item)) if item else None, level) for element, item, level in wanted]
    touched = {
        element
        for element, item_id, level in places
        if await _set(plan, participant, element, item_id, None if level is None else Level(level), standard)
    }
    if touched:
        participant.rights_revision += 1
        await plan.session.flush()
        named = sorted(element.value for element in touched)
        log.record(plan, Event.RIGHTS_CHANGED, participant=str(participant.id), elements=named)


async def _set(
    plan: OpenPlan,
    participant: Participant,
    element: Element,
    item_id: UUID | None,
    level: Level | None,
    standard: dict[Element, Level],
) -> bool:
    """Whether it was otherwise."""
    mine = col(Grant.participant_id) == participant.id, col(Grant.element) == element, col(Grant.item_id) == item_id
    grant: Grant | None = await plan.session.scalar(select(Grant).where(*mine))
    if level is None:
        if grant is not None and item_id is not None:
            await plan.session.delete(grant)
        return grant is not None and item_id is not None
    is_own = item_id is not None or level != standard.get(element)
    if grant is None:
        owned: dict[str, Any] = {"municipality_id": plan.municipality_id, "participant_id": participant.id}
        plan.session.add(Grant(**owned, element=element, item_id=item_id, level=level, overridden=is_own))
        return True
    was, grant.level, grant.overridden = grant.level, level, is_own
    return was is not level
