"""«Ble ikke gjort» (N8): on the goal's page, and where it is said, taken back and answered."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from models.i18n import N_, _
from models.plans.operations import promises as operations
from models.plans.operations.demands import demand_living, demand_owner_side, owner_side
from models.plans.proof import OpenPlan
from models.plans.queries.people import people
from models.plans.queries.promises import Promise, promises_of
from models.plans.rules.promises import NOTE, may_be_missed
from models.plans.rules.words import PlanState
from models.plans.tables.goals import Activity, Goal
from models.rights import Element, Level, Role
from pages.forms import HouseForm, posted, seen_revision
from pages.goals.found import Plan, TheActivity, TheGoal
from pages.goals.views import Shelf
from pages.plans.owner import owner_card
from pages.plans.room import goal_address
from pages.plans.saving import FormPage, draft_here, name_of

router = APIRouter(prefix="/plans/{plan_id}/goals/{goal_id}/activities/{activity_id}/missed")


class MissedForm(HouseForm):
    missed_note = TextAreaField(
        N_("Vil du fortelle hva som skjedde?"),
        description=N_("Alle som kan lese aktiviteten, ser det du skriver."),
        render_kw={"rows": 4, "maxlength": NOTE},
    )


class AnswerForm(HouseForm):
    text = TextAreaField(
        N_("Svar"),
        [DataRequired(N_("Skriv et svar."))],
        description=N_("Svaret blir en kommentar til aktiviteten."),
        render_kw={"rows": 4},
    )


@router.get("")
async def tell(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    draft = await draft_here(request, plan)
    return (await _missed_page(request, plan, goal, activity, MissedForm(draft and draft.typed))).show()


@router.post("")
async def mark_missed(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    data = await posted(request)
    form = MissedForm(data)
    page = await _missed_page(request, plan, goal, activity, form)
    note = form.missed_note.data or ""
    return await page.save(lambda: operations.mark_missed(plan, activity, seen_revision(data), note), "missed-told")


@router.get("/back")
async def ask_to_take_back(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    return _back_page(request, plan, goal, activity).show()


@router.post("/back")
async def take_back(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    seen = seen_revision(await posted(request))
    page = _back_page(request, plan, goal, activity)
    return await page.save(lambda: operations.take_back(plan, activity, seen), "missed-taken-back")


@router.get("/answer")
async def write_answer(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    draft = await draft_here(request, plan)
    return (await _answer_page(request, plan, goal, activity, AnswerForm(draft and draft.typed))).show()


@router.post("/answer")
async def answer(request: Request, plan: Plan, goal: TheGoal, activity: TheActivity) -> Response:
    data = await posted(request)
    form = AnswerForm(data)
    page = await _answer_page(request, plan, goal, activity, form)
    text = form.text.data or ""
    return await page.save(lambda: operations.answer(plan, activity, seen_revision(data), text), "missed-answered")


async def promised(shelf: Shelf, goal_id: UUID, *, living: bool) -> Mapping[UUID, dict[str, Any]]:
    """For each activity of the goal: the mark, if it has one, and what the viewer may do about it."""
    found = await promises_of(shelf.plan, goal_id)
    return {activity_id: _about(shelf, one, living) for activity_id, one in found.items()}


def mark(shelf: Shelf, promise: Promise) -> dict[str, Any] | None:
    """That it was not done: when, who said so, and their words."""
    if promise.missed is None:
        return None
    by = shelf.name(promise.missed.by)
    owner = owner_card(shelf.plan, shelf.everybody)["name"]
    return {
        "at": promise.missed.at,
        "name": by.name if by else "",
        "role": by.role if by else "",
        "on_behalf_of": owner if by and by.speaks_for_owner else None,
        "note": promise.missed.note,
    }


def _about(shelf: Shelf, promise: Promise, living: bool) -> dict[str, Any]:
    plan = shelf.plan
    mine = owner_side(plan) if living and plan.state is not PlanState.INACTIVE else None
    is_said, may_change = promise.missed is not None, living and plan.allows(Element.ACTIVITIES, Level.CHANGE, promise)
    said_by = promise.missed.by if promise.missed else None
    may_be_said = not is_said and may_be_missed(promise.status, promise.due_on, plan.today)
    return {
        "url": f"{goal_address(plan, promise.goal_id)}/activities/{promise.id}/missed",
        "title": promise.title,
        "mark": mark(shelf, promise),
        "may_tell": mine is not None and may_be_said,
        "may_take_back": bool(is_said and mine and (mine.role is Role.OWNER or mine.participant_id == said_by)),
        "may_answer": is_said and may_change and plan.role is Role.COORDINATOR,
    }


async def _missed_page(request: Request, plan: OpenPlan, goal: Goal, activity: Activity, form: MissedForm) -> FormPage:
    mine = demand_owner_side(plan, activity)
    owner = owner_card(plan, await people(plan))["name"] if mine.role is not Role.OWNER else None
    more = {"on_behalf_of": owner}
    return _page(request, plan, goal, activity, form, _("Ble dette ikke gjort?"), "goals/missed_form.html", more)


def _back_page(request: Request, plan: OpenPlan, goal: Goal, activity: Activity) -> FormPage:
    demand_owner_side(plan, activity)
    heading = _("Vil du ta tilbake at dette ikke ble gjort?")
    return _page(request, plan, goal, activity, HouseForm(), heading, "goals/missed_back.html", {})


async def _answer_page(request: Request, plan: OpenPlan, goal: Goal, activity: Activity, form: AnswerForm) -> FormPage:
    plan.demand_coordinator()
    plan.demand(Element.ACTIVITIES, Level.CHANGE, activity)
    promise = (await promises_of(plan, goal.id))[activity.id]
    more = {"mark": mark(Shelf(plan, await people(plan), None), promise)}
    heading = _("Svar på at dette ikke ble gjort")
    return _page(request, plan, goal, activity, form, heading, "goals/missed_answer.html", more)


def _page(
    request: Request,
    plan: OpenPlan,
    goal: Goal,
    activity: Activity,
    form: HouseForm,
    heading: str,
    template: str,
    more: Mapping[str, Any],
) -> FormPage:
    demand_living(plan, goal)
    back = f"{goal_address(plan, goal.id)}#activity-{activity.id}"
    about = {"activity": {"title": name_of(plan, activity), "url": back}}
    return FormPage(request, plan, "goals", template, form, heading, back, activity, {**more, **about})
