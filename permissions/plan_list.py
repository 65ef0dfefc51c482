"""The plans a person may open, as their list shows them (F42-F48): the door's twin with what a row needs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, bindparam, func, or_
from sqlmodel import col

from models.accounts.proof import Viewer
from models.alphabet import alphabetical
from models.base import HouseSession, holds, pick
from models.clock import local_day
from models.labels import plan_label, role_label
from models.log.queries import is_visit
from models.log.tables import LogRow, Opening
from models.people.queries import is_kept_from
from models.people.rules import full_name
from models.people.tables import Person
from models.plans.proof import Standing
from models.plans.queries.happenings import PLACE, PLAN_EVENTS, is_told, log_with_items, of_living_items
from models.plans.queries.people import role_today
from models.plans.rules.words import PlanState
from models.plans.tables.kinds import KINDS
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Reason
from models.rights import Element, PlanKind, Role
from models.templates.queries import all_own_labels
from permissions.door import SAY, grants_of, standing
from permissions.scopes import ASKED, TODAY, consent_until, grounds, naming, participations

COUNTED = {element for kind in KINDS for element in kind.elements} | set(PLAN_EVENTS.values())
"""The elements that decide which news are counted."""

PAGE = 50


class SortBy(StrEnum):
    """The columns of the list, each of which it may be sorted by (F47)."""

    SHORT_NAME = "name"
    OWNER = "owner"
    KIND = "kind"
    ROLE = "role"
    CONSENT = "consent"
    NEWS = "news"


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see of their list: ended plans too (F48), sorted how, and which page of it."""

    search: str = ""
    ended: bool = False
    by: SortBy = SortBy.SHORT_NAME
    descending: bool = False
    page: int = 1


@dataclass(frozen=True)
class ListedPlan:
    """`news` counts only what the viewer may read; `consent_until` is None where no consent with an end decides.

    `role_name` is what the municipality calls the viewer's role (C16).

    `owner` is a name, empty when nobody owns the plan today. `period_to` is the last day the plan was made for.
    """

    plan_id: UUID
    short_name: str
    kind: PlanKind
    elements: frozenset[Element]
    state: PlanState
    role: Role
    role_name: str
    consent_until: date | None
    period_to: date | None
    owner: str = ""
    news: int = 0


@dataclass(frozen=True)
class Listing:
    """One page of the list; `page` is the last one when a later was asked for."""

    plans: list[ListedPlan]
    page: int
    pages: int


KEYS: dict[SortBy, Callable[[ListedPlan], Any]] = {
    SortBy.SHORT_NAME: lambda plan: alphabetical(plan.short_name),
    SortBy.OWNER: lambda plan: alphabetical(plan.owner),
    SortBy.KIND: lambda plan: alphabetical(plan_label(plan.kind, plan.elements)),
    SortBy.ROLE: lambda plan: alphabetical(plan.role_name),
    SortBy.CONSENT: lambda plan: plan.consent_until or date.max,
    SortBy.NEWS: lambda plan: plan.news,
}


