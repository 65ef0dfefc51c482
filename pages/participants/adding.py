"""Adding somebody (F100-F105, F110): search first, so that nobody gets two cards; then their place in this plan."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import _
from models.organisation.tables import Unit
from models.people.rules import is_national_id
from models.people.tables import Person
from models.plans.operations import participants, wishing
from models.plans.proof import OpenPlan
from models.plans.queries import candidates
from models.plans.queries import proposals as asking
from models.plans.queries.candidates import Candidate
from models.plans.queries.participants import workplaces
from models.plans.queries.proposals import Wish
from models.plans.rules.participants import FOR_UNITS, JOINING
from models.plans.tables.participants import Participant, Proposal
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Element, Level, Role
from pages.forms import HouseForm, posted
from pages.participants.forms import AddForm, NewPersonForm, SearchForm, UnitForm
from pages.participants.routes import ROOM, Plan
from pages.plans.once import id_of
from pages.plans.room import address, render_room
from pages.rendering import go

router = APIRouter(prefix="/plans/{plan_id}/participants/new")
AFTERWARDS = {"offer": "baton/offer", "substitute": "baton/substitute"}
"""Where under the plan one goes on, when the address tells that one came to add somebody who is to coordinate."""
Adding = Callable[[UUID, Wish | None], Awaitable[Participant]]
"""Adds whom the form tells of, under the id it is given; what the owner's side wished for, if they did."""


@router.get("")
async def show_search(request: Request, plan: Plan) -> Response:
    _demand(plan)
    wish = await _wish(request, plan)
    told = asking.told(plan, wish) if wish else None
    return _search_page(request, plan, SearchForm(data={"name": told.name} if told else None), wished=told)


@router.post("")
async def search(request: Request, plan: Plan) -> Response:
    """Looks nobody up in an address: a fødselsnummer must not lie in the browser's history."""
    _demand(plan)
    form, wish = SearchForm(await posted(request)), await _wish(request, plan)
    told = asking.told(plan, wish) if wish else None
    if not form.validate():
        return _search_page(request, plan, form, 400, wished=told)
    try:
        _check_number(request, form)
        found = await candidates.find(plan, form.sought())
    except Invalid as invalid:
        form.refuse(invalid)
        return _search_page(request, plan, form, 400, wished=told)
    return _search_page(request, plan, form, found=found, wished=told)


@router.get("/person")
async def show_new_person(request: Request, plan: Plan) -> Response:
    _demand(plan)
    wish = await _wish(request, plan)
    told = asking.told(plan, wish) if wish else None
    return _person_page(request, plan, _person_form(plan, told=told))


@router.post("/person")
async def add_new_person(request: Request, plan: Plan) -> Response:
    _demand(plan)
    form = _person_form(plan, await posted(request))

    async def add(new_id: UUID, wished: Wish | None) -> Participant:
        return await participants.add(plan, form.card(), form.chosen(), **_place(form), wished=wished, new_id=new_id)

    return await _save(request, plan, form, add, lambda status: _person_page(request, plan, form, status))


@router.get("/unit")
async def show_unit(request: Request, plan: Plan) -> Response:
    _demand(plan)
    return _unit_page(request, plan, _unit_form(plan, await candidates.units_to_add(plan)))


@router.post("/unit")
async def add_unit(request: Request, plan: Plan) -> Response:
    _demand(plan)
    units = await candidates.units_to_add(plan)
    form = _unit_form(plan, units, await posted(request))
    by_id = {str(unit.id): unit for unit in units}

    async def add(new_id: UUID, wished: Wish | None) -> Participant:
        first, last = form.begins.data, form.last.data
        unit = by_id[form.unit_id.data]
        return await participants.add(plan, unit, form.chosen(), valid_from=first, last=last, new_id=new_id)

    return await _save(request, plan, form, add, lambda status: _unit_page(request, plan, form, status))


@router.get("/{person_id}")
async def show_place(request: Request, plan: Plan, person_id: UUID) -> Response:
    person, wish = await candidates.candidate(plan, person_id), await _wish(request, plan)
    position, workplace = (await workplaces(plan, [person.id])).get(person.id, ("", ""))
    told = asking.told(plan, wish) if wish else None
    form = _form(AddForm, plan, told=told, position=position or (told.relation if told else ""), workplace=workplace)
    return _place_page(request, plan, person, form)


@router.post("/{person_id}")
async def add_person(request: Request, plan: Plan, person_id: UUID) -> Response:
    person, form = await candidates.candidate(plan, person_id), _form(AddForm, plan, await posted(request))

    async def add(new_id: UUID, wished: Wish | None) -> Participant:
        return await participants.add(plan, person, form.chosen(), **_place(form), wished=wished, new_id=new_id)

    return await _save(request, plan, form, add, lambda status: _place_page(request, plan, person, form, status))


def _demand(plan: OpenPlan) -> None:
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    plan.demand_active()


async def _wish(request: Request, plan: OpenPlan) -> Proposal | None:
    """The owner's side's wish that the address tells of. Raises NotFound, and Conflict when it is seen to."""
    _demand(plan)
    wanted = request.query_params.get("wish")
    if not wanted:
        return None
    try:
        wish = await asking.wish_of(plan, UUID(wanted))
    except ValueError:
        raise NotFound from None
    if wish.answered_at is not None:
        raise Conflict(_("Noen har allerede tatt seg av dette ønsket."))
    return wish


