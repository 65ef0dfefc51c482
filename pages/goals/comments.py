"""Comments on goals and their activities (F72, F73)."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import comments as operations
from models.plans.operations.demands import demand_delete
from models.plans.operations.drafts import drop_draft
from models.plans.proof import OpenPlan
from models.plans.queries import items
from models.plans.tables.goals import Activity, Comment, Goal
from models.refusals import Invalid
from models.rights import Element, Level
from pages.drafts import FoundDraft
from pages.forms import posted, seen_revision
from pages.goals.forms import CommentForm
from pages.goals.found import Plan, TheActivity, TheComment, TheGoal
from pages.goals.routes import comment_place, goal_page
from pages.plans.room import goal_address
from pages.plans.saving import FormPage, ask, draft_here, name_of, texts_of, with_undo
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/goals/{goal_id}")


@router.post("/comments")
async def comment_on_goal(request: Request, plan: Plan, goal: TheGoal) -> Response:
    """The form stands on the goal's own page, so that is what is shown again."""
    plan.demand(Element.COMMENTS, Level.NEW, parent=goal)
    form = CommentForm(await posted(request))
    if not form.validate():
        return await goal_page(request, plan, goal.id, form, 400)
    try:
        comment = await operations.add(plan, goal, form.text.data or "")
    except Invalid as invalid:
        form.refuse(invalid)
        return await goal_page(request, plan, goal.id, form, 400)
    await drop_draft(plan, comment_place(goal.id))
    return go(with_undo(f"{goal_address(plan, goal.id)}#comment-{comment.id}", comment), "added")


@router.get("/activities/{activity_id}/comments/new")
async def new_comment(request: Request, plan: Plan, activity: TheActivity) -> Response:
    draft = await draft_here(request, plan)
    return _page(request, plan, activity, CommentForm(draft and draft.typed), _("Ny kommentar"), draft=draft).show()


@router.post("/activities/{activity_id}/comments/new")
async def comment_on_activity(request: Request, plan: Plan, activity: TheActivity) -> Response:
    form = CommentForm(await posted(request))
    page = _page(request, plan, activity, form, _("Ny kommentar"))
    return await page.save(lambda: operations.add(plan, activity, form.text.data or ""), "added")


@router.get("/comments/{comment_id}/change")
async def edit_comment(request: Request, plan: Plan, goal: TheGoal, comment: TheComment) -> Response:
    draft = await draft_here(request, plan)
    form = CommentForm(draft and draft.typed, data=texts_of(plan, comment))
    return _page(request, plan, goal, form, _("Endre kommentaren"), comment, draft).show()


@router.post("/comments/{comment_id}/change")
async def change_comment(request: Request, plan: Plan, goal: TheGoal, comment: TheComment) -> Response:
    data = await posted(request)
    form = CommentForm(data)
    page = _page(request, plan, goal, form, _("Endre kommentaren"), comment)
    return await page.save(lambda: operations.change(plan, comment, seen_revision(data), form.text.data or ""), "saved")


@router.get("/comments/{comment_id}/remove")
async def ask_about_comment(request: Request, plan: Plan, goal: TheGoal, comment: TheComment) -> Response:
    demand_delete(plan, comment)
    consequences = [_("Ingen ser den lenger. Du kan hente den tilbake igjen med «Angre».")]
    return ask(
        request, plan, "goals", comment, _("Vil du slette kommentaren?"), consequences, goal_address(plan, goal.id)
    )


@router.post("/comments/{comment_id}/remove")
async def remove_comment(plan: Plan, goal: TheGoal, comment: TheComment) -> Response:
    await operations.delete(plan, comment)
    return go(with_undo(goal_address(plan, goal.id), comment), "deleted")


@router.post("/comments/{comment_id}/restore")
async def restore_comment(plan: Plan, goal: TheGoal, comment_id: UUID) -> Response:
    await operations.restore(plan, await items.find_comment(plan, goal, comment_id, deleted=True))
    return go(goal_address(plan, goal.id), "restored")


def _page(
    request: Request,
    plan: OpenPlan,
    about: Goal | Activity,
    form: CommentForm,
    heading: str,
    comment: Comment | None = None,
    draft: FoundDraft | None = None,
) -> FormPage:
    """Nobody is shown the form, filled in or not, who may not save it."""
    if comment:
        plan.demand_author(comment, comment.author_id)
    else:
        plan.demand(Element.COMMENTS, Level.NEW, parent=about)
    back = goal_address(plan, about.goal_id if isinstance(about, Activity) else about.id)
    more = {"about": {"title": name_of(plan, about), "url": back}}
    return FormPage(request, plan, "goals", "goals/comment_form.html", form, heading, back, comment, more, draft)
