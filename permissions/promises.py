"""My own deadlines across all my plans (N8): in which plans there are any, judged as the door would judge them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, exists
from sqlmodel import col

from models.accounts.proof import Viewer
from models.base import HouseSession, pick
from models.clock import local_day
from models.plans.proof import Standing, readable
from models.plans.queries.promises import is_promised
from models.plans.rules.chains import activity_chain
from models.plans.rules.words import PlanState
from models.plans.tables.baton import Task
from models.plans.tables.goals import Activity, Goal
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Reason
from models.rights import Element, Level, Role
from permissions.door import grants_of, standing
from permissions.scopes import ASKED, TODAY, grounds, naming, participations

GUARDS = (Element.GOALS, Element.ACTIVITIES)


@dataclass(frozen=True)
class MyPromises:
    """The plans with deadlines of mine that I may read, those in which I am to see to something as coordinator, and how
    many of the deadlines have passed."""

    plans: tuple[UUID, ...] = ()
    overdue: int = 0
    tasks: tuple[UUID, ...] = ()


async def my_promises(session: HouseSession, viewer: Viewer) -> MyPromises:
    """Only of plans in use, in the municipality and the profile the viewer has chosen."""
    today = local_day(session.clock.now())
    mine = (await session.execute(_mine(), naming(viewer, today))).all()
    ways = await _ways(session, viewer, today, {row.plan_id for row in mine})
    seen = [row for row in mine if _reads(ways[row.plan_id], row)]
    tasks = (await session.execute(_tasks(), naming(viewer, today))).all()
    overdue = len({row.id for row in seen if row.due_on < today})
    overdue += len({row.id for row in tasks if row.due_on and row.due_on < today})
    plans, asked = (tuple(dict.fromkeys(row.plan_id for row in rows)) for rows in (seen, tasks))
    return MyPromises(plans, overdue, asked)


@cache
def _tasks() -> Select[Any]:
    """What `models.plans.queries.tasks.waiting` would show in each of the plans."""
    may_see_to = exists().where(
        col(Grant.participant_id) == Participant.id,
        col(Grant.element) == Element.PARTICIPANTS,
        col(Grant.item_id).is_(None),
        col(Grant.level) >= Level.CHANGE,
    )
    mine = participations(ASKED, TODAY, Plan.id).where(may_see_to)
    found = pick(Task.id, Task.plan_id, Task.due_on).where(col(Task.plan_id).in_(mine), col(Task.done_at).is_(None))
    return found.order_by(col(Task.due_on).is_(None), col(Task.due_on), col(Task.made_at))


@cache
def _mine() -> Select[Any]:
    part = participations(ASKED, TODAY, Participant.id).where(col(PlanSpan.state) != PlanState.INACTIVE)
    columns = (Activity.id, Activity.plan_id, Activity.goal_id, Activity.due_on)
    found = pick(*columns).join(Goal, col(Goal.id) == Activity.goal_id)
    return found.where(col(Activity.responsible_id).in_(part), is_promised()).order_by(
        col(Activity.due_on), col(Activity.id)
    )


@dataclass(frozen=True)
class _Way:
    elements: frozenset[Element]
    standing: Standing


def _reads(ways: list[_Way], row: Any) -> bool:
    standings = [way.standing for way in ways]
    return readable(standings, ways[0].elements, activity_chain(row.id, row.goal_id))


async def _ways(session: HouseSession, viewer: Viewer, today: date, plans: set[UUID]) -> dict[UUID, list[_Way]]:
    """How the viewer takes part in each of the plans: rights may come by another way than the responsibility."""
    rows = (await session.execute(_parts(), naming(viewer, today) | {"plans": list(plans)})).all()
    grants = await grants_of(session, [row.participant_id for row in rows], col(Grant.element).in_(GUARDS))
    ways: dict[UUID, list[_Way]] = defaultdict(list)
    for row in rows:
        closed = row.role is Role.COORDINATOR and row.state is PlanState.ACTIVE and not row.grounded
        one = standing(row, grants[row.participant_id], Reason.NO_LEGAL_BASIS if closed else None)
        ways[row.id].append(_Way(frozenset(map(Element, row.elements)), one))
    return ways


@cache
def _parts() -> Select[Any]:
    columns: tuple[Any, ...] = (Plan.id, Plan.elements, PlanSpan.state, RoleSpan.role)
    more: tuple[Any, ...] = (col(Participant.id).label("participant_id"), grounds(TODAY).label("grounded"))
    here = col(Plan.id).in_(bindparam("plans", expanding=True))
    return participations(ASKED, TODAY, *columns, *more).where(here)