async def _save(request: Request, plan: OpenPlan, form: Any, add: Adding, again: Callable[[int], Response]) -> Response:
    """A form that is sent twice adds one; for a wish that somebody else has seen to meanwhile, it adds none."""
    if not form.validate():
        return again(400)
    new_id = id_of(plan, request.url.path, form)
    participant = await plan.session.get(Participant, new_id)
    try:
        participant = participant or await _added(request, plan, add, new_id)
    except Invalid as invalid:
        form.refuse(invalid)
        return again(400)
    except Conflict as conflict:
        form.form_errors.append(str(conflict))
        return again(409)
    return go(await _onwards(request, plan, participant, form), "proposed" if participant.awaits_approval else "added")


async def _added(request: Request, plan: OpenPlan, add: Adding, new_id: UUID) -> Participant:
    wish = await _wish(request, plan)
    is_wished = wish is not None and await asking.is_still_wished(plan, wish)
    participant = await add(new_id, asking.told(plan, wish) if wish and is_wished else None)
    if wish:
        await wishing.fulfil(plan, wish, participant)
    return participant


async def _onwards(request: Request, plan: OpenPlan, participant: Participant, form: HouseForm) -> str:
    """To the invitation, for who is to sign in and cannot yet; a coordinator may invite before the owner has said yes,
    for the link opens nothing that the plan does not."""
    person = await plan.session.get(Person, participant.person_id) if participant.person_id else None
    invites = "signs_in" in form and form["signs_in"].data and person is not None and person.account_id is None
    if invites and not participant.awaits_approval:
        return f"{address(plan)}/invitations/{participant.id}"
    then = AFTERWARDS.get(request.query_params.get("then", ""))
    return f"{address(plan)}/{then if then and not participant.awaits_approval else 'participants'}"


def _carried(request: Request) -> str:
    """What the next page's address is to tell too."""
    told = {"wish": wish} if (wish := request.query_params.get("wish")) else {}
    if (then := request.query_params.get("then")) in AFTERWARDS:
        told["then"] = str(then)
    return f"?{urlencode(told)}" if told else ""


def _place(form: Any) -> dict[str, Any]:
    days = {"valid_from": form.begins.data, "last": form.last.data}
    return {"position": form.position.data or "", "workplace": form.workplace.data or ""} | days


def _form(kind: type[Any], plan: OpenPlan, data: Any = None, told: Wish | None = None, **values: Any) -> Any:
    wished = {"role": told.role.value} if told else {}
    form = kind(data, data={"begins": plan.today} | wished | values)
    form.offer_roles(plan, JOINING)
    return form


def _person_form(plan: OpenPlan, data: Any = None, told: Wish | None = None) -> Any:
    if told is None:
        return _form(NewPersonForm, plan, data)
    given, _space, family = told.name.rpartition(" ")
    said = {"given_name": given or family, "family_name": family if given else "", "position": told.relation}
    email = {"email": told.contact} if "@" in told.contact else {}
    return _form(NewPersonForm, plan, data, told, **said, **email)


def _unit_form(plan: OpenPlan, units: list[Unit], data: Any = None) -> UnitForm:
    form = UnitForm(data, data={"begins": plan.today, "role": Role.PROVIDER.value})
    form.offer_roles(plan, FOR_UNITS)
    form.unit_id.choices = [("", _("Velg en enhet")), *((str(unit.id), unit.name) for unit in units)]
    return form


def _check_number(request: Request, form: SearchForm) -> None:
    settings, number = request.app.state.settings, form.sought().national_id
    if number and not is_national_id(number, synthetic=bool(settings.synthetic_people or settings.demo)):
        raise Invalid(national_id=_("Dette er ikke et gyldig fødselsnummer eller D-nummer."))


def _search_page(
    request: Request,
    plan: OpenPlan,
    form: SearchForm,
    status: int = 200,
    *,
    found: list[Candidate] | None = None,
    wished: Wish | None = None,
) -> Response:
    """A fødselsnummer is shown to nobody, not even to who just typed it."""
    form.national_id.data = ""
    here, ending = f"{address(plan)}/participants/new", _carried(request)
    hits = [
        {"name": one.name, "works": one.works, "is_in": one.is_in, "url": f"{here}/{one.person_id}{ending}"}
        for one in found or []
    ]
    shown: dict[str, Any] = {"hits": hits if found is not None else None, "person_url": f"{here}/person{ending}"}
    shown["wished"] = wished and {"name": wished.name, "relation": wished.relation, "contact": wished.contact}
    shown |= {"unit_url": f"{here}/unit{_carried(request)}", "back_url": f"{address(plan)}/participants"}
    return render_room(request, plan, "participants/search.html", ROOM, status=status, form=form, **shown)


def _person_page(request: Request, plan: OpenPlan, form: NewPersonForm, status: int = 200) -> Response:
    back = f"{address(plan)}/participants/new{_carried(request)}"
    return render_room(request, plan, "participants/new_person.html", ROOM, status=status, form=form, back_url=back)


def _place_page(request: Request, plan: OpenPlan, person: Person, form: AddForm, status: int = 200) -> Response:
    back = f"{address(plan)}/participants/new{_carried(request)}"
    shown = {"form": form, "who_name": person.name, "back_url": back, "has_account": person.account_id is not None}
    return render_room(request, plan, "participants/new_place.html", ROOM, status=status, **shown)


def _unit_page(request: Request, plan: OpenPlan, form: UnitForm, status: int = 200) -> Response:
    back = f"{address(plan)}/participants/new{_carried(request)}"
    return render_room(request, plan, "participants/new_unit.html", ROOM, status=status, form=form, back_url=back)
