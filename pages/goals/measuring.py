"""What is measured of a goal, the measurements, and the owner's own check-in (N24)."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import measurements as operations
from models.plans.operations.demands import (
    demand_change,
    demand_delete,
    demand_living,
    demand_measurer,
    demand_owner_side,
)
from models.plans.operations.measurements import Point
from models.plans.proof import OpenPlan
from models.plans.queries.measurements import find_measurement
from models.plans.queries.people import Somebody, choosable, people
from models.plans.rules.words import MeasureKind
from models.plans.tables.goals import Goal, Measurement
from models.rights import Element, Level, Role
from pages.drafts import FoundDraft
from pages.forms import HouseForm, posted, seen_revision
from pages.goals.found import Plan, TheGoal
from pages.goals.measured import scale_words
from pages.goals.measuring_forms import CheckInForm, MeasureForm, MeasurementForm
from pages.plans.owner import owner_card
from pages.plans.room import goal_address
from pages.plans.saving import FormPage, Question, draft_here, name_of, texts_of

router = APIRouter(prefix="/plans/{plan_id}/goals/{goal_id}")


async def the_measurement(plan: Plan, goal: TheGoal, measurement_id: UUID) -> Measurement:
    return await find_measurement(plan, goal, measurement_id)


TheMeasurement = Annotated[Measurement, Depends(the_measurement)]


@router.get("/measure")
async def edit_measure(request: Request, plan: Plan, goal: TheGoal) -> Response:
    draft = await draft_here(request, plan)
    form = MeasureForm(await _choosable(plan, goal), draft and draft.typed, data=_written(plan, goal))
    return _measure_page(request, plan, goal, form, draft).show()


@router.post("/measure")
async def set_measure(request: Request, plan: Plan, goal: TheGoal) -> Response:
    data = await posted(request)
    form = MeasureForm(await _choosable(plan, goal), data)
    page = _measure_page(request, plan, goal, form)
    return await page.save(lambda: operations.set_measure(plan, goal, seen_revision(data), form.wanted()), "saved")


@router.get("/measurements/new")
async def new_measurement(request: Request, plan: Plan, goal: TheGoal) -> Response:
    draft = await draft_here(request, plan)
    form = MeasurementForm(draft and draft.typed, data={"day": plan.today})
    return _measurement_page(request, plan, goal, form, draft=draft).show()


@router.post("/measurements/new")
async def add_measurement(request: Request, plan: Plan, goal: TheGoal) -> Response:
    form = MeasurementForm(await posted(request))
    page = _measurement_page(request, plan, goal, form)
    return await page.save(lambda: operations.add(plan, goal, form.point(), new_id=page.new_id), "added")


@router.get("/check-in")
async def new_check_in(request: Request, plan: Plan, goal: TheGoal) -> Response:
    draft = await draft_here(request, plan)
    return await _check_in_page(request, plan, goal, CheckInForm(draft and draft.typed), draft=draft)


@router.post("/check-in")
async def check_in(request: Request, plan: Plan, goal: TheGoal) -> Response:
    """One press on the goal's own page comes here too."""
    demand_owner_side(plan, goal)
    form = CheckInForm(await posted(request))
    page = await _check_in(request, plan, goal, form)
    return await page.save(lambda: operations.check_in(plan, goal, form.value.data, form.note.data or ""), "saved")


@router.get("/measurements/{measurement_id}/change")
async def edit_measurement(request: Request, plan: Plan, goal: TheGoal, measurement: TheMeasurement) -> Response:
    draft = await draft_here(request, plan)
    written = texts_of(plan, measurement) | {"day": measurement.day, "value": measurement.value}
    if measurement.kind is MeasureKind.CHECK_IN:
        form = CheckInForm(draft and draft.typed, data=written | {"value": int(measurement.value)})
        return await _check_in_page(request, plan, goal, form, measurement, draft)
    page = _measurement_page(
        *(request, plan, goal, MeasurementForm(draft and draft.typed, data=written), measurement, draft)
    )
    return page.show()


@router.post("/measurements/{measurement_id}/change")
async def change_measurement(request: Request, plan: Plan, goal: TheGoal, measurement: TheMeasurement) -> Response:
    data = await posted(request)
    seen = seen_revision(data)
    if measurement.kind is MeasureKind.CHECK_IN:
        answer = CheckInForm(data)
        page = await _check_in(request, plan, goal, answer, measurement)
        return await page.save(
            lambda: operations.change(
                plan, measurement, seen, Point(measurement.day, answer.value.data, answer.note.data or "")
            ),
            "saved",
        )
    form = MeasurementForm(data)
    page = _measurement_page(request, plan, goal, form, measurement)
    return await page.save(lambda: operations.change(plan, measurement, seen, form.point()), "saved")


