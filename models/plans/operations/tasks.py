"""What the plan's coordinators are asked to see to: asked once, and ticked off by one of them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from models.database import insert_or_ignore
from models.log import operations as log
from models.log.rules import Event, Scope
from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.proof import OpenPlan
from models.plans.rules.words import TaskKind
from models.plans.tables.baton import Task
from models.rights import Element, Level


@dataclass(frozen=True)
class NewTask:
    """`once_key` names what it is about, so that it is asked once; `facts` are numbers and codes, never words."""

    kind: TaskKind
    once_key: str
    participant_id: UUID | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    due_on: date | None = None


async def ask(scope: Scope, wanted: NewTask, coordinators: Iterable[UUID]) -> Task | None:
    """In the caller's transaction; tells the accounts that coordinate. None when it was asked before."""
    if scope.municipality_id is None or scope.plan_id is None:
        raise ValueError("a task belongs to a plan")
    task = Task(
        municipality_id=scope.municipality_id,
        plan_id=scope.plan_id,
        kind=wanted.kind,
        participant_id=wanted.participant_id,
        facts=wanted.facts,
        due_on=wanted.due_on,
        once_key=wanted.once_key,
        made_at=scope.session.clock.now(),
        made_by=scope.actor_id,
    )
    if not await insert_or_ignore(scope.session, task):
        return None
    log.record(scope, Event.TASK_MADE, kind=wanted.kind)
    await notices.queue(scope, Notice.TASK_MADE, coordinators)
    return task


async def tick(plan: OpenPlan, task: Task) -> None:
    """It is seen to. Ticking twice leaves one trace."""
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    if task.done_at is None and task.plan_id == plan.plan_id:
        task.done_at, task.done_by = plan.session.clock.now(), plan.actor_id
        log.record(plan, Event.TASK_DONE, kind=task.kind)
