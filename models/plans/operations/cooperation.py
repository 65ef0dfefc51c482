"""Other services that the plan needs or already works with (the statute's ninth point)."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from models.log.rules import Event
from models.plans.operations.demands import demand_change, demand_delete, demand_new
from models.plans.operations.keeping import changed, demand_fresh, discard, keep
from models.plans.proof import OpenPlan
from models.plans.rules.cooperation import check_cooperation
from models.plans.rules.words import CooperationState
from models.plans.tables import kinds
from models.plans.tables.together import Cooperation


@dataclass(frozen=True)
class CooperationContent:
    """Everything a person writes of it; `title` is the service's name."""

    title: str
    state: CooperationState
    purpose: str = ""
    contact: str = ""

    def texts(self) -> dict[str, str]:
        return {"title": self.title.strip(), "purpose": self.purpose.strip(), "contact": self.contact.strip()}


async def add(plan: OpenPlan, content: CooperationContent, new_id: UUID | None = None) -> Cooperation:
    """`new_id` is what its form called it. Raises Refused or Invalid."""
    demand_new(plan, kinds.COOPERATION)
    check_cooperation(**content.texts())
    made = Cooperation(
        id=new_id or uuid4(),
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        state=content.state,
        added_at=plan.session.clock.now(),
    )
    changed(plan, made, **content.texts())
    await keep(plan, made, Event.COOPERATION_ADDED)
    return made


async def change(plan: OpenPlan, item: Cooperation, seen: int, content: CooperationContent) -> None:
    """Raises Refused, Invalid, or Conflict when it was changed after revision `seen`."""
    demand_change(plan, item)
    check_cooperation(**content.texts())
    demand_fresh(item, seen)
    if fields := changed(plan, item, **content.texts(), state=content.state):
        await keep(plan, item, Event.COOPERATION_CHANGED, fields=fields)


async def delete(plan: OpenPlan, item: Cooperation, seen: int) -> None:
    """Into the recycle bin. Raises as `change` does."""
    demand_delete(plan, item)
    demand_fresh(item, seen)
    await discard(plan, item, Event.COOPERATION_DELETED)
