"""Goals, activities and comments as the templates show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from models.labels import label
from models.plans.proof import OpenPlan
from models.plans.queries.goals import ActivityRead, CommentRead, GoalRead
from models.plans.queries.people import Somebody
from models.plans.rules.words import PlanState
from models.rights import Element, Level
from pages.plans.pictures import picture_address
from pages.plans.room import goal_address


@dataclass(frozen=True)
class Shelf:
    """What views need besides the item: the plan, its people, and when the viewer was last here."""

    plan: OpenPlan
    everybody: Sequence[Somebody]
    last_visit: datetime | None

    def name(self, participant_id: UUID | None) -> Somebody | None:
        return next((one for one in self.everybody if one.participant_id == participant_id), None)

    def is_new(self, item: Any) -> bool:
        touched: datetime = item.changed_at or item.added_at
        return bool(self.last_visit and touched > self.last_visit)


def card(shelf: Shelf, goal: GoalRead, *, finished: bool = True) -> dict[str, Any]:
    """A goal in the list; finished activities are left out unless asked for (F75)."""
    url = goal_address(shelf.plan, goal.id)
    shown = [one for one in goal.activities if finished or not one.is_finished]
    return {
        "url": url,
        "title": goal.title,
        "life_area": label(goal.life_area) if goal.life_area else None,
        "progress": goal.progress,
        "text": goal.description,
        "activities": [_activity(shelf, one, f"{url}#activity-{one.id}") for one in shown],
        "new": shelf.is_new(goal),
    }


def detail(shelf: Shelf, goal: GoalRead, said: Sequence[CommentRead]) -> dict[str, Any]:
    """A goal's own page, with what the viewer may do to everything on it."""
    plan, url = shelf.plan, goal_address(shelf.plan, goal.id)
    about_goal = [_comment(shelf, one, url) for one in said if one.activity_id is None]
    return card(shelf, goal) | {
        "registered": goal.added_at,
        "may_change": plan.allows(Element.GOALS, Level.CHANGE, goal),
        "may_delete": plan.allows(Element.GOALS, Level.DELETE, goal),
        "may_add_activity": plan.allows(Element.ACTIVITIES, Level.NEW, parent=goal),
        "may_comment": plan.allows(Element.COMMENTS, Level.NEW, parent=goal),
        "comments": about_goal,
        "activities": [_whole_activity(shelf, one, url, said) for one in goal.activities],
    }


def _activity(shelf: Shelf, activity: ActivityRead, url: str) -> dict[str, Any]:
    responsible = shelf.name(activity.responsible_id)
    return {
        "url": url,
        "title": activity.title,
        "status": activity.status.value,
        "status_words": label(activity.status),
        "finished": activity.is_finished,
        "responsible": responsible.name if responsible else None,
        "due": activity.due_on,
        "overdue": activity.is_overdue(shelf.plan.today),
        "new": shelf.is_new(activity),
    }


def _whole_activity(shelf: Shelf, activity: ActivityRead, goal: str, said: Sequence[CommentRead]) -> dict[str, Any]:
    plan, url = shelf.plan, f"{goal}/activities/{activity.id}"
    return _activity(shelf, activity, url) | {
        "id": activity.id,
        "text": activity.description,
        "extent": activity.extent,
        "starts": activity.starts_on,
        "may_change": plan.allows(Element.ACTIVITIES, Level.CHANGE, activity),
        "may_delete": plan.allows(Element.ACTIVITIES, Level.DELETE, activity),
        "may_comment": plan.allows(Element.COMMENTS, Level.NEW, parent=activity),
        "comments": [_comment(shelf, one, goal) for one in said if one.activity_id == activity.id],
    }


def _comment(shelf: Shelf, comment: CommentRead, goal: str) -> dict[str, Any]:
    """Only the author changes the words; the author, or who may delete comments, takes them away (F73)."""
    plan, author = shelf.plan, shelf.name(comment.participant_id)
    is_mine = comment.author_id == plan.viewer.person_id and plan.state is not PlanState.INACTIVE
    return {
        "id": comment.id,
        "url": f"{goal}/comments/{comment.id}",
        "name": author.name if author else "",
        "role": author.role if author else "",
        "picture": picture_address(plan, author),
        "at": comment.added_at,
        "changed": comment.changed_at,
        "text": comment.text,
        "new": shelf.is_new(comment) and comment.author_id != plan.viewer.person_id,
        "may_change": is_mine,
        "may_delete": is_mine or plan.allows(Element.COMMENTS, Level.DELETE, comment),
    }


def tree(shelf: Shelf, goals: Sequence[GoalRead]) -> list[dict[str, Any]]:
    """All goals with their activities indented (F69)."""
    return [card(shelf, goal) for goal in goals]
