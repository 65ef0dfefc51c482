"""What happened in a plan, and what is to come (F156-F158)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_
from sqlmodel import col

from models.base import pick, reveal
from models.log.rules import Event
from models.log.tables import LogRow
from models.plans.proof import OpenPlan, Standing, readable
from models.plans.rules.chains import activity_chain
from models.plans.rules.words import FINISHED
from models.plans.tables.goals import Activity, Comment, Goal
from models.rights import CHOSEN_ELEMENTS, Element, Level

ITEMS = (
    *(Event.GOAL_ADDED, Event.GOAL_CHANGED, Event.ACTIVITY_ADDED, Event.ACTIVITY_CHANGED),
    *(Event.COMMENT_ADDED, Event.COMMENT_CHANGED),
)
PLAN_EVENTS = {
    Event.PLAN_CREATED: Element.PARTICIPANTS,
    Event.PARTICIPANT_ADDED: Element.PARTICIPANTS,
    Event.CONSENT_RECORDED: Element.CONSENT,
    Event.CONSENT_WITHDRAWN: Element.CONSENT,
}
"""Events about the plan itself, each with the element one must read to see it."""


@dataclass(frozen=True)
class Happening:
    """One line: what, when, by whom (an account), and where it leads; `text` is a comment's words."""

    event: Event
    at: datetime
    actor_id: UUID | None
    goal_id: UUID | None
    activity_id: UUID | None
    comment_id: UUID | None
    title: str
    text: str


@dataclass(frozen=True)
class Deadline:
    """An activity that should be done by a day to come."""

    day: date
    goal_id: UUID
    activity_id: UUID
    title: str


async def happened(plan: OpenPlan, *, since: datetime | None = None, most: int = 50, skip: int = 0) -> list[Happening]:
    """The newest first, only what the viewer may see, and nothing that lies in the recycle bin."""
    columns: tuple[Any, ...] = (
        *(LogRow.at, LogRow.event, LogRow.actor_id, col(Goal.id).label("goal_id"), col(Goal.title).label("goal_title")),
        *(col(Activity.id).label("activity_id"), col(Activity.title).label("activity_title")),
        *(col(Comment.id).label("comment_id"), col(Comment.text).label("comment_text")),
    )
    found = _visible(plan, since, *columns).order_by(col(LogRow.at).desc(), col(LogRow.id)).limit(most).offset(skip)
    return [_happening(plan, row) for row in await plan.session.execute(found)]


async def how_many_happened(plan: OpenPlan) -> int:
    return await plan.session.scalar(_visible(plan, None, func.count())) or 0


async def coming(plan: OpenPlan) -> list[Deadline]:
    """The deadlines from today on that the viewer may see, the farthest first as on the timeline."""
    found = (
        pick(Activity.id, Activity.goal_id, Activity.due_on, Activity.title)
        .join(Goal, col(Goal.id) == Activity.goal_id)
        .where(
            col(Activity.plan_id) == plan.plan_id,
            col(Activity.due_on) >= plan.today,
            col(Activity.status).not_in(FINISHED),
            col(Activity.deleted_at).is_(None),
            col(Goal.deleted_at).is_(None),
        )
    )
    ahead = [
        Deadline(row.due_on, row.goal_id, row.id, reveal(plan.vault, Activity, "title", row.id, row.title))
        for row in await plan.session.execute(found)
        if readable(plan.standings, plan.elements, activity_chain(row.id, row.goal_id))
    ]
    return sorted(ahead, key=lambda one: (one.day, one.title), reverse=True)


def _visible(plan: OpenPlan, since: datetime | None, *columns: Any) -> Select[Any]:
    seen = [_seen(standing, plan.elements) for standing in plan.standings if standing.narrowed is None]
    items = and_(of_living_items(), or_(false(), *seen))
    found = log_with_items(*columns).where(col(LogRow.plan_id) == plan.plan_id, or_(items, _plan_events(plan)))
    return found.where(col(LogRow.at) > since) if since else found


def log_with_items(*columns: Any) -> Select[Any]:
    """The log joined to what it tells of: a comment, its activity, and the goal above."""
    return (
        pick(*columns)
        .select_from(LogRow)
        .outerjoin(Comment, col(Comment.id) == LogRow.item_id)
        .outerjoin(Activity, col(Activity.id) == func.coalesce(Comment.activity_id, LogRow.item_id))
        .outerjoin(Goal, col(Goal.id) == func.coalesce(Activity.goal_id, Comment.goal_id, LogRow.item_id))
    )


def of_living_items() -> ColumnElement[bool]:
    """Rows of `log_with_items` about items of which nothing, nor what they lie under, is in the recycle bin."""
    living = [col(table.deleted_at).is_(None) for table in (Goal, Activity, Comment)]
    return and_(col(LogRow.event).in_(ITEMS), col(Goal.id).is_not(None), *living)


def _seen(standing: Standing, elements: frozenset[Element]) -> ColumnElement[bool]:
    """`models.plans.proof.readable` in SQL, for a row that ends in a goal, an activity or a comment."""
    return and_(
        _reads(standing, elements, Element.GOALS, Goal.id),
        or_(col(Activity.id).is_(None), _reads(standing, elements, Element.ACTIVITIES, Activity.id)),
        or_(col(Comment.id).is_(None), _reads(standing, elements, Element.COMMENTS, Comment.id)),
    )


def _reads(
    standing: Standing, elements: frozenset[Element], element: Element, column: Any
) -> ColumnElement[bool] | Any:
    if element in CHOSEN_ELEMENTS - elements:
        return false()
    own = {item: level for (kind, item), level in standing.items.items() if kind is element}
    open_items = [item for item, level in own.items() if level >= Level.READ]
    shut_items = [item for item, level in own.items() if level < Level.READ]
    if standing.level(element) >= Level.READ:
        return col(column).not_in(shut_items)
    return col(column).in_(open_items)


def _plan_events(plan: OpenPlan) -> ColumnElement[bool]:
    return col(LogRow.event).in_([e for e, element in PLAN_EVENTS.items() if plan.allows(element, Level.READ)])


def _happening(plan: OpenPlan, row: Any) -> Happening:
    goal = reveal(plan.vault, Goal, "title", row.goal_id, row.goal_title) if row.goal_id else ""
    activity = reveal(plan.vault, Activity, "title", row.activity_id, row.activity_title) if row.activity_id else ""
    return Happening(
        event=row.event,
        at=row.at,
        actor_id=row.actor_id,
        goal_id=row.goal_id,
        activity_id=row.activity_id,
        comment_id=row.comment_id,
        title=activity or goal,
        text=reveal(plan.vault, Comment, "text", row.comment_id, row.comment_text) if row.comment_id else "",
    )
