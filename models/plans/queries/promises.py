"""What has been promised in a plan, when it should be done, and what was not (N8)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import col

from models.alphabet import alphabetical
from models.base import pick, reveal
from models.plans.proof import OpenPlan, readable
from models.plans.queries.goals import Place
from models.plans.rules.chains import activity_chain
from models.plans.rules.promises import is_overdue
from models.plans.rules.words import FINISHED, ActivityStatus
from models.plans.tables.goals import Activity, Goal


@dataclass(frozen=True)
class Missed:
    """That somebody said it was not done: when, by which participation, and their words, if any."""

    at: datetime
    by: UUID | None
    note: str


@dataclass(frozen=True)
class Promise(Place):
    """An activity as something promised."""

    goal_id: UUID
    goal_title: str
    title: str
    extent: str
    status: ActivityStatus
    responsible_id: UUID | None
    due_on: date | None
    missed: Missed | None

    @property
    def is_to_be_done(self) -> bool:
        return self.due_on is not None and self.status not in FINISHED

    def is_overdue(self, today: date) -> bool:
        return is_overdue(self.status, self.due_on, today)


def is_promised() -> ColumnElement[bool]:
    """Rows of Activity joined with Goal: with a deadline and not finished, in a goal that is neither deleted nor in
    history."""
    return and_(col(Activity.due_on).is_not(None), col(Activity.status).not_in(FINISHED), is_living())


def is_living() -> ColumnElement[bool]:
    return and_(col(Activity.deleted_at).is_(None), col(Goal.deleted_at).is_(None), col(Goal.historic_at).is_(None))


async def promises(plan: OpenPlan) -> list[Promise]:
    """All that has a deadline and is not finished, and all that was said not to be done: by deadline, those without
    one last. Only what the viewer may read."""
    kept = or_(is_promised(), and_(col(Activity.missed_at).is_not(None), is_living()))
    return sorted(
        await _promises(plan, kept), key=lambda one: (one.due_on or date.max, alphabetical(one.title), str(one.id))
    )


async def promises_of(plan: OpenPlan, goal_id: UUID) -> dict[UUID, Promise]:
    """Every activity under one goal, by its id, finished or not; of a goal in history too."""
    under = and_(col(Activity.goal_id) == goal_id, col(Activity.deleted_at).is_(None), col(Goal.deleted_at).is_(None))
    return {one.id: one for one in await _promises(plan, under)}


async def _promises(plan: OpenPlan, such: ColumnElement[bool]) -> list[Promise]:
    columns: tuple[Any, ...] = (
        *(Activity.id, Activity.goal_id, Activity.title, Activity.extent, Activity.status, Activity.responsible_id),
        *(Activity.due_on, Activity.missed_at, Activity.missed_by, Activity.missed_note),
        col(Goal.title).label("goal_title"),
    )
    found = pick(*columns).join(Goal, col(Goal.id) == Activity.goal_id)
    rows = await plan.session.execute(found.where(col(Activity.plan_id) == plan.plan_id, such))
    return [
        _promise(plan, row)
        for row in rows
        if readable(plan.standings, plan.elements, activity_chain(row.id, row.goal_id))
    ]


def _promise(plan: OpenPlan, row: Any) -> Promise:
    note = reveal(plan.vault, Activity, "missed_note", row.id, row.missed_note)
    return Promise(
        id=row.id,
        chain=activity_chain(row.id, row.goal_id),
        goal_id=row.goal_id,
        goal_title=reveal(plan.vault, Goal, "title", row.goal_id, row.goal_title),
        title=reveal(plan.vault, Activity, "title", row.id, row.title),
        extent=reveal(plan.vault, Activity, "extent", row.id, row.extent),
        status=row.status,
        responsible_id=row.responsible_id,
        due_on=row.due_on,
        missed=Missed(row.missed_at, row.missed_by, note) if row.missed_at else None,
    )
