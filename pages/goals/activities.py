"""Activities under a goal (F71)."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.base import unseal
from models.i18n import _
from models.plans.operations import activities as operations
from models.plans.proof import OpenPlan
from models.plans.queries.items import find_activity, find_goal
from models.plans.queries.people import Somebody, people
from models.plans.tables.goals import Activity, Goal
from models.rights import Element, Level
from pages.forms import posted, seen_revision
from pages.goals.forms import ActivityForm
from pages.goals.saving import save, words_now
from pages.plans.room import GoalsPlan, address, render_room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/goals/{goal_id}/activities")
Plan = Annotated[OpenPlan, GoalsPlan]


@router.get("/new")
async def new_activity(request: Request, plan: Plan, goal_id: UUID) -> Response:
    goal = await find_goal(plan, goal_id)
    plan.demand(Element.ACTIVITIES, Level.NEW, parent=goal)
    return _form_page(request, plan, goal, ActivityForm(await people(plan)), _("Ny aktivitet"))


@router.post("/new")
async def add_activity(request: Request, plan: Plan, goal_id: UUID) -> Response:
    goal, form = await find_goal(plan, goal_id), ActivityForm(await people(plan), await posted(request))
    return await save(
        form,
        lambda: operations.add(plan, goal, form.content()),
        lambda status, _conflict: _form_page(request, plan, goal, form, _("Ny aktivitet"), status),
        *(_goal_url(plan, goal), "added"),
    )


@router.get("/{activity_id}/change")
async def edit_activity(request: Request, plan: Plan, goal_id: UUID, activity_id: UUID) -> Response:
    goal = await find_goal(plan, goal_id)
    activity = await find_activity(plan, goal, activity_id)
    plan.demand(Element.ACTIVITIES, Level.CHANGE, activity)
    form = ActivityForm(await _choosable(plan, activity), data=_written(plan, activity))
    return _edit_page(request, plan, goal, activity, form)


@router.post("/{activity_id}/change")
async def change_activity(request: Request, plan: Plan, goal_id: UUID, activity_id: UUID) -> Response:
    goal, data = await find_goal(plan, goal_id), await posted(request)
    activity = await find_activity(plan, goal, activity_id)
    form = ActivityForm(await _choosable(plan, activity), data)
    return await save(
        form,
        lambda: operations.change(plan, activity, seen_revision(data), form.content()),
        lambda status, conflict: _edit_page(request, plan, goal, activity, form, status, conflict),
        *(_goal_url(plan, goal), "saved"),
    )


@router.get("/{activity_id}/remove")
async def ask_about_activity(request: Request, plan: Plan, goal_id: UUID, activity_id: UUID) -> Response:
    goal = await find_goal(plan, goal_id)
    activity = await find_activity(plan, goal, activity_id)
    plan.demand(Element.ACTIVITIES, Level.DELETE, activity)
    return render_room(
        *(request, plan, "goals/remove.html", "goals"),
        heading=_("Vil du slette aktiviteten?"),
        title=unseal(plan.vault, activity, "title"),
        consequences=[
            _("Kommentarene til aktiviteten følger med."),
            _("Du kan hente den tilbake igjen med «Angre»."),
        ],
        cancel_url=_goal_url(plan, goal),
        seen=activity.revision,
    )


@router.post("/{activity_id}/remove")
async def remove_activity(plan: Plan, goal_id: UUID, activity_id: UUID) -> Response:
    goal = await find_goal(plan, goal_id)
    await operations.delete(plan, await find_activity(plan, goal, activity_id))
    return go(f"{_goal_url(plan, goal)}?undo=activity:{activity_id}", "deleted")


@router.post("/{activity_id}/restore")
async def restore_activity(plan: Plan, goal_id: UUID, activity_id: UUID) -> Response:
    goal = await find_goal(plan, goal_id)
    await operations.restore(plan, await find_activity(plan, goal, activity_id, deleted=True))
    return go(_goal_url(plan, goal), "restored")


def _goal_url(plan: OpenPlan, goal: Goal) -> str:
    return f"{address(plan)}/goals/{goal.id}"


async def _choosable(plan: OpenPlan, activity: Activity) -> list[Somebody]:
    """Those who take part now, and whoever is responsible already."""
    everybody = await people(plan)
    return [one for one in everybody if one.taking_part or one.participant_id == activity.responsible_id]


def _written(plan: OpenPlan, activity: Activity) -> dict[str, Any]:
    texts = {name: unseal(plan.vault, activity, name) for name in ("title", "description", "extent")}
    days = {"starts_on": activity.starts_on, "due_on": activity.due_on}
    return texts | days | {"status": activity.status, "responsible_id": str(activity.responsible_id or "")}


def _edit_page(
    request: Request,
    plan: OpenPlan,
    goal: Goal,
    activity: Activity,
    form: ActivityForm,
    status: int = 200,
    conflict: bool = False,
) -> Response:
    now = words_now(plan, activity, "title", "description", "extent") if conflict else None
    heading = _("Endre aktiviteten")
    return _form_page(request, plan, goal, form, heading, status, seen=activity.revision, conflict=now)


def _form_page(
    request: Request, plan: OpenPlan, goal: Goal, form: ActivityForm, heading: str, status: int = 200, **more: Any
) -> Response:
    context = {"seen": None, "conflict": None} | more
    url = _goal_url(plan, goal)
    return render_room(
        *(request, plan, "goals/activity_form.html", "goals"),
        status=status,
        form=form,
        heading=heading,
        cancel_url=url,
        goal={"title": unseal(plan.vault, goal, "title"), "url": url},
        **context,
    )
