"""Goals, activities and comments as the templates show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from models.i18n import N_, _
from models.labels import label
from models.plans.proof import OpenPlan
from models.plans.queries.goals import ActivityRead, CommentRead, GoalRead
from models.plans.queries.people import Somebody, my_last_visit, named, people
from models.plans.rules.words import ActivityStatus, PlanState
from models.rights import Element, Level, PlanKind, Role
from pages.plans.pictures import picture_address
from pages.plans.room import address, goal_address

STEPS = {
    ActivityStatus.PLANNED: (
        (ActivityStatus.UNDER_WAY, N_("Sett i gang")),
        (ActivityStatus.DONE, N_("Avslutt")),
    ),
    ActivityStatus.UNDER_WAY: (
        (ActivityStatus.DONE, N_("Avslutt")),
        (ActivityStatus.PLANNED, N_("Tilbake til planlagt")),
    ),
    ActivityStatus.DONE: ((ActivityStatus.UNDER_WAY, N_("Sett i gang igjen")),),
    ActivityStatus.CANCELLED: ((ActivityStatus.PLANNED, N_("Planlegg på nytt")),),
}
"""From each status, where one press leads (F78)."""


@dataclass(frozen=True)
class Shelf:
    """What views need besides the item: the plan, its people, and when the viewer was last here."""

    plan: OpenPlan
    everybody: Sequence[Somebody]
    last_visit: datetime | None

    def name(self, participant_id: UUID | None) -> Somebody | None:
        return named(self.everybody, participant_id)

    def is_new(self, item: Any) -> bool:
        touched: datetime = item.changed_at or item.added_at
        return bool(self.last_visit and touched > self.last_visit)


async def shelf_of(plan: OpenPlan) -> Shelf:
    return Shelf(plan, await people(plan), await my_last_visit(plan))


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
        "picture": f"{url}/picture" if goal.has_picture else None,
        "living": goal.historic_at is None,
        "historic": goal.historic_at,
        "activities": [_activity(shelf, one, f"{url}#activity-{one.id}") for one in shown],
        "new": shelf.is_new(goal),
    }


def detail(shelf: Shelf, goal: GoalRead, said: Sequence[CommentRead]) -> dict[str, Any]:
    """A goal's own page, with what the viewer may do to everything on it: in history only to take it back, or away."""
    plan, url, living = shelf.plan, goal_address(shelf.plan, goal.id), goal.historic_at is None
    about_goal = [_comment(shelf, one, url, living) for one in said if one.activity_id is None]
    return card(shelf, goal) | {
        "registered": goal.added_at,
        "versions_url": f"/plans/{plan.plan_id}/history/goal/{goal.id}",
        "seen": goal.revision,
        "evaluation": f"{address(plan)}/evaluation/goals/{goal.id}" if plan.reaches(Element.EVALUATION) else None,
        "may_change": living and plan.allows(Element.GOALS, Level.CHANGE, goal),
        "may_delete": plan.allows(Element.GOALS, Level.DELETE, goal),
        "may_add_activity": living and plan.allows(Element.ACTIVITIES, Level.NEW, parent=goal),
        "may_comment": living and plan.allows(Element.COMMENTS, Level.NEW, parent=goal),
        "comments": about_goal,
        "activities": [_whole_activity(shelf, one, url, said, living) for one in goal.activities],
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
        "cancel_reason": activity.cancel_reason,
        "new": shelf.is_new(activity),
    }


def _whole_activity(
    shelf: Shelf, activity: ActivityRead, goal: str, said: Sequence[CommentRead], living: bool
) -> dict[str, Any]:
    plan, url = shelf.plan, f"{goal}/activities/{activity.id}"
    may_change = living and plan.allows(Element.ACTIVITIES, Level.CHANGE, activity)
    return _activity(shelf, activity, url) | {
        "id": activity.id,
        "text": activity.description,
        "extent": activity.extent,
        "starts": activity.starts_on,
        "registered": activity.added_at,
        "seen": activity.revision,
        "steps": [(status.value, _(words)) for status, words in STEPS[activity.status]] if may_change else [],
        "may_cancel": may_change and not activity.is_finished,
        "may_change": may_change,
        "may_delete": living and plan.allows(Element.ACTIVITIES, Level.DELETE, activity),
        "may_comment": living and plan.allows(Element.COMMENTS, Level.NEW, parent=activity),
        "comments": [_comment(shelf, one, goal, living) for one in said if one.activity_id == activity.id],
    }


def _comment(shelf: Shelf, comment: CommentRead, goal: str, living: bool) -> dict[str, Any]:
    """Only the author changes the words; the author, or who may delete comments, takes them away (F73)."""
    plan, author = shelf.plan, shelf.name(comment.participant_id)
    is_mine = living and plan.wrote(comment.author_id) and plan.state is not PlanState.INACTIVE
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
        "may_delete": is_mine or (living and plan.allows(Element.COMMENTS, Level.DELETE, comment)),
    }


def tree(shelf: Shelf, goals: Sequence[GoalRead]) -> list[dict[str, Any]]:
    """All goals with their activities indented (F69)."""
    return [card(shelf, goal) for goal in goals]


def ways(plan: OpenPlan, *, historic: int = 0, living: int = 0) -> list[tuple[str, str, str]]:
    """The pages beside the list that there is something on for the viewer: address, drawing, words.

    `historic` and `living` are how many goals the viewer sees. School years belong to the plans of schools and
    kindergartens; in others they are offered beside the history, to who has use for them.
    """
    here, found = f"{address(plan)}/goals", []
    if may_reorganise(plan) and living:
        found.append((f"{here}/order", "order", _("Endre rekkefølgen")))
        if plan.kind in (PlanKind.IOP, PlanKind.IUP):
            found.append((f"{here}/school-year", "book", _("Start nytt skoleår")))
    if historic:
        found.append((f"{here}/history", "clock", _("Historikk")))
    return found


def may_reorganise(plan: OpenPlan) -> bool:
    """F76: only the coordinator."""
    is_coordinating = plan.role is Role.COORDINATOR and not plan.standings[0].narrowed and not plan.looking_as
    return is_coordinating and plan.state is not PlanState.INACTIVE
