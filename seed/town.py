"""The demonstration: two municipalities, the cast, and as many plans as asked for, in one transaction."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from random import Random
from typing import TypeVar
from uuid import UUID

from models.base import HouseSession
from models.clock import local_day
from models.database import Database, tune
from models.log.rules import Event
from models.organisation.rules import UnitKind
from models.organisation.tables import Municipality, Unit
from models.rights import Element, Level, PlanKind, Role
from models.templates.tables import RoleTemplate
from permissions.sign_in.passwords import Passwords
from seed.apart import write_apart
from seed.birthdays import write_birthdays, write_coordinator
from seed.cast import PASSWORD, TEXTS, Member, people
from seed.coordination import close_account, write_offer, write_waiting
from seed.fates import FATES, Fate
from seed.followed import write_followed
from seed.invent import Inventor
from seed.life import write_life
from seed.lines import read_csv
from seed.load import age_policies, content_points, installation, is_in_use, templates
from seed.past import write_past
from seed.people import ARRIVED, Card, Folk, Place
from seed.plans import Written, write_plan
from seed.prepared import prepared_rows
from seed.rows import Rows
from seed.scripts import hand_written
from seed.told import Human, ToldPlan, only_coordinated
from seed.visits import write_visits

MUNICIPALITIES = ("Fjordvik", "Dalen")
KINDS = (*[PlanKind.IP] * 7, *[PlanKind.IOP] * 6, *[PlanKind.IUP] * 3, *[PlanKind.SL] * 4)
POSITIONS = {
    UnitKind.SCHOOL: ("Kontaktlærer", "Spesialpedagog", "Miljøterapeut", "Sosiallærer"),
    UnitKind.KINDERGARTEN: ("Pedagogisk leder", "Barnehagelærer", "Spesialpedagog", "Styrer"),
    UnitKind.HEALTH_STATION: ("Helsesykepleier", "Jordmor", "Lege", "Familieterapeut"),
    UnitKind.HEALTH_SERVICE: ("Ergoterapeut", "Fysioterapeut", "Vernepleier", "Logoped"),
    UnitKind.HOME_SERVICE: ("Sykepleier", "Helsefagarbeider", "Vernepleier", "Miljøarbeider"),
    UnitKind.CHILD_WELFARE: ("Kontaktperson", "Barnevernspedagog", "Familieveileder", "Sosionom"),
    UnitKind.SOCIAL_SERVICE: ("Sosionom", "Veileder", "Jobbspesialist", "Gjeldsrådgiver"),
    UnitKind.PPT: ("PP-rådgiver", "Logoped", "Spesialpedagog", "Psykolog"),
}
"""Who works in the units where plans are made; each unit has at least one of each."""

LEAST_STAFF = 4
AT_A_TIME = 100
"""How many plans are written before their rows are poured."""

Dealt = TypeVar("Dealt")


class NotEmpty(ValueError):
    """The database holds something already, and a town is never mixed with it."""


async def seed_demo(
    database: Database,
    passwords: Passwords,
    *,
    plans: int = 60,
    seed: int = 2026,
    today: date | None = None,
    log_rows: int = 60,
    goals: int = 0,
) -> None:
    """Write the town. The same seed and day give the same rows. Raises NotEmpty unless the database is unused.

    For measuring: about `log_rows` rows in the log for each plan with its sign-ins, and `goals` to twice as many goals.
    """
    password_hash = await passwords.hash(PASSWORD)
    async with database.writing() as session:
        if await is_in_use(session):
            raise NotEmpty("The database holds something already. The demonstration needs an empty one.")
        (await installation(session)).is_demonstration = True
        rows = Rows(Random(seed), session.keys, today or local_day(session.clock.now()))
        await _write(session, Town(rows, password_hash, goals), plans, log_rows)
        await tune(session)


async def _write(session: HouseSession, town: "Town", plans: int, log_rows: int) -> None:
    has_kept_apart, has_offer, plans_written = False, False, list[Written]()
    for number, told in enumerate(town.tell(plans), 1):
        written = write_plan(town.rows, told, town.rights)
        has_kept_apart = has_kept_apart or write_apart(written)
        has_offer = has_offer or write_offer(written)
        plans_written.append(written)
        write_life(written)
        past = write_past(written)
        write_visits(written, log_rows)
        write_followed(written, past)
        if number % AT_A_TIME == 0:
            await town.rows.pour(session)
    town.tell_who_waits()
    await town.rows.pour(session)
    here, cast = town.places["Fjordvik"], town.cast
    for written in await write_birthdays(
        session, town.folk, here, plans_written, {human.person_id for human in cast.values()}
    ):
        write_coordinator(written, cast["Fjordvik", "barnekoordinator@fjordvik.example"], town.rights)
    await town.rows.pour(session)
    named = {human.account_id for human in cast.values()}
    await close_account(session, town.rows, [written.told for written in plans_written], here, named)


class Town:
    """The two municipalities, and those who live and work there. Nothing is told twice: `tell` may be called once."""

    def __init__(self, rows: Rows, password_hash: str, goals: int) -> None:
        self.rows, self.folk = rows, Folk(rows, password_hash)
        self.inventor = Inventor(rows, self.folk, goals)
        self.rights: dict[tuple[UUID, PlanKind, Role], dict[Element, Level]] = {}
        self.places = {name: self._place(name) for name in MUNICIPALITIES}
        self.cast = {(member.municipality, member.key): self._member(member) for member in people()}

    def tell(self, plans: int) -> Iterator[ToldPlan]:
        """The hand-written plans, then invented ones: every sixth in Dalen, the others in Fjordvik."""
        for place in self.places.values():
            self._staff(place, plans)
        written = list(hand_written(self.rows, self.places, self.cast))
        yield from written[:plans]
        yield from self._invented(range(len(written), plans))

    def _invented(self, numbers: range) -> Iterator[ToldPlan]:
        """The first individual plan that is in use becomes the town's «Enkelt samspill»."""
        kinds, fates, wants_simple = self._dealt(KINDS), self._dealt(FATES), True
        for number in numbers:
            kind, fate = next(kinds), next(fates)
            told = self.inventor.plan(self.places[MUNICIPALITIES[number % 6 == 5]], kind, fate)
            if wants_simple and (kind, fate) == (PlanKind.IP, Fate.RUNNING):
                told, wants_simple = only_coordinated(told), False
            yield told

    def _dealt(self, cards: Sequence[Dealt]) -> Iterator[Dealt]:
        """Like a deck: shuffled, dealt to the end, and shuffled again."""
        while True:
            yield from self.rows.chance.sample(cards, len(cards))

    def _place(self, name: str) -> Place:
        rows, added_at = self.rows, self.rows.at(ARRIVED)
        municipality = rows.make(Municipality, name=name, added_at=added_at)
        rows.log(added_at, Event.MUNICIPALITY_ADDED, place={"municipality_id": municipality.id})
        for row in templates(municipality.id, rows.new_id):
            rows.put(type(row), **row.model_dump())
            if isinstance(row, RoleTemplate):
                self.rights[municipality.id, row.kind, row.role] = row.levels()
        for policy in age_policies(municipality.id, rows.new_id):
            rows.put(type(policy), **policy.model_dump())
        for point in content_points(municipality.id):
            rows.put(type(point), **point.model_dump())
        for made in prepared_rows(municipality.id, added_at):
            rows.put(type(made), **made.model_dump())
        lines = [line for line in read_csv(TEXTS / "units.csv") if line["municipality"] == name]
        units = [
            rows.make(Unit, municipality_id=municipality.id, name=line["name"], kind=UnitKind(line["kind"]))
            for line in lines
        ]
        taken = {member.unit for member in people()}
        open_units = [unit for unit in units if unit.name not in taken and unit.kind in POSITIONS]
        return Place(municipality.id, name, {unit.name: unit for unit in units}, open_units=open_units)

    def _member(self, member: Member) -> Human:
        place = self.places[member.municipality]
        who = (member.given_name, member.family_name, member.birth_date, member.gender, member.user_name)
        card = Card(*who, place.units.get(member.unit), member.position or None)
        with self.rows.aside() if member.is_aside else nullcontext():
            human = self.folk.welcome(place, card)
            self._appoint(place, human, member)
        return human

    def _appoint(self, place: Place, human: Human, member: Member) -> None:
        for duty, kind in member.duties:
            if human.account_id:
                self.folk.appoint(place, human.account_id, duty, kind)

    def tell_who_waits(self) -> None:
        """For a coordinator, in Fjordvik."""
        unit, appointed = (self.cast["Fjordvik", f"{name}@fjordvik.example"] for name in ("enhet", "barnekoordinator"))
        if unit.account_id:
            write_waiting(self.rows, self.folk, self.places["Fjordvik"], unit.account_id, appointed.person_id)

    def _staff(self, place: Place, plans: int) -> None:
        units = [unit for unit in place.units.values() if unit.kind in POSITIONS]
        for unit in units:
            for number in range(max(LEAST_STAFF, plans // (8 * len(units)))):
                card = self.inventor.names.card(self.rows.day(-self.rows.chance.randint(25 * 365, 64 * 365)))
                position = POSITIONS[unit.kind][number % LEAST_STAFF]
                card = self.folk.with_user_name(replace(card, unit=unit, position=position), place)
                place.staff.append(self.folk.welcome(place, card))
