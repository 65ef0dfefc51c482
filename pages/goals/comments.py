"""Comments on goals and their activities (F72, F73)."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.base import unseal
from models.i18n import _
from models.plans.operations import comments as operations
from models.plans.proof import OpenPlan
from models.plans.queries.items import find_activity, find_comment, find_goal
from models.plans.tables.goals import Activity, Comment, Goal
from models.refusals import Invalid
from models.rights import Element, Level
from pages.forms import posted, seen_revision
from pages.goals.forms import CommentForm
from pages.goals.routes import goal_page
from pages.goals.saving import save, words_now
from pages.plans.room import GoalsPlan, address, render_room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/goals/{goal_id}")
Plan = Annotated[OpenPlan, GoalsPlan]


@router.post("/comments")
async def comment_on_goal(request: Request, plan: Plan, goal_id: UUID) -> Response:
    """The form stands on the goal's own page, so that is what is shown again."""
    goal, form = await find_goal(plan, goal_id), CommentForm(await posted(request))
    if not form.validate():
        return await goal_page(request, plan, goal_id, form, 400)
    try:
        comment = await operations.add(plan, goal, form.text.data or "")
    except Invalid as invalid:
        form.refuse(invalid)
        return await goal_page(request, plan, goal_id, form, 400)
    return go(f"{_goal_url(plan, goal)}?done=added#comment-{comment.id}")


@router.get("/activities/{activity_id}/comments/new")
async def new_comment(request: Request, plan: Plan, goal_id: UUID, activity_id: UUID) -> Response:
    goal = await find_goal(plan, goal_id)
    activity = await find_activity(plan, goal, activity_id)
    plan.demand(Element.COMMENTS, Level.NEW, parent=activity)
    return _form_page(request, plan, activity, CommentForm(), _("Ny kommentar"))


@router.post("/activities/{activity_id}/comments/new")
async def comment_on_activity(request: Request, plan: Plan, goal_id: UUID, activity_id: UUID) -> Response:
    goal = await find_goal(plan, goal_id)
    activity, form = await find_activity(plan, goal, activity_id), CommentForm(await posted(request))
    return await save(
        form,
        lambda: operations.add(plan, activity, form.text.data or ""),
        lambda status, _conflict: _form_page(request, plan, activity, form, _("Ny kommentar"), status),
        *(_goal_url(plan, goal), "added"),
    )


@router.get("/comments/{comment_id}/change")
async def edit_comment(request: Request, plan: Plan, goal_id: UUID, comment_id: UUID) -> Response:
    goal = await find_goal(plan, goal_id)
    comment = await find_comment(plan, goal, comment_id)
    plan.demand_author(comment, comment.author_id)
    form = CommentForm(data={"text": unseal(plan.vault, comment, "text")})
    return _edit_page(request, plan, goal, comment, form)


@router.post("/comments/{comment_id}/change")
async def change_comment(request: Request, plan: Plan, goal_id: UUID, comment_id: UUID) -> Response:
    goal, data = await find_goal(plan, goal_id), await posted(request)
    comment, form = await find_comment(plan, goal, comment_id), CommentForm(data)
    return await save(
        form,
        lambda: operations.change(plan, comment, seen_revision(data), form.text.data or ""),
        lambda status, conflict: _edit_page(request, plan, goal, comment, form, status, conflict),
        *(_goal_url(plan, goal), "saved"),
    )


@router.get("/comments/{comment_id}/remove")
async def ask_about_comment(request: Request, plan: Plan, goal_id: UUID, comment_id: UUID) -> Response:
    goal = await find_goal(plan, goal_id)
    comment = await find_comment(plan, goal, comment_id)
    operations.demand_delete(plan, comment)
    return render_room(
        *(request, plan, "goals/remove.html", "goals"),
        heading=_("Vil du slette kommentaren?"),
        title=unseal(plan.vault, comment, "text"),
        consequences=[_("Ingen ser den lenger. Du kan hente den tilbake igjen med «Angre».")],
        cancel_url=_goal_url(plan, goal),
        seen=comment.revision,
    )


@router.post("/comments/{comment_id}/remove")
async def remove_comment(plan: Plan, goal_id: UUID, comment_id: UUID) -> Response:
    goal = await find_goal(plan, goal_id)
    await operations.delete(plan, await find_comment(plan, goal, comment_id))
    return go(f"{_goal_url(plan, goal)}?undo=comment:{comment_id}", "deleted")


@router.post("/comments/{comment_id}/restore")
async def restore_comment(plan: Plan, goal_id: UUID, comment_id: UUID) -> Response:
    goal = await find_goal(plan, goal_id)
    await operations.restore(plan, await find_comment(plan, goal, comment_id, deleted=True))
    return go(_goal_url(plan, goal), "restored")


def _goal_url(plan: OpenPlan, goal: Goal) -> str:
    return f"{address(plan)}/goals/{goal.id}"


def _edit_page(
    request: Request,
    plan: OpenPlan,
    goal: Goal,
    comment: Comment,
    form: CommentForm,
    status: int = 200,
    conflict: bool = False,
) -> Response:
    now = words_now(plan, comment, "text") if conflict else None
    return _form_page(request, plan, goal, form, _("Endre kommentaren"), status, seen=comment.revision, conflict=now)


def _form_page(
    request: Request,
    plan: OpenPlan,
    about: Goal | Activity,
    form: CommentForm,
    heading: str,
    status: int = 200,
    **more: Any,
) -> Response:
    goal_id = about.goal_id if isinstance(about, Activity) else about.id
    url = f"{address(plan)}/goals/{goal_id}"
    context = {"seen": None, "conflict": None} | more
    return render_room(
        *(request, plan, "goals/comment_form.html", "goals"),
        status=status,
        form=form,
        heading=heading,
        cancel_url=url,
        about={"title": unseal(plan.vault, about, "title"), "url": url},
        **context,
    )
