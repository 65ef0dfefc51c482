"""Somebody who takes part becomes a coordinator: with all that the role gives, and nothing hidden opens silently (N7).

What somebody hid from them waits for the owner, where the plan rests on what the owner has consented to (F8); else the
municipality decides, and it is open from then on. What operations share, after they have demanded.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete
from sqlmodel import col

from models.log import operations as log
from models.log.rules import Event
from models.plans.operations.assigning import assign, reassign, standard_levels
from models.plans.operations.proposing import ask_for_more, take_back_wider
from models.plans.proof import OpenPlan
from models.plans.queries.hidden import hidden_grants, living, stays_hidden
from models.plans.tables.participants import Grant, Participant
from models.rights import Element, Level, Role

Kept = list[dict[str, Any]]


async def promote(plan: OpenPlan, participant: Participant) -> None:
    """From today, for good. What was asked of the owner about the old role is no longer asked."""
    levels = await standard_levels(plan.session, participant, plan.kind, Role.COORDINATOR)
    kept = await _kept(plan, participant, levels)
    await take_back_wider(plan, participant)
    await reassign(plan.session, participant, plan.kind, Role.COORDINATOR, plan.today)
    log.record(plan, Event.ROLE_CHANGED, participant=str(participant.id), role=Role.COORDINATOR)
    if not kept:
        return
    if await stays_hidden(plan, participant.id):
        await _keep(plan, participant, kept)
        await _ask(plan, participant, [one for one in kept if one["level"] is Level.NONE], levels)
        return
    opened = sorted({one["element"].value for one in kept})
    log.record(plan, Event.RIGHTS_CHANGED, participant=str(participant.id), elements=opened)


async def begin_standing_in(plan: OpenPlan, who: Participant, made: Participant) -> None:
    """`made` is the participation in which they coordinate for a while: what is hidden from them stays hidden."""
    levels = await standard_levels(plan.session, made, plan.kind, Role.COORDINATOR)
    await assign(plan.session, made, plan.kind, Role.COORDINATOR, made.valid_from)
    await _keep(plan, made, await _kept(plan, who, levels))


async def _kept(plan: OpenPlan, participant: Participant, levels: Mapping[Element, Level]) -> Kept:
    """Not what the new role gives to nobody."""
    grants = await hidden_grants(plan, participant)
    given = [one for one in grants if levels[one.element] >= Level.READ]
    return [{"element": one.element, "item_id": one.item_id, "level": one.level} for one in given]


async def _keep(plan: OpenPlan, participant: Participant, kept: Kept) -> None:
    whole = [one["element"] for one in kept if one["item_id"] is None]
    given = col(Grant.participant_id) == participant.id, col(Grant.item_id).is_(None)
    await plan.session.execute(delete(Grant).where(*given, col(Grant.element).in_(whole)))
    owned: dict[str, Any] = {"municipality_id": plan.municipality_id, "participant_id": participant.id}
    plan.session.add_all(Grant(**owned, overridden=True, **one) for one in kept)
    await plan.session.flush()


async def _ask(plan: OpenPlan, participant: Participant, shut: Kept, levels: Mapping[Element, Level]) -> None:
    """The owner, about what there still is."""
    there = await living(plan, [one["item_id"] for one in shut if one["item_id"]])
    wanted = [
        [one["element"].value, str(one["item_id"]) if one["item_id"] else None, int(levels[one["element"]])]
        for one in shut
        if one["item_id"] is None or one["item_id"] in there
    ]
    if wanted:
        await ask_for_more(plan, participant, wanted)
