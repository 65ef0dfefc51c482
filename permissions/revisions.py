"""What the job that reminds of revisions may ask: which plans are due, and who goes through them."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import col

from models.base import holds, pick
from models.clock import local_day
from models.plans.queries.audience import coordinators
from models.plans.rules.words import PlanState
from models.plans.tables.plan import Plan, PlanSpan
from permissions.proofs import HouseRight, OpenHouse


@dataclass(frozen=True)
class Due:
    """A plan that is to be gone through on a day."""

    plan_id: UUID
    municipality_id: UUID
    day: date


async def plans_to_revise(house: OpenHouse, before: int, *, late: int = 0) -> list[Due]:
    """Plans in use that are to be gone through in `before` days, or in up to `late` fewer."""
    house.demand(HouseRight.REVISIONS_WATCH)
    today = local_day(house.session.clock.now())
    days = [today + timedelta(days=before - step) for step in range(late + 1)]
    found = (
        pick(Plan.id, Plan.municipality_id, Plan.revise_on)
        .join(PlanSpan, col(PlanSpan.plan_id) == Plan.id)
        .where(
            col(Plan.revise_on).in_(days),
            holds(PlanSpan.valid_from, PlanSpan.valid_to, today),
            col(PlanSpan.state) == PlanState.ACTIVE,
        )
    )
    return [Due(row.id, row.municipality_id, row.revise_on) for row in await house.session.execute(found)]


async def who_revises(house: OpenHouse, plan_id: UUID) -> set[UUID]:
    """The accounts of those who coordinate the plan."""
    house.demand(HouseRight.REVISIONS_WATCH)
    return await coordinators(house.session, plan_id, local_day(house.session.clock.now()))
