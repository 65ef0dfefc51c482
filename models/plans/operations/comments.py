"""Comments on goals and activities (F72). Their words belong to their author (F73)."""

from uuid import UUID, uuid4

from models.base import seal
from models.log.rules import Event
from models.notices.rules import Notice
from models.plans.operations.demands import demand_change, demand_delete
from models.plans.operations.keeping import changed, demand_fresh, discard, keep
from models.plans.proof import OpenPlan
from models.plans.rules.goals import check_comment
from models.plans.tables.goals import Activity, Comment, Goal
from models.refusals import Reason, Refused
from models.rights import Element, Level


async def add(plan: OpenPlan, about: Goal | Activity, text: str, *, new_id: UUID | None = None) -> Comment:
    """A comment by the viewer. `new_id` is what its form called it. Raises Refused or Invalid."""
    plan.demand(Element.COMMENTS, Level.NEW, parent=about)
    check_comment(text)
    if plan.viewer.person_id is None:
        raise Refused(Reason.NO_RIGHT, plan.plan_id)
    comment = Comment(
        id=new_id or uuid4(),
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        goal_id=about.goal_id if isinstance(about, Activity) else about.id,
        activity_id=about.id if isinstance(about, Activity) else None,
        author_id=plan.viewer.person_id,
        participant_id=plan.participant_id,
        added_at=plan.session.clock.now(),
    )
    seal(plan.vault, comment, text=text.strip())
    await keep(plan, comment, Event.COMMENT_ADDED, Notice.COMMENT_ADDED)
    return comment


async def change(plan: OpenPlan, comment: Comment, seen: int, text: str) -> None:
    """Only the author's. Raises Refused, Invalid or Conflict."""
    demand_change(plan, comment)
    check_comment(text)
    demand_fresh(comment, seen)
    if fields := changed(plan, comment, text=text.strip()):
        await keep(plan, comment, Event.COMMENT_CHANGED, fields=fields)


async def delete(plan: OpenPlan, comment: Comment, seen: int | None = None) -> None:
    """By its author, or by somebody with the right to delete comments. `seen` and Conflict: as `goals.delete`."""
    demand_delete(plan, comment)
    if seen is not None:
        demand_fresh(comment, seen)
    await discard(plan, comment, Event.COMMENT_DELETED)
