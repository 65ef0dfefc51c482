"""Goals in history (F74): moved there, read there, and taken back."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import goal_history as operations
from models.plans.operations.demands import demand_living
from models.plans.proof import OpenPlan
from models.plans.queries import goals as queries
from models.plans.tables.goals import Goal
from models.rights import Element, Level
from pages.forms import posted, seen_revision
from pages.goals.found import Plan, TheGoal
from pages.goals.views import card, may_reorganise, shelf_of
from pages.plans.room import address, goal_address, render_room
from pages.plans.saving import Question
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/goals")


@router.get("/history")
async def show_history(request: Request, plan: Plan) -> Response:
    if not plan.reaches(Element.GOALS):
        plan.demand(Element.GOALS, Level.READ)
    shelf = await shelf_of(plan)
    goals = [card(shelf, goal) for goal in await queries.goals(plan, historic=True)]
    turns = may_reorganise(plan)
    return render_room(request, plan, "goals/history.html", "goals", goals=goals, may_turn_school_year=turns)


@router.get("/{goal_id}/history")
async def ask_about_history(request: Request, plan: Plan, goal: TheGoal) -> Response:
    demand_living(plan, goal)
    return _question(request, plan, goal).show()


@router.post("/{goal_id}/history")
async def move_to_history(request: Request, plan: Plan, goal: TheGoal) -> Response:
    seen = seen_revision(await posted(request))
    return await _question(request, plan, goal).answer(lambda: operations.to_history(plan, goal, seen), "historic")


@router.post("/{goal_id}/history/leave")
async def take_back(plan: Plan, goal: TheGoal) -> Response:
    await operations.from_history(plan, goal)
    return go(goal_address(plan, goal.id), "restored")


def _question(request: Request, plan: OpenPlan, goal: Goal) -> Question:
    plan.demand(Element.GOALS, Level.DELETE, goal)
    consequences = [
        _("Aktivitetene og kommentarene under målet følger med."),
        _("De som ser målet nå, kan fortsatt lese alt sammen i historikken, men ingen kan endre noe der."),
        _("Du kan hente målet tilbake når som helst."),
    ]
    back, after = goal_address(plan, goal.id), f"{address(plan)}/goals"
    words = _("Vil du flytte målet til historikken?")
    return Question(request, plan, "goals", goal, words, consequences, back, after, "goals/to_history.html")
