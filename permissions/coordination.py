"""What the job that looks for plans without a coordinator may ask: which they are, and who sees to it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import col

from models.accounts.tables.account import Account, Appointment
from models.base import holds, pick
from models.clock import local_day
from models.plans.queries.coordination import GONE, is_coordinated
from models.plans.tables.plan import Plan, PlanSpan
from models.rights import Duty, PlanKind, Right
from permissions.proofs import HouseRight, OpenHouse
from permissions.roles import DUTIES


@dataclass(frozen=True)
class Vacant:
    """A plan in use that nobody coordinates."""

    plan_id: UUID
    municipality_id: UUID
    kind: PlanKind


async def vacant_plans(house: OpenHouse) -> list[Vacant]:
    """In all municipalities; drafts too, for somebody waits for them."""
    house.demand(HouseRight.COORDINATORS_WATCH)
    today = local_day(house.session.clock.now())
    found = (
        pick(Plan.id, Plan.municipality_id, PlanSpan.kind)
        .join(PlanSpan, and_(col(PlanSpan.plan_id) == Plan.id, holds(PlanSpan.valid_from, PlanSpan.valid_to, today)))
        .where(col(PlanSpan.state).not_in(GONE), ~is_coordinated(today))
        .order_by(col(Plan.municipality_id), col(Plan.id))
    )
    return [Vacant(row.id, row.municipality_id, row.kind) for row in await house.session.execute(found)]


async def who_appoints(house: OpenHouse, plan: Vacant) -> set[UUID]:
    """The accounts of koordinerende enhet; where there is none, of the local administrators of the kind of plan."""
    house.demand(HouseRight.COORDINATORS_WATCH)
    return await _with(house, plan, Right.COORDINATION_APPOINT) or await _with(house, plan, Right.PLANS_REGISTER)


async def _with(house: OpenHouse, plan: Vacant, right: Right) -> set[UUID]:
    duties = [duty for duty in Duty if right in DUTIES[duty]]
    today = local_day(house.session.clock.now())
    found = (
        pick(Appointment.account_id)
        .join(Account, and_(col(Account.id) == Appointment.account_id, col(Account.disabled_at).is_(None)))
        .where(
            col(Appointment.municipality_id) == plan.municipality_id,
            col(Appointment.duty).in_(duties),
            or_(col(Appointment.plan_kind).is_(None), col(Appointment.plan_kind) == plan.kind),
            holds(Appointment.valid_from, Appointment.valid_to, today),
        )
    )
    return set(await house.session.scalars(found))
