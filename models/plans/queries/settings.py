"""What the coordinator has set for the plan: what its first page shows, and when it is to be gone through."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col

from models.base import pick
from models.plans.proof import OpenPlan
from models.plans.rules.administering import mark
from models.plans.rules.words import HomeBlock
from models.plans.tables.plan import Plan


@dataclass(frozen=True)
class PlanSettings:
    """`hidden` are the blocks that the first page leaves out, for everybody (F59)."""

    hidden: frozenset[HomeBlock]
    period_from: date | None
    period_to: date | None
    revise_on: date | None
    revised_on: date | None

    @property
    def shown(self) -> tuple[HomeBlock, ...]:
        return tuple(block for block in HomeBlock if block not in self.hidden)

    @property
    def mark(self) -> str:
        """Of what the coordinator chooses at once."""
        return mark(shown=self.shown, revise_on=self.revise_on)


async def read(plan: OpenPlan) -> PlanSettings:
    """Nothing of it is about anybody: whoever may open the plan may know."""
    return await plan.session.once(("settings", plan.plan_id), lambda: _read(plan))


async def _read(plan: OpenPlan) -> PlanSettings:
    columns = Plan.home_hidden, Plan.period_from, Plan.period_to, Plan.revise_on, Plan.revised_on
    row = (await plan.session.execute(pick(*columns).where(col(Plan.id) == plan.plan_id))).one()
    hidden = frozenset(block for block in HomeBlock if block.value in row.home_hidden)
    return PlanSettings(hidden, row.period_from, row.period_to, row.revise_on, row.revised_on)
