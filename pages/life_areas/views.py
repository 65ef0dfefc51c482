"""The life areas as the template shows them: what is mapped, and what the viewer may map."""

from collections.abc import Sequence
from typing import Any

from models.labels import label
from models.plans.proof import OpenPlan
from models.plans.queries.goals import GoalRead
from models.plans.queries.life_areas import LifeAreaRead
from models.rights import LIFE_AREAS, Element, Level
from pages.goals.views import Shelf, card
from pages.life_areas.guidance import GUIDANCE
from pages.plans.room import address


def rows(
    shelf: Shelf, mapped: Sequence[LifeAreaRead], offered: Sequence[Element], goals: Sequence[GoalRead]
) -> list[dict[str, Any]]:
    """One for each area that the viewer may read or map, always in the same order; the others are not named."""
    read = {one.area: one for one in mapped}
    shown = [area for area in LIFE_AREAS if area in read or area in offered]
    return [_row(shelf, area, read.get(area), [goal for goal in goals if goal.life_area is area]) for area in shown]


def _row(shelf: Shelf, area: Element, mapped: LifeAreaRead | None, goals: Sequence[GoalRead]) -> dict[str, Any]:
    plan = shelf.plan
    return {
        "id": area.value,
        "title": label(area),
        "about": GUIDANCE[area].shown()["about"],
        "map_url": f"{address(plan)}/life-areas/new?area={area.value}",
        "goals": [card(shelf, goal, finished=False) for goal in goals],
        "goal_url": f"{address(plan)}/goals/new?life_area={area.value}" if _may_add_goal(plan) else None,
        "mapped": _mapped(shelf, mapped) if mapped else None,
    }


def _mapped(shelf: Shelf, one: LifeAreaRead) -> dict[str, Any]:
    plan, url = shelf.plan, f"{address(shelf.plan)}/life-areas/{one.id}"
    writer = next((who for who in shelf.everybody if who.account_id and who.account_id == one.written_by), None)
    return {
        "url": url,
        "history_url": f"{address(plan)}/history/life-area/{one.id}",
        "text": one.text,
        "at": one.written_at,
        "name": writer.name if writer else None,
        "role": writer.role if writer else None,
        "new": shelf.is_new(one) and one.written_by != plan.actor_id,
        "may_change": plan.allows(one.area, Level.CHANGE, one),
        "may_delete": plan.allows(one.area, Level.DELETE, one),
    }


def _may_add_goal(plan: OpenPlan) -> bool:
    return plan.allows(Element.GOALS, Level.NEW)
