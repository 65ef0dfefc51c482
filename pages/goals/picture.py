"""The image that stands for a goal (F70): seen, chosen and taken away."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.plans.operations import goal_pictures as operations
from models.plans.operations.demands import demand_living
from models.plans.proof import OpenPlan
from models.plans.queries import goal_pictures as queries
from models.plans.queries.items import find_goal
from models.plans.tables.goals import Goal
from models.refusals import Conflict
from models.rights import Element, Level
from pages.forms import posted, posted_with_file
from pages.goals.found import Plan, TheGoal
from pages.plans.room import goal_address, render_room
from pages.plans.saving import name_of
from pages.portrait import PictureForm
from pages.rendering import go
from permissions.request import begin_anew, opened_plan

router = APIRouter(prefix="/plans/{plan_id}/goals/{goal_id}/picture")


@router.get("")
async def show_picture(plan: Plan, goal: TheGoal) -> Response:
    return Response(await queries.picture(plan, goal), media_type="image/jpeg")


@router.get("/change")
async def choose_picture(request: Request, plan: Plan, goal: TheGoal) -> Response:
    _demand(plan, goal)
    return await _page(request, plan, goal, PictureForm())


@router.post("/change")
async def set_picture(request: Request, plan_id: UUID, goal_id: UUID) -> Response:
    """Nobody sets us to work who may not; and the work is done before the writing begins: the door is passed twice."""
    await _changing(request, plan_id, goal_id)
    await begin_anew(request)
    form = PictureForm(await posted_with_file(request))
    jpeg = await form.made()
    plan, goal = await _changing(request, plan_id, goal_id)
    if jpeg is None:
        return await _page(request, plan, goal, form, 400)
    await operations.set_picture(plan, goal, jpeg)
    return go(goal_address(plan, goal.id), "saved")


@router.get("/remove")
async def ask_about_picture(request: Request, plan: Plan, goal: TheGoal) -> Response:
    _demand(plan, goal)
    return await _ask(request, plan, goal)


@router.post("/remove")
async def remove_picture(request: Request, plan: Plan, goal: TheGoal) -> Response:
    seen = str((await posted(request)).get("seen", ""))
    try:
        await operations.remove_picture(plan, goal, seen)
    except Conflict:
        return await _ask(request, plan, goal, 409)
    return go(goal_address(plan, goal.id), "deleted")


async def _ask(request: Request, plan: OpenPlan, goal: Goal, status: int = 200) -> Response:
    """With status 409 once more, about the image there is now."""
    picture = await queries.picture_row(plan, goal)
    if picture is None:
        return go(goal_address(plan, goal.id))
    shown, template = _shown(plan, goal), "goals/picture_remove.html"
    seen, conflict = queries.mark(picture), status == 409
    return render_room(request, plan, template, "goals", status=status, goal=shown, seen=seen, conflict=conflict)


async def _changing(request: Request, plan_id: UUID, goal_id: UUID) -> tuple[OpenPlan, Goal]:
    plan = await opened_plan(request, plan_id, "goals")
    goal = await find_goal(plan, goal_id)
    _demand(plan, goal)
    return plan, goal


def _demand(plan: OpenPlan, goal: Goal) -> None:
    plan.demand(Element.GOALS, Level.CHANGE, goal)
    demand_living(plan, goal)


async def _page(request: Request, plan: OpenPlan, goal: Goal, form: PictureForm, status: int = 200) -> Response:
    has_picture = await queries.picture_row(plan, goal) is not None
    shown, template = _shown(plan, goal), "goals/picture.html"
    return render_room(request, plan, template, "goals", status=status, goal=shown, form=form, has_picture=has_picture)


def _shown(plan: OpenPlan, goal: Goal) -> dict[str, str]:
    return {"title": name_of(plan, goal), "url": goal_address(plan, goal.id)}
