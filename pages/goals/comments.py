"""Comments on goals and their activities (F72, F73)."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import comments as operations
from models.plans.operations.demands import demand_delete, demand_living
from models.plans.operations.drafts import drop_draft
from models.plans.proof import OpenPlan
from models.plans.queries.items import is_kept
from models.plans.tables.goals import Activity, Comment, Goal
from models.refusals import Invalid
from models.rights import Element, Level
from pages.drafts import FoundDraft
from pages.forms import posted, seen_revision
from pages.goals.forms import CommentForm
from pages.goals.found import Plan, TheActivity, TheComment, TheGoal
from pages.goals.routes import comment_place, goal_page
from pages.plans.once import id_of
from pages.plans.room import goal_address
from pages.plans.saving import FormPage, Question, draft_here, name_of, texts_of, with_undo
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/goals/{goal_id}")


@router.post("/comments")
async def comment_on_goal(request: Request, plan: Plan, goal: TheGoal) -> Response:
    """The form stands on the goal's own page, so that is what is shown again."""
    plan.demand(Element.COMMENTS, Level.NEW, parent=goal)
    form = CommentForm(await posted(request))
    if not form.validate():
        return await goal_page(request, plan, goal.id, form, 400)
    new_id = id_of(plan, comment_place(goal.id), form)
    if await is_kept(plan, new_id):
        return go(f"{goal_address(plan, goal.id)}#comment-{new_id}", "added")
    try:
        comment = await operations.add(plan, goal, form.text.data or "", new_id=new_id)
    except Invalid as invalid:
        form.refuse(invalid)
        return await goal_page(request, plan, goal.id, form, 400)
    await drop_draft(plan, comment_place(goal.id))
    return go(with_undo(f"{goal_address(plan, goal.id)}#comment-{comment.id}", comment), "added")


@router.get("/activities/{activity_id}/comments/new")
async def new_comment(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    draft = await draft_here(request, plan)
    form = CommentForm(draft and draft.typed)
    return _page(request, plan, goal, form, _("Ny kommentar"), activity, draft=draft).show()


@router.post("/activities/{activity_id}/comments/new")
async def comment_on_activity(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    form = CommentForm(await posted(request))
    page = _page(request, plan, goal, form, _("Ny kommentar"), activity)
    return await page.save(lambda: operations.add(plan, activity, form.text.data or "", new_id=page.new_id), "added")


@router.get("/comments/{comment_id}/change")
async def edit_comment(request: Request, plan: Plan, goal: TheGoal, comment: TheComment) -> Response:
    draft = await draft_here(request, plan)
    form = CommentForm(draft and draft.typed, data=texts_of(plan, comment))
    return _page(request, plan, goal, form, _("Endre kommentaren"), comment=comment, draft=draft).show()


@router.post("/comments/{comment_id}/change")
async def change_comment(request: Request, plan: Plan, goal: TheGoal, comment: TheComment) -> Response:
    data = await posted(request)
    form = CommentForm(data)
    page = _page(request, plan, goal, form, _("Endre kommentaren"), comment=comment)
    return await page.save(lambda: operations.change(plan, comment, seen_revision(data), form.text.data or ""), "saved")


@router.get("/comments/{comment_id}/remove")
async def ask_about_comment(request: Request, plan: Plan, goal: TheGoal, comment: TheComment) -> Response:
    demand_delete(plan, comment)
    return _question(request, plan, goal, comment).show()


@router.post("/comments/{comment_id}/remove")
async def remove_comment(request: Request, plan: Plan, goal: TheGoal, comment: TheComment) -> Response:
    seen = seen_revision(await posted(request))
    return await _question(request, plan, goal, comment).answer(lambda: operations.delete(plan, comment, seen))


def _question(request: Request, plan: OpenPlan, goal: Goal, comment: Comment) -> Question:
    consequences = [_("Ingen ser den lenger. Du kan hente den tilbake igjen med «Angre».")]
    back = goal_address(plan, goal.id)
    return Question(request, plan, "goals", comment, _("Vil du slette kommentaren?"), consequences, back)


def _page(
    request: Request,
    plan: OpenPlan,
    goal: Goal,
    form: CommentForm,
    heading: str,
    activity: Activity | None = None,
    comment: Comment | None = None,
    draft: FoundDraft | None = None,
) -> FormPage:
    """Nobody is shown the form, filled in or not, who may not save it."""
    if comment:
        plan.demand_author(comment, comment.author_id)
    else:
        plan.demand(Element.COMMENTS, Level.NEW, parent=activity or goal)
    demand_living(plan, goal)
    back = goal_address(plan, goal.id)
    more = {"about": {"title": name_of(plan, activity or goal), "url": back}}
    return FormPage(request, plan, "goals", "goals/comment_form.html", form, heading, back, comment, more, draft)
