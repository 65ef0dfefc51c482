"""Reorganising (F76): arrows for goals and activities, and another goal for an activity. It needs no mouse."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import ordering as operations
from models.plans.proof import OpenPlan
from models.plans.queries import goals as queries
from models.plans.queries.goals import ActivityRead, GoalRead
from models.plans.queries.items import find_goal
from models.plans.rules.ordering import Direction
from models.refusals import Invalid, NotFound
from pages.forms import posted
from pages.goals.found import Plan, TheActivity, TheGoal
from pages.plans.room import address, goal_address, render_room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/goals")


@router.get("/order")
async def show_order(request: Request, plan: Plan, moved: str = "", way: str = "") -> Response:
    """`moved` is what was just moved, `way` how: the keyboard stays at the button that was pressed."""
    plan.demand_coordinator()
    goals = await queries.goals(plan)
    rows = [_goal(plan, goals, goal) for goal in goals]
    return render_room(request, plan, "goals/order.html", "goals", goals=rows, moved=moved, way=way)


@router.post("/{goal_id}/move")
async def move_goal(request: Request, plan: Plan, goal: TheGoal) -> Response:
    direction = await _direction(request)
    await operations.move_goal(plan, goal, direction)
    return _back(plan, goal.id, direction)


@router.post("/{goal_id}/activities/{activity_id}/move")
async def move_activity(request: Request, plan: Plan, activity: TheActivity) -> Response:
    direction = await _direction(request)
    await operations.move_activity(plan, activity, direction)
    return _back(plan, activity.id, direction)


@router.post("/{goal_id}/activities/{activity_id}/goal")
async def move_to_goal(request: Request, plan: Plan, activity: TheActivity) -> Response:
    chosen = str((await posted(request)).get("goal", ""))
    try:
        goal = await find_goal(plan, UUID(chosen))
    except (ValueError, NotFound):
        raise Invalid(goal=_("Velg et mål fra listen.")) from None
    await operations.move_to_goal(plan, activity, goal)
    return _back(plan, activity.id, "goal")


async def _direction(request: Request) -> Direction:
    try:
        return Direction(str((await posted(request)).get("way", "")))
    except ValueError:
        raise Invalid(way=_("Velg opp eller ned.")) from None


def _back(plan: OpenPlan, item_id: UUID, way: str) -> Response:
    """No `#row` in the address: browsers that are told of a place there leave the keyboard alone."""
    return go(f"{address(plan)}/goals/order?moved={item_id}&way={way}", "moved")


def _goal(plan: OpenPlan, everything: Sequence[GoalRead], goal: GoalRead) -> dict[str, Any]:
    url = goal_address(plan, goal.id)
    under = [_row(f"{url}/activities/{one.id}", goal.activities, one) for one in goal.activities]
    return _row(url, everything, goal) | {"activities": under}


def _row(url: str, everything: Sequence[Any], one: GoalRead | ActivityRead) -> dict[str, Any]:
    """`ways` are the directions that lead anywhere."""
    ways = [way for way, end in ((Direction.UP, everything[0]), (Direction.DOWN, everything[-1])) if one is not end]
    return {"id": str(one.id), "url": url, "title": one.title, "ways": [way.value for way in ways]}
