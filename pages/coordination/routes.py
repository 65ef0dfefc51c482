"""«Koordinering»: which plans there are, those that nobody coordinates first, and who waits for a coordinator."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.proof import OpenMunicipality
from models.base import HouseSession
from models.i18n import _
from models.labels import inside, label, plan_label, role_label
from models.log.operations import record
from models.log.rules import Event
from models.plans.operations.appointing import appoint
from models.plans.proof import OpenPlan
from models.plans.queries.coordination import PlanInOverview, employees, overview, vacancies
from models.plans.queries.waiting import person_of, waiting
from models.refusals import Invalid
from models.rights import PlanKind, Right, Role
from models.templates.queries import all_own_labels
from pages.coordination.appoint_page import appoint_page, for_plan
from pages.coordination.forms import AppointForm, SearchForm
from pages.coordination.people import waiting_line
from pages.forms import posted
from pages.rendering import go, render
from permissions.door import open_municipality
from permissions.proofs import House
from permissions.request import current_session, current_viewer, unit_of_work
from permissions.vacancies import open_vacant

router = APIRouter(prefix="/coordination")


@router.get("")
async def show_overview(
    request: Request, page: Annotated[int, Query(ge=1, le=10_000)] = 1, lacking: bool = False
) -> Response:
    """A local administrator who is led here by a notice, and may not read this, sees the plans it is about."""
    viewer = await current_viewer(request)
    if not viewer.has(Right.COORDINATION_READ) and viewer.has(Right.PLANS_REGISTER):
        return await _vacancies(request)
    here = await open_municipality(await current_session(request), viewer, Right.COORDINATION_READ)
    found = await overview(here, page, only_lacking=lacking)
    may_appoint = viewer.has(Right.COORDINATION_APPOINT)
    own = await all_own_labels(here.session, here.municipality_id)
    _log(request, here)
    return render(
        *(request, "coordination/overview.html"),
        plans=[_line(one, own, may_appoint=may_appoint) for one in found.plans],
        total=found.total,
        lacking=found.lacking,
        only_lacking=lacking,
        people=[waiting_line(one, here) for one in await waiting(here)],
        may_appoint=may_appoint,
        today=here.session.clock.now(),
        pager={"number": min(page, found.pages), "count": found.pages, "base": _base(lacking=lacking)},
    )


@router.get("/vacancies/{vacant_id}")
async def show_vacancy(request: Request, vacant_id: UUID, name: str = "") -> Response:
    here = await appointing(request)
    plan = await open_vacant(here.session, here.viewer, vacant_id)
    return await _vacancy_page(request, here, plan, name)


@router.post("/vacancies/{vacant_id}")
async def fill(request: Request, vacant_id: UUID, name: str = "") -> Response:
    data, here = await posted(request), await appointing(request)
    plan = await open_vacant(here.session, here.viewer, vacant_id)
    form = AppointForm(await employees(here, SearchForm(request.query_params).sought), data)
    if not form.validate():
        return await _vacancy_page(request, here, plan, name, form, 400)
    try:
        await appoint(plan, await person_of(here, UUID(form.person.data)))
    except Invalid as invalid:
        form.refuse(invalid)
        return await _vacancy_page(request, here, plan, name, form, 400)
    return go("/coordination", "coordinator-appointed")


async def appointing(request: Request) -> OpenMunicipality:
    """For who may appoint coordinators."""
    viewer = await current_viewer(request)
    return await open_municipality(await current_session(request), viewer, Right.COORDINATION_APPOINT)


async def _vacancies(request: Request) -> Response:
    """For local administrators: each plan leads to where they say why they open its administration (C11)."""
    viewer, session = await current_viewer(request), await current_session(request)
    here = await open_municipality(session, viewer, Right.PLANS_REGISTER)
    own = await all_own_labels(session, here.municipality_id)
    plans = [
        _line(one, own, may_appoint=True) | {"appoint_url": f"/plans/{one.plan_id}/administration"}
        for one in await vacancies(here)
    ]
    _log(request, here)
    return render(request, "coordination/vacancies.html", plans=plans, register_url="/admin/plans")


async def _vacancy_page(
    request: Request,
    here: OpenMunicipality,
    plan: OpenPlan,
    name: str,
    form: AppointForm | None = None,
    status: int = 200,
) -> Response:
    sought = SearchForm(request.query_params).sought
    return appoint_page(
        *(request, await employees(here, sought) if sought else [], name, form, status),
        action=f"/coordination/vacancies/{plan.plan_id}",
        back_url="/coordination",
        back_words=_("Koordinering"),
        **for_plan(plan, _("Planeieren og de foresatte får beskjed. Det får den du velger, også.")),
    )


def _line(plan: PlanInOverview, own: Mapping[tuple[PlanKind, Role], str], *, may_appoint: bool) -> dict[str, Any]:
    """`own` are the municipality's own names of roles (C16)."""
    role = own.get((plan.kind, Role.COORDINATOR)) or role_label(plan.kind, Role.COORDINATOR)
    return {
        "short_name": plan.short_name,
        "kind_name": plan_label(plan.kind, plan.elements),
        "state": label(plan.state),
        "role": inside(role),
        "coordinators": ", ".join(plan.coordinators),
        "unit": plan.unit,
        "revise_on": plan.revise_on,
        "is_coordinated": plan.is_coordinated,
        "appoint_url": f"/coordination/vacancies/{plan.plan_id}" if may_appoint and not plan.is_coordinated else None,
    }


def _base(*, lacking: bool) -> str:
    return f"/coordination?{'lacking=true&' if lacking else ''}page="


def _log(request: Request, here: OpenMunicipality) -> None:
    """In a short write of its own, since a reading cannot write."""
    house = here.municipality_id, None, here.actor_id

    async def log_reading(session: HouseSession) -> None:
        record(House(session, *house), Event.REPORT_READ, report="coordination", format="page")

    unit_of_work(request).afterwards.append(log_reading)
