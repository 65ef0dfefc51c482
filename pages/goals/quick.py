"""One press on the goal's own page: how far it has come, and where an activity stands (F78)."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import activities, goals
from models.plans.operations.demands import demand_living
from models.plans.proof import OpenPlan
from models.plans.rules.words import ActivityStatus
from models.plans.tables.goals import Activity, Goal
from models.refusals import Conflict, Invalid
from models.rights import Element, Level
from pages.forms import posted, seen_revision
from pages.goals.forms import CancelForm, CommentForm, ProgressForm
from pages.goals.found import Plan, TheActivity, TheGoal
from pages.goals.routes import goal_page
from pages.plans.room import goal_address
from pages.plans.saving import FormPage, name_of, with_undo
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/goals/{goal_id}")


@router.post("/progress")
async def set_progress(request: Request, plan: Plan, goal: TheGoal) -> Response:
    plan.demand(Element.GOALS, Level.CHANGE, goal)
    data = await posted(request)
    form, seen = ProgressForm(data), seen_revision(data)
    if not form.validate():
        return await goal_page(request, plan, goal.id, CommentForm(), 400, progress=form)
    try:
        operation = goals.change_progress
        return await _pressed(request, plan, goal, goal, lambda: operation(plan, goal, seen, form.progress.data or 0))
    except Invalid as invalid:
        form.refuse(invalid)
        return await goal_page(request, plan, goal.id, CommentForm(), 400, progress=form)


@router.post("/activities/{activity_id}/status")
async def set_status(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    data = await posted(request)
    status, seen = _status(str(data.get("status", ""))), seen_revision(data)
    return await _pressed(request, plan, goal, activity, lambda: activities.change_status(plan, activity, seen, status))


def _status(sent: str) -> ActivityStatus:
    try:
        return ActivityStatus(sent)
    except ValueError:
        raise Invalid(status=_("Velg noe fra listen.")) from None


async def _pressed(
    request: Request, plan: OpenPlan, goal: Goal, item: Goal | Activity, operation: Callable[[], Awaitable[None]]
) -> Response:
    """Back to where the button stood; or the page as it is now, when somebody else was first."""
    before = item.revision
    try:
        await operation()
    except Conflict:
        return await goal_page(request, plan, goal.id, CommentForm(), 409)
    place = f"#activity-{item.id}" if isinstance(item, Activity) else "#goal"
    back = goal_address(plan, goal.id) + place
    return go(with_undo(back, item) if item.revision != before else back, "saved")


@router.get("/activities/{activity_id}/cancel")
async def ask_why(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    return _cancelling(request, plan, goal, activity, CancelForm()).show()


@router.post("/activities/{activity_id}/cancel")
async def cancel(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    data = await posted(request)
    form, seen, status = CancelForm(data), seen_revision(data), ActivityStatus.CANCELLED
    page = _cancelling(request, plan, goal, activity, form)
    operation = activities.change_status
    return await page.save(lambda: operation(plan, activity, seen, status, form.cancel_reason.data or ""), "saved")


def _cancelling(request: Request, plan: OpenPlan, goal: Goal, activity: Activity, form: CancelForm) -> FormPage:
    plan.demand(Element.ACTIVITIES, Level.CHANGE, activity)
    demand_living(plan, goal)
    back = f"{goal_address(plan, goal.id)}#activity-{activity.id}"
    more = {"activity": {"title": name_of(plan, activity), "url": back}}
    heading = _("Avlys aktiviteten")
    return FormPage(request, plan, "goals", "goals/cancel_form.html", form, heading, back, activity, more)