async def list_plans(session: HouseSession, viewer: Viewer, asked: Asked) -> Listing:
    """Ended plans only when asked for; that a plan's period is over does not end it (F49)."""
    today = local_day(session.clock.now())
    rows = await _rows(session, viewer, today)
    labels = await all_own_labels(session, viewer.municipality_id)
    mine = [parts[0] for parts in rows.values() if asked.ended or parts[0].state is not PlanState.INACTIVE]
    plans = [_listed(row, labels) for row in mine]
    needs_owners, needs_news = bool(asked.search) or asked.by is SortBy.OWNER, asked.by is SortBy.NEWS
    if needs_owners:
        plans = await _with_owners(session, plans, today, viewer.person_id)
    plans = [plan for plan in plans if _fits(plan, asked.search)]
    if needs_news:
        plans = await _with_news(session, viewer, plans, rows)
    pages = max(1, -(-len(plans) // PAGE))
    page = min(asked.page, pages)
    shown = _in_order(plans, asked)[(page - 1) * PAGE : page * PAGE]
    shown = shown if needs_owners else await _with_owners(session, shown, today, viewer.person_id)
    shown = shown if needs_news else await _with_news(session, viewer, shown, rows)
    return Listing(shown, page, pages)


def _in_order(plans: list[ListedPlan], asked: Asked) -> list[ListedPlan]:
    """Equals lie in the order of their short names, whichever way the column is sorted."""
    plans = sorted(plans, key=lambda plan: (KEYS[SortBy.SHORT_NAME](plan), str(plan.plan_id)))
    return sorted(plans, key=KEYS[asked.by], reverse=asked.descending)


def _fits(plan: ListedPlan, search: str) -> bool:
    """Every word of the search is in the short name or in the owner's name."""
    said = f"{plan.short_name}\n{plan.owner}".casefold()
    return all(word in said for word in search.casefold().split())


async def _rows(session: HouseSession, viewer: Viewer, today: date) -> dict[UUID, list[Any]]:
    """The viewer's participations in each plan, the one with the most say first."""
    by_plan: dict[UUID, list[Any]] = defaultdict(list)
    found = await session.execute(_search(), naming(viewer, today))
    for row in sorted(found, key=lambda row: SAY.index(row.role)):
        by_plan[row.id].append(row)
    return by_plan


@cache
def _search() -> Select[Any]:
    columns: tuple[Any, ...] = (
        *(Plan.id, Plan.short_name, Plan.elements, Plan.period_to, PlanSpan.kind, PlanSpan.state, RoleSpan.role),
        *(col(Participant.id).label("participant_id"), consent_until(TODAY).label("consent_until")),
        grounds(TODAY).label("grounded"),
    )
    return participations(ASKED, TODAY, *columns)


def _listed(row: Any, labels: Mapping[tuple[PlanKind, Role], str]) -> ListedPlan:
    return ListedPlan(
        plan_id=row.id,
        short_name=row.short_name,
        kind=row.kind,
        elements=frozenset(map(Element, row.elements)),
        state=row.state,
        role=row.role,
        role_name=labels.get((row.kind, row.role)) or role_label(row.kind, row.role),
        consent_until=row.consent_until,
        period_to=row.period_to,
    )


async def _with_owners(
    session: HouseSession, plans: Sequence[ListedPlan], today: date, person_id: UUID | None
) -> list[ListedPlan]:
    """`person_id` is who reads the list."""
    found = (
        pick(Participant.plan_id, Person.given_name, Person.family_name)
        .join(RoleSpan, role_today(today))
        .join(Person, col(Person.id) == Participant.person_id)
        .where(
            col(Participant.plan_id).in_([plan.plan_id for plan in plans]),
            holds(Participant.valid_from, Participant.valid_to, today),
            col(RoleSpan.role) == Role.OWNER,
            ~is_kept_from(Person.id, {person_id} if person_id else ()),
        )
        .order_by(col(Participant.valid_from), col(Participant.id))
    )
    rows = await session.execute(found)
    owners = {row.plan_id: full_name(row.given_name, row.family_name) for row in rows}
    return [replace(listed, owner=owners.get(listed.plan_id, "")) for listed in plans]


async def _with_news(
    session: HouseSession, viewer: Viewer, plans: Sequence[ListedPlan], rows: dict[UUID, list[Any]]
) -> list[ListedPlan]:
    """What others did in each plan since the viewer was last in it, before they signed in this time."""
    elements = {plan.plan_id: plan.elements for plan in plans}
    asked = {"plans": list(elements), "account_id": viewer.account_id, "signed_in_at": viewer.signed_in_at}
    happened = (await session.execute(_happenings(), asked)).all()
    lively = {row.plan_id for row in happened}
    standings = await _standings(session, [row for plan_id in lively for row in rows[plan_id]])
    count: dict[UUID, int] = defaultdict(int)
    for row in happened:
        count[row.plan_id] += is_told(standings[row.plan_id], elements[row.plan_id], row)
    return [replace(listed, news=count[listed.plan_id]) for listed in plans]


@cache
def _happenings() -> Select[Any]:
    me: Any = bindparam("account_id")
    visits = (
        pick(Opening.plan_id, func.max(Opening.at).label("at"))
        .where(
            col(Opening.plan_id).in_(bindparam("plans", expanding=True)),
            col(Opening.account_id) == me,
            col(Opening.at) < bindparam("signed_in_at"),
            is_visit(),
        )
        .group_by(col(Opening.plan_id))
        .subquery()
    )
    return (
        log_with_items(LogRow.plan_id, *PLACE)
        .join(visits, and_(visits.c.plan_id == LogRow.plan_id, visits.c.at < LogRow.at))
        .where(
            or_(of_living_items(), col(LogRow.event).in_(PLAN_EVENTS)),
            col(LogRow.actor_id).is_distinct_from(me),
        )
    )


async def _standings(session: HouseSession, rows: Iterable[Any]) -> dict[UUID, list[Standing]]:
    by_participant = {row.participant_id: row for row in rows}
    if not by_participant:
        return {}
    grants = await grants_of(session, by_participant, col(Grant.element).in_(COUNTED))
    standings: dict[UUID, list[Standing]] = defaultdict(list)
    for participant_id, row in by_participant.items():
        standings[row.id].append(standing(row, grants[participant_id], _narrowed(row)))
    return standings


def _narrowed(row: Any) -> Reason | None:
    """A coordinator without a basis that holds sees no content, once the plan is in use."""
    in_use = row.state not in (PlanState.DRAFT, PlanState.AWAITING_SIGNATURES)
    return Reason.NO_LEGAL_BASIS if row.role is Role.COORDINATOR and in_use and not row.grounded else None
