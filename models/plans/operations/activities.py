"""What may be done to the activities under a goal (F71)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from models.log.rules import Event
from models.notices.rules import Notice
from models.plans.operations.keeping import changed, demand_fresh, discard, keep
from models.plans.operations.participants import demand_participant
from models.plans.proof import OpenPlan
from models.plans.queries.goals import last_place
from models.plans.rules.goals import check_cancelled, check_days, check_texts
from models.plans.rules.words import ActivityStatus
from models.plans.tables.goals import Activity, Goal
from models.rights import Element, Level


@dataclass(frozen=True)
class ActivityContent:
    """Everything a person writes of an activity; `responsible_id` is a participant of the same plan.

    `cancel_reason` is kept only while the activity is cancelled.
    """

    title: str
    description: str = ""
    extent: str = ""
    status: ActivityStatus = ActivityStatus.PLANNED
    responsible_id: UUID | None = None
    starts_on: date | None = None
    due_on: date | None = None
    cancel_reason: str = ""

    def values(self) -> dict[str, object]:
        texts = {"title": self.title.strip(), "description": self.description.strip(), "extent": self.extent.strip()}
        reason = self.cancel_reason.strip() if self.status is ActivityStatus.CANCELLED else ""
        facts = {"status": self.status, "responsible_id": self.responsible_id, "cancel_reason": reason}
        return {**texts, **facts, "starts_on": self.starts_on, "due_on": self.due_on}


async def add(plan: OpenPlan, goal: Goal, content: ActivityContent, *, new_id: UUID | None = None) -> Activity:
    """A new activity, last under the goal. `new_id` is what its form called it. Raises Refused or Invalid."""
    plan.demand(Element.ACTIVITIES, Level.NEW, parent=goal)
    await _check(plan, content)
    activity = Activity(
        id=new_id or uuid4(),
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        goal_id=goal.id,
        added_at=plan.session.clock.now(),
        place=await last_place(plan, goal) + 1,
    )
    changed(plan, activity, **content.values())
    await keep(plan, activity, Event.ACTIVITY_ADDED, Notice.ACTIVITY_ADDED)
    return activity


async def change(plan: OpenPlan, activity: Activity, seen: int, content: ActivityContent) -> None:
    """Raises Refused, Invalid, or Conflict when somebody changed the activity after revision `seen`."""
    plan.demand(Element.ACTIVITIES, Level.CHANGE, activity)
    await _check(plan, content)
    demand_fresh(activity, seen)
    if fields := changed(plan, activity, **content.values()):
        await keep(plan, activity, Event.ACTIVITY_CHANGED, fields=fields)


async def change_status(
    plan: OpenPlan, activity: Activity, seen: int, status: ActivityStatus, cancel_reason: str = ""
) -> None:
    """Where it stands, and nothing else (F78). Raises as `change` does."""
    plan.demand(Element.ACTIVITIES, Level.CHANGE, activity)
    check_cancelled(status, cancel_reason)
    demand_fresh(activity, seen)
    reason = cancel_reason.strip() if status is ActivityStatus.CANCELLED else ""
    if fields := changed(plan, activity, status=status, cancel_reason=reason):
        await keep(plan, activity, Event.ACTIVITY_CHANGED, fields=fields)


async def delete(plan: OpenPlan, activity: Activity, seen: int | None = None) -> None:
    """Into the recycle bin, with its comments. `seen` and Conflict: as `goals.delete`."""
    plan.demand(Element.ACTIVITIES, Level.DELETE, activity)
    if seen is not None:
        demand_fresh(activity, seen)
    await discard(plan, activity, Event.ACTIVITY_DELETED)


async def _check(plan: OpenPlan, content: ActivityContent) -> None:
    check_texts(title=content.title, description=content.description, extent=content.extent)
    check_days(content.starts_on, content.due_on)
    check_cancelled(content.status, content.cancel_reason)
    await demand_participant(plan, content.responsible_id)
