"""Destroying deleted plans for good (C12), when nobody has fetched them back: what the job may do.

The plan's key is emptied, so that every text of it is unreadable for ever, in revisions and in old backups too. What is
left says that there was a plan of some kind, and when: what is counted in the statistics.
"""

from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import col, select

from models.base import holds, pick
from models.clock import local_day
from models.log.operations import record
from models.log.rules import Event
from models.organisation.tables import DataKey
from models.plans.rules.words import PlanState
from models.plans.tables.consent import Consent, ConsentScan
from models.plans.tables.drafts import Draft
from models.plans.tables.participants import Participant
from models.plans.tables.plan import Plan, PlanSpan
from permissions.proofs import House, HouseRight, OpenHouse
from permissions.scopes import Clause


async def plans_to_destroy(house: OpenHouse) -> list[UUID]:
    """Deleted plans whose day has come, and whose key is still there."""
    house.demand(HouseRight.PLANS_DESTROY)
    found = pick(Plan.id).join(PlanSpan, col(PlanSpan.plan_id) == Plan.id).join(DataKey, col(DataKey.id) == Plan.key_id)
    return list(await house.session.scalars(found.where(*_due(house)).order_by(col(Plan.destroy_on), col(Plan.id))))


async def destroy(house: OpenHouse, plan_id: UUID) -> bool:
    """For good, in the caller's transaction; False when somebody has fetched it back meanwhile."""
    house.demand(HouseRight.PLANS_DESTROY)
    session = house.session
    found = (
        select(Plan)
        .join(PlanSpan, col(PlanSpan.plan_id) == Plan.id)
        .join(DataKey, col(DataKey.id) == Plan.key_id)
        .where(col(Plan.id) == plan_id, *_due(house))
    )
    plan = await session.scalar(found.with_for_update(of=Plan))
    if plan is None:
        return False
    key = await session.get_one(DataKey, plan.key_id)
    key.wrapped, key.destroyed_at = None, session.clock.now()
    plan.short_name, plan.delete_remark = "", None
    consents = pick(Consent.id).where(col(Consent.plan_id) == plan_id)
    await session.execute(delete(Draft).where(col(Draft.plan_id) == plan_id))
    await session.execute(delete(ConsentScan).where(col(ConsentScan.consent_id).in_(consents)))
    described = update(Participant).where(col(Participant.plan_id) == plan_id)
    await session.execute(described.values(position=None, workplace=None))
    record(House(session, plan.municipality_id, plan_id), Event.PLAN_DESTROYED)
    return True


def _due(house: OpenHouse) -> tuple[Clause, ...]:
    today = local_day(house.session.clock.now())
    return (
        holds(PlanSpan.valid_from, PlanSpan.valid_to, today),
        col(PlanSpan.state) == PlanState.DELETED,
        col(Plan.destroy_on) <= today,
        col(DataKey.wrapped).is_not(None),
    )
