"""A plan's timeline (F156-F158)."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from models.plans.proof import OpenPlan
from models.plans.queries import people, timeline
from pages.plans.entries import consent_end, deadlines, entries, with_days
from pages.plans.room import TimelinePlan, address, render_room

router = APIRouter()
PAGE = 50
NEAREST = 3


@router.get("/plans/{plan_id}/timeline")
async def show_timeline(
    request: Request,
    plan: Annotated[OpenPlan, TimelinePlan],
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
    ahead: bool = False,
) -> Response:
    """What is to come stands above today (F157): the nearest of it, or all when `ahead`."""
    everybody, last_visit = await people.people(plan), await people.my_last_visit(plan)
    happened = await timeline.happened(plan, most=PAGE, skip=(page - 1) * PAGE)
    coming = deadlines(plan, await timeline.coming(plan)) + consent_end(plan) if page == 1 else []
    coming.sort(key=lambda line: line["at"], reverse=True)
    nearest = coming if ahead else coming[-NEAREST:]
    lines = nearest + entries(plan, happened, everybody, last_visit)
    rows = with_days(lines, plan.today, last_visit) if lines else []
    count = -(-await timeline.how_many_happened(plan) // PAGE)
    pager = {"number": page, "count": count, "base": f"{address(plan)}/timeline?page="}
    more = len(coming) - len(nearest)
    return render_room(request, plan, "plans/timeline.html", "timeline", rows=rows, pager=pager, more=more)
