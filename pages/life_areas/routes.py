"""The life areas: the overview of how things are (F67), and mapping them (F63-F66)."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.labels import label
from models.plans.operations import life_areas as operations
from models.plans.operations.demands import demand_change, demand_delete, demand_new
from models.plans.proof import OpenPlan
from models.plans.queries import goals, items
from models.plans.queries import life_areas as queries
from models.plans.tables import kinds
from models.plans.tables.life import LifeArea
from models.rights import LIFE_AREAS, Element, Level
from pages.drafts import FoundDraft
from pages.forms import posted, seen_revision
from pages.goals.views import shelf_of
from pages.life_areas.forms import AreaForm, NewAreaForm
from pages.life_areas.guidance import GUIDANCE
from pages.life_areas.views import rows
from pages.plans.room import address, render_room, room
from pages.plans.saving import FormPage, Question, draft_here, texts_of
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/life-areas")
ROOM = "life-areas"
Plan = Annotated[OpenPlan, Depends(room(ROOM))]


async def find_area(plan: Plan, area_id: UUID) -> LifeArea:
    found: LifeArea = await items.find(plan, kinds.LIFE_AREA, area_id)
    return found


TheArea = Annotated[LifeArea, Depends(find_area)]


@router.get("")
async def show_areas(request: Request, plan: Plan) -> Response:
    if not any(plan.reaches(area) for area in LIFE_AREAS):
        plan.demand(LIFE_AREAS[0], Level.READ)
    shelf = await shelf_of(plan)
    offered = await _offered(plan)
    areas = rows(shelf, await queries.life_areas(plan), offered, await goals.goals(plan))
    return render_room(request, plan, "life_areas/list.html", ROOM, areas=areas, may_add=bool(offered))


@router.get("/new")
async def new_area(request: Request, plan: Plan, area: str = "") -> Response:
    """`area` is the one chosen beforehand; what the viewer had begun to write goes before it."""
    demand_new(plan, kinds.LIFE_AREA)
    draft = await draft_here(request, plan)
    form, there = await _new_form(plan, draft and draft.typed, area)
    if not form.offered:
        return go(_back(plan))
    return _page(request, plan, form, _("Nytt livsområde"), there, draft).show()


@router.post("/new")
async def add_area(request: Request, plan: Plan) -> Response:
    """An area that somebody else has mapped meanwhile is shown beside what was written here, and is changed when that
    is saved again."""
    demand_new(plan, kinds.LIFE_AREA)
    data = await posted(request)
    form, there = await _new_form(plan, data)
    page = _page(request, plan, form, _("Nytt livsområde"))
    if there is None or there.id == page.new_id:
        return await page.save(lambda: operations.add(plan, **form.values(), new_id=page.new_id), "added")
    page = _page(request, plan, form, _("Nytt livsområde"), there)
    return await page.save(lambda: operations.change(plan, there, seen_revision(data), text=_text(form)), "saved")


@router.get("/{area_id}/change")
async def edit_area(request: Request, plan: Plan, area: TheArea) -> Response:
    demand_change(plan, area)
    draft = await draft_here(request, plan)
    form = AreaForm(draft and draft.typed, data=texts_of(plan, area))
    return _page(request, plan, form, label(area.area), area, draft).show()


@router.post("/{area_id}/change")
async def change_area(request: Request, plan: Plan, area: TheArea) -> Response:
    demand_change(plan, area)
    data = await posted(request)
    form = AreaForm(data)
    page = _page(request, plan, form, label(area.area), area)
    return await page.save(lambda: operations.change(plan, area, seen_revision(data), text=_text(form)), "saved")


@router.get("/{area_id}/remove")
async def ask_about_area(request: Request, plan: Plan, area: TheArea) -> Response:
    demand_delete(plan, area)
    return _question(request, plan, area).show()


@router.post("/{area_id}/remove")
async def remove_area(request: Request, plan: Plan, area: TheArea) -> Response:
    seen = seen_revision(await posted(request))
    return await _question(request, plan, area).answer(lambda: operations.delete(plan, area, seen))


def _question(request: Request, plan: OpenPlan, area: LifeArea) -> Question:
    consequences = [
        _("Ingen av deltakerne ser teksten lenger. Mål på området blir stående."),
        _("Du kan hente den tilbake igjen med «Angre»."),
    ]
    asked = _("Vil du slette kartleggingen?")
    return Question(request, plan, ROOM, area, asked, consequences, _back(plan, area.area), _back(plan))


async def _offered(plan: OpenPlan) -> list[Element]:
    """Those that are not mapped and that the viewer may map (F64). One that is hidden from them is not offered."""
    taken = await queries.taken(plan)
    return [area for area in LIFE_AREAS if area not in taken and plan.allows(area, Level.NEW)]


async def _new_form(plan: OpenPlan, typed: object, chosen: str = "") -> tuple[NewAreaForm, LifeArea | None]:
    """The form, and the area that it says, when that has been mapped since the form was opened."""
    offered = await _offered(plan)
    form = NewAreaForm(offered, typed, data={"area": chosen if chosen in offered else ""})
    there = await _mapped(plan, form.area.data)
    return (NewAreaForm([there.area, *offered], typed), there) if there else (form, None)


async def _mapped(plan: OpenPlan, area: Element | None) -> LifeArea | None:
    """As it is mapped already, for who may change it."""
    there = await queries.mapped(plan, area) if area else None
    return there if there and plan.allows(there.area, Level.CHANGE, there) and plan.sees(there) else None


def _text(form: AreaForm) -> str:
    return form.text.data or ""


def _back(plan: OpenPlan, area: Element | None = None) -> str:
    return f"{address(plan)}/life-areas" + (f"#{area}" if area else "")


def _page(
    request: Request,
    plan: OpenPlan,
    form: AreaForm,
    heading: str,
    area: LifeArea | None = None,
    draft: FoundDraft | None = None,
) -> FormPage:
    chosen = area.area if area else form.chosen()
    guidance = [GUIDANCE[each].shown() | {"title": label(each)} for each in ([chosen] if chosen else form.offered)]
    template, back = "life_areas/form.html", _back(plan)
    return FormPage(request, plan, ROOM, template, form, heading, back, area, {"guidance": guidance}, draft)
