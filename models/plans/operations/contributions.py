"""What each participant contributes (the statute's fourth point): one text for each, which they may always write."""

from uuid import UUID, uuid4

from models.i18n import _
from models.log.rules import Event
from models.plans.operations.demands import demand_change, demand_contributor, demand_delete
from models.plans.operations.keeping import changed, demand_fresh, discard, keep
from models.plans.proof import OpenPlan
from models.plans.queries.contributions import contribution_of
from models.plans.rules.cooperation import check_contribution
from models.plans.tables.participants import Participant
from models.plans.tables.together import Contribution
from models.refusals import Conflict


async def add(plan: OpenPlan, contributor: Participant, text: str, new_id: UUID | None = None) -> Contribution:
    """`new_id` is what its form called it. Raises Refused, Invalid, or Conflict when it is written already."""
    demand_contributor(plan, contributor.id)
    check_contribution(text)
    if await contribution_of(plan, contributor.id):
        raise Conflict(_("Noen andre skrev dette mens du holdt på. Ingenting ble lagret."))
    made = Contribution(
        id=new_id or uuid4(),
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        participant_id=contributor.id,
        added_at=plan.session.clock.now(),
    )
    changed(plan, made, text=text.strip())
    await keep(plan, made, Event.CONTRIBUTION_ADDED)
    return made


async def change(plan: OpenPlan, item: Contribution, seen: int, text: str) -> None:
    """Raises Refused, Invalid, or Conflict when it was changed after revision `seen`."""
    demand_change(plan, item)
    check_contribution(text)
    demand_fresh(item, seen)
    if fields := changed(plan, item, text=text.strip()):
        await keep(plan, item, Event.CONTRIBUTION_CHANGED, fields=fields)


async def delete(plan: OpenPlan, item: Contribution, seen: int) -> None:
    """Into the recycle bin. Raises as `change` does."""
    demand_delete(plan, item)
    demand_fresh(item, seen)
    await discard(plan, item, Event.CONTRIBUTION_DELETED)
