"""The people of a municipality who wait for a coordinator, or have one that koordinerende enhet appointed.

Nobody is told of somebody they are kept apart from (N15).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from models.accounts.proof import OpenMunicipality
from models.base import pick
from models.i18n import _
from models.people.queries import by_number, is_kept_from
from models.people.rules import full_name
from models.people.tables import Person
from models.plans.queries.owners import Sought
from models.plans.rules.words import ConsentMethod, CoordinatorKind
from models.plans.tables.baton import CoordinatorWanted
from models.refusals import Invalid, NotFound
from models.rights import Right


@dataclass(frozen=True)
class Waiting:
    """`coordinator` is the name of who was appointed, if anybody; `born` is the expected day of a child to come."""

    wanted_id: UUID
    person_id: UUID
    name: str
    born: date | None
    kind: CoordinatorKind
    asked_on: date
    consent_method: ConsentMethod | None
    consent_on: date | None
    coordinator: str
    appointed_on: date | None


async def waiting(here: OpenMunicipality) -> list[Waiting]:
    """Whoever waits, the longest first; then those who have somebody. Who may not appoint, sees their own alone."""
    here.demand(Right.COORDINATION_READ)
    found = _living(here)
    if not here.viewer.has(Right.COORDINATION_APPOINT):
        found = found.where(col(CoordinatorWanted.appointed_id) == here.viewer.person_id)
    return [_waiting(row) for row in await here.session.execute(found)]


def _living(here: OpenMunicipality) -> Select[Any]:
    appointed = aliased(Person)
    columns: tuple[Any, ...] = (
        *(CoordinatorWanted.id, CoordinatorWanted.person_id, CoordinatorWanted.kind, CoordinatorWanted.asked_on),
        *(CoordinatorWanted.consent_method, CoordinatorWanted.consent_on, CoordinatorWanted.appointed_on),
        *(Person.given_name, Person.family_name, Person.birth_date, Person.expected_date),
        *(col(appointed.given_name).label("their_given"), col(appointed.family_name).label("their_family")),
    )
    return (
        pick(*columns)
        .join(Person, col(Person.id) == CoordinatorWanted.person_id)
        .outerjoin(appointed, col(appointed.id) == CoordinatorWanted.appointed_id)
        .where(
            col(CoordinatorWanted.municipality_id) == here.municipality_id,
            col(CoordinatorWanted.ended_on).is_(None),
            ~is_kept_from(CoordinatorWanted.person_id, here.readers),
            ~is_kept_from(CoordinatorWanted.appointed_id, here.readers),
        )
        .order_by(
            col(CoordinatorWanted.appointed_id).is_not(None), col(CoordinatorWanted.asked_on), col(CoordinatorWanted.id)
        )
    )


def _waiting(row: Any) -> Waiting:
    return Waiting(
        wanted_id=row.id,
        person_id=row.person_id,
        name=full_name(row.given_name, row.family_name),
        born=row.birth_date or row.expected_date,
        kind=row.kind,
        asked_on=row.asked_on,
        consent_method=row.consent_method,
        consent_on=row.consent_on,
        coordinator=full_name(row.their_given, row.their_family) if row.their_given else "",
        appointed_on=row.appointed_on,
    )


async def one_waiting(here: OpenMunicipality, wanted_id: UUID) -> Waiting:
    """Raises NotFound for one of another municipality, or one that is ended."""
    here.demand(Right.COORDINATION_APPOINT)
    found = (await here.session.execute(_living(here).where(col(CoordinatorWanted.id) == wanted_id))).first()
    if found is None:
        raise NotFound
    return _waiting(found)


async def wanted_row(here: OpenMunicipality, wanted_id: UUID) -> CoordinatorWanted:
    """As `one_waiting`, to be changed: locked, so that two who change it take turns."""
    here.demand(Right.COORDINATION_APPOINT)
    mine = select(CoordinatorWanted).where(
        col(CoordinatorWanted.id) == wanted_id,
        col(CoordinatorWanted.municipality_id) == here.municipality_id,
        col(CoordinatorWanted.ended_on).is_(None),
        ~is_kept_from(CoordinatorWanted.person_id, here.readers),
        ~is_kept_from(CoordinatorWanted.appointed_id, here.readers),
    )
    found: CoordinatorWanted | None = await here.session.scalar(mine.with_for_update() if here.session.writes else mine)
    if found is None:
        raise NotFound
    return found


async def person_of(here: OpenMunicipality, person_id: UUID) -> Person:
    """Raises NotFound for somebody of another municipality, and for who is kept apart from the viewer."""
    here.demand(Right.COORDINATION_APPOINT)
    found: Person | None = await here.session.scalar(
        select(Person).where(
            *(col(Person.id) == person_id, col(Person.municipality_id) == here.municipality_id),
            ~is_kept_from(Person.id, here.readers),
        )
    )
    if found is None:
        raise NotFound
    return found


async def find_person(here: OpenMunicipality, sought: Sought) -> Person | None:
    """The one who fits exactly, by number or else by whole name and day; None when nobody does. Nobody is listed,
    and by name nobody is found whose address is blocked (N15).

    Raises Invalid when there is too little to go by, or several fit.
    """
    here.demand(Right.COORDINATION_APPOINT)
    if sought.national_id:
        known = await by_number(here.session, here.municipality_id, sought.national_id)
        return await person_of(here, known.id) if known else None
    name, born = sought.name, sought.birth_date
    if not name.strip() or born is None:
        raise Invalid(name=_("Skriv fødselsnummeret, eller både navn og fødselsdato."))
    day = or_(col(Person.birth_date) == born, col(Person.expected_date) == born)
    known_to = col(Person.municipality_id) == here.municipality_id, ~is_kept_from(Person.id, here.readers)
    open_ = col(Person.blocked_address).is_(False)
    rows = await here.session.scalars(select(Person).where(*known_to, open_, day))
    found = [one for one in rows if _plain(one.name) == _plain(name)]
    if len(found) > 1:
        raise Invalid(name=_("Flere i kommunen har dette navnet og denne datoen. Bruk fødselsnummeret."))
    return found[0] if found else None


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
