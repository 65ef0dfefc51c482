"""Looks back as the templates show them, and what a new one is filled in with."""

from collections.abc import Sequence
from typing import Any

from models.i18n import _, day_text
from models.labels import label
from models.plans.proof import OpenPlan
from models.plans.queries.evaluations import EvaluationRead
from models.plans.queries.goals import GoalRead
from models.plans.rules.evaluations import RATINGS
from models.plans.rules.words import EvaluationKind, PlanState
from models.rights import Element, Level
from pages.goals.views import Shelf
from pages.plans.pictures import picture_address
from pages.plans.room import address, goal_address

DRAWINGS = {
    EvaluationKind.REFLECTION: "comment",
    EvaluationKind.GOAL: "goal",
    EvaluationKind.YEARLY: "book",
}


def card(shelf: Shelf, one: EvaluationRead) -> dict[str, Any]:
    """Only the author changes the words, and nobody while the goal is in history."""
    plan, author = shelf.plan, shelf.name(one.participant_id)
    is_mine = plan.wrote(one.author_id)
    is_open = plan.state is not PlanState.INACTIVE and not one.in_history
    on_behalf = one.kind is EvaluationKind.REFLECTION and (author is None or author.speaks_for_owner)
    return {
        "id": one.id,
        "url": f"{address(plan)}/evaluation/{one.id}",
        "kind": one.kind.value,
        "kind_words": label(one.kind),
        "drawing": DRAWINGS[one.kind],
        "goal": {"title": one.goal_title, "url": goal_address(plan, one.goal_id)} if one.goal_id else None,
        "period": _("%(first)s til %(last)s")
        % {"first": day_text(one.period_from, plan.today), "last": day_text(one.period_to, plan.today)},
        "rating": one.rating,
        "rating_words": _(RATINGS[one.rating]) if one.rating in RATINGS else None,
        "text": one.text,
        "expectations": one.expectations,
        "name": author.name if author else "",
        "role": author.role if author else "",
        "picture": picture_address(plan, author),
        "on_behalf": on_behalf,
        "at": one.added_at,
        "changed": one.changed_at,
        "new": shelf.is_new(one) and not is_mine,
        "may_change": is_mine and is_open,
        "may_delete": is_open and (is_mine or plan.allows(Element.EVALUATION, Level.DELETE, one)),
    }


def goal_rows(plan: OpenPlan, goals: Sequence[GoalRead]) -> list[dict[str, Any]]:
    """The goals that may be evaluated, each with the page of its evaluations."""
    return [
        {"title": goal.title, "url": f"{address(plan)}/evaluation/goals/{goal.id}"}
        for goal in goals
        if plan.allows(Element.EVALUATION, Level.NEW, parent=goal)
    ]


def beginning(goals: Sequence[GoalRead]) -> str:
    """A yearly report to go on from: the goals the writer may read, and how far they have come."""
    return "\n".join([_("Mål og hvor langt vi er kommet"), *("– " + _so_far(goal) for goal in goals)]) if goals else ""


def _so_far(goal: GoalRead) -> str:
    count = len(goal.activities)
    told = {"title": goal.title, "progress": goal.progress, "count": count}
    if not count:
        return _("%(title)s: %(progress)s prosent") % told
    told["finished"] = sum(one.is_finished for one in goal.activities)
    return _("%(title)s: %(progress)s prosent, %(finished)s av %(count)s aktiviteter er avsluttet") % told
