"""Making a plan (F51): who it is for, what kind it is, and what it is called and made with."""

import json
from typing import Any
from uuid import UUID, uuid5

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.proof import OpenMunicipality
from models.i18n import N_, _
from models.labels import label
from models.people.tables import Person
from models.plans.operations.making import NewPlan, make
from models.plans.queries.owners import find_owner, kinds_in_use, owner_to_be
from models.plans.rules.making import USUAL, Part, Start, initials, offered, why_not
from models.plans.tables.plan import Plan
from models.refusals import Invalid, NotFound, Reason, Refused
from models.rights import Right
from pages.forms import posted
from pages.plans.forms import PARTS, FindOwnerForm, NewPlanForm
from pages.rendering import go, render
from permissions.door import open_municipality
from permissions.request import current_session, current_viewer

router = APIRouter(prefix="/plans/new")
SAYS: dict[Start, str] = {
    Start.IP: N_("For den som trenger langvarige og koordinerte tjenester. Med mål, livsområder og samarbeid."),
    Start.SIMPLE: N_("Når noen skal koordinere, men det ikke trengs mål. Med meldinger, kalender og dokumenter."),
    Start.IOP: N_("For elever med individuelt tilrettelagt opplæring. Med mål og evaluering."),
    Start.IUP: N_("For barn i barnehage som trenger ekstra støtte. Med mål og evaluering."),
    Start.SL: N_("For barn, unge og gravide når flere skal følge opp sammen. Med tiltak og evaluering."),
}


async def _here(request: Request) -> OpenMunicipality:
    viewer, session = await current_viewer(request), await current_session(request)
    here = await open_municipality(session, viewer, Right.PLANS_CREATE)
    if (reason := why_not(viewer)) is not Reason.OPEN:
        raise Refused(reason)
    return here


@router.get("")
async def show_find(request: Request) -> Response:
    return _find_page(request, await _here(request), FindOwnerForm())


@router.post("")
async def find(request: Request) -> Response:
    """Looks nobody up in an address: a fødselsnummer must not lie in the browser's history."""
    data, here = await posted(request), await _here(request)
    form = FindOwnerForm(data)
    if not form.validate():
        return _find_page(request, here, form, 400)
    try:
        return go(f"/plans/new/{await find_owner(here, form.sought())}")
    except Invalid as invalid:
        form.refuse(invalid)
        return _find_page(request, here, form, 400)


@router.get("/{person_id}")
async def show_kinds(request: Request, person_id: UUID) -> Response:
    here = await _here(request)
    owner, kinds = await owner_to_be(here, person_id), await kinds_in_use(here)
    starts = [
        {"words": start_words(start), "says": _(SAYS[start]), "url": f"/plans/new/{owner.id}/{start}"}
        for start in Start
        if start.kind in kinds
    ]
    return render(request, "plans/new_kind.html", owner_name=owner.name, starts=starts)


@router.get("/{person_id}/{start}")
async def show_new(request: Request, person_id: UUID, start: Start) -> Response:
    here = await _here(request)
    owner = await _owner(here, person_id, start)
    form = _form(start, short_name=initials(owner.given_name, owner.family_name), parts=list(USUAL[start]))
    return _new_page(request, owner, start, form)


@router.post("/{person_id}/{start}")
async def make_new(request: Request, person_id: UUID, start: Start) -> Response:
    data, here = await posted(request), await _here(request)
    owner = await _owner(here, person_id, start)
    form = _form(start, data)
    if not form.validate():
        return _new_page(request, owner, start, form, 400)
    wanted = _wanted(here, owner, start, form)
    try:
        if await here.session.get(Plan, wanted.plan_id) is None:
            await make(here, owner, wanted)
    except Invalid as invalid:
        form.refuse(invalid)
        return _new_page(request, owner, start, form, 400)
    return go(f"/plans/{wanted.plan_id}", "plan-made")


def start_words(start: Start) -> str:
    return _("Enkelt samspill") if start is Start.SIMPLE else label(start.kind)


async def _owner(here: OpenMunicipality, person_id: UUID, start: Start) -> Person:
    if start.kind not in await kinds_in_use(here):
        raise NotFound
    return await owner_to_be(here, person_id)


def _form(start: Start, data: Any = None, **values: Any) -> NewPlanForm:
    form = NewPlanForm(data, **values)
    form.parts.choices = [(part, _(PARTS[part])) for part in offered(start)]
    return form


def _wanted(here: OpenMunicipality, owner: Person, start: Start, form: NewPlanForm) -> NewPlan:
    """The same form sent twice asks for the same plan."""
    parts: list[Part] = form.parts.data or []
    sent = json.dumps([str(owner.id), start, form.short_name.data, sorted(parts), str(here.viewer.session_id)])
    return NewPlan(start, form.short_name.data or "", frozenset(parts), uuid5(here.actor_id, sent))


def _find_page(request: Request, here: OpenMunicipality, form: FindOwnerForm, status: int = 200) -> Response:
    """A fødselsnummer is shown to nobody, not even to who just typed it."""
    form.national_id.data = ""
    people_url = "/admin/people" if here.viewer.has(Right.PEOPLE_EDIT) else None
    return render(request, "plans/new_find.html", status=status, form=form, people_url=people_url)


def _new_page(request: Request, owner: Person, start: Start, form: NewPlanForm, status: int = 200) -> Response:
    shown = {"form": form, "owner_name": owner.name, "kind_name": start_words(start)}
    return render(request, "plans/new.html", status=status, back_url=f"/plans/new/{owner.id}", **shown)
