"""Goals: the list, one goal's page, and what is done to them (F69-F78)."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.base import unseal
from models.i18n import _
from models.plans.operations import goals as operations
from models.plans.proof import OpenPlan
from models.plans.queries import goals as queries
from models.plans.queries import people
from models.plans.queries.items import find_goal
from models.plans.tables.goals import Goal
from models.refusals import NotFound
from models.rights import Element, Level
from pages.forms import HouseForm, posted, seen_revision
from pages.goals.forms import CommentForm, GoalForm, NewGoalForm
from pages.goals.saving import save, words_now
from pages.goals.undoing import undo_address
from pages.goals.views import Shelf, card, detail, tree
from pages.plans.room import GoalsPlan, address, render_room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/goals")
Plan = Annotated[OpenPlan, GoalsPlan]


async def shelf_of(plan: OpenPlan) -> Shelf:
    return Shelf(plan, await people.people(plan), await people.my_last_visit(plan))


@router.get("")
async def show_goals(request: Request, plan: Plan, finished: bool = False) -> Response:
    if not plan.reaches(Element.GOALS):
        plan.demand(Element.GOALS, Level.READ)
    shelf = await shelf_of(plan)
    return render_room(
        *(request, plan, "goals/list.html", "goals"),
        goals=[card(shelf, goal, finished=finished) for goal in await queries.goals(plan)],
        may_add=plan.allows(Element.GOALS, Level.NEW),
        show_finished=finished,
        coordinator=next((one.name for one in shelf.everybody if one.role_code.value == "coordinator"), None),
        undo=await undo_address(request, plan),
    )


@router.get("/new")
async def new_goal(request: Request, plan: Plan) -> Response:
    plan.demand(Element.GOALS, Level.NEW)
    return _form_page(request, plan, NewGoalForm(), _("Nytt mål"), f"{address(plan)}/goals")


@router.post("/new")
async def add_goal(request: Request, plan: Plan) -> Response:
    form, room = NewGoalForm(await posted(request)), f"{address(plan)}/goals"
    return await save(
        form,
        lambda: operations.add(plan, **form.values()),
        lambda status, _conflict: _form_page(request, plan, form, _("Nytt mål"), room, status),
        *(room, "added"),
    )


@router.get("/{goal_id}")
async def show_goal(request: Request, plan: Plan, goal_id: UUID) -> Response:
    return await goal_page(request, plan, goal_id, CommentForm())


async def goal_page(request: Request, plan: OpenPlan, goal_id: UUID, form: CommentForm, status: int = 200) -> Response:
    """The goal with its activities and comments, and a form for one more."""
    shelf, everything = await shelf_of(plan), await queries.goals(plan)
    goal = next((one for one in everything if one.id == goal_id), None)
    if goal is None:
        raise NotFound
    return render_room(
        *(request, plan, "goals/detail.html", "goals"),
        status=status,
        address=shelf.goal_url(goal_id),
        goal=detail(shelf, goal, await queries.comments(plan, goal_id)),
        others=tree(shelf, everything),
        form=form,
        undo=await undo_address(request, plan, goal_id),
    )


@router.get("/{goal_id}/change")
async def edit_goal(request: Request, plan: Plan, goal_id: UUID) -> Response:
    goal = await find_goal(plan, goal_id)
    plan.demand(Element.GOALS, Level.CHANGE, goal)
    return _edit_page(request, plan, goal, GoalForm(data=_written(plan, goal)))


@router.post("/{goal_id}/change")
async def change_goal(request: Request, plan: Plan, goal_id: UUID) -> Response:
    goal, data = await find_goal(plan, goal_id), await posted(request)
    form = GoalForm(data)
    return await save(
        form,
        lambda: operations.change(plan, goal, seen_revision(data), **form.values()),
        lambda status, conflict: _edit_page(request, plan, goal, form, status, conflict),
        *(f"{address(plan)}/goals/{goal_id}", "saved"),
    )


@router.get("/{goal_id}/remove")
async def ask_about_goal(request: Request, plan: Plan, goal_id: UUID) -> Response:
    goal = await find_goal(plan, goal_id)
    plan.demand(Element.GOALS, Level.DELETE, goal)
    return render_room(
        *(request, plan, "goals/remove.html", "goals"),
        heading=_("Vil du slette målet?"),
        title=unseal(plan.vault, goal, "title"),
        consequences=[
            _("Aktivitetene og kommentarene under målet følger med."),
            _("Ingen av deltakerne ser det lenger."),
            _("Du kan hente det tilbake igjen med «Angre»."),
        ],
        cancel_url=f"{address(plan)}/goals/{goal_id}",
        seen=goal.revision,
    )


@router.post("/{goal_id}/remove")
async def remove_goal(plan: Plan, goal_id: UUID) -> Response:
    await operations.delete(plan, await find_goal(plan, goal_id))
    return go(f"{address(plan)}/goals?undo=goal:{goal_id}", "deleted")


@router.post("/{goal_id}/restore")
async def restore_goal(plan: Plan, goal_id: UUID) -> Response:
    await operations.restore(plan, await find_goal(plan, goal_id, deleted=True))
    return go(f"{address(plan)}/goals/{goal_id}", "restored")


def _written(plan: OpenPlan, goal: Goal) -> dict[str, Any]:
    texts = {name: unseal(plan.vault, goal, name) for name in ("title", "description")}
    return texts | {"life_area": goal.life_area or "", "progress": goal.progress}


def _edit_page(
    request: Request, plan: OpenPlan, goal: Goal, form: GoalForm, status: int = 200, conflict: bool = False
) -> Response:
    back = f"{address(plan)}/goals/{goal.id}"
    now = words_now(plan, goal, "title", "description") if conflict else None
    return _form_page(request, plan, form, _("Endre målet"), back, status, seen=goal.revision, conflict=now)


def _form_page(
    request: Request, plan: OpenPlan, form: HouseForm, heading: str, back: str, status: int = 200, **more: Any
) -> Response:
    context = {"seen": None, "conflict": None} | more
    return render_room(
        *(request, plan, "goals/goal_form.html", "goals"),
        status=status,
        form=form,
        heading=heading,
        cancel_url=back,
        **context,
    )
