"""Where a look back is written, changed and taken away (F209, F83)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import N_, _
from models.labels import label
from models.plans.operations import evaluations as operations
from models.plans.operations.demands import demand_change, demand_delete, demand_living, demand_new, demand_reporter
from models.plans.proof import OpenPlan
from models.plans.queries import goals as goal_queries
from models.plans.queries.audience import kept_from_readers
from models.plans.queries.evaluations import my_last_day
from models.plans.rules.evaluations import days_to_look_back_on, year_to_report
from models.plans.rules.words import EvaluationKind
from models.plans.tables import kinds
from models.plans.tables.goals import Goal
from models.plans.tables.together import Evaluation
from models.rights import Element, Role
from pages.drafts import FoundDraft
from pages.evaluation.forms import FORMS, GoalForm, PeriodForm, ReflectionForm, YearlyForm
from pages.evaluation.found import ROOM, Plan, TheEvaluation, TheGoal
from pages.evaluation.views import beginning
from pages.forms import posted, seen_revision
from pages.plans.room import address
from pages.plans.saving import FormPage, Question, draft_here, name_of, texts_of

router = APIRouter(prefix="/plans/{plan_id}/evaluation")
HEADINGS = {
    EvaluationKind.REFLECTION: N_("Fortell hvordan det har gått"),
    EvaluationKind.GOAL: N_("Evaluer målet"),
    EvaluationKind.YEARLY: N_("Ny årsrapport"),
}
CHANGED = {
    EvaluationKind.REFLECTION: N_("Endre det du skrev"),
    EvaluationKind.GOAL: N_("Endre evalueringen"),
    EvaluationKind.YEARLY: N_("Endre årsrapporten"),
}


@router.get("/new")
async def new_reflection(request: Request, plan: Plan) -> Response:
    demand_new(plan, kinds.EVALUATION)
    days = days_to_look_back_on(await my_last_day(plan, EvaluationKind.REFLECTION), plan.today)
    draft = await draft_here(request, plan)
    form = ReflectionForm(draft and draft.typed, data=_period(days))
    return _page(request, plan, EvaluationKind.REFLECTION, form, draft=draft).show()


@router.post("/new")
async def add_reflection(request: Request, plan: Plan) -> Response:
    demand_new(plan, kinds.EVALUATION)
    form = ReflectionForm(await posted(request))
    page = _page(request, plan, EvaluationKind.REFLECTION, form)
    return await page.save(lambda: operations.reflect(plan, form.content(), page.new_id), "added")


@router.get("/yearly/new")
async def new_report(request: Request, plan: Plan) -> Response:
    demand_reporter(plan)
    draft = await draft_here(request, plan)
    proposed = _period(year_to_report(plan.kind, plan.today)) | {"text": await _beginning(plan)}
    form = YearlyForm(draft and draft.typed, data=proposed)
    return _page(request, plan, EvaluationKind.YEARLY, form, draft=draft).show()


@router.post("/yearly/new")
async def add_report(request: Request, plan: Plan) -> Response:
    demand_reporter(plan)
    form = YearlyForm(await posted(request))
    page = _page(request, plan, EvaluationKind.YEARLY, form)
    return await page.save(lambda: operations.report(plan, form.content(), page.new_id), "added")


@router.get("/goals/{goal_id}/new")
async def new_evaluation(request: Request, plan: Plan, goal: TheGoal) -> Response:
    _demand_goal(plan, goal)
    days = days_to_look_back_on(await my_last_day(plan, EvaluationKind.GOAL, goal.id), plan.today)
    draft = await draft_here(request, plan)
    form = GoalForm(draft and draft.typed, data=_period(days))
    return _page(request, plan, EvaluationKind.GOAL, form, goal=goal, draft=draft).show()


@router.post("/goals/{goal_id}/new")
async def add_evaluation(request: Request, plan: Plan, goal: TheGoal) -> Response:
    _demand_goal(plan, goal)
    form = GoalForm(await posted(request))
    page = _page(request, plan, EvaluationKind.GOAL, form, goal=goal)
    return await page.save(lambda: operations.evaluate(plan, goal, form.content(), page.new_id), "added")


@router.get("/{evaluation_id}/change")
async def edit_evaluation(request: Request, plan: Plan, evaluation: TheEvaluation) -> Response:
    demand_change(plan, evaluation)
    draft = await draft_here(request, plan)
    form = FORMS[evaluation.kind](draft and draft.typed, data=_written(plan, evaluation))
    return (await _change_page(request, plan, evaluation, form, draft)).show()


@router.post("/{evaluation_id}/change")
async def change_evaluation(request: Request, plan: Plan, evaluation: TheEvaluation) -> Response:
    demand_change(plan, evaluation)
    data = await posted(request)
    form = FORMS[evaluation.kind](data)
    page = await _change_page(request, plan, evaluation, form)
    seen = seen_revision(data)
    return await page.save(lambda: operations.change(plan, evaluation, seen, form.content()), "saved")


@router.get("/{evaluation_id}/remove")
async def ask_about_evaluation(request: Request, plan: Plan, evaluation: TheEvaluation) -> Response:
    demand_delete(plan, evaluation)
    return _question(request, plan, evaluation).show()


@router.post("/{evaluation_id}/remove")
async def remove_evaluation(request: Request, plan: Plan, evaluation: TheEvaluation) -> Response:
    seen = seen_revision(await posted(request))
    return await _question(request, plan, evaluation).answer(lambda: operations.delete(plan, evaluation, seen))


def _question(request: Request, plan: OpenPlan, evaluation: Evaluation) -> Question:
    gone = [_("Ingen ser det lenger."), _("Du kan hente det tilbake igjen med «Angre».")]
    asked = _("Vil du slette det som står her?")
    title = label(evaluation.kind)
    return Question(request, plan, ROOM, evaluation, asked, gone, f"{address(plan)}/evaluation", title=title)


async def _beginning(plan: OpenPlan) -> str:
    """Of goals that some readers of the report may not see, nothing is put into it unasked."""
    goals = await goal_queries.goals(plan)
    hidden = await kept_from_readers(plan, Element.EVALUATION, [goal.id for goal in goals])
    return beginning([goal for goal in goals if goal.id not in hidden])


def _demand_goal(plan: OpenPlan, goal: Goal) -> None:
    demand_new(plan, kinds.EVALUATION, goal)
    demand_living(plan, goal)


def _period(days: tuple[date, date]) -> dict[str, Any]:
    return {"period_from": days[0], "period_to": days[1]}


def _written(plan: OpenPlan, one: Evaluation) -> Mapping[str, Any]:
    rating = "" if one.rating is None else str(one.rating)
    return texts_of(plan, one) | _period((one.period_from, one.period_to)) | {"rating": rating}


async def _change_page(
    request: Request, plan: OpenPlan, one: Evaluation, form: PeriodForm, draft: FoundDraft | None = None
) -> FormPage:
    goal = await plan.session.get(Goal, one.goal_id) if one.goal_id else None
    if goal:
        demand_living(plan, goal)
    return _page(request, plan, one.kind, form, goal=goal, item=one, draft=draft)


def _page(
    request: Request,
    plan: OpenPlan,
    kind: EvaluationKind,
    form: PeriodForm,
    *,
    goal: Goal | None = None,
    item: Evaluation | None = None,
    draft: FoundDraft | None = None,
) -> FormPage:
    heading = _(CHANGED[kind] if item else HEADINGS[kind])
    back = f"{address(plan)}/evaluation" + (f"/goals/{goal.id}" if goal else "")
    on_behalf = kind is EvaluationKind.REFLECTION and plan.role is not Role.OWNER
    more = {"goal_title": name_of(plan, goal) if goal else None, "on_behalf": on_behalf}
    return FormPage(request, plan, ROOM, "evaluation/form.html", form, heading, back, item, more, draft)
