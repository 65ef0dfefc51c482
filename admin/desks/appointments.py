"""Who is appointed to what in the municipality (F197, F207), and giving and ending it.

Superadministrators alone give duties, the lesser ones too. Before, local administrators ticked «Ny plan» and «Rediger
person» for others. Here two persons with «Rediger person» must agree on a change of somebody's account: whoever could
make the second, would be both. Superadministrators are the operator's: shown here, neither given nor ended.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, or_
from sqlmodel import col, select

from admin.action import HouseAction
from admin.desk import Desk
from admin.entry import Entry
from admin.facts import Reference
from models.accounts.rules import NewAppointment
from models.accounts.tables.account import Account, Appointment
from models.base import pick
from models.clock import local_day
from models.i18n import N_, _
from models.labels import label as word
from models.people.tables import Person
from models.rights import Duty, PlanKind, Right
from permissions import appointed
from permissions.door import open_municipality
from permissions.sign_in import appointments

TODAY: Any = bindparam("today", type_=Date)
"""Filled in for each request."""
CARD = col(Person.family_name) + ", " + col(Person.given_name)
NAME = func.coalesce(CARD, Account.user_name).label("name")
OVER: ColumnElement[bool] = and_(
    col(Appointment.valid_to).is_not(None),
    or_(col(Appointment.valid_to) <= TODAY, col(Appointment.valid_to) <= col(Appointment.valid_from)),
)
USER_NAME = pick(Account.user_name).where(col(Account.id) == Person.account_id).scalar_subquery()
LABELS = {
    "name": N_("Navn"),
    "user_name": N_("Brukernavn"),
    "person_id": N_("Person"),
    "duty": N_("Oppnevnt til"),
    "plan_kind": N_("Plantype"),
    "valid_from": N_("Fra og med"),
    "last_day": N_("Til og med"),
    "over": N_("Avsluttet"),
}


class HolderForm(Entry):
    duty: Duty
    plan_kind: PlanKind | None = None
    valid_from: date
    last_day: date | None = None


class Whom(Entry):
    person_id: UUID


class AppointForm(HolderForm, Whom):
    """Whom first, then to what."""


class Appoint(HouseAction):
    label = N_("Oppnevn")
    right = Right.ADMINISTRATORS_APPOINT
    place: ClassVar[Literal["toolbar", "item"]] = "toolbar"
    form: ClassVar[type[Entry]] = AppointForm
    primary = True
    prefilled = True
    labels = LABELS
    words = {"duty": word, "plan_kind": word}
    references = {"person_id": Reference(Person, CARD + " (" + USER_NAME + ")", appointed.appointable_people)}
    hint = N_(
        "Personen får rettighetene fra den første dagen, og beskjed om at noe er endret. Barnekoordinatoren for et "
        "bestemt barn oppnevnes under Koordinering, med samtykke fra familien."
    )
    hints = {
        "person_id": N_("Alle som har et personkort og en konto i kommunen. Du kan ikke oppnevne deg selv."),
        "plan_kind": N_("Bare for lokale administratorer: plantypen de har ansvar for. Oppnevn én gang for hver type."),
        "last_day": N_("La feltet stå tomt når oppgaven varer til noen avslutter den."),
    }

    @classmethod
    def offered(cls, viewer: Any, name: str, kind: Any) -> Iterable[Any]:
        """All duties but the one that only the operator gives."""
        return [one for one in kind if one is not Duty.SUPERADMINISTRATOR]

    async def initial(self, session: Any, viewer: Any, row: Any) -> dict[str, Any]:
        return {"valid_from": local_day(session.clock.now()).isoformat()}

    async def person(self, session: Any, viewer: Any, row: Any, entry: Any) -> Person:
        person: Person = await session.get_one(Person, entry.person_id)
        return person

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        here = await open_municipality(session, viewer, self.right)
        person = await self.person(session, viewer, row, entry)
        new = NewAppointment(entry.duty, entry.plan_kind, entry.valid_from, entry.last_day)
        await appointments.appoint(here, person, new)
        return _("{name} er oppnevnt, og får beskjed om det.").format(name=person.name)


class AppointHolder(Appoint):
    """From the row of the account: where there are too many people to choose among in a list."""

    place = "item"
    form = HolderForm
    primary = False
    references = {}
    shown_on = "${!is_closed}"

    async def person(self, session: Any, viewer: Any, row: Any, entry: Any) -> Person:
        card = col(Person.account_id) == row.id, col(Person.municipality_id) == viewer.municipality_id
        person: Person = (await session.scalars(select(Person).where(*card))).one()
        return person


class EndAppointment(HouseAction):
    label = N_("Avslutt")
    right = Right.ADMINISTRATORS_APPOINT
    place = "item"
    form = Entry
    shown_on = "${can_end}"
    hint = N_(
        "Rettighetene slutter å gjelde med en gang, og personen får beskjed om at noe er endret. Oppnevningen blir "
        "stående i listen. Angrer du, oppnevner du personen på nytt."
    )

    async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
        await appointments.end(await open_municipality(session, viewer, self.right), row)
        return _("Oppnevningen er avsluttet.")


class AppointmentDesk(Desk):
    model = Appointment
    right = Right.ADMINISTRATORS_APPOINT
    scope = appointed.administered_appointments
    label = N_("Oppnevninger")
    slug = "appointments"
    named = "${name|raw} – ${duty|raw}"
    hint = N_(
        "Hvem som har en oppgave på vegne av kommunen: administratorer, koordinerende enhet, barnekoordinatorer og "
        "andre. Superadministratorer oppnevnes av dem som drifter Medvirk."
    )
    empty_text = N_("Ingen treff. Endre søket, eller oppnevn den første.")
    list_display = [
        *(NAME, Appointment.duty, Appointment.plan_kind, Appointment.valid_from),
        *(col(Appointment.valid_to).label("last_day"), OVER.label("over")),
    ]
    list_order = [OVER, NAME, Appointment.duty, Appointment.plan_kind, Appointment.valid_from]
    list_filter = [Appointment.duty, Appointment.plan_kind, OVER.label("over")]
    search_label = N_("Navn eller brukernavn")
    search_fields = [NAME.element, col(Person.given_name) + " " + col(Person.family_name), Account.user_name]
    create_fields = update_fields = []
    actions = [Appoint, EndAppointment]
    labels = LABELS
    words = {"duty": word, "plan_kind": word}

    def select(self, session: Any, viewer: Any, asked: Mapping[str, str]) -> Select[Any]:
        card = and_(col(Person.account_id) == Account.id, col(Person.municipality_id) == viewer.municipality_id)
        query = super().select(session, viewer, asked).add_columns(col(Appointment.account_id)).select_from(Appointment)
        joined = query.join(Account, col(Account.id) == Appointment.account_id).outerjoin(Person, card)
        return joined.params(today=local_day(session.clock.now()))

    async def present(self, session: Any, viewer: Any, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """With the last day that counts, how far it has come, and what the button is shown by."""
        shown = await super().present(session, viewer, [_counting(row) for row in rows])
        today = local_day(session.clock.now())
        return [words | _stage(row, viewer, today) for row, words in zip(rows, shown, strict=True)]


def _counting(row: dict[str, Any]) -> dict[str, Any]:
    """None of the last day of what was ended before it began: it has none."""
    until, first = row["last_day"], row["valid_from"]
    last = until - timedelta(days=1) if until and until > first else None
    return {name: value for name, value in row.items() if name != "account_id"} | {"last_day": last}


def _stage(row: dict[str, Any], viewer: Any, today: date) -> dict[str, Any]:
    theirs = row["duty"] is not Duty.SUPERADMINISTRATOR and row["account_id"] != viewer.account_id
    if row["over"]:
        return {"over": _("Ja"), "can_end": False}
    return {"over": _("Nei") if row["valid_from"] <= today else _("Nei, begynner senere"), "can_end": theirs}
