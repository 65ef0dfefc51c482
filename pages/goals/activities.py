"""Activities under a goal (F71)."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import activities as operations
from models.plans.operations.demands import demand_living
from models.plans.proof import OpenPlan
from models.plans.queries.people import Somebody, choosable
from models.plans.tables.goals import Activity, Goal
from models.rights import Element, Level
from pages.drafts import FoundDraft
from pages.forms import posted, seen_revision
from pages.goals.forms import ActivityForm, NewActivityForm
from pages.goals.found import Plan, TheActivity, TheGoal
from pages.plans.room import goal_address
from pages.plans.saving import FormPage, Question, draft_here, name_of, texts_of

router = APIRouter(prefix="/plans/{plan_id}/goals/{goal_id}/activities")


@router.get("/new")
async def new_activity(request: Request, plan: Plan, goal: TheGoal) -> Response:
    draft = await draft_here(request, plan)
    form = NewActivityForm(await choosable(plan), draft and draft.typed)
    return _page(request, plan, goal, form, _("Ny aktivitet"), draft=draft).show()


@router.post("/new")
async def add_activity(request: Request, plan: Plan, goal: TheGoal) -> Response:
    form = NewActivityForm(await choosable(plan), await posted(request))
    page = _page(request, plan, goal, form, _("Ny aktivitet"))
    return await page.save(lambda: operations.add(plan, goal, form.content(), new_id=page.new_id), "added")


@router.get("/{activity_id}/change")
async def edit_activity(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    draft = await draft_here(request, plan)
    form = ActivityForm(await _choosable(plan, activity), draft and draft.typed, data=_written(plan, activity))
    return _page(request, plan, goal, form, _("Endre aktiviteten"), activity, draft).show()


@router.post("/{activity_id}/change")
async def change_activity(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    data = await posted(request)
    form = ActivityForm(await _choosable(plan, activity), data)
    page = _page(request, plan, goal, form, _("Endre aktiviteten"), activity)
    return await page.save(lambda: operations.change(plan, activity, seen_revision(data), form.content()), "saved")


@router.get("/{activity_id}/remove")
async def ask_about_activity(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    plan.demand(Element.ACTIVITIES, Level.DELETE, activity)
    return _question(request, plan, goal, activity).show()


@router.post("/{activity_id}/remove")
async def remove_activity(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    seen = seen_revision(await posted(request))
    return await _question(request, plan, goal, activity).answer(lambda: operations.delete(plan, activity, seen))


def _question(request: Request, plan: OpenPlan, goal: Goal, activity: Activity) -> Question:
    consequences = [_("Kommentarene til aktiviteten følger med."), _("Du kan hente den tilbake igjen med «Angre».")]
    back = goal_address(plan, goal.id)
    return Question(request, plan, "goals", activity, _("Vil du slette aktiviteten?"), consequences, back)


async def _choosable(plan: OpenPlan, activity: Activity) -> list[Somebody]:
    """Those who take part now, and whoever is responsible already."""
    return await choosable(plan, activity.responsible_id)


def _written(plan: OpenPlan, activity: Activity) -> dict[str, Any]:
    days = {"starts_on": activity.starts_on, "due_on": activity.due_on}
    facts = {"status": activity.status, "responsible_id": str(activity.responsible_id or "")}
    return texts_of(plan, activity) | days | facts


def _page(
    request: Request,
    plan: OpenPlan,
    goal: Goal,
    form: ActivityForm,
    heading: str,
    activity: Activity | None = None,
    draft: FoundDraft | None = None,
) -> FormPage:
    """Nobody is shown the form, filled in or not, who may not save it."""
    if activity:
        plan.demand(Element.ACTIVITIES, Level.CHANGE, activity)
    else:
        plan.demand(Element.ACTIVITIES, Level.NEW, parent=goal)
    demand_living(plan, goal)
    back = goal_address(plan, goal.id)
    more = {"goal": {"title": name_of(plan, goal), "url": back}}
    return FormPage(request, plan, "goals", "goals/activity_form.html", form, heading, back, activity, more, draft)
