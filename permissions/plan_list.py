"""The plans a person may open, as their list shows them (F42-F48): the door's twin with what a row needs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func
from sqlmodel import col

from models.accounts.proof import Viewer
from models.base import HouseSession, pick
from models.clock import local_day
from models.log.tables import LogRow, Opening
from models.plans.proof import Standing, readable
from models.plans.queries.timeline import log_with_items, of_living_items
from models.plans.rules.chains import Chain
from models.plans.rules.words import PlanState
from models.plans.tables.goals import Activity, Comment, Goal
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Reason
from models.rights import Element, PlanKind, Role
from permissions.door import SAY, grants_of, standing
from permissions.scopes import ASKED, TODAY, consent_until, grounds, naming, participations

COUNTED = (Element.GOALS, Element.ACTIVITIES, Element.COMMENTS)

PAGE = 50


@dataclass(frozen=True)
class ListedPlan:
    """`news` counts only what the viewer may read; `consent_until` is None where no consent with an end decides."""

    plan_id: UUID
    short_name: str
    kind: PlanKind
    state: PlanState
    role: Role
    consent_until: date | None
    news: int


@dataclass(frozen=True)
class Listing:
    """One page of the list; `page` is the last one when a later was asked for."""

    plans: list[ListedPlan]
    page: int
    pages: int


async def list_plans(
    session: HouseSession, viewer: Viewer, *, search: str = "", ended: bool = False, page: int = 1
) -> Listing:
    """Sorted by short name. Plans whose period is over, or that are inactive, only when `ended` (F48)."""
    today = local_day(session.clock.now())
    rows = [row for row in await _rows(session, viewer, today, search) if ended or not _is_over(row, today)]
    by_plan: dict[UUID, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: SAY.index(row.role)):
        by_plan[row.id].append(row)
    pages = max(1, -(-len(by_plan) // PAGE))
    page = min(page, pages)
    ordered = sorted(by_plan.items(), key=lambda plan: plan[1][0].short_name.casefold())
    shown = dict(ordered[(page - 1) * PAGE : page * PAGE])
    news = await _news(session, viewer, shown)
    return Listing([_listed(rows[0], news.get(plan_id, 0)) for plan_id, rows in shown.items()], page, pages)


async def _rows(session: HouseSession, viewer: Viewer, today: date, search: str) -> Sequence[Any]:
    found = _search()
    if search:
        found = found.where(col(Plan.short_name).icontains(search, autoescape=True))
    rows: Sequence[Any] = (await session.execute(found, naming(viewer, today))).all()
    return rows


@cache
def _search() -> Select[Any]:
    columns: tuple[Any, ...] = (
        *(Plan.id, Plan.short_name, Plan.elements, Plan.period_to, PlanSpan.kind, PlanSpan.state, RoleSpan.role),
        *(col(Participant.id).label("participant_id"), consent_until(TODAY).label("consent_until")),
        grounds(TODAY).label("grounded"),
    )
    return participations(ASKED, TODAY, *columns)


def _is_over(row: Any, today: date) -> bool:
    return row.state is PlanState.INACTIVE or (row.period_to is not None and row.period_to < today)


def _listed(row: Any, news: int) -> ListedPlan:
    return ListedPlan(
        plan_id=row.id,
        short_name=row.short_name,
        kind=row.kind,
        state=row.state,
        role=row.role,
        consent_until=row.consent_until,
        news=news,
    )


async def _news(session: HouseSession, viewer: Viewer, by_plan: dict[UUID, list[Any]]) -> dict[UUID, int]:
    """What others did in each plan since the viewer was last in it, before they signed in this time."""
    standings = await _standings(session, by_plan)
    elements = {plan_id: frozenset(map(Element, rows[0].elements)) for plan_id, rows in by_plan.items()}
    count: dict[UUID, int] = defaultdict(int)
    for row in await session.execute(_happenings(viewer, list(by_plan))):
        count[row.plan_id] += readable(standings[row.plan_id], elements[row.plan_id], _chain(row))
    return count


def _happenings(viewer: Viewer, plans: list[UUID]) -> Select[Any]:
    visits = (
        pick(Opening.plan_id, func.max(Opening.at).label("at"))
        .where(
            col(Opening.plan_id).in_(plans),
            col(Opening.account_id) == viewer.account_id,
            col(Opening.at) < viewer.signed_in_at,
        )
        .group_by(col(Opening.plan_id))
        .subquery()
    )
    ids: tuple[Any, ...] = (
        col(Goal.id).label("goal"),
        col(Activity.id).label("activity"),
        col(Comment.id).label("comment"),
    )
    return (
        log_with_items(LogRow.plan_id, *ids)
        .join(visits, and_(visits.c.plan_id == LogRow.plan_id, visits.c.at < LogRow.at))
        .where(of_living_items(), col(LogRow.actor_id) != viewer.account_id)
    )


def _chain(row: Any) -> Chain:
    places = ((Element.COMMENTS, row.comment), (Element.ACTIVITIES, row.activity), (Element.GOALS, row.goal))
    return tuple((element, item_id) for element, item_id in places if item_id)


async def _standings(session: HouseSession, by_plan: dict[UUID, list[Any]]) -> dict[UUID, list[Standing]]:
    rows = {row.participant_id: row for found in by_plan.values() for row in found}
    grants = await grants_of(session, rows, col(Grant.element).in_(COUNTED))
    standings: dict[UUID, list[Standing]] = defaultdict(list)
    for participant_id, row in rows.items():
        standings[row.id].append(standing(row, grants[participant_id], _narrowed(row)))
    return standings


def _narrowed(row: Any) -> Reason | None:
    """A coordinator without a basis that holds sees no content, once the plan is in use."""
    in_use = row.state not in (PlanState.DRAFT, PlanState.AWAITING_SIGNATURES)
    return Reason.NO_LEGAL_BASIS if row.role is Role.COORDINATOR and in_use and not row.grounded else None
