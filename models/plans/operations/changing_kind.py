"""A plan becomes of another kind (F191): a stafettlogg becomes an individual plan when the child gets the right to one.

It goes on as the same plan: everything written, everybody in it, the consents and the bases. Roles keep their codes and
get the new kind's names; standard rights follow the kind, and what was set for somebody alone stays. Where the plan
rests on what the owner has consented to, what is more than before waits for the owner (F8).
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from models.log import operations as log
from models.log.rules import Event
from models.plans.operations.demands import demand_coordinating, demand_only_individual
from models.plans.operations.keeping import changed
from models.plans.operations.proposing import ask_for_more
from models.plans.operations.spans import change_span
from models.plans.proof import OpenPlan
from models.plans.queries.administration import other_kinds, plan_row
from models.plans.queries.changing_kind import Move, moves, shown
from models.plans.queries.proposals import owner_must_approve
from models.plans.rules.administering import is_individual, parts_of, with_parts
from models.plans.rules.making import Part
from models.plans.tables.participants import Grant, Participant
from models.refusals import Conflict, NotFound
from models.rights import Element, Level, PlanKind, Role


async def change_kind(plan: OpenPlan, kind: PlanKind, more: Collection[Part], seen: str) -> None:
    """Of this kind from today, with the parts it has and `more`; what it was before stays in the statistics.

    Raises Refused, NotFound for a kind not in use, Invalid, or Conflict when it changed after `seen` was shown.
    """
    plan.demand(Element.RIGHTS, Level.CHANGE)
    plan.demand(Element.PLAN, Level.CHANGE)
    plan.demand_active()
    demand_coordinating(plan)
    if kind not in await other_kinds(plan):
        raise NotFound
    wanted = await moves(plan, kind)
    if seen != shown(plan, wanted):
        raise Conflict
    parts = parts_of(plan.elements) | {*more}
    if is_individual(kind, parts):
        await demand_only_individual(plan, "parts")
    changed(plan, await plan_row(plan), elements=with_parts(plan.elements, parts))
    await change_span(plan.session, plan.plan_id, kind=kind)
    log.record(plan, Event.PLAN_KIND_CHANGED, before=plan.kind, after=kind)
    for move in wanted:
        await _carry(plan, move)


async def _carry(plan: OpenPlan, move: Move) -> None:
    """The rights on elements; those on single items were set here, and stay."""
    if not move.changed:
        return
    grants = await _grants(plan, move.participant_id)
    participant = await plan.session.get_one(Participant, move.participant_id)
    asked = await _for_the_owner_to_say(plan, participant, move)
    if asked:
        wanted = [[element.value, None, int(move.after[element])] for element in asked]
        await ask_for_more(plan, participant, wanted)
    now = [element for element in move.changed if element not in asked]
    if not now:
        return
    for element in now:
        if element in grants:
            grants[element].level = move.after[element]
        else:
            owned: dict[str, Any] = {"municipality_id": plan.municipality_id, "participant_id": participant.id}
            plan.session.add(Grant(**owned, element=element, level=move.after[element]))
    participant.rights_revision += 1
    told = [element.value for element in now]
    log.record(plan, Event.RIGHTS_CHANGED, participant=str(participant.id), elements=told)


async def _for_the_owner_to_say(plan: OpenPlan, participant: Participant, move: Move) -> list[Element]:
    """What would be open that is not, where the plan rests on what the owner has consented to (F8)."""
    decided = move.role in (Role.OWNER, Role.COORDINATOR) or participant.awaits_approval
    if decided or not await owner_must_approve(plan, participant.id):
        return []
    return [one for one in move.changed if move.after.get(one, Level.NONE) > move.before.get(one, Level.NONE)]


async def _grants(plan: OpenPlan, participant_id: UUID) -> dict[Element, Grant]:
    found = select(Grant).where(col(Grant.participant_id) == participant_id, col(Grant.item_id).is_(None))
    return {grant.element: grant for grant in await plan.session.scalars(found)}
