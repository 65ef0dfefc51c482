"""The image that stands for a goal (F70)."""

from base64 import b64decode

from sqlmodel import col, select

from models.base import unseal
from models.plans.proof import OpenPlan
from models.plans.tables.goals import Goal, GoalPicture
from models.refusals import NotFound


async def picture(plan: OpenPlan, goal: Goal) -> bytes:
    """A JPEG. Raises NotFound when the goal has none, or is one that the viewer may not see."""
    row = await picture_row(plan, goal) if plan.sees(goal) else None
    if row is None:
        raise NotFound
    return b64decode(unseal(plan.vault, row, "content"))


async def picture_row(plan: OpenPlan, goal: Goal) -> GoalPicture | None:
    row: GoalPicture | None = await plan.session.scalar(select(GoalPicture).where(col(GoalPicture.goal_id) == goal.id))
    return row


def mark(picture: GoalPicture) -> str:
    """Tells this image from one that takes its place."""
    return picture.set_at.isoformat()
