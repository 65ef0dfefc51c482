"""What happened in a plan, and what is to come (F156-F158)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_
from sqlmodel import col

from models.base import pick, reveal
from models.log.rules import Event
from models.log.tables import LogRow
from models.plans.proof import OpenPlan, readable
from models.plans.queries.happenings import PLACE, PLAN_EVENTS, TELLS_OF, log_with_items, may_see, of_living_items
from models.plans.rules.chains import activity_chain
from models.plans.rules.words import FINISHED, PlanState
from models.plans.tables.goals import Activity, Goal
from models.plans.tables.kinds import ACTIVITY, GOAL, Kind
from models.rich_text import plain
from models.rights import Level, PlanKind

EXCERPT = 300
"""Characters of a long text that are shown where it is only mentioned."""


@dataclass(frozen=True)
class Happening:
    """One line: what, when, by whom (an account), and what it is about; nothing of that for the plan's own events.

    `title` is the item's, or that of what it lies under; `text` the beginning of what people wrote. `sort` is which
    life area it is, or which sort of evaluation. `became` is what the plan's state or kind was, and what it became.
    """

    event: Event
    at: datetime
    actor_id: UUID | None
    kind: Kind | None = None
    item_id: UUID | None = None
    goal_id: UUID | None = None
    activity_id: UUID | None = None
    sort: Enum | None = None
    title: str = ""
    text: str = ""
    became: tuple[Enum, Enum] | None = None


@dataclass(frozen=True)
class Deadline:
    """An activity that should be done by a day to come."""

    day: date
    goal_id: UUID
    activity_id: UUID
    title: str


async def happened(plan: OpenPlan, *, since: datetime | None = None, most: int = 50, skip: int = 0) -> list[Happening]:
    """The newest first, only what the viewer may see, and nothing that lies in the recycle bin.

    With `since`: only what others did after then.
    """
    found = _visible(plan, _lines(), since)
    found = found.order_by(col(LogRow.at).desc(), col(LogRow.id)).limit(most).offset(skip)
    rows = (await plan.session.execute(found)).all()
    texts = await _texts(plan, rows)
    return [_happening(row, texts) for row in rows]


async def how_many_happened(plan: OpenPlan) -> int:
    return await plan.session.scalar(_visible(plan, _count())) or 0


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
            col(Goal.historic_at).is_(None),
        )
    )
    ahead = [
        Deadline(row.due_on, row.goal_id, row.id, reveal(plan.vault, Activity, "title", row.id, row.title))
        for row in await plan.session.execute(found)
        if readable(plan.standings, plan.elements, activity_chain(row.id, row.goal_id))
    ]
    return sorted(ahead, key=lambda one: (one.day, one.title), reverse=True)


@cache
def _lines() -> Select[Any]:
    return log_with_items(LogRow.at, LogRow.actor_id, LogRow.details, *PLACE)


@cache
def _count() -> Select[Any]:
    return log_with_items(func.count())


def _visible(plan: OpenPlan, found: Select[Any], since: datetime | None = None) -> Select[Any]:
    told = or_(and_(of_living_items(), may_see(plan)), _plan_events(plan))
    found = found.where(col(LogRow.plan_id) == plan.plan_id, told)
    if since is None:
        return found
    return found.where(col(LogRow.at) > since, col(LogRow.actor_id).is_distinct_from(plan.actor_id))


def _plan_events(plan: OpenPlan) -> ColumnElement[bool]:
    return col(LogRow.event).in_([e for e, element in PLAN_EVENTS.items() if plan.allows(element, Level.READ)])


Texts = dict[tuple[str, UUID], str]
"""The first text of each item, by its kind's name and its id."""


async def _texts(plan: OpenPlan, rows: Sequence[Any]) -> Texts:
    """One query for each kind of item on the page."""
    wanted: dict[str, tuple[Kind, set[UUID]]] = {}
    for row in rows:
        for kind, item_id in _named_in(row):
            wanted.setdefault(kind.name, (kind, set()))[1].add(item_id)
    texts: Texts = {}
    for kind, ids in wanted.values():
        column = kind.texts[0]
        found = pick(kind.table.id, getattr(kind.table, column).label("text")).where(col(kind.table.id).in_(ids))
        for row in await plan.session.execute(found):
            texts[kind.name, row.id] = reveal(plan.vault, kind.table, column, row.id, row.text)
    return texts


def _named_in(row: Any) -> Iterable[tuple[Kind, UUID]]:
    if kind := TELLS_OF.get(row.event):
        yield kind, row.item_id
    if row.activity_id:
        yield ACTIVITY, row.activity_id
    if row.goal_id:
        yield GOAL, row.goal_id


def _happening(row: Any, texts: Texts) -> Happening:
    kind = TELLS_OF.get(row.event)
    if kind is None:
        return Happening(row.event, row.at, row.actor_id, became=_became(row))
    said = texts.get((kind.name, row.item_id), "")
    is_title = kind.texts[0] == "title"
    above = texts.get((ACTIVITY.name, row.activity_id)) or texts.get((GOAL.name, row.goal_id), "")
    return Happening(
        event=row.event,
        at=row.at,
        actor_id=row.actor_id,
        kind=kind,
        item_id=row.item_id,
        goal_id=row.goal_id,
        activity_id=row.activity_id,
        sort=row.area or row.evaluation_kind,
        title=said if is_title else above,
        text="" if is_title else plain(said)[:EXCERPT],
    )


CHANGES: dict[Event, type[Enum]] = {Event.PLAN_STATE_CHANGED: PlanState, Event.PLAN_KIND_CHANGED: PlanKind}


def _became(row: Any) -> tuple[Enum, Enum] | None:
    """None also where the details are erased from the log."""
    words = CHANGES.get(row.event)
    return (words(row.details["before"]), words(row.details["after"])) if words and row.details else None
