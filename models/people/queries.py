"""Reading what is sealed on a person card, finding the card by fødselsnummer, and who works where."""

from base64 import b64decode
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_
from sqlmodel import col, select

from models.base import HouseSession, holds, pick, unseal
from models.organisation.queries import vault, vaults
from models.people.proof import CardHolder, Editor
from models.people.rules import Card, Gender, OwnContact, masked
from models.people.tables import KeptApart, Person, Picture, UnitMembership, YoungSignIn
from models.refusals import NotFound
from models.rights import Right
from models.sealing import Vault

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
    return await by_number(here.session, here.municipality_id, national_id)


async def by_number(session: HouseSession, municipality_id: UUID, national_id: str) -> Person | None:
    """The same, for who has passed a door to the municipality's persons."""
    indexes = session.keys.blind_indexes(NATIONAL_ID, national_id)
    found: Person | None = await session.scalar(
        select(Person).where(col(Person.municipality_id) == municipality_id, col(Person.national_id_index).in_(indexes))
    )
    return found


@dataclass(frozen=True)
class OwnCard:
    """One's own card; the fødselsnummer is masked."""

    name: str
    birth_date: date | None
    gender: Gender
    national_id: str
    contact: OwnContact
    has_picture: bool
    blocked_address: bool = False


async def own_card(me: CardHolder) -> OwnCard:
    """Raises NotFound for who has no card in this municipality."""
    me.demand_card()
    person = await own_person(me)
    opened = await vault(me.session, person.key_id)
    return OwnCard(
        name=person.name,
        birth_date=person.birth_date,
        gender=person.gender,
        national_id=masked(unseal(opened, person, "national_id")),
        contact=own_contact(opened, person),
        has_picture=await picture_row(me.session, person.id) is not None,
        blocked_address=person.blocked_address,
    )


async def own_person(me: CardHolder) -> Person:
    """The row, locked when the session writes: two tabs of the same person take turns."""
    found = select(Person).where(col(Person.id) == me.demand_card())
    return (await me.session.scalars(found.with_for_update() if me.session.writes else found)).one()


def own_contact(opened: Vault, person: Person) -> OwnContact:
    told = {name: unseal(opened, person, name) or None for name in ("email", "mobile")}
    return OwnContact(**told, email_visible=person.email_visible, mobile_visible=person.mobile_visible)


async def own_picture(me: CardHolder) -> bytes:
    """A JPEG; raises NotFound when there is none."""
    return await picture_of(me.session, me.demand_card())


async def picture_of(session: HouseSession, person_id: UUID) -> bytes:
    """A JPEG, for who has passed a door to the person; raises NotFound when there is none, or its key is gone."""
    picture, person = await picture_row(session, person_id), await session.get(Person, person_id)
    keys = await vaults(session, [person.key_id]) if picture and person else {}
    if not picture or not keys:
        raise NotFound
    (opened,) = keys.values()
    return b64decode(unseal(opened, picture, "content"))


async def picture_row(session: HouseSession, person_id: UUID) -> Picture | None:
    found: Picture | None = await session.scalar(select(Picture).where(col(Picture.person_id) == person_id))
    return found


def works(today: date) -> ColumnElement[bool]:
    """A membership of somebody who works at the unit today: pupils who attend it reach nothing through it."""
    return and_(col(UnitMembership.is_staff), holds(UnitMembership.valid_from, UnitMembership.valid_to, today))


async def is_approved(session: HouseSession, person_id: UUID) -> bool:
    """Whether a guardian lets the person sign in before their 15th birthday."""
    living = and_(col(YoungSignIn.person_id) == person_id, col(YoungSignIn.withdrawn_at).is_(None))
    return await session.scalar(pick(YoungSignIn.id).where(living).limit(1)) is not None


def is_kept_from(person: Any, readers: Collection[UUID]) -> ColumnElement[bool]:
    """That the person in this column, and one of the readers, are never to see anything of each other (N15)."""
    living = col(KeptApart.ended_at).is_(None)
    others = pick(KeptApart.second_id).where(col(KeptApart.first_id).in_(readers), living)
    the_others = pick(KeptApart.first_id).where(col(KeptApart.second_id).in_(readers), living)
    return and_(col(person).is_not(None), col(person).in_(others.union_all(the_others)))
