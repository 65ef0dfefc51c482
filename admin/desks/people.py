"""Persons: found by name, or by fødselsnummer in a form that leaves no trace in an address (F195, F196)."""

from datetime import date
from typing import Any

from pydantic import Field
from sqlmodel import col

from admin.action import HouseAction
from admin.desk import Desk
from admin.entry import Entry
from admin.present import as_entered
from models.accounts.tables.account import Account
from models.base import pick
from models.i18n import N_, _
from models.labels import label as word
from models.people import operations, queries
from models.people.rules import Card, Gender, is_national_id, masked
from models.people.tables import Person
from models.refusals import Invalid
from models.rights import Right
from permissions import scopes
from permissions.door import open_municipality
from permissions.sign_in import personal_codes

NAME = (col(Person.family_name) + ", " + col(Person.given_name)).label("name")
USER_NAME = pick(Account.user_name).where(col(Account.id) == Person.account_id).scalar_subquery().label("user_name")
LABELS = {
    "name": N_("Navn"),
    "given_name": N_("Fornavn"),
    "family_name": N_("Etternavn"),
    "birth_date": N_("Født"),
    "expected_date": N_("Termin"),
    "gender": N_("Kjønn"),
    "national_id": N_("Fødselsnummer"),
    "email": N_("E-post"),
    "mobile": N_("Mobil"),
    "has_account": N_("Har konto"),
    "user_name": N_("Brukernavn"),
    "code": N_("Personlig kode"),
    "blocked_address": N_("Sperret adresse"),
}


class PersonForm(Entry):
    given_name: str = Field(max_length=100)
    family_name: str = Field(max_length=100)
    birth_date: date | None = None
    expected_date: date | None = None
    gender: Gender = Gender.UNKNOWN
    email: str | None = Field(default=None, max_length=200)
    mobile: str | None = Field(default=None, max_length=20)
    national_id: str | None = Field(default=None, max_length=11)


class AddPerson(HouseAction):
    label = N_("Legg til person")
    right = Right.PEOPLE_EDIT
    place = "toolbar"
    form = PersonForm
    submit = N_("Lagre")
    primary = True
    labels = LABELS
    words = {"gender": word}
    hints = {"expected_date": N_("Bare for barn som ikke er født.")}

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        here = await open_municipality(session, viewer, self.right)
        await operations.add(here, Card(**entry.model_dump()), synthetic=self.admin.site.synthetic_people)
        return _("Lagret")


class ChangePerson(HouseAction):
    label = N_("Endre")
    right = Right.PEOPLE_EDIT
    place = "item"
    form = PersonForm
    submit = N_("Lagre")
    prefilled = True
    labels = LABELS
    words = {"gender": word}
    hints = AddPerson.hints | {"national_id": N_("La feltet stå tomt for å beholde nummeret som er lagret.")}

    async def initial(self, session: Any, viewer: Any, row: Any) -> dict[str, Any]:
        here = await open_municipality(session, viewer, self.right)
        card = await queries.card(here, row)
        return {name: as_entered(getattr(card, name)) for name in self.form.model_fields if name in LABELS} | {
            "national_id": None
        }

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        here = await open_municipality(session, viewer, self.right)
        await operations.change(here, row, Card(**entry.model_dump()), synthetic=self.admin.site.synthetic_people)
        return _("Lagret")


class NationalIdForm(Entry):
    national_id: str = Field(max_length=11)


class FindPerson(HouseAction):
    """Typed in a form, so that no fødselsnummer stands in an address, a history or a server's log."""

    label = N_("Finn med fødselsnummer")
    right = Right.PEOPLE_EDIT
    place = "toolbar"
    form = NationalIdForm
    submit = N_("Finn")
    labels = LABELS

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        here = await open_municipality(session, viewer, self.right)
        if not is_national_id(entry.national_id, synthetic=self.admin.site.synthetic_people):
            raise Invalid(national_id=_("Dette er ikke et gyldig fødselsnummer eller D-nummer."))
        found = await queries.find(here, entry.national_id)
        if found is None or not await _may_know(session, viewer, found):
            raise Invalid(national_id=_("Ingen i kommunen er lagret med dette fødselsnummeret."))
        name = f"{found.family_name}, {found.given_name}"
        return _("Fødselsnummeret tilhører {name}. Søk på navnet for å se kortet.").format(name=name)


