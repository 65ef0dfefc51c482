"""«Om meg selv»: the owner's own words (F54)."""

from sqlmodel import col

from models.base import pick, reveal
from models.plans.proof import OpenPlan
from models.plans.tables.plan import Plan
from models.rights import Element, Level


async def read(plan: OpenPlan) -> str:
    """The text; empty when there is none, or when the viewer may not read it."""
    if not plan.allows(Element.ABOUT, Level.READ):
        return ""
    text = await plan.session.scalar(pick(Plan.about).where(col(Plan.id) == plan.plan_id))
    return reveal(plan.vault, Plan, "about", plan.plan_id, text)
