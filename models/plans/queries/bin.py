"""What lies in the recycle bin (N11): deleted, and within reach for thirty days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from models.base import pick
from models.plans.operations.demands import demand_delete
from models.plans.proof import OpenPlan
from models.plans.tables.goals import Activity, Goal
from models.plans.tables.item import Item
from models.plans.tables.kinds import KINDS, Kind
from models.plans.tables.plan import Revision
from models.refusals import Refused

LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Binned:
    """A deleted item, when it was deleted and by which account; `under` is the goal or activity it is a part of.

    `waits`: its goal lies in history, and must be brought back first.
    """

    kind: Kind
    item: Item
    at: datetime
    by: UUID | None
    under: Item | None
    waits: bool

    @property
    def until(self) -> datetime:
        return self.at + LASTS


async def binned(plan: OpenPlan) -> list[Binned]:
    """What the viewer may bring back, last deleted first; nothing whose parent is deleted too."""
    items = [(kind, item) for kind in KINDS for item in await _deleted(plan, kind)]
    goals = await _living(plan, Goal, {_above(item, "goal_id") for _, item in items})
    activities = await _living(plan, Activity, {_above(item, "activity_id") for _, item in items})
    by = await _deleters(plan, [item for _, item in items])
    found = [
        Binned(kind, item, item.deleted_at, by.get(item.id), _parent(item, goals, activities), _waits(item, goals))
        for kind, item in items
        if item.deleted_at and _lies_in(item, goals, activities) and may_bring_back(plan, item)
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def is_within_reach(plan: OpenPlan, item: Item) -> bool:
    """After that it stays in the plan's history, and cannot be brought back."""
    return item.deleted_at is not None and item.deleted_at > plan.session.clock.now() - LASTS


def may_bring_back(plan: OpenPlan, item: Item) -> bool:
    """Who may see and delete such items, or their author."""
    try:
        demand_delete(plan, item)
    except Refused:
        return False
    return plan.sees(item)


async def _deleted(plan: OpenPlan, kind: Kind) -> Sequence[Item]:
    since = plan.session.clock.now() - LASTS
    table: Any = kind.table
    return (
        await plan.session.scalars(
            select(table).where(col(table.plan_id) == plan.plan_id, col(table.deleted_at) > since)
        )
    ).all()


async def _living(plan: OpenPlan, table: Any, ids: set[UUID | None]) -> dict[UUID, Any]:
    """Those of the rows that are not deleted."""
    wanted = ids - {None}
    if not wanted:
        return {}
    found = select(table).where(
        col(table.id).in_(wanted), col(table.plan_id) == plan.plan_id, col(table.deleted_at).is_(None)
    )
    return {row.id: row for row in await plan.session.scalars(found)}


async def _deleters(plan: OpenPlan, items: Sequence[Item]) -> dict[UUID, UUID | None]:
    """The account that made the last revision of each, which is the deletion."""
    numbers = {item.id: item.revision for item in items}
    found = pick(Revision.item_id, Revision.number, Revision.changed_by).where(
        col(Revision.plan_id) == plan.plan_id, col(Revision.item_id).in_(numbers)
    )
    rows = await plan.session.execute(found)
    return {row.item_id: row.changed_by for row in rows if row.number == numbers[row.item_id]}


def _above(item: Item, name: str) -> UUID | None:
    above: UUID | None = getattr(item, name, None)
    return above


def _lies_in(item: Item, goals: dict[UUID, Goal], activities: dict[UUID, Activity]) -> bool:
    goal_id, activity_id = _above(item, "goal_id"), _above(item, "activity_id")
    return (goal_id is None or goal_id in goals) and (activity_id is None or activity_id in activities)


def _parent(item: Item, goals: dict[UUID, Goal], activities: dict[UUID, Activity]) -> Item | None:
    goal_id, activity_id = _above(item, "goal_id"), _above(item, "activity_id")
    if activity_id:
        return activities.get(activity_id)
    return goals.get(goal_id) if goal_id else None


def _waits(item: Item, goals: dict[UUID, Goal]) -> bool:
    goal = goals.get(_above(item, "goal_id") or item.id)
    return goal is not None and goal.historic_at is not None
