"""What may be done to the life areas (F63-F66). Each of the six is demanded by its own element."""

from uuid import UUID, uuid4

from models.i18n import _
from models.log.rules import Event
from models.plans.operations.demands import demand_change, demand_delete
from models.plans.operations.keeping import changed, demand_fresh, discard, keep
from models.plans.proof import OpenPlan
from models.plans.queries.life_areas import mapped
from models.plans.rules.life_areas import check_area_text
from models.plans.tables.life import LifeArea
from models.refusals import Invalid, Reason, Refused
from models.rights import LIFE_AREAS, Element, Level


async def add(plan: OpenPlan, *, area: Element, text: str, new_id: UUID | None = None) -> LifeArea:
    """Map an area. `new_id` is what its form called it. Raises Refused, or Invalid when it is mapped already."""
    plan.demand(area, Level.NEW)
    if area not in LIFE_AREAS:
        raise Invalid(area=_("Velg et livsområde."))
    check_area_text(text)
    if there := await mapped(plan, area):
        _hide(plan, there)
        raise Invalid(area=_("Livsområdet er kartlagt av en annen. Lagre på nytt, så ser du begge tekstene."))
    made = LifeArea(
        id=new_id or uuid4(),
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        added_at=plan.session.clock.now(),
        area=area,
    )
    changed(plan, made, text=text)
    await keep(plan, made, Event.LIFE_AREA_ADDED)
    return made


async def change(plan: OpenPlan, item: LifeArea, seen: int, *, text: str) -> None:
    """Raises Refused, Invalid, or Conflict when somebody changed the area after revision `seen`."""
    demand_change(plan, item)
    check_area_text(text)
    demand_fresh(item, seen)
    if fields := changed(plan, item, text=text):
        await keep(plan, item, Event.LIFE_AREA_CHANGED, fields=fields)


async def delete(plan: OpenPlan, item: LifeArea, seen: int) -> None:
    """Into the recycle bin; the area may be mapped anew. Raises as `change` does."""
    demand_delete(plan, item)
    demand_fresh(item, seen)
    await discard(plan, item, Event.LIFE_AREA_DELETED)


def _hide(plan: OpenPlan, there: LifeArea) -> None:
    """Who may not see that the area is mapped, is told no more than who has no right to it."""
    if not plan.sees(there):
        raise Refused(Reason.LEVEL_TOO_LOW, plan.plan_id, plan.municipality_id)
