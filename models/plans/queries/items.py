"""Fetching one item of an opened plan to change it."""

from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import col, select

from models.base import pick
from models.plans.proof import OpenPlan
from models.plans.tables.goals import Activity, Comment, Goal
from models.plans.tables.item import Item
from models.plans.tables.kinds import Kind
from models.plans.tables.plan import Revision
from models.refusals import NotFound

Found = TypeVar("Found", bound=Item)


async def find(plan: OpenPlan, kind: Kind, item_id: UUID, *, deleted: bool = False) -> Any:
    """An item of any kind. Raises NotFound as `find_goal` does; what it lies under must not be deleted."""
    item = await _find(plan, kind.table, item_id, deleted)
    if (goal_id := getattr(item, "goal_id", None)) is not None:
        goal = await find_goal(plan, goal_id)
        if activity_id := getattr(item, "activity_id", None):
            await find_activity(plan, goal, activity_id)
    return item


async def is_kept(plan: OpenPlan, item_id: UUID) -> bool:
    """Whether anything of this plan has had the id, wherever it lies now. Ask only of ids that are the viewer's own."""
    kept = pick(Revision.id).where(col(Revision.item_id) == item_id, col(Revision.plan_id) == plan.plan_id)
    return await plan.session.scalar(kept.limit(1)) is not None


async def find_goal(plan: OpenPlan, goal_id: UUID, *, deleted: bool = False) -> Goal:
    """Raises NotFound when the goal is another plan's, hidden from the viewer, or (not) in the recycle bin."""
    return await _find(plan, Goal, goal_id, deleted)


async def find_activity(plan: OpenPlan, goal: Goal, activity_id: UUID, *, deleted: bool = False) -> Activity:
    """As `find_goal`; the activity must lie under this goal."""
    activity = await _find(plan, Activity, activity_id, deleted)
    if activity.goal_id != goal.id:
        raise NotFound
    return activity


async def find_comment(plan: OpenPlan, goal: Goal, comment_id: UUID, *, deleted: bool = False) -> Comment:
    """As `find_goal`; the comment must be on this goal, or on an activity of it that is not deleted."""
    comment = await _find(plan, Comment, comment_id, deleted)
    if comment.goal_id != goal.id:
        raise NotFound
    if comment.activity_id:
        await find_activity(plan, goal, comment.activity_id)
    return comment


async def _find(plan: OpenPlan, kind: type[Found], item_id: UUID, deleted: bool) -> Found:
    item = await plan.session.scalar(select(kind).where(col(kind.id) == item_id, col(kind.plan_id) == plan.plan_id))
    if item is None or (item.deleted_at is not None) != deleted or not plan.sees(item):
        raise NotFound
    return item
