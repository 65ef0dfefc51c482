"""The look backs of a plan, by period, and those of one goal (F209)."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from models.plans.proof import OpenPlan
from models.plans.queries import goals as goal_queries
from models.plans.queries.evaluations import evaluations
from models.plans.rules.words import PERSONAL_ROLES
from models.rights import Element, Level
from pages.evaluation.found import ROOM, Plan, TheGoal
from pages.evaluation.views import card, goal_rows
from pages.goals.views import shelf_of
from pages.plans.room import address, goal_address, render_room
from pages.plans.saving import name_of

router = APIRouter(prefix="/plans/{plan_id}/evaluation")
PAGE = 50
PageNumber = Annotated[int, Query(ge=1, le=10_000)]


@router.get("")
async def show_evaluations(request: Request, plan: Plan, page: PageNumber = 1) -> Response:
    if not plan.reaches(Element.EVALUATION):
        plan.demand(Element.EVALUATION, Level.READ)
    url, may_add = f"{address(plan)}/evaluation", plan.allows(Element.EVALUATION, Level.NEW)
    return render_room(
        *(request, plan, "evaluation/list.html", ROOM),
        **await _page_of(plan, page, url),
        may_reflect=may_add,
        may_report=may_add and plan.role not in PERSONAL_ROLES,
        goals=goal_rows(plan, await goal_queries.bare_goals(plan)) if may_add else [],
    )


@router.get("/goals/{goal_id}")
async def show_goals_evaluations(request: Request, plan: Plan, goal: TheGoal, page: PageNumber = 1) -> Response:
    if not plan.reaches(Element.EVALUATION):
        plan.demand(Element.EVALUATION, Level.READ)
    url = f"{address(plan)}/evaluation/goals/{goal.id}"
    may_add = goal.historic_at is None and plan.allows(Element.EVALUATION, Level.NEW, parent=goal)
    return render_room(
        *(request, plan, "evaluation/goal.html", ROOM),
        **await _page_of(plan, page, url, goal.id),
        goal={"title": name_of(plan, goal), "url": goal_address(plan, goal.id)},
        new_url=f"{url}/new" if may_add else None,
    )


async def _page_of(plan: OpenPlan, page: int, url: str, goal_id: UUID | None = None) -> dict[str, Any]:
    """One page of them, whether there are so many pages or not, and how to turn it."""
    found, total = await evaluations(plan, goal_id, most=PAGE, skip=(page - 1) * PAGE)
    shelf = await shelf_of(plan)
    pager = {"number": page, "count": max(page, -(-total // PAGE)), "base": f"{url}?page="}
    return {"evaluations": [card(shelf, one) for one in found], "pager": pager}
