"""Whose birthday changes who decides (N4): owners who soon become 13, 15, 16 and 18, and none under 15 who signs in.

Told after everything else, by chances of its own: the town is otherwise the same with or without it.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col

from models.base import HouseSession, seal
from models.organisation.queries import vault
from models.organisation.rules import OF_AGE
from models.organisation.tables import AgeStep
from models.people.rules import age
from models.people.tables import Person
from models.plans.rules.ages import LATE
from models.plans.rules.words import PlanState
from models.rights import PlanKind, Role
from seed.people import Folk, Place
from seed.plans import Templates, Written, take_part
from seed.told import YESTERDAY, Human, Part, ToldPlan

SOON = ((13, PlanKind.SL, 20), (15, PlanKind.IOP, 35), (16, PlanKind.SL, 50), (18, PlanKind.IP, 65))
"""The age, the kind of plan, and in how many days: all within the ninety that the job looks ahead."""
NOT_ASKED = (13, PlanKind.SL)
"""A step that is not in use until a municipality says so; here it is."""
JOINED = -30


@dataclass(frozen=True)
class Owned:
    """A plan, and the card of whom it is for."""

    written: Written
    owner: Person

    def is_free(self, chosen: Collection[UUID]) -> bool:
        return self.owner.id not in chosen

    def may_be(self, years: int) -> bool:
        """About to be so old: nobody under 15 signs in."""
        return years > OF_AGE or self.owner.account_id is None


async def write_birthdays(
    session: HouseSession, folk: Folk, place: Place, plans: Sequence[Written], named: Collection[UUID]
) -> list[Written]:
    """The plans that somebody will be asked about, one for each age. `named` are persons who stay as they were told."""
    with folk.rows.aside():
        found = [one for one in [await _owned(session, each) for each in plans] if one.is_free(named)]
        chosen: dict[UUID, Written] = {}
        for years, kind, days in SOON:
            fitting = [one for one in _asked_about(found, place, kind) if one.is_free(chosen) and one.may_be(years)]
            if fitting:
                nearest = min(fitting, key=lambda one: abs(_age(folk, one.owner) - years))
                await _become(session, folk, nearest.owner, _born(folk.rows.day(days), years))
                chosen[nearest.owner.id] = nearest.written
        for number, owner in enumerate(_too_young(folk, found)):
            await _become(session, folk, owner, _born(folk.rows.day(-LATE - 9 * (number + 1)), OF_AGE))
    years, kind = NOT_ASKED
    step = update(AgeStep).where(col(AgeStep.municipality_id) == place.municipality_id)
    await session.execute(step.where(col(AgeStep.age) == years, col(AgeStep.kind) == kind).values(in_use=True))
    return list(chosen.values())


def write_coordinator(written: Written, human: Human, templates: Templates) -> None:
    """Coordinates the plan together with whoever did so before (F131)."""
    with written.rows.aside():
        part = Part(written.rows.new_id(), Role.COORDINATOR, JOINED, human)
        take_part(written, part, templates)


async def _owned(session: HouseSession, written: Written) -> Owned:
    (owner,) = [part.human for part in written.told.parts if part.role is Role.OWNER and part.human]
    return Owned(written, await session.get_one(Person, owner.person_id))


def _asked_about(found: Sequence[Owned], place: Place, kind: PlanKind) -> Iterator[Owned]:
    """Those of plans in use with guardians, which the same person has coordinated all the time."""
    for one in found:
        told = one.written.told
        if told.kind is kind and told.municipality_id == place.municipality_id and _is_calm(told):
            yield one


def _is_calm(told: ToldPlan) -> bool:
    roles = [role for part in told.parts for role, _first, _last in part.roles()]
    in_use = told.states[-1][0] is PlanState.ACTIVE and told.ends >= YESTERDAY and told.made < JOINED
    return in_use and Role.GUARDIAN in roles and roles.count(Role.COORDINATOR) == 1


def _too_young(folk: Folk, found: Sequence[Owned]) -> Iterator[Person]:
    """Children who sign in; they are let be a little older."""
    return (one.owner for one in found if one.owner.account_id and _age(folk, one.owner) < OF_AGE)


def _age(folk: Folk, person: Person) -> int:
    return age(person.birth_date, folk.rows.today) if person.birth_date else OF_AGE


def _born(birthday: date, years: int) -> date:
    return birthday.replace(year=birthday.year - years, day=min(birthday.day, 28))


async def _become(session: HouseSession, folk: Folk, person: Person, born: date) -> None:
    """Another birth date, and the number that goes with it."""
    number = folk.free_number(born)
    person.birth_date = born
    person.national_id_index = session.keys.blind_indexes("person.national_id", number)[0]
    seal(await vault(session, person.key_id), person, national_id=number)
