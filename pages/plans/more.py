"""«Mer»: the rooms of a plan that are not within the thumb's reach, each with what it is for."""

from typing import Annotated

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.proof import OpenPlan
from pages.plans.room import MORE, HomePlan, address, render_room, with_news

router = APIRouter()


@router.get("/plans/{plan_id}/more")
async def show_more(request: Request, plan: Annotated[OpenPlan, HomePlan]) -> Response:
    rooms = [
        {"words": _(room.words), "url": address(plan) + room.under, "drawing": room.drawing, "says": _(room.says)}
        | {"new": room.name in with_news(request)}
        for room in MORE
        if room.is_for(plan)
    ]
    return render_room(request, plan, "plans/more.html", "more", more=rooms)
