"""The people who wait for a coordinator: registering them, recording a consent, appointing somebody, and ending it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.proof import OpenMunicipality
from models.clock import local_day
from models.i18n import _
from models.labels import inside, label
from models.people.tables import Person
from models.plans.operations import waiting as operations
from models.plans.queries.coordination import employees
from models.plans.queries.waiting import Waiting, find_person, one_waiting, person_of, wanted_row
from models.refusals import Invalid
from models.rights import Right
from pages.coordination.appoint_page import appoint_page
from pages.coordination.forms import AppointForm, ConsentForm, NewPersonForm, SearchForm, WantedForm
from pages.demonstration import is_demonstration
from pages.finding import FindPersonForm
from pages.forms import HouseForm, posted
from pages.rendering import go, render
from permissions.door import open_municipality
from permissions.request import current_session, current_viewer

router = APIRouter(prefix="/coordination/waiting")
HERE = "/coordination/waiting"


def waiting_line(one: Waiting, here: OpenMunicipality) -> dict[str, Any]:
    """For `coordination/overview.html` and `coordination/person.html`."""
    return {
        "name": one.name,
        "born": one.born,
        "kind_name": label(one.kind),
        "asked_on": one.asked_on,
        "days": (local_day(here.session.clock.now()) - one.asked_on).days,
        "consent": label(one.consent_method) if one.consent_method else None,
        "consent_on": one.consent_on,
        "coordinator": one.coordinator,
        "appointed_on": one.appointed_on,
        "url": f"{HERE}/{one.wanted_id}",
    }


@router.get("/new")
async def show_find(request: Request) -> Response:
    await _here(request)
    return _find_page(request, FindPersonForm())


@router.post("/new")
async def find(request: Request) -> Response:
    """Looks nobody up in an address: a fødselsnummer must not lie in the browser's history."""
    data, here = await posted(request), await _here(request)
    form = FindPersonForm(data)
    if not form.validate():
        return _find_page(request, form, 400)
    try:
        person = await find_person(here, form.sought())
    except Invalid as invalid:
        form.refuse(invalid)
        return _find_page(request, form, 400)
    return go(f"{HERE}/new/{person.id}") if person else _find_page(request, form, 404, is_unknown=True)


@router.get("/person")
async def show_new_person(request: Request) -> Response:
    here = await _here(request)
    return _register_page(request, NewPersonForm(data={"asked_on": local_day(here.session.clock.now())}))


@router.post("/person")
async def register_new_person(request: Request) -> Response:
    data, here = await posted(request), await _here(request)
    form = NewPersonForm(data)
    return await _register(request, here, form, lambda: form.card())


@router.get("/new/{person_id}")
async def show_register(request: Request, person_id: UUID) -> Response:
    here = await _here(request)
    person = await person_of(here, person_id)
    return _register_page(request, WantedForm(data={"asked_on": local_day(here.session.clock.now())}), person)


@router.post("/new/{person_id}")
async def register_known_person(request: Request, person_id: UUID) -> Response:
    data, here = await posted(request), await _here(request)
    person = await person_of(here, person_id)
    return await _register(request, here, WantedForm(data), lambda: person, person)


@router.get("/{wanted_id}")
async def show_person(request: Request, wanted_id: UUID) -> Response:
    here = await _here(request)
    return await _person_page(request, here, wanted_id)


@router.post("/{wanted_id}/consent")
async def record_consent(request: Request, wanted_id: UUID) -> Response:
    data, here = await posted(request), await _here(request)
    form, row = ConsentForm(data), await wanted_row(here, wanted_id)
    try:
        consent = form.consent() if form.validate() else None
        if consent is None and not form.errors:
            raise Invalid(consent_method=_("Velg hvordan det ble samtykket."))
        if consent:
            await operations.record_consent(here, row, consent)
            return go(f"{HERE}/{wanted_id}", "saved")
    except Invalid as invalid:
        form.refuse(invalid)
    return await _person_page(request, here, wanted_id, form, 400)


