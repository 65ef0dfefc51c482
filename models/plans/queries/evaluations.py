"""How it has gone, as it is read: by period, the newest first, only what the viewer may see."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col

from models.base import columns, pick, reveal
from models.plans.proof import OpenPlan, readable
from models.plans.queries.goals import Place
from models.plans.rules.chains import Chain, goal_chain
from models.plans.rules.words import EvaluationKind
from models.plans.tables.goals import Goal
from models.plans.tables.together import Evaluation
from models.rights import Element


@dataclass(frozen=True)
class EvaluationRead(Place):
    """`in_history`: its goal is, so nothing of it is changed."""

    kind: EvaluationKind
    goal_id: UUID | None
    goal_title: str
    in_history: bool
    author_id: UUID
    participant_id: UUID
    period_from: date
    period_to: date
    rating: int | None
    text: str
    expectations: str
    added_at: datetime
    changed_at: datetime | None


async def evaluations(
    plan: OpenPlan, goal_id: UUID | None = None, *, most: int = 20, skip: int = 0
) -> tuple[list[EvaluationRead], int]:
    """Some of them, of one goal when it is given, and how many there are in all."""
    wanted = (*columns(Evaluation), col(Goal.title).label("goal_title"), Goal.historic_at)
    found = (
        pick(*wanted)
        .select_from(Evaluation)
        .outerjoin(Goal, col(Goal.id) == Evaluation.goal_id)
        .where(
            col(Evaluation.plan_id) == plan.plan_id,
            col(Evaluation.deleted_at).is_(None),
            or_(col(Goal.id).is_(None), col(Goal.deleted_at).is_(None)),
        )
        .order_by(col(Evaluation.period_to).desc(), col(Evaluation.added_at).desc(), col(Evaluation.id))
    )
    if goal_id:
        found = found.where(col(Evaluation.goal_id) == goal_id)
    places = [(row, _chain(row.id, row.goal_id)) for row in await plan.session.execute(found)]
    seen = [place for place in places if readable(plan.standings, plan.elements, place[1])]
    return [_read(plan, row, chain) for row, chain in seen[skip : skip + most]], len(seen)


async def my_last_day(plan: OpenPlan, kind: EvaluationKind, goal_id: UUID | None = None) -> date | None:
    """Where the period ended of the last one of the kind that the viewer wrote, and may still read."""
    mine = (
        pick(Evaluation.id, Evaluation.goal_id, Evaluation.period_to)
        .where(
            col(Evaluation.plan_id) == plan.plan_id,
            col(Evaluation.deleted_at).is_(None),
            col(Evaluation.author_id) == plan.viewer.person_id,
            col(Evaluation.kind) == kind,
            col(Evaluation.goal_id) == goal_id,
        )
        .order_by(col(Evaluation.period_to).desc())
    )
    days = [
        row.period_to
        for row in await plan.session.execute(mine)
        if readable(plan.standings, plan.elements, _chain(row.id, row.goal_id))
    ]
    return days[0] if days else None


def _chain(evaluation_id: UUID, goal_id: UUID | None) -> Chain:
    return ((Element.EVALUATION, evaluation_id), *(goal_chain(goal_id) if goal_id else ()))


def _read(plan: OpenPlan, row: Any, chain: Chain) -> EvaluationRead:
    return EvaluationRead(
        id=row.id,
        chain=chain,
        kind=row.kind,
        goal_id=row.goal_id,
        goal_title=reveal(plan.vault, Goal, "title", row.goal_id, row.goal_title) if row.goal_id else "",
        in_history=row.historic_at is not None,
        author_id=row.author_id,
        participant_id=row.participant_id,
        period_from=row.period_from,
        period_to=row.period_to,
        rating=row.rating,
        text=reveal(plan.vault, Evaluation, "text", row.id, row.text),
        expectations=reveal(plan.vault, Evaluation, "expectations", row.id, row.expectations),
        added_at=row.added_at,
        changed_at=row.changed_at,
    )
