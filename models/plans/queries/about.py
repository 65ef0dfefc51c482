"""«Om meg selv»: the owner's own words (F54)."""

from sqlmodel import col, select

from models.base import unseal
from models.plans.proof import OpenPlan
from models.plans.tables.life import About
from models.rights import Element, Level


async def read(plan: OpenPlan) -> str:
    """The text; empty when there is none, or when the viewer may not read it."""
    if not plan.allows(Element.ABOUT, Level.READ):
        return ""
    about = await find(plan)
    return unseal(plan.vault, about, "text") if about else ""


async def find(plan: OpenPlan) -> About | None:
    """The plan's one, when anything was ever written there."""
    about: About | None = await plan.session.scalar(select(About).where(col(About.id) == plan.plan_id))
    return about
