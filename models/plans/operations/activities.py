"""What may be done to the activities under a goal (F71)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col

from models.base import pick
from models.log.rules import Event
from models.notices.rules import Notice
from models.plans.operations.keeping import changed, demand_fresh, discard, keep, recover
from models.plans.operations.participants import demand_participant
from models.plans.proof import OpenPlan
from models.plans.rules.goals import check_days, check_texts
from models.plans.rules.words import ActivityStatus
from models.plans.tables.goals import Activity, Goal
from models.rights import Element, Level


@dataclass(frozen=True)
class ActivityContent:
    """Everything a person writes of an activity; `responsible_id` is a participant of the same plan."""

    title: str
    description: str = ""
    extent: str = ""
    status: ActivityStatus = ActivityStatus.PLANNED
    responsible_id: UUID | None = None
    starts_on: date | None = None
    due_on: date | None = None

    def values(self) -> dict[str, object]:
        texts = {"title": self.title.strip(), "description": self.description.strip(), "extent": self.extent.strip()}
        facts = {"status": self.status, "responsible_id": self.responsible_id}
        return {**texts, **facts, "starts_on": self.starts_on, "due_on": self.due_on}


async def add(plan: OpenPlan, goal: Goal, content: ActivityContent) -> Activity:
    """A new activity, last under the goal. Raises Refused or Invalid."""
    plan.demand(Element.ACTIVITIES, Level.NEW, parent=goal)
    await _check(plan, content)
    last = pick(func.max(Activity.place)).where(col(Activity.goal_id) == goal.id)
    activity = Activity(
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        goal_id=goal.id,
        added_at=plan.session.clock.now(),
        place=(await plan.session.scalar(last) or 0) + 1,
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


async def delete(plan: OpenPlan, activity: Activity) -> None:
    """Into the recycle bin, with its comments."""
    plan.demand(Element.ACTIVITIES, Level.DELETE, activity)
    await discard(plan, activity, Event.ACTIVITY_DELETED)


async def restore(plan: OpenPlan, activity: Activity) -> None:
    plan.demand(Element.ACTIVITIES, Level.DELETE, activity)
    await recover(plan, activity, Event.ACTIVITY_RESTORED)


async def _check(plan: OpenPlan, content: ActivityContent) -> None:
    check_texts(title=content.title, description=content.description, extent=content.extent)
    check_days(content.starts_on, content.due_on)
    await demand_participant(plan, content.responsible_id)
