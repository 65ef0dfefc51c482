"""Goals as they are read: columns, not objects, with the texts opened and only what the viewer may see."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import col

from models.base import Row, columns, pick, reveal
from models.plans.proof import OpenPlan, readable
from models.plans.rules.chains import Chain, activity_chain, comment_chain, goal_chain
from models.plans.rules.words import FINISHED, ActivityStatus
from models.plans.tables.goals import Activity, Comment, Goal, GoalPicture
from models.rights import Element


@dataclass(frozen=True)
class Place:
    """An item's place among guarded things; enough for the proof to judge it without fetching it again."""

    id: UUID
    chain: Chain

    def guarded_by(self) -> Chain:
        return self.chain


@dataclass(frozen=True)
class CommentRead(Place):
    activity_id: UUID | None
    author_id: UUID
    participant_id: UUID
    text: str
    revision: int
    added_at: datetime
    changed_at: datetime | None


@dataclass(frozen=True)
class ActivityRead(Place):
    title: str
    description: str
    extent: str
    status: ActivityStatus
    responsible_id: UUID | None
    starts_on: date | None
    due_on: date | None
    cancel_reason: str
    revision: int
    added_at: datetime
    changed_at: datetime | None

    @property
    def is_finished(self) -> bool:
        return self.status in FINISHED

    def is_overdue(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today and not self.is_finished


@dataclass(frozen=True)
class GoalRead(Place):
    title: str
    description: str
    life_area: Element | None
    progress: int
    historic_at: datetime | None
    has_picture: bool
    revision: int
    added_at: datetime
    changed_at: datetime | None
    activities: tuple[ActivityRead, ...] = ()


async def goals(plan: OpenPlan, *, historic: bool = False) -> list[GoalRead]:
    """The plan's goals with their activities, in the plan's order; [] when the viewer may see none.

    Those in history (F74) are given only when they are asked for, and then no others: the last one moved there first.
    """
    return await _with_activities(plan, await bare_goals(plan, historic=historic))


async def bare_goals(plan: OpenPlan, *, historic: bool = False) -> list[GoalRead]:
    """As `goals`, for who has no use for the activities."""
    moved = col(Goal.historic_at)
    return await _bare(plan, moved.is_not(None) if historic else moved.is_(None))


async def all_goals(plan: OpenPlan) -> tuple[list[GoalRead], list[GoalRead]]:
    """Those in use and those in history, each as `goals` gives them, fetched together."""
    found = await _with_activities(plan, await _bare(plan))
    return [one for one in found if one.historic_at is None], [one for one in found if one.historic_at]


async def all_bare_goals(plan: OpenPlan) -> list[GoalRead]:
    """Those in use and those in history, without their activities."""
    return await _bare(plan)


async def _bare(plan: OpenPlan, where: ColumnElement[bool] | None = None) -> list[GoalRead]:
    order, pictured = (col(Goal.historic_at).desc(), Goal.place, Goal.added_at, Goal.id), await _pictured(plan)
    return [
        _goal(plan, row, row.id in pictured)
        for row in await _rows(plan, Goal, *order, where=where)
        if readable(plan.standings, plan.elements, goal_chain(row.id))
    ]


async def _with_activities(plan: OpenPlan, found: Iterable[GoalRead]) -> list[GoalRead]:
    under: dict[UUID, list[ActivityRead]] = defaultdict(list)
    for row in await _rows(plan, Activity, Activity.place, Activity.added_at):
        chain = activity_chain(row.id, row.goal_id)
        if readable(plan.standings, plan.elements, chain):
            under[row.goal_id].append(_activity(plan, row, chain))
    return [replace(goal, activities=tuple(under[goal.id])) for goal in found]


async def last_place(plan: OpenPlan, goal: Goal) -> int:
    """Of the activities under the goal, those in the recycle bin too; 0 when there are none."""
    found = pick(func.max(Activity.place)).where(col(Activity.goal_id) == goal.id)
    return await plan.session.scalar(found) or 0


async def comments(plan: OpenPlan, goal_id: UUID) -> list[CommentRead]:
    """What was said about a goal and its activities, oldest first."""
    rows = await _rows(plan, Comment, Comment.added_at, Comment.id, where=col(Comment.goal_id) == goal_id)
    places = [(row, comment_chain(row.id, row.activity_id, row.goal_id)) for row in rows]
    return [
        CommentRead(
            id=row.id,
            chain=chain,
            activity_id=row.activity_id,
            author_id=row.author_id,
            participant_id=row.participant_id,
            text=_open(plan, Comment, row, "text"),
            revision=row.revision,
            added_at=row.added_at,
            changed_at=row.changed_at,
        )
        for row, chain in places
        if readable(plan.standings, plan.elements, chain)
    ]


async def _rows(plan: OpenPlan, table: Any, *order: Any, where: ColumnElement[bool] | None = None) -> Sequence[Any]:
    found = pick(*columns(table)).where(col(table.plan_id) == plan.plan_id, col(table.deleted_at).is_(None))
    if where is not None:
        found = found.where(where)
    rows: Sequence[Any] = (await plan.session.execute(found.order_by(*order))).all()
    return rows


def _open(plan: OpenPlan, table: type[Row], row: Any, column: str) -> str:
    return reveal(plan.vault, table, column, row.id, getattr(row, column))


async def _pictured(plan: OpenPlan) -> set[UUID]:
    """The goals that have a picture (F70)."""
    found = pick(GoalPicture.goal_id).join(Goal, col(Goal.id) == GoalPicture.goal_id)
    return set(await plan.session.scalars(found.where(col(Goal.plan_id) == plan.plan_id)))


def _goal(plan: OpenPlan, row: Any, has_picture: bool) -> GoalRead:
    return GoalRead(
        id=row.id,
        chain=goal_chain(row.id),
        title=_open(plan, Goal, row, "title"),
        description=_open(plan, Goal, row, "description"),
        life_area=row.life_area,
        progress=row.progress,
        historic_at=row.historic_at,
        has_picture=has_picture,
        revision=row.revision,
        added_at=row.added_at,
        changed_at=row.changed_at,
    )


def _activity(plan: OpenPlan, row: Any, chain: Chain) -> ActivityRead:
    return ActivityRead(
        id=row.id,
        chain=chain,
        title=_open(plan, Activity, row, "title"),
        description=_open(plan, Activity, row, "description"),
        extent=_open(plan, Activity, row, "extent"),
        status=row.status,
        responsible_id=row.responsible_id,
        starts_on=row.starts_on,
        due_on=row.due_on,
        cancel_reason=_open(plan, Activity, row, "cancel_reason"),
        revision=row.revision,
        added_at=row.added_at,
        changed_at=row.changed_at,
    )