@router.get("/{wanted_id}/appoint")
async def show_appoint(request: Request, wanted_id: UUID, name: str = "") -> Response:
    return await _appoint_page(request, await _here(request), wanted_id, name)


@router.post("/{wanted_id}/appoint")
async def appoint(request: Request, wanted_id: UUID, name: str = "") -> Response:
    data, here = await posted(request), await _here(request)
    row = await wanted_row(here, wanted_id)
    form = AppointForm(await employees(here, SearchForm(request.query_params).sought), data)
    if not form.validate():
        return await _appoint_page(request, here, wanted_id, name, form, 400)
    try:
        await operations.appoint(here, row, await person_of(here, UUID(form.person.data)))
    except Invalid as invalid:
        form.refuse(invalid)
        return await _appoint_page(request, here, wanted_id, name, form, 400)
    return go(f"{HERE}/{wanted_id}", "saved")


@router.get("/{wanted_id}/end")
async def ask_to_end(request: Request, wanted_id: UUID) -> Response:
    here = await _here(request)
    return render(request, "coordination/end.html", person=waiting_line(await one_waiting(here, wanted_id), here))


@router.post("/{wanted_id}/end")
async def end(request: Request, wanted_id: UUID) -> Response:
    here = await _here(request)
    await operations.end(here, await wanted_row(here, wanted_id))
    return go("/coordination", "waiting-ended")


async def _here(request: Request) -> OpenMunicipality:
    viewer = await current_viewer(request)
    return await open_municipality(await current_session(request), viewer, Right.COORDINATION_APPOINT)


async def _register(
    request: Request, here: OpenMunicipality, form: WantedForm, who: Any, person: Person | None = None
) -> Response:
    if not form.validate():
        return _register_page(request, form, person, 400)
    try:
        row = await operations.register(here, who(), form.wanted(), synthetic=is_demonstration(request))
    except Invalid as invalid:
        form.refuse(invalid)
        return _register_page(request, form, person, 400)
    return go(f"{HERE}/{row.id}", "waiting-added")


def _find_page(request: Request, form: FindPersonForm, status: int = 200, *, is_unknown: bool = False) -> Response:
    """A fødselsnummer is shown to nobody, not even to who just typed it."""
    form.national_id.data = ""
    shown = {"form": form, "is_unknown": is_unknown, "new_url": f"{HERE}/person"}
    return render(request, "coordination/find.html", status=status, **shown)


def _register_page(request: Request, form: HouseForm, person: Person | None = None, status: int = 200) -> Response:
    if isinstance(form, NewPersonForm):
        form.national_id.data = ""
    name = person.name if person else None
    return render(request, "coordination/register.html", status=status, form=form, person_name=name)


async def _person_page(
    request: Request, here: OpenMunicipality, wanted_id: UUID, form: ConsentForm | None = None, status: int = 200
) -> Response:
    person = waiting_line(await one_waiting(here, wanted_id), here)
    return render(request, "coordination/person.html", status=status, person=person, form=form or ConsentForm())


async def _appoint_page(
    request: Request,
    here: OpenMunicipality,
    wanted_id: UUID,
    name: str,
    form: AppointForm | None = None,
    status: int = 200,
) -> Response:
    waits = await one_waiting(here, wanted_id)
    sought = SearchForm(request.query_params).sought
    kind = inside(label(waits.kind))
    return appoint_page(
        *(request, await employees(here, sought) if sought else [], name, form, status),
        heading=_("Oppnevn %(kind)s for %(name)s") % {"kind": kind, "name": waits.name},
        about="",
        action=f"{HERE}/{wanted_id}/appoint",
        back_url=f"{HERE}/{wanted_id}",
        back_words=waits.name,
        consequences=[_("Oppnevnelsen gir ikke tilgang til noen plan. Det får den som deltar i planen.")],
    )
