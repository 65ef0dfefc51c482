"""What is measured on the way to a goal, as the goal's page shows it (N24)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from models.i18n import _, number_text
from models.plans.operations.demands import demand_living, demand_measurer, owner_side
from models.plans.proof import OpenPlan
from models.plans.queries import items
from models.plans.queries.measurements import MeasurementRead, measurements
from models.plans.rules.measuring import CHECK_IN, in_words, way_gone
from models.plans.rules.words import MeasureKind, PlanState
from models.plans.tables.goals import Goal
from models.refusals import Refused
from models.rights import Element, Level, Role
from pages.goals.trend import trend
from pages.goals.views import Shelf
from pages.plans.owner import owner_card
from pages.plans.room import goal_address
from pages.plans.saving import texts_of


async def measured(shelf: Shelf, goal_id: UUID) -> dict[str, Any]:
    """Everything about it, and what the viewer may do with it: nothing, when the goal is in history."""
    plan = shelf.plan
    goal = await items.find_goal(plan, goal_id)
    found = await measurements(plan, goal_id)
    numbers = {name: getattr(goal, name) for name in ("baseline", "target", "scale_low", "scale_high")}
    rows = [_row(shelf, goal, one) for one in reversed(found)]
    by = shelf.name(goal.measured_by_id)
    return {
        "url": goal_address(plan, goal_id),
        "what": texts_of(plan, goal)["measure"],
        "way": way_words(goal),
        "by": by.name if by else None,
        "may_set": goal.historic_at is None and plan.allows(Element.GOALS, Level.CHANGE, goal),
        "may_measure": goal.measure is not None and _may_measure(plan, goal),
        "latest": next((row for row in rows if not row["face"]), None),
        "reached": _reached(goal, found),
        "answer": next((row for row in rows if row["face"]), None),
        "rows": rows,
        "trend": trend(numbers, found),
        "check_in": _check_in(shelf, goal, rows),
        **{name: number_text(numbers[name]) if numbers[name] is not None else None for name in ("baseline", "target")},
    }


def way_words(goal: Goal) -> str:
    """From where to where, and the scale, in a sentence or two; empty when no numbers are set."""
    start, end = goal.baseline, goal.target
    said = []
    if start is not None and end is not None:
        said.append(_("Fra %(start)s til %(end)s.") % {"start": number_text(start), "end": number_text(end)})
    elif end is not None:
        said.append(_("Målet er %(end)s.") % {"end": number_text(end)})
    elif start is not None:
        said.append(_("Ved start: %(start)s.") % {"start": number_text(start)})
    return " ".join([*said, scale_words(goal.scale_low, goal.scale_high)]).strip()


def scale_words(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return _("Skalaen går fra %(low)s til %(high)s.") % {"low": number_text(low), "high": number_text(high)}
    if low is not None:
        return _("Det laveste er %(low)s.") % {"low": number_text(low)}
    return _("Det høyeste er %(high)s.") % {"high": number_text(high)} if high is not None else ""


def _may_measure(plan: OpenPlan, goal: Goal) -> bool:
    try:
        demand_measurer(plan, goal)
        demand_living(plan, goal)
    except Refused:
        return False
    return True


def _reached(goal: Goal, found: Sequence[MeasurementRead]) -> str | None:
    """How far the last measurement is on the way from start to end, in words."""
    last = next((one for one in reversed(found) if one.kind is MeasureKind.MEASURED), None)
    share = way_gone(goal.baseline, goal.target, last.value) if last else None
    if share is None:
        return None
    if share >= 1:
        return _("Målet er nådd.")
    if share < 0:
        return _("Det er lenger unna målet enn ved start.")
    return _("Det er %(share)s %% av veien til målet.") % {"share": int(share * 100)}


def _check_in(shelf: Shelf, goal: Goal, rows: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The question to the owner or a guardian, and what they have answered today; None for all others."""
    plan, mine = shelf.plan, owner_side(shelf.plan)
    if mine is None or goal.historic_at is not None or plan.state is PlanState.INACTIVE:
        return None
    owner = owner_card(plan, shelf.everybody)["name"]
    return {
        "on_behalf_of": owner if mine.role is not Role.OWNER else None,
        "today": next((row for row in rows if row["face"] and row["may_change"] and row["day"] == plan.today), None),
        "answers": [(value, _(words), f"face-{value}") for value, words in reversed(CHECK_IN.items())],
    }


def _row(shelf: Shelf, goal: Goal, one: MeasurementRead) -> dict[str, Any]:
    plan, author = shelf.plan, shelf.name(one.participant_id)
    living = goal.historic_at is None
    is_mine = living and plan.wrote(one.author_id) and plan.state is not PlanState.INACTIVE
    is_answer = one.kind is MeasureKind.CHECK_IN
    for_owner = author is None or author.speaks_for_owner
    return {
        "url": f"{goal_address(plan, goal.id)}/measurements/{one.id}",
        "day": one.day,
        "words": in_words(one.kind, one.value),
        "face": f"face-{one.value:.0f}" if is_answer else None,
        "note": one.note,
        "name": author.name if author else "",
        "role": author.role if author else "",
        "on_behalf_of": owner_card(plan, shelf.everybody)["name"] if is_answer and for_owner else None,
        "may_change": is_mine,
        "may_delete": is_mine or (living and plan.allows(Element.GOALS, Level.DELETE, goal)),
    }
