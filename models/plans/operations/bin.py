"""Bringing back what lies in the recycle bin (N11)."""

from models.i18n import N_, _
from models.plans.operations.demands import demand_delete
from models.plans.operations.keeping import recover
from models.plans.proof import OpenPlan
from models.plans.queries.bin import is_within_reach
from models.plans.queries.contributions import contribution_of
from models.plans.queries.life_areas import mapped
from models.plans.tables.item import Item
from models.plans.tables.kinds import kind_of
from models.plans.tables.life import LifeArea
from models.plans.tables.together import Contribution
from models.refusals import Conflict, NotFound, Reason, Refused


async def restore(plan: OpenPlan, item: Item) -> None:
    """With all that lay under it, as it was. Restoring twice leaves one trace.

    Raises Refused, NotFound when it has lain there too long, or Conflict when something else has taken its place.
    """
    demand_delete(plan, item)
    if item.deleted_at is not None and not is_within_reach(plan, item):
        raise NotFound
    await demand_room(plan, item)
    kind = kind_of(item)
    await recover(plan, item, kind.restored or kind.changed)


async def demand_room(plan: OpenPlan, item: Item) -> None:
    """Raises Conflict when the place of a deleted item has been taken: there is one of each life area, and each
    participant has one text about what they contribute."""
    if item.deleted_at is None:
        return
    there: Item | None = None
    taken = ""
    if isinstance(item, LifeArea):
        there = await mapped(plan, item.area)
        taken = N_("Livsområdet er kartlagt på nytt siden. Slett den nye kartleggingen først.")
    elif isinstance(item, Contribution):
        there = await contribution_of(plan, item.participant_id)
        taken = N_("Bidraget er skrevet på nytt siden. Slett den nye teksten først.")
    if there and not plan.sees(there):
        raise Refused(Reason.LEVEL_TOO_LOW, plan.plan_id, plan.municipality_id)
    if there:
        raise Conflict(_(taken))
