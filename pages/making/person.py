"""Step 1: whom the plan is for (F180). Found exactly, or a new card is written. Nobody is listed."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.datastructures import MultiDict
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.proof import OpenMunicipality
from models.i18n import _
from models.people.queries import by_number
from models.people.rules import Card, is_national_id, masked, mistakes
from models.people.tables import Person
from models.plans.operations.begun import begin, reopen
from models.plans.queries.begun import Answers
from models.plans.queries.owners import Sought, check_owner, find_owner
from models.refusals import Conflict, Invalid
from pages.finding import FindPersonForm
from pages.forms import posted
from pages.making.begun import Here, Making, Step, answers, at, keep, keep_unasked, seen_in
from pages.making.cards import CardForm
from pages.making.step_page import StepPage
from pages.rendering import go

router = APIRouter(prefix="/plans/new/{begun_id}")
FIELDS = {*CardForm().data, "sent"}
"""What a card is kept with: nothing else that is sent says whom the plan is for."""


@router.get("/person")
async def show_person(request: Request, here: Here, begun_id: UUID) -> Response:
    async def show(making: Making) -> Response:
        return _find_page(making, FindPersonForm())

    return await at(request, here, begun_id, Step.PERSON, show)


@router.post("/person")
async def find_another(request: Request, here: Here, begun_id: UUID) -> Response:
    data = await posted(request)

    async def find(making: Making) -> Response:
        form = FindPersonForm(data)
        try:
            return await look(making, form) or _find_page(making, form, 400)
        except Invalid as invalid:
            form.refuse(invalid)
            return _find_page(making, form, 400)

    return await at(request, here, begun_id, Step.PERSON, find)


@router.get("/card")
async def show_card(request: Request, here: Here, begun_id: UUID) -> Response:
    async def show(making: Making) -> Response:
        if not _has_card(making):
            return go(f"{making.url}/person")
        return _card_page(making, CardForm(making.typed(Step.PERSON)))

    return await at(request, here, begun_id, Step.PERSON, show)


@router.post("/card")
async def keep_card(request: Request, here: Here, begun_id: UUID) -> Response:
    data = await posted(request)

    async def save(making: Making) -> Response:
        if not _has_card(making):
            return go(f"{making.url}/person")
        return await _take_card(making, data)

    return await at(request, here, begun_id, Step.PERSON, save)


async def begin_with(request: Request, here: OpenMunicipality, form: FindPersonForm) -> Response | None:
    """Begin a plan for whom the form asks for. Raises Invalid; None when the form itself says what is wrong."""
    if not form.validate():
        return None
    return await look(Making(request, here, await begin(here)), form)


async def look(making: Making, form: FindPersonForm) -> Response | None:
    """On to the plan for who is found, or to a new card for who is not."""
    if not form.validate():
        return None
    sought = form.sought()
    found = await find_owner(making.here, sought)
    if found is None:
        _check_number(making, sought.national_id)
        kept = await keep(making, Step.PERSON, _card_of(sought), passed=False)
        return go(f"{kept.url}/card")
    await check_owner(making.here, found)
    return await _choose(making, found)


def _check_number(making: Making, number: str) -> None:
    """Raises Invalid for what nobody can have."""
    if number and not is_national_id(number, synthetic=making.synthetic):
        raise Invalid(national_id=_("Dette er ikke et gyldig fødselsnummer eller D-nummer."))


async def _choose(making: Making, person: Person) -> Response:
    return await _settle(making, person, {"person_id": [str(person.id)]})


async def _settle(making: Making, owner: Person | Card, typed: Answers, seen: int | None = None) -> Response:
    """Somebody else than before is another short name and another account: those steps are gone through anew."""
    is_same = Step.PERSON in making.begun.passed and making.begun.answers.get(Step.PERSON) == typed
    kept = await keep(making, Step.PERSON, typed, passed=True, seen=seen)
    begun = kept.begun if is_same else await reopen(making.here, kept.begun, Step.PLAN, Step.ACCOUNT)
    return go(replace(kept, begun=begun, owner=owner).onwards())


def _card_of(sought: Sought) -> Answers:
    """What was asked for is written on the new card already."""
    given, _space, family = " ".join(sought.name.split()).rpartition(" ")
    day = sought.birth_date.isoformat() if sought.birth_date else ""
    return {
        "given_name": [given or family],
        "family_name": [family if given else ""],
        "national_id": [sought.national_id],
        "birth_date": [day],
        "sent": ["yes"],
    }


def _has_card(making: Making) -> bool:
    return "given_name" in making.begun.answers.get(Step.PERSON, {})


async def _take_card(making: Making, data: Any) -> Response:
    """A number that was typed before stays when the field is left empty: it is shown to nobody."""
    typed = {name: values for name, values in answers(data).items() if name in FIELDS}
    if not "".join(typed.get("national_id", [])).strip():
        typed["national_id"] = [making.begun.one(Step.PERSON, "national_id")]
    form = CardForm(MultiDict([(name, value) for name, values in typed.items() for value in values]))
    if data.get("act") == "keep":
        return await keep_unasked(making, Step.PERSON, typed, seen_in(data))
    if data.get("act") == "later":
        await keep(making, Step.PERSON, typed, passed=False)
        return go("/plans/new", "kept")
    if not form.validate():
        return _card_page(making, form, 400)
    try:
        known = await _known(making, form.card())
        if known:
            return await _choose(making, known)
        return await _settle(making, form.card(), typed, seen_in(data))
    except Invalid as invalid:
        form.refuse(invalid)
        return _card_page(making, form, 400)
    except Conflict:
        return _card(making, form).clashed()


async def _known(making: Making, card: Card) -> Person | None:
    """The one who has the number already: nobody gets a second card. Raises Invalid for a card that cannot be."""
    here = making.here
    if wrong := mistakes(card, making.today, synthetic=making.synthetic):
        raise Invalid(**wrong)
    if card.national_id:
        known = await by_number(here.session, here.municipality_id, card.national_id)
        if known:
            await check_owner(here, known)
        return known
    name, day = f"{card.given_name} {card.family_name}", card.birth_date or card.expected_date
    if await find_owner(here, Sought(name=name, birth_date=day)):
        raise Invalid(given_name=_("Kommunen har et kort med dette navnet og denne datoen. Søk på nytt og velg det."))
    return None


def _find_page(making: Making, form: FindPersonForm, status: int = 200) -> Response:
    """A fødselsnummer is shown to nobody, not even to who just typed it."""
    form.national_id.data = ""
    more = {"has_card": _has_card(making)}
    return StepPage(making, Step.PERSON, "making/person.html", form, _("Hvem er planen for?"), more).show(status)


def _card_page(making: Making, form: CardForm, status: int = 200) -> Response:
    return _card(making, form).show(status)


def _card(making: Making, form: CardForm) -> StepPage:
    form.national_id.data = ""
    kept = masked(making.begun.one(Step.PERSON, "national_id"))
    if kept:
        form.national_id.description = _("Nummeret %(number)s er fylt ut. La feltet stå tomt for å beholde det.") % {
            "number": kept
        }
    return StepPage(making, Step.PERSON, "making/card.html", form, _("Nytt personkort"))
