"""Goals: the list, one goal's page, and what is done to them (F69-F78)."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import goals as operations
from models.plans.operations.demands import demand_living
from models.plans.proof import OpenPlan
from models.plans.queries import goals as queries
from models.plans.queries import people
from models.plans.tables.goals import Goal
from models.refusals import NotFound
from models.rights import LIFE_AREAS, Element, Level, Role
from pages.drafts import FoundDraft, found
from pages.forms import HouseForm, posted, seen_revision
from pages.goals.forms import CommentForm, GoalForm, NewGoalForm, ProgressForm
from pages.goals.found import Plan, TheGoal
from pages.goals.measured import measured
from pages.goals.promises import promised
from pages.goals.views import card, detail, shelf_of, tree, ways
from pages.plans.room import address, goal_address, render_room
from pages.plans.saving import FormPage, Question, draft_here, texts_of

router = APIRouter(prefix="/plans/{plan_id}/goals")


@router.get("")
async def show_goals(request: Request, plan: Plan, finished: bool = False) -> Response:
    if not plan.reaches(Element.GOALS):
        plan.demand(Element.GOALS, Level.READ)
    shelf, (living, historic) = await shelf_of(plan), await queries.all_goals(plan)
    return render_room(
        *(request, plan, "goals/list.html", "goals"),
        goals=[card(shelf, goal, finished=finished) for goal in living],
        finished=sum(one.is_finished for goal in living for one in goal.activities),
        ways=ways(plan, living=len(living), historic=len(historic)),
        may_add=plan.allows(Element.GOALS, Level.NEW),
        show_finished=finished,
        coordinator=next((one.name for one in shelf.everybody if _coordinates(one)), None),
    )


@router.get("/new")
async def new_goal(request: Request, plan: Plan, life_area: str = "") -> Response:
    """`life_area` is the one chosen beforehand (F68)."""
    draft = await draft_here(request, plan)
    chosen = {"life_area": life_area if life_area in LIFE_AREAS else ""}
    return _page(request, plan, NewGoalForm(draft and draft.typed, data=chosen), _("Nytt mål"), draft=draft).show()


@router.post("/new")
async def add_goal(request: Request, plan: Plan) -> Response:
    form = NewGoalForm(await posted(request))
    page = _page(request, plan, form, _("Nytt mål"))
    return await page.save(lambda: operations.add(plan, **form.values(), new_id=page.new_id), "added")


@router.get("/{goal_id}")
async def show_goal(request: Request, plan: Plan, goal_id: UUID) -> Response:
    draft = await found(plan, comment_place(goal_id))
    return await goal_page(request, plan, goal_id, CommentForm(draft and draft.typed), draft=draft)


def comment_place(goal_id: UUID) -> str:
    """Where the comments are sent that are written on the goal's own page."""
    return f"/goals/{goal_id}/comments"


async def goal_page(
    request: Request,
    plan: OpenPlan,
    goal_id: UUID,
    form: CommentForm,
    status: int = 200,
    draft: FoundDraft | None = None,
    progress: ProgressForm | None = None,
) -> Response:
    """The goal with its activities and comments, and forms for one more comment and for its progress.

    With status 409 it says that somebody else was first.
    """
    shelf, (living, historic) = await shelf_of(plan), await queries.all_goals(plan)
    goal = next((one for one in (*living, *historic) if one.id == goal_id), None)
    if goal is None:
        raise NotFound
    return render_room(
        *(request, plan, "goals/detail.html", "goals"),
        status=status,
        address=goal_address(plan, goal_id),
        goal=detail(shelf, goal, await queries.comments(plan, goal_id)),
        others=tree(shelf, living),
        form=form,
        progress_form=progress or ProgressForm(data={"progress": goal.progress}),
        conflict=status == 409,
        place=comment_place(goal_id),
        draft=draft,
        measured=await measured(shelf, goal_id),
        promised=await promised(shelf, goal_id, living=goal.historic_at is None),
    )


@router.get("/{goal_id}/change")
async def edit_goal(request: Request, plan: Plan, goal: TheGoal) -> Response:
    draft = await draft_here(request, plan)
    form = GoalForm(draft and draft.typed, data=_written(plan, goal))
    return _page(request, plan, form, _("Endre målet"), goal, draft).show()


@router.post("/{goal_id}/change")
async def change_goal(request: Request, plan: Plan, goal: TheGoal) -> Response:
    data = await posted(request)
    form = GoalForm(data)
    page = _page(request, plan, form, _("Endre målet"), goal)
    return await page.save(lambda: operations.change(plan, goal, seen_revision(data), **form.values()), "saved")


@router.get("/{goal_id}/remove")
async def ask_about_goal(request: Request, plan: Plan, goal: TheGoal) -> Response:
    plan.demand(Element.GOALS, Level.DELETE, goal)
    return _question(request, plan, goal).show()


@router.post("/{goal_id}/remove")
async def remove_goal(request: Request, plan: Plan, goal: TheGoal) -> Response:
    seen = seen_revision(await posted(request))
    return await _question(request, plan, goal).answer(lambda: operations.delete(plan, goal, seen))


def _question(request: Request, plan: OpenPlan, goal: Goal) -> Question:
    consequences = [
        _("Aktivitetene og kommentarene under målet følger med."),
        _("Ingen av deltakerne ser det lenger."),
        _("Du kan hente det tilbake igjen med «Angre»."),
    ]
    back, after = goal_address(plan, goal.id), f"{address(plan)}/goals"
    return Question(request, plan, "goals", goal, _("Vil du slette målet?"), consequences, back, after)


def _coordinates(one: people.Somebody) -> bool:
    return one.role_code is Role.COORDINATOR and one.taking_part


def _written(plan: OpenPlan, goal: Goal) -> dict[str, Any]:
    return texts_of(plan, goal) | {"life_area": goal.life_area or "", "progress": goal.progress}


def _page(
    request: Request,
    plan: OpenPlan,
    form: HouseForm,
    heading: str,
    goal: Goal | None = None,
    draft: FoundDraft | None = None,
) -> FormPage:
    """Nobody is shown the form, filled in or not, who may not save it."""
    plan.demand(Element.GOALS, Level.CHANGE if goal else Level.NEW, goal)
    if goal:
        demand_living(plan, goal)
    back = goal_address(plan, goal.id) if goal else f"{address(plan)}/goals"
    return FormPage(request, plan, "goals", "goals/goal_form.html", form, heading, back, goal, draft=draft)