class BlockForm(Entry):
    blocked_address: bool = False


class BlockAddress(HouseAction):
    label = N_("Sperret adresse")
    right = Right.PEOPLE_EDIT
    place = "item"
    form = BlockForm
    submit = N_("Lagre")
    prefilled = True
    labels = LABELS
    hint = N_(
        "For den som må beskyttes. Da ser ingen i planene e-posten eller mobilnummeret, uansett hva personen selv har "
        "valgt å vise. Bare koordinatorer ser det personen har valgt å vise. Personen ser selv at adressen er sperret."
    )

    async def initial(self, session: Any, viewer: Any, row: Any) -> dict[str, Any]:
        return {"blocked_address": row.blocked_address}

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        here = await open_municipality(session, viewer, self.right)
        await operations.block_address(here, row, blocked=entry.blocked_address)
        return _("Lagret")


async def _may_know(session: Any, viewer: Any, person: Person) -> bool:
    """Nobody finds whom they are kept apart from (N15)."""
    known = pick(Person.id).where(col(Person.id) == person.id, scopes.administered_people(viewer))
    return await session.scalar(known) is not None


class CodeForm(Entry):
    code: str = Field(max_length=20)


class JoinAccount(HouseAction):
    """Joins the card to an account from another municipality (F199). A wrong code is counted after the rollback."""

    label = N_("Koble til bruker")
    right = Right.PEOPLE_EDIT
    place = "item"
    form = CodeForm
    submit = N_("Koble til")
    labels = LABELS
    hint = N_("For den som har bruker i en annen kommune. Personen lager selv koden, under «Min informasjon».")
    hints = {"code": N_("To grupper på fem tegn.")}

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        here = await open_municipality(session, viewer, self.right)
        await personal_codes.redeem(here, row, entry.code)
        return _("Personen er koblet til brukeren sin, og får beskjed om det.")

    def when_refused(self, request: Any, viewer: Any) -> None:
        self.admin.site.afterwards(request, lambda session: personal_codes.count_wrong(session, viewer))


class PersonDesk(Desk):
    model = Person
    right = Right.PEOPLE_EDIT
    scope = scopes.administered_people
    label = N_("Personer")
    slug = "people"
    hint = N_("Alle som kommunen har et personkort for, med og uten konto.")
    empty_text = N_("Ingen treff. Prøv en del av navnet, eller finn personen med fødselsnummer.")
    list_display = [
        *(NAME, Person.birth_date, Person.gender),
        *(col(Person.account_id).is_not(None).label("has_account"), USER_NAME),
    ]
    list_order = [Person.family_name, Person.given_name]
    list_filter = [Person.birth_date]
    search_label = N_("Navn")
    search_fields = [NAME.element, col(Person.given_name) + " " + col(Person.family_name)]
    read_fields = [
        *(Person.given_name, Person.family_name, Person.birth_date, Person.expected_date, Person.gender),
        *(Person.email, Person.mobile, Person.blocked_address, Person.national_id),
    ]
    create_fields = update_fields = []
    actions = [AddPerson, FindPerson, ChangePerson, BlockAddress, JoinAccount]
    in_sight = 2
    labels = LABELS
    words = {"gender": word}

    async def viewed(self, session: Any, viewer: Any, row: Any) -> dict[str, Any]:
        card = await queries.card(await open_municipality(session, viewer, self.right), row)
        known = vars(card) | {"blocked_address": row.blocked_address}
        shown = {column.key: known[column.key] for column in self.read_fields}
        shown["national_id"] = masked(card.national_id or "")
        return (await self.present(session, viewer, [shown]))[0]
