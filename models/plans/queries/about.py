"""«Om meg selv»: the owner's own words (F54)."""

from sqlmodel import col, select

from models.base import unseal
from models.plans.proof import OpenPlan
from models.plans.queries.goals import Place
from models.plans.tables.life import About
from models.rights import Element


async def read(plan: OpenPlan) -> str:
    """The text; empty when there is none, or when the viewer may not read it."""
    if not plan.sees(place(plan)):
        return ""
    about = await find(plan)
    return unseal(plan.vault, about, "text") if about and about.deleted_at is None else ""


def place(plan: OpenPlan) -> Place:
    """Where it stands among what rights are given to, written or not."""
    return Place(plan.plan_id, ((Element.ABOUT, plan.plan_id),))


async def find(plan: OpenPlan) -> About | None:
    """The plan's one, when anything was ever written there, and whether or not it was taken back."""
    about: About | None = await plan.session.scalar(select(About).where(col(About.id) == plan.plan_id))
    return about
