"""What the plan's coordinators have yet to see to."""

from datetime import date
from uuid import UUID

from sqlmodel import col, select

from models.base import pick
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.rules.words import TaskKind
from models.plans.tables.baton import Task
from models.refusals import NotFound
from models.rights import Element, Level


async def waiting(plan: OpenPlan) -> list[Task]:
    """The most urgent first; empty for who cannot see to them."""
    if not plan.allows(Element.PARTICIPANTS, Level.CHANGE):
        return []
    found = select(Task).where(col(Task.plan_id) == plan.plan_id, col(Task.done_at).is_(None))
    order = col(Task.due_on).is_(None), col(Task.due_on), col(Task.made_at)
    return list(await plan.session.scalars(found.order_by(*order)))


async def is_asked_for(plan: OpenPlan | OpenConsent, kind: TaskKind, due_on: date) -> bool:
    """Whether the coordinators were asked already, whether they have seen to it or not."""
    mine = col(Task.plan_id) == plan.plan_id, col(Task.kind) == kind, col(Task.due_on) == due_on
    return await plan.session.scalar(pick(Task.id).where(*mine).limit(1)) is not None


async def task_of(plan: OpenPlan, task_id: UUID) -> Task:
    """Raises NotFound for one of another plan."""
    found = await plan.session.get(Task, task_id)
    if found is None or found.plan_id != plan.plan_id:
        raise NotFound
    return found
