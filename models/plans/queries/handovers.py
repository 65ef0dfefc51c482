"""Who coordinates a plan, who stands in, and whom the baton is offered to (N7, F131)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.base import HouseSession, holds, pick
from models.plans.proof import OpenPlan
from models.plans.queries.audience import accounts_of
from models.plans.queries.people import Somebody, people, role_today
from models.plans.rules.handovers import TAKERS
from models.plans.rules.words import PERSONAL_ROLES, HandoverState
from models.plans.tables.baton import Handover
from models.plans.tables.participants import Participant, RoleSpan
from models.refusals import NotFound
from models.rights import Role

LATELY = timedelta(days=30)


@dataclass(frozen=True)
class StandIn:
    """Somebody who takes part, and coordinates for some days besides; both days are included."""

    participant_id: UUID
    person_id: UUID
    first: date
    last: date

    def is_on(self, day: date) -> bool:
        return self.first <= day <= self.last


async def living_offers(plan: OpenPlan) -> list[Handover]:
    """The offers that can still be answered: one lapses when its giver no longer coordinates, or its receiver has
    left, coordinates already, or has become one of the family."""
    found = select(Handover).where(col(Handover.plan_id) == plan.plan_id, col(Handover.state) == HandoverState.OFFERED)
    rows = list(await plan.session.scalars(found.order_by(col(Handover.offered_at))))
    roles = await _roles_today(plan) if rows else {}
    family = await _family(plan) if rows else set()
    return [
        one
        for one in rows
        if roles.get(one.from_id) is Role.COORDINATOR and roles.get(one.to_id) in TAKERS and one.to_id not in family
    ]


async def answered_offers(plan: OpenPlan) -> list[Handover]:
    """Those that were answered lately, the newest first."""
    found = select(Handover).where(
        col(Handover.plan_id) == plan.plan_id,
        col(Handover.state).in_((HandoverState.ACCEPTED, HandoverState.DECLINED)),
        col(Handover.answered_at) > plan.session.clock.now() - LATELY,
    )
    return list(await plan.session.scalars(found.order_by(col(Handover.answered_at).desc())))


async def handover_of(plan: OpenPlan, handover_id: UUID) -> Handover:
    """Raises NotFound for one of another plan."""
    found = await plan.session.get(Handover, handover_id)
    if found is None or found.plan_id != plan.plan_id:
        raise NotFound
    return found


async def offer_to_me(plan: OpenPlan) -> Handover | None:
    """What the viewer is asked to take over; not through another's eyes."""
    if plan.looking_as:
        return None
    mine = {one.participant_id for one in plan.standings}
    return next((one for one in await living_offers(plan) if one.to_id in mine), None)


async def participant_of(plan: OpenPlan, participant_id: UUID) -> Participant:
    """Raises NotFound for one of another plan."""
    found = await plan.session.get(Participant, participant_id)
    if found is None or found.plan_id != plan.plan_id:
        raise NotFound
    return found


async def stand_ins(plan: OpenPlan) -> list[StandIn]:
    """Those to come too, the first one first."""
    own, other = Participant, _persons_otherwise_in(plan)
    found = (
        pick(own.id, own.person_id, own.valid_from, own.valid_to)
        .join(RoleSpan, role_today(plan.today))
        .where(
            col(own.plan_id) == plan.plan_id,
            col(RoleSpan.role) == Role.COORDINATOR,
            col(own.valid_to) > plan.today,
            col(own.valid_to) > col(own.valid_from),
            col(own.person_id).in_(other),
        )
        .order_by(col(own.valid_from))
    )
    day = timedelta(days=1)
    return [
        StandIn(row.id, row.person_id, row.valid_from, row.valid_to - day) for row in await plan.session.execute(found)
    ]


def _persons_otherwise_in(plan: OpenPlan) -> Any:
    """Who takes part in their own name today without coordinating."""
    return (
        pick(Participant.person_id)
        .join(RoleSpan, role_today(plan.today))
        .where(
            col(Participant.plan_id) == plan.plan_id,
            col(Participant.person_id).is_not(None),
            col(RoleSpan.role).in_(TAKERS),
            holds(Participant.valid_from, Participant.valid_to, plan.today),
        )
    )


async def takers(plan: OpenPlan) -> list[Somebody]:
    """Those who could take the baton: they take part, have an account that works, and do not coordinate already."""
    everybody = [one for one in await people(plan) if one.taking_part and one.person_id and one.account_id]
    busy = {one.person_id for one in everybody if one.role_code not in TAKERS}
    open_ = await open_accounts(plan.session, [one.account_id for one in everybody if one.account_id])
    return [one for one in everybody if one.person_id not in busy and one.account_id in open_]


async def open_accounts(session: HouseSession, accounts: Collection[UUID]) -> set[UUID]:
    """Those that are not closed."""
    found = pick(Account.id).where(col(Account.id).in_(accounts), col(Account.disabled_at).is_(None))
    return set(await session.scalars(found))


async def family_accounts(session: HouseSession, plan_id: UUID, today: date) -> set[UUID]:
    """Of the owner and the guardians."""
    theirs = (
        pick(Participant.id)
        .join(RoleSpan, role_today(today))
        .where(col(Participant.plan_id) == plan_id, col(RoleSpan.role).in_(PERSONAL_ROLES))
    )
    return await accounts_of(session, list(await session.scalars(theirs)), today)


async def _family(plan: OpenPlan) -> set[UUID]:
    """All the participations of those who are the owner or a guardian here, today or to come."""
    own, stays = aliased(Participant), or_(col(Participant.valid_to).is_(None), col(Participant.valid_to) > plan.today)
    theirs = (
        pick(Participant.person_id)
        .join(RoleSpan, role_today(plan.today))
        .where(col(Participant.plan_id) == plan.plan_id, col(RoleSpan.role).in_(PERSONAL_ROLES), stays)
    )
    found = pick(own.id).where(col(own.plan_id) == plan.plan_id, col(own.person_id).in_(theirs))
    return set(await plan.session.scalars(found))


async def _roles_today(plan: OpenPlan) -> dict[UUID, Role]:
    """Of those who take part today."""
    found = (
        pick(Participant.id, RoleSpan.role)
        .join(RoleSpan, role_today(plan.today))
        .where(
            col(Participant.plan_id) == plan.plan_id,
            holds(Participant.valid_from, Participant.valid_to, plan.today),
        )
    )
    return {row.id: row.role for row in await plan.session.execute(found)}
