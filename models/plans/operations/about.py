"""Writing «Om meg selv» (F54)."""

from sqlalchemy.exc import IntegrityError

from models.log.rules import Event
from models.plans.operations.keeping import changed, demand_fresh, keep
from models.plans.proof import OpenPlan
from models.plans.queries.about import find, place
from models.plans.rules.about import check_about
from models.plans.tables.life import About
from models.refusals import Conflict
from models.rights import Element, Level


async def write(plan: OpenPlan, seen: int, text: str) -> About | None:
    """The first time too; None when there is nothing to write yet.

    Raises Refused, Invalid, or Conflict when somebody wrote after revision `seen`.
    """
    plan.demand(Element.ABOUT, Level.CHANGE, place(plan))
    check_about(text)
    about = await find(plan) or (await _first(plan) if text.strip() else None)
    if about is None:
        return None
    demand_fresh(about, seen)
    about.deleted_at = None
    if fields := changed(plan, about, text=text):
        await keep(plan, about, Event.ABOUT_CHANGED, fields=fields)
    return about


async def _first(plan: OpenPlan) -> About:
    """Two who write at the same moment make one."""
    about = About(
        id=plan.plan_id,
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        added_at=plan.session.clock.now(),
    )
    try:
        async with plan.session.begin_nested():
            plan.session.add(about)
    except IntegrityError:
        raise Conflict from None
    return about
