"""Step 2: what kind of plan it is, what it is called, and where it belongs (F181, F186)."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.people.tables import Person
from models.plans.operations.begun import reopen
from models.plans.queries.owners import Place, check_owner, kinds_in_use, units
from models.plans.rules.making import Start, initials, place_problem, place_problems, unit_problem
from models.plans.rules.short_name import problem as short_name_problem
from models.refusals import Invalid
from pages.forms import posted
from pages.making.begun import Here, Making, Step, at
from pages.making.forms import PlanForm
from pages.making.step_page import StepPage
from pages.making.words import SAYS, start_words
from pages.rendering import render

router = APIRouter(prefix="/plans/new/{begun_id}/plan")


@router.get("")
async def show_plan(request: Request, here: Here, begun_id: UUID) -> Response:
    async def show(making: Making) -> Response:
        form, places, starts = await form_of(making)
        if not starts:
            return render(request, "making/no_kinds.html", back_url=f"{making.url}/person")
        return await page(making, form, starts).first_shown(checker(making, form, places))

    return await at(request, here, begun_id, Step.PLAN, show)


@router.post("")
async def keep_plan(request: Request, here: Here, begun_id: UUID) -> Response:
    data = await posted(request)

    async def save(making: Making) -> Response:
        form, places, starts = await form_of(making, data)
        if data.get("start", "") != making.begun.one(Step.PLAN, "start"):
            begun = await reopen(here, making.begun, Step.CONTENT, Step.ACCOUNT)
            making = Making(request, here, begun, making.owner)
        return await page(making, form, starts).take(data, checker(making, form, places))

    return await at(request, here, begun_id, Step.PLAN, save)


async def form_of(making: Making, data: object = None) -> tuple[PlanForm, list[Place], list[Start]]:
    """The form as it was sent, or kept, or with what is proposed; and what it offers."""
    places, kinds = await units(making.here), await kinds_in_use(making.here)
    starts = [start for start in Start if start.kind in kinds]
    owner = making.owner
    own = next((str(place.id) for place in places if place.own), "")
    short_name = initials(owner.given_name, owner.family_name) if owner else ""
    form = PlanForm(data or making.typed(Step.PLAN), short_name=short_name, unit_id=own)
    form.offer([(start, start_words(start)) for start in starts], places)
    return form, places, starts


def page(making: Making, form: PlanForm, starts: list[Start]) -> StepPage:
    heading = _("Hva slags plan skal %(name)s ha?") % {"name": making.name}
    says = {start.value: _(SAYS[start]) for start in starts}
    return StepPage(making, Step.PLAN, "making/plan.html", form, heading, {"says": says})


def checker(making: Making, form: PlanForm, places: list[Place]) -> Callable[[], Awaitable[None]]:
    """Raises Invalid for what the fields together may not be."""

    async def check() -> None:
        start, owner = form.start.data, making.owner
        if owner is None:
            raise Invalid(person=_("Velg hvem planen er for."))
        if isinstance(owner, Person):
            await check_owner(making.here, owner, start)
        unit = form.unit_id.data
        found = {
            "short_name": short_name_problem(form.short_name.data or "", owner.given_name, owner.family_name),
            "unit_id": unit_problem(start, str(unit or ""), [place.name for place in places]),
            "workplace": place_problem(start, form.workplace.data or "", str(unit or "")),
        }
        wrong = {field: sentence for field, sentence in found.items() if sentence}
        if wrong := wrong | place_problems(form.position.data or "", form.workplace.data or ""):
            raise Invalid(**wrong)

    return check
