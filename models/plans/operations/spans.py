"""What a plan is from today on: each change closes one stretch of days and opens the next.

What operations share, after they have demanded; whoever calls them writes the log.
"""

from typing import Any
from uuid import UUID

from sqlmodel import col, select

from models.base import HouseSession, holds
from models.clock import local_day
from models.plans.tables.plan import PlanSpan


async def change_span(session: HouseSession, plan_id: UUID, **values: Any) -> PlanSpan:
    """Give the plan another `kind`, `state` or `unit_id` from today; what it was before stays known (F204)."""
    today = local_day(session.clock.now())
    current = col(PlanSpan.plan_id) == plan_id, holds(PlanSpan.valid_from, PlanSpan.valid_to, today)
    span: PlanSpan = (await session.scalars(select(PlanSpan).where(*current))).one()
    if span.valid_from == today:
        for name, value in values.items():
            setattr(span, name, value)
        return span
    span.valid_to = today
    known = {name: getattr(span, name) for name in ("municipality_id", "plan_id", "kind", "state", "unit_id")}
    after = PlanSpan(**known | values, valid_from=today)
    session.add(after)
    await session.flush()
    return after