@router.get("/measurements/{measurement_id}/remove")
async def ask_about_measurement(request: Request, plan: Plan, goal: TheGoal, measurement: TheMeasurement) -> Response:
    demand_delete(plan, measurement)
    return _question(request, plan, goal, measurement).show()


@router.post("/measurements/{measurement_id}/remove")
async def remove_measurement(request: Request, plan: Plan, goal: TheGoal, measurement: TheMeasurement) -> Response:
    seen = seen_revision(await posted(request))
    question = _question(request, plan, goal, measurement)
    return await question.answer(lambda: operations.delete(plan, measurement, seen))


def _question(request: Request, plan: OpenPlan, goal: Goal, measurement: Measurement) -> Question:
    consequences = [_("Den blir borte fra kurven og tabellen."), _("Du kan hente den tilbake igjen med «Angre».")]
    words = _("Vil du slette svaret?") if measurement.kind is MeasureKind.CHECK_IN else _("Vil du slette målingen?")
    return Question(request, plan, "goals", measurement, words, consequences, _back(plan, goal))


async def _choosable(plan: OpenPlan, goal: Goal) -> list[Somebody]:
    """Those who take part now, and whoever measures already."""
    return await choosable(plan, goal.measured_by_id)


def _written(plan: OpenPlan, goal: Goal) -> dict[str, Any]:
    numbers = {name: getattr(goal, name) for name in ("baseline", "target", "scale_low", "scale_high")}
    return texts_of(plan, goal) | numbers | {"measured_by_id": str(goal.measured_by_id or "")}


def _back(plan: OpenPlan, goal: Goal) -> str:
    return f"{goal_address(plan, goal.id)}#measured"


def _about(plan: OpenPlan, goal: Goal) -> dict[str, Any]:
    what = texts_of(plan, goal)["measure"]
    about = {"title": name_of(plan, goal), "url": goal_address(plan, goal.id), "what": what}
    return {"goal": about | {"scale": scale_words(goal.scale_low, goal.scale_high)}}


def _measure_page(
    request: Request, plan: OpenPlan, goal: Goal, form: MeasureForm, draft: FoundDraft | None = None
) -> FormPage:
    plan.demand(Element.GOALS, Level.CHANGE, goal)
    demand_living(plan, goal)
    heading, more = _("Det dere måler"), _about(plan, goal)
    return FormPage(
        request, plan, "goals", "goals/measure_form.html", form, heading, _back(plan, goal), goal, more, draft
    )


def _measurement_page(
    request: Request,
    plan: OpenPlan,
    goal: Goal,
    form: HouseForm,
    measurement: Measurement | None = None,
    draft: FoundDraft | None = None,
) -> FormPage:
    """Nobody is shown the form, filled in or not, who may not save it."""
    if measurement:
        demand_change(plan, measurement)
    else:
        demand_measurer(plan, goal)
    demand_living(plan, goal)
    heading = _("Endre målingen") if measurement else _("Ny måling")
    page, back, more = "goals/measurement_form.html", _back(plan, goal), _about(plan, goal)
    return FormPage(request, plan, "goals", page, form, heading, back, measurement, more, draft)


async def _check_in_page(
    request: Request,
    plan: OpenPlan,
    goal: Goal,
    form: CheckInForm,
    answer: Measurement | None = None,
    draft: FoundDraft | None = None,
) -> Response:
    return (await _check_in(request, plan, goal, form, answer, draft)).show()


async def _check_in(
    request: Request,
    plan: OpenPlan,
    goal: Goal,
    form: CheckInForm,
    answer: Measurement | None = None,
    draft: FoundDraft | None = None,
) -> FormPage:
    mine = demand_owner_side(plan, goal)
    if answer:
        demand_change(plan, answer)
    demand_living(plan, goal)
    owner = owner_card(plan, await people(plan))["name"] if mine.role is not Role.OWNER else None
    heading = _("Endre svaret") if answer else _("Hvordan går det?")
    more = _about(plan, goal) | {"on_behalf_of": owner}
    page, back = "goals/check_in_form.html", _back(plan, goal)
    return FormPage(request, plan, "goals", page, form, heading, back, answer, more, draft)
