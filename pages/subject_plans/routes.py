"""The register of other plans: a list, and what is done to its lines (F86-F88)."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.plans.operations import subject_plans as operations
from models.plans.operations.demands import demand_change, demand_delete, demand_new
from models.plans.proof import OpenPlan
from models.plans.queries import items
from models.plans.queries import subject_plans as queries
from models.plans.queries.contacts import visible_contacts
from models.plans.queries.people import Somebody, choosable
from models.plans.tables import kinds
from models.plans.tables.life import SubjectPlan
from models.rights import Element, Level
from pages.drafts import FoundDraft
from pages.forms import posted, seen_revision
from pages.goals.views import shelf_of
from pages.plans.room import address, render_room, room
from pages.plans.saving import FormPage, Question, draft_here, texts_of
from pages.subject_plans.forms import SubjectPlanForm
from pages.subject_plans.views import line

router = APIRouter(prefix="/plans/{plan_id}/subject-plans")
ROOM = "subject-plans"
Plan = Annotated[OpenPlan, Depends(room(ROOM))]


async def find_line(plan: Plan, line_id: UUID) -> SubjectPlan:
    found: SubjectPlan = await items.find(plan, kinds.SUBJECT_PLAN, line_id)
    return found


TheLine = Annotated[SubjectPlan, Depends(find_line)]


@router.get("")
async def show_lines(request: Request, plan: Plan) -> Response:
    if not plan.reaches(Element.SUBJECT_PLANS):
        plan.demand(Element.SUBJECT_PLANS, Level.READ)
    shelf = await shelf_of(plan)
    contacts = await visible_contacts(plan)
    return render_room(
        *(request, plan, "subject_plans/list.html", ROOM),
        lines=[line(shelf, one, contacts) for one in await queries.subject_plans(plan)],
        may_add=plan.allows(Element.SUBJECT_PLANS, Level.NEW),
    )


@router.get("/new")
async def new_line(request: Request, plan: Plan) -> Response:
    demand_new(plan, kinds.SUBJECT_PLAN)
    draft = await draft_here(request, plan)
    form = SubjectPlanForm(plan.kind, await _choosable(plan), draft and draft.typed)
    return _page(request, plan, form, _("Ny fagplan"), draft=draft).show()


@router.post("/new")
async def add_line(request: Request, plan: Plan) -> Response:
    demand_new(plan, kinds.SUBJECT_PLAN)
    form = SubjectPlanForm(plan.kind, await _choosable(plan), await posted(request))
    page = _page(request, plan, form, _("Ny fagplan"))
    return await page.save(lambda: operations.add(plan, form.content(), page.new_id), "added")


@router.get("/{line_id}/change")
async def edit_line(request: Request, plan: Plan, line: TheLine) -> Response:
    demand_change(plan, line)
    draft = await draft_here(request, plan)
    typed = draft and draft.typed
    form = SubjectPlanForm(plan.kind, await _choosable(plan, line), typed, data=_written(plan, line))
    return _page(request, plan, form, _("Endre fagplanen"), line, draft).show()


@router.post("/{line_id}/change")
async def change_line(request: Request, plan: Plan, line: TheLine) -> Response:
    demand_change(plan, line)
    data = await posted(request)
    form = SubjectPlanForm(plan.kind, await _choosable(plan, line), data)
    page = _page(request, plan, form, _("Endre fagplanen"), line)
    return await page.save(lambda: operations.change(plan, line, seen_revision(data), form.content()), "saved")


@router.get("/{line_id}/remove")
async def ask_about_line(request: Request, plan: Plan, line: TheLine) -> Response:
    demand_delete(plan, line)
    return _question(request, plan, line).show()


@router.post("/{line_id}/remove")
async def remove_line(request: Request, plan: Plan, line: TheLine) -> Response:
    seen = seen_revision(await posted(request))
    return await _question(request, plan, line).answer(lambda: operations.delete(plan, line, seen))


def _question(request: Request, plan: OpenPlan, line: SubjectPlan) -> Question:
    consequences = [
        _("Selve planen blir ikke berørt: Her står det bare at den finnes."),
        _("Du kan hente linjen tilbake igjen med «Angre»."),
    ]
    asked = _("Vil du slette fagplanen fra listen?")
    return Question(request, plan, ROOM, line, asked, consequences, _back(plan))


async def _choosable(plan: OpenPlan, line: SubjectPlan | None = None) -> list[Somebody]:
    """Those who take part now, and whoever is the contact already."""
    return await choosable(plan, line.contact_id if line else None)


def _written(plan: OpenPlan, line: SubjectPlan) -> dict[str, Any]:
    facts = {"established_on": line.established_on, "may_contact": line.may_contact}
    return texts_of(plan, line) | facts | {"contact_id": str(line.contact_id or "")}


def _back(plan: OpenPlan) -> str:
    return f"{address(plan)}/subject-plans"


def _page(
    request: Request,
    plan: OpenPlan,
    form: SubjectPlanForm,
    heading: str,
    line: SubjectPlan | None = None,
    draft: FoundDraft | None = None,
) -> FormPage:
    template = "subject_plans/form.html"
    return FormPage(request, plan, ROOM, template, form, heading, _back(plan), line, draft=draft)
