"""Looking back (F209, F83): the words are their author's, and somebody with the right may take them away."""

from dataclasses import asdict
from uuid import UUID, uuid4

from models.log.rules import Event
from models.plans.operations.demands import demand_change, demand_delete, demand_new, demand_reporter, owner_side
from models.plans.operations.keeping import changed, demand_fresh, discard, keep
from models.plans.proof import OpenPlan
from models.plans.rules.evaluations import EvaluationContent, check_evaluation
from models.plans.rules.words import EvaluationKind
from models.plans.tables import kinds
from models.plans.tables.goals import Goal
from models.plans.tables.together import Evaluation
from models.refusals import Reason, Refused


async def reflect(plan: OpenPlan, content: EvaluationContent, new_id: UUID | None = None) -> Evaluation:
    """What the owner thinks, written by the owner or on their behalf; `new_id` is what the form called it.

    Raises Refused or Invalid, as the others here do.
    """
    demand_new(plan, kinds.EVALUATION)
    return await _add(plan, EvaluationKind.REFLECTION, content, new_id)


async def evaluate(plan: OpenPlan, goal: Goal, content: EvaluationContent, new_id: UUID | None = None) -> Evaluation:
    """How it has gone with the goal."""
    demand_new(plan, kinds.EVALUATION, goal)
    return await _add(plan, EvaluationKind.GOAL, content, new_id, goal)


async def report(plan: OpenPlan, content: EvaluationContent, new_id: UUID | None = None) -> Evaluation:
    """The yearly report (F83), which the owner and guardians read and do not write."""
    demand_reporter(plan)
    return await _add(plan, EvaluationKind.YEARLY, content, new_id)


async def _add(
    plan: OpenPlan,
    kind: EvaluationKind,
    content: EvaluationContent,
    new_id: UUID | None,
    goal: Goal | None = None,
) -> Evaluation:
    check_evaluation(kind, content)
    if plan.viewer.person_id is None:
        raise Refused(Reason.NO_RIGHT, plan.plan_id, plan.municipality_id)
    mine = owner_side(plan)
    made = Evaluation(
        id=new_id or uuid4(),
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        kind=kind,
        goal_id=goal.id if goal else None,
        author_id=plan.viewer.person_id,
        participant_id=mine.participant_id if mine else plan.participant_id,
        period_from=content.period_from,
        period_to=content.period_to,
        added_at=plan.session.clock.now(),
    )
    changed(plan, made, **asdict(content))
    await keep(plan, made, Event.EVALUATION_ADDED)
    return made


async def change(plan: OpenPlan, item: Evaluation, seen: int, content: EvaluationContent) -> None:
    """Only the author's. Raises Refused, Invalid, or Conflict when it was changed after revision `seen`."""
    demand_change(plan, item)
    check_evaluation(item.kind, content)
    demand_fresh(item, seen)
    if fields := changed(plan, item, **asdict(content)):
        await keep(plan, item, Event.EVALUATION_CHANGED, fields=fields)


async def delete(plan: OpenPlan, item: Evaluation, seen: int) -> None:
    """By its author, or by somebody with the right to delete evaluations. Raises as `change` does."""
    demand_delete(plan, item)
    demand_fresh(item, seen)
    await discard(plan, item, Event.EVALUATION_DELETED)
