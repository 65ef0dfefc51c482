"""The log joined to what it tells of, and who may see that: what the timeline and all that counts news is made of."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, true
from sqlmodel import col

from models.base import pick
from models.log.rules import Event
from models.log.tables import LogRow
from models.plans.proof import OpenPlan, Standing, readable
from models.plans.rules.chains import Chain, activity_chain, comment_chain, goal_chain
from models.plans.tables.goals import Activity, Comment, Goal, Measurement
from models.plans.tables.kinds import ABOUT, ACTIVITY, CONTRIBUTION, COOPERATION, GOAL, JOURNAL, KINDS, SUBJECT_PLAN
from models.plans.tables.life import LifeArea
from models.plans.tables.together import Evaluation
from models.rights import CHOSEN_ELEMENTS, LIFE_AREAS, Element, Level

TELLS_OF = {event: kind for kind in KINDS for event in (kind.added, kind.changed) if event} | {
    Event.GOAL_TO_HISTORY: GOAL,
    Event.GOAL_FROM_HISTORY: GOAL,
    Event.ACTIVITY_MISSED: ACTIVITY,
}
"""The events that are told, each with the kind of item it is about."""

PLAN_EVENTS = {
    Event.PLAN_CREATED: Element.PARTICIPANTS,
    Event.PLAN_REVISED: Element.PLAN,
    Event.PLAN_STATE_CHANGED: Element.PLAN,
    Event.PLAN_KIND_CHANGED: Element.PLAN,
    Event.PARTICIPANT_ADDED: Element.PARTICIPANTS,
    Event.HANDOVER_ACCEPTED: Element.PARTICIPANTS,
    Event.COORDINATOR_APPOINTED: Element.PARTICIPANTS,
    Event.SUBSTITUTE_CHOSEN: Element.PARTICIPANTS,
    Event.CONSENT_RECORDED: Element.CONSENT,
    Event.CONSENT_WITHDRAWN: Element.CONSENT,
}
"""Events about the plan itself, each with the element one must read to see it."""

ALONE: tuple[tuple[Element, Any], ...] = tuple(
    (kind.elements[0], kind.table) for kind in (ABOUT, JOURNAL, SUBJECT_PLAN, CONTRIBUTION, COOPERATION)
)
"""Items that lie under nothing, each with the one element that guards them."""

PLACE: tuple[Any, ...] = (
    *(LogRow.event, LogRow.item_id, col(Goal.id).label("goal_id"), col(Activity.id).label("activity_id")),
    *(LifeArea.area, col(Evaluation.kind).label("evaluation_kind")),
)
"""The columns that `chain_of` asks for, and what else tells such items apart."""


def log_with_items(*columns: Any) -> Select[Any]:
    """The log joined to what it tells of: a comment, its activity, and the goal above; or an item that stands alone."""
    found = pick(*columns).select_from(LogRow)
    tables: tuple[Any, ...] = (Comment, Measurement, Evaluation, LifeArea, *(table for _, table in ALONE))
    for table in tables:
        found = found.outerjoin(table, col(table.id) == LogRow.item_id)
    goal_id = func.coalesce(Activity.goal_id, Comment.goal_id, Measurement.goal_id, Evaluation.goal_id, LogRow.item_id)
    return found.outerjoin(Activity, col(Activity.id) == func.coalesce(Comment.activity_id, LogRow.item_id)).outerjoin(
        Goal, col(Goal.id) == goal_id
    )


@cache
def of_living_items() -> ColumnElement[bool]:
    """Rows of `log_with_items` about items of which nothing, nor what they lie under, is in the recycle bin.

    Of a goal in history only the move itself is told.
    """
    tables: tuple[Any, ...] = (Goal, LifeArea, Evaluation, *(table for _, table in ALONE))
    there = or_(*(col(table.id).is_not(None) for table in tables))
    living = [col(table.deleted_at).is_(None) for table in (*tables, Activity, Comment, Measurement)]
    current = or_(col(Goal.historic_at).is_(None), col(LogRow.event) == Event.GOAL_TO_HISTORY)
    return and_(col(LogRow.event).in_(TELLS_OF), there, current, *living)


def chain_of(row: Any) -> Chain:
    """The place among guarded things of what a row with the columns of `PLACE` is about."""
    above = goal_chain(row.goal_id) if row.goal_id else ()
    match TELLS_OF[row.event].table.__name__:
        case "Goal" | "Measurement":
            return above
        case "Activity":
            return activity_chain(row.item_id, row.goal_id)
        case "Comment":
            return comment_chain(row.item_id, row.activity_id, row.goal_id)
        case "LifeArea":
            return ((row.area, row.item_id),)
        case _:
            return ((TELLS_OF[row.event].elements[0], row.item_id), *above)


def is_told(standings: Iterable[Standing], elements: frozenset[Element], row: Any) -> bool:
    """Whether one of the standings may see what a row with the columns of `PLACE` tells, the plan's own events too."""
    if element := PLAN_EVENTS.get(row.event):
        return any(standing.level(element) >= Level.READ for standing in standings)
    return readable(standings, elements, chain_of(row))


def may_see(plan: OpenPlan) -> ColumnElement[bool]:
    """`models.plans.proof.readable` in SQL, for the rows of `log_with_items` that are about living items."""
    return or_(false(), *(_seen(one, plan.elements) for one in plan.standings if one.narrowed is None))


def _seen(standing: Standing, elements: frozenset[Element]) -> ColumnElement[bool]:
    guards: tuple[tuple[Element, Any], ...] = (
        *((Element.GOALS, Goal), (Element.ACTIVITIES, Activity), (Element.COMMENTS, Comment)),
        *((Element.EVALUATION, Evaluation), *ALONE),
    )
    mapped = [and_(col(LifeArea.area) == area, _reads(standing, elements, area, LifeArea)) for area in LIFE_AREAS]
    return and_(
        or_(col(LifeArea.id).is_(None), *mapped),
        *(or_(col(table.id).is_(None), _reads(standing, elements, element, table)) for element, table in guards),
    )


def _reads(standing: Standing, elements: frozenset[Element], element: Element, table: Any) -> ColumnElement[bool]:
    if element in CHOSEN_ELEMENTS - elements:
        return false()
    own = {item: level for (kind, item), level in standing.items.items() if kind is element}
    open_items = [item for item, level in own.items() if level >= Level.READ]
    shut_items = [item for item, level in own.items() if level < Level.READ]
    if standing.level(element) >= Level.READ:
        return col(table.id).not_in(shut_items) if shut_items else true()
    return col(table.id).in_(open_items) if open_items else false()
