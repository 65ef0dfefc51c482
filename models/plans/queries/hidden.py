"""What somebody hid from a participant, and what becomes of it when they coordinate (N7)."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from sqlmodel import col, select

from models.base import pick
from models.plans.proof import OpenPlan
from models.plans.queries.proposals import owner_must_approve
from models.plans.queries.rights import seen_items
from models.plans.rules.handovers import hidden, is_hidden
from models.plans.tables.kinds import KINDS
from models.plans.tables.participants import Grant, Participant
from models.rights import Element, Level


async def hidden_grants(plan: OpenPlan, participant: Participant) -> list[Grant]:
    """What is to stay as it is, whatever a new role gives, for the participant not to see what was hidden."""
    found = select(Grant).where(col(Grant.participant_id) == participant.id)
    return hidden(list(await plan.session.scalars(found)))


async def hidden_from(plan: OpenPlan, participants: Collection[UUID]) -> set[UUID]:
    """Those of them, other than the viewer, from whom something is hidden that the viewer may see; for who may read
    about rights."""
    if not plan.allows(Element.RIGHTS, Level.READ):
        return set()
    others = set(participants) - {one.participant_id for one in plan.standings}
    found = select(Grant).where(col(Grant.participant_id).in_(others), col(Grant.level) == Level.NONE)
    shut = [one for one in await plan.session.scalars(found) if is_hidden(one)]
    whole = {one.participant_id for one in shut if one.item_id is None and plan.allows(one.element, Level.READ)}
    by_item: dict[UUID, set[UUID]] = defaultdict(set)
    for one in shut:
        if one.item_id:
            by_item[one.item_id].add(one.participant_id)
    seen = [by_item[item.id] for item in await seen_items(plan, by_item.keys())]
    return whole.union(*seen)


async def stays_hidden(plan: OpenPlan, participant_id: UUID | None = None) -> bool:
    """Whether it stays so until the owner's side has said yes, or opens with the baton: as for all that is opened
    (F8)."""
    return await owner_must_approve(plan, participant_id)


async def living(plan: OpenPlan, items: Collection[UUID]) -> set[UUID]:
    """Those of the items that are not in the recycle bin."""
    found: set[UUID] = set()
    for kind in KINDS if items else ():
        own = col(kind.table.plan_id) == plan.plan_id, col(kind.table.id).in_(items)
        found |= set(await plan.session.scalars(pick(kind.table.id).where(*own, col(kind.table.deleted_at).is_(None))))
    return found
