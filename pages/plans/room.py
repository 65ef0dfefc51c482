"""Rooms of a plan: how a route gets its opened plan, and the frame they all share."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse

from models.i18n import N_, _
from models.labels import label, role_label
from models.plans.proof import OpenPlan
from models.plans.rules.words import PlanState
from models.refusals import SENTENCES
from models.rights import Element
from pages.rendering import render
from permissions.request import opened_plan

ROOMS = (
    ("home", N_("Oversikt"), "", "house", None),
    ("timeline", N_("Tidslinje"), "/timeline", "clock", None),
    ("goals", N_("Mål og aktiviteter"), "/goals", "goal", Element.GOALS),
)
"""(room, words, address under the plan's, drawing, element one must read to be offered it)."""


def room(name: str) -> Callable[[Request, UUID], Awaitable[OpenPlan]]:
    """The dependency of every route in a room: opens the plan for the viewer and logs it under the room's name."""

    async def opened(request: Request, plan_id: UUID) -> OpenPlan:
        return await opened_plan(request, plan_id, name)

    return opened


HomePlan = Depends(room("home"))
TimelinePlan = Depends(room("timeline"))
GoalsPlan = Depends(room("goals"))


def address(plan: OpenPlan) -> str:
    return f"/plans/{plan.plan_id}"


def goal_address(plan: OpenPlan, goal_id: UUID) -> str:
    return f"{address(plan)}/goals/{goal_id}"


def render_room(
    request: Request, plan: OpenPlan, name: str, here: str, *, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page of the room `here`, with the plan's head and the rooms this viewer may enter."""
    frame = {"plan": _head(plan), "rooms": _rooms(plan, here)}
    return render(request, name, status=status, **frame, **context)


def _head(plan: OpenPlan) -> dict[str, Any]:
    until = plan.consent_until
    return {
        "url": address(plan),
        "short_name": plan.short_name,
        "kind_name": label(plan.kind),
        "my_role": role_label(plan.kind, plan.role),
        "state": label(plan.state),
        "ended": plan.state is PlanState.INACTIVE,
        "active": plan.state is PlanState.ACTIVE,
        "consent_days": (until - plan.today).days if until else None,
        "narrowed": _(SENTENCES[plan.standings[0].narrowed]) if plan.standings[0].narrowed else None,
    }


def _rooms(plan: OpenPlan, here: str) -> list[tuple[str, str, str, bool]]:
    return [
        (_(words), address(plan) + under, drawing, name == here)
        for name, words, under, drawing, element in ROOMS
        if element is None or plan.reaches(element)
    ]
