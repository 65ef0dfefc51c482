"""The plans a person may open, as their list shows them (F42-F48): the door's twin with what a row needs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_
from sqlmodel import col

from models.accounts.proof import Viewer
from models.base import HouseSession, pick
from models.clock import local_day
from models.log.rules import Event
from models.log.tables import LogRow, Opening
from models.plans.proof import Chain, Standing, readable
from models.plans.queries.timeline import ITEMS
from models.plans.rules.words import PlanState
from models.plans.tables.goals import Activity, Comment
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Reason
from models.rights import Element, PlanKind, Role
from permissions.door import SAY
from permissions.scopes import consent_until, grounds, participations


@dataclass(frozen=True)
class ListedPlan:
    """`news` counts only what the viewer may read; `consent_until` is None where no consent with an end decides."""

    plan_id: UUID
    short_name: str
    kind: PlanKind
    state: PlanState
    role: Role
    consent_until: date | None
    ended: bool
    news: int


async def list_plans(
    session: HouseSession, viewer: Viewer, *, search: str = "", ended: bool = False
) -> list[ListedPlan]:
    """Sorted by short name. Plans whose period is over, or that are inactive, only when `ended` (F48)."""
    today = local_day(session.clock.now())
    rows = [row for row in await _rows(session, viewer, today, search) if ended or not _is_over(row, today)]
    by_plan: dict[UUID, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: SAY.index(row.role)):
        by_plan[row.id].append(row)
    news = await _news(session, viewer, by_plan)
    listed = [_listed(found[0], news.get(plan_id, 0), today) for plan_id, found in by_plan.items()]
    return sorted(listed, key=lambda plan: plan.short_name.casefold())


async def _rows(session: HouseSession, viewer: Viewer, today: date, search: str) -> Sequence[Any]:
    columns: tuple[Any, ...] = (
        *(Plan.id, Plan.short_name, Plan.elements, Plan.period_to, PlanSpan.kind, PlanSpan.state, RoleSpan.role),
        *(col(Participant.id).label("participant_id"), consent_until(today).label("consent_until")),
        grounds(today).label("grounded"),
    )
    found = participations(viewer, today, *columns)
    if search:
        found = found.where(col(Plan.short_name).icontains(search, autoescape=True))
    rows: Sequence[Any] = (await session.execute(found)).all()
    return rows


def _is_over(row: Any, today: date) -> bool:
    return row.state is PlanState.INACTIVE or (row.period_to is not None and row.period_to < today)


def _listed(row: Any, news: int, today: date) -> ListedPlan:
    return ListedPlan(
        plan_id=row.id,
        short_name=row.short_name,
        kind=row.kind,
        state=row.state,
        role=row.role,
        consent_until=row.consent_until,
        ended=_is_over(row, today),
        news=news,
    )


async def _news(session: HouseSession, viewer: Viewer, by_plan: dict[UUID, list[Any]]) -> dict[UUID, int]:
    """What others did in each plan since the viewer was last in it, before they signed in this time."""
    visits = await _last_visits(session, viewer, by_plan)
    standings = await _standings(session, by_plan)
    count: dict[UUID, int] = defaultdict(int)
    for row in await _happenings(session, viewer, visits):
        elements = frozenset(Element(name) for name in by_plan[row.plan_id][0].elements)
        count[row.plan_id] += readable(standings[row.plan_id], elements, _chain(row))
    return count


async def _last_visits(session: HouseSession, viewer: Viewer, plans: dict[UUID, Any]) -> dict[UUID, datetime]:
    found = (
        pick(Opening.plan_id, func.max(Opening.at).label("at"))
        .where(
            col(Opening.plan_id).in_(plans),
            col(Opening.account_id) == viewer.account_id,
            col(Opening.at) < viewer.signed_in_at,
        )
        .group_by(col(Opening.plan_id))
    )
    return {row.plan_id: row.at for row in await session.execute(found)}


async def _standings(session: HouseSession, by_plan: dict[UUID, list[Any]]) -> dict[UUID, list[Standing]]:
    rows = {row.participant_id: row for found in by_plan.values() for row in found}
    grants = pick(Grant.participant_id, Grant.element, Grant.item_id, Grant.level).where(
        col(Grant.participant_id).in_(rows),
        col(Grant.element).in_((Element.GOALS, Element.ACTIVITIES, Element.COMMENTS)),
    )
    levels: dict[UUID, dict[Any, Any]] = defaultdict(dict)
    items: dict[UUID, dict[Any, Any]] = defaultdict(dict)
    for grant in await session.execute(grants):
        if grant.item_id is None:
            levels[grant.participant_id][grant.element] = grant.level
        else:
            items[grant.participant_id][grant.element, grant.item_id] = grant.level
    standings: dict[UUID, list[Standing]] = defaultdict(list)
    for participant_id, row in rows.items():
        standing = Standing(participant_id, row.role, levels[participant_id], items[participant_id], _narrowed(row))
        standings[row.id].append(standing)
    return standings


def _narrowed(row: Any) -> Reason | None:
    """A coordinator without a basis that holds sees no content, once the plan is in use."""
    in_use = row.state not in (PlanState.DRAFT, PlanState.AWAITING_SIGNATURES)
    return Reason.NO_LEGAL_BASIS if row.role is Role.COORDINATOR and in_use and not row.grounded else None


async def _happenings(session: HouseSession, viewer: Viewer, visits: dict[UUID, datetime]) -> Sequence[Any]:
    if not visits:
        return []
    since = or_(*(and_(col(LogRow.plan_id) == plan_id, col(LogRow.at) > at) for plan_id, at in visits.items()))
    found = (
        pick(
            *(LogRow.plan_id, LogRow.event, LogRow.element, LogRow.item_id),
            *(col(Activity.goal_id).label("activity_goal"), col(Comment.goal_id).label("comment_goal")),
            col(Comment.activity_id).label("comment_activity"),
        )
        .outerjoin(Comment, and_(col(Comment.id) == LogRow.item_id, col(Comment.deleted_at).is_(None)))
        .outerjoin(Activity, and_(col(Activity.id) == LogRow.item_id, col(Activity.deleted_at).is_(None)))
        .where(since, col(LogRow.event).in_(ITEMS), col(LogRow.actor_id) != viewer.account_id)
    )
    rows: Sequence[Any] = (await session.execute(found)).all()
    return rows


def _chain(row: Any) -> Chain:
    own = (row.element, row.item_id)
    match Event(row.event):
        case Event.GOAL_ADDED | Event.GOAL_CHANGED:
            return (own,)
        case Event.ACTIVITY_ADDED | Event.ACTIVITY_CHANGED:
            return (own, (Element.GOALS, row.activity_goal))
        case _:
            activity = ((Element.ACTIVITIES, row.comment_activity),) if row.comment_activity else ()
            return (own, *activity, (Element.GOALS, row.comment_goal))
