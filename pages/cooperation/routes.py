"""«Samarbeid»: the page of both, and what is done to the lines about other services."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import cooperation as operations
from models.plans.operations.demands import demand_change, demand_delete, demand_new
from models.plans.proof import OpenPlan
from models.plans.queries import items
from models.plans.queries.contributions import contributions
from models.plans.queries.cooperation import cooperations
from models.plans.tables import kinds
from models.plans.tables.together import Cooperation
from models.rights import Element, Level
from pages.cooperation.forms import CooperationForm
from pages.cooperation.views import contributors, service
from pages.drafts import FoundDraft
from pages.forms import posted, seen_revision
from pages.goals.views import shelf_of
from pages.plans.room import address, render_room, room
from pages.plans.saving import FormPage, Question, draft_here, texts_of

router = APIRouter(prefix="/plans/{plan_id}/cooperation")
ROOM = "cooperation"
Plan = Annotated[OpenPlan, Depends(room(ROOM))]


async def find_service(plan: Plan, service_id: UUID) -> Cooperation:
    found: Cooperation = await items.find(plan, kinds.COOPERATION, service_id)
    return found


TheService = Annotated[Cooperation, Depends(find_service)]


@router.get("")
async def show_cooperation(request: Request, plan: Plan) -> Response:
    if not plan.reaches(Element.COOPERATION):
        plan.demand(Element.COOPERATION, Level.READ)
    shelf = await shelf_of(plan)
    return render_room(
        *(request, plan, "cooperation/list.html", ROOM),
        contributors=contributors(shelf, await contributions(plan)),
        services=[service(shelf, one) for one in await cooperations(plan)],
        may_add=plan.allows(Element.COOPERATION, Level.NEW),
    )


@router.get("/new")
async def new_service(request: Request, plan: Plan) -> Response:
    demand_new(plan, kinds.COOPERATION)
    draft = await draft_here(request, plan)
    return _page(request, plan, CooperationForm(draft and draft.typed), draft=draft).show()


@router.post("/new")
async def add_service(request: Request, plan: Plan) -> Response:
    demand_new(plan, kinds.COOPERATION)
    form = CooperationForm(await posted(request))
    page = _page(request, plan, form)
    return await page.save(lambda: operations.add(plan, form.content(), page.new_id), "added")


@router.get("/{service_id}/change")
async def edit_service(request: Request, plan: Plan, service: TheService) -> Response:
    demand_change(plan, service)
    draft = await draft_here(request, plan)
    form = CooperationForm(draft and draft.typed, data=texts_of(plan, service) | {"state": service.state})
    return _page(request, plan, form, service, draft).show()


@router.post("/{service_id}/change")
async def change_service(request: Request, plan: Plan, service: TheService) -> Response:
    demand_change(plan, service)
    data = await posted(request)
    form = CooperationForm(data)
    page = _page(request, plan, form, service)
    return await page.save(lambda: operations.change(plan, service, seen_revision(data), form.content()), "saved")


@router.get("/{service_id}/remove")
async def ask_about_service(request: Request, plan: Plan, service: TheService) -> Response:
    demand_delete(plan, service)
    return _question(request, plan, service).show()


@router.post("/{service_id}/remove")
async def remove_service(request: Request, plan: Plan, service: TheService) -> Response:
    seen = seen_revision(await posted(request))
    return await _question(request, plan, service).answer(lambda: operations.delete(plan, service, seen))


def _question(request: Request, plan: OpenPlan, service: Cooperation) -> Question:
    gone = [_("Ingen ser den lenger her i planen."), _("Du kan hente den tilbake igjen med «Angre».")]
    asked = _("Vil du slette tjenesten fra listen?")
    return Question(request, plan, ROOM, service, asked, gone, f"{address(plan)}/cooperation")


def _page(
    request: Request,
    plan: OpenPlan,
    form: CooperationForm,
    service: Cooperation | None = None,
    draft: FoundDraft | None = None,
) -> FormPage:
    heading = _("Endre samarbeidet") if service else _("Samarbeid med en tjeneste")
    template, back = "cooperation/form.html", f"{address(plan)}/cooperation"
    return FormPage(request, plan, ROOM, template, form, heading, back, service, draft=draft)
