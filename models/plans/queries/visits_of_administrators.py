"""When local administrators had the plan's administration open, and why (C11)."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from models.base import unseal
from models.plans.proof import OpenPlan
from models.plans.queries.people import names_of_accounts
from models.plans.tables.baton import AdministrationVisit


@dataclass(frozen=True)
class Visit:
    """`name` is None for an administrator without a person card in the municipality."""

    name: str | None
    began_at: datetime
    ends_at: datetime
    reason: str


async def visits(plan: OpenPlan, *, since: datetime | None = None) -> list[Visit]:
    """Newest first; whoever asks has seen to it that the viewer may know."""
    found = select(AdministrationVisit).where(col(AdministrationVisit.plan_id) == plan.plan_id)
    if since:
        found = found.where(col(AdministrationVisit.began_at) > since)
    rows = list(await plan.session.scalars(found.order_by(col(AdministrationVisit.began_at).desc())))
    names = await names_of_accounts(plan, {row.account_id for row in rows})
    return [
        Visit(names.get(row.account_id), row.began_at, row.ends_at, unseal(plan.vault, row, "reason")) for row in rows
    ]
