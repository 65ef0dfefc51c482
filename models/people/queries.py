"""Reading what is sealed on a person card, finding the card by fødselsnummer, and who works where."""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select

from models.base import HouseSession, holds, pick, unseal
from models.organisation.queries import vault
from models.people.proof import Editor
from models.people.rules import Card
from models.people.tables import Person, UnitMembership, YoungSignIn
from models.refusals import NotFound
from models.rights import Right

NATIONAL_ID = "person.national_id"
SEALED = ("national_id", "email", "mobile")


async def card(here: Editor, person: Person) -> Card:
    """All that the card says, the fødselsnummer too: show it only `masked`."""
    here.demand(Right.PEOPLE_EDIT)
    if person.municipality_id != here.municipality_id:
        raise NotFound
    opened = await vault(here.session, person.key_id)
    told = {name: unseal(opened, person, name) or None for name in SEALED}
    return Card(**{name: getattr(person, name) for name in Card.__dataclass_fields__} | told)


async def find(here: Editor, national_id: str) -> Person | None:
    """The person with this fødselsnummer in the municipality."""
    here.demand(Right.PEOPLE_EDIT)
    indexes = here.session.keys.blind_indexes(NATIONAL_ID, national_id)
    found: Person | None = await here.session.scalar(
        select(Person).where(
            col(Person.municipality_id) == here.municipality_id, col(Person.national_id_index).in_(indexes)
        )
    )
    return found


def works(today: date) -> ColumnElement[bool]:
    """A membership of somebody who works at the unit today: pupils who attend it reach nothing through it."""
    return and_(col(UnitMembership.is_staff), holds(UnitMembership.valid_from, UnitMembership.valid_to, today))


async def is_approved(session: HouseSession, person_id: UUID) -> bool:
    """Whether a guardian lets the person sign in before their 15th birthday."""
    living = and_(col(YoungSignIn.person_id) == person_id, col(YoungSignIn.withdrawn_at).is_(None))
    return await session.scalar(pick(YoungSignIn.id).where(living).limit(1)) is not None
