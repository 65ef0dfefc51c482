"""Adding and changing person cards (F196), and what people do to their own (F36-F40).

The log is told which fields changed, never what they hold.
"""

from base64 import b64encode
from dataclasses import asdict
from typing import Any
from uuid import UUID

from models.base import seal
from models.clock import local_day
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event, Scope
from models.organisation import queries as organisation
from models.organisation.operations import new_vault
from models.people import queries
from models.people.proof import CardHolder, Editor
from models.people.queries import NATIONAL_ID, SEALED
from models.people.rules import Card, OwnContact, contact_mistakes, mistakes
from models.people.tables import Person, Picture
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Right
from models.sealing import Vault


async def add(here: Editor, card: Card, *, synthetic: bool) -> Person:
    """A new person in the municipality. `synthetic` says whether made-up fødselsnumre are accepted."""
    here.demand(Right.PEOPLE_EDIT)
    return await new_card(here, here.municipality_id, card, synthetic=synthetic)


async def new_card(here: Scope, municipality_id: UUID, card: Card, *, synthetic: bool) -> Person:
    """What all who may add a person share, after they have demanded. Raises Invalid for a card that cannot be."""
    await _check(here, municipality_id, card, synthetic=synthetic)
    vault = new_vault(here.session, municipality_id)
    await here.session.flush()
    added_at = here.session.clock.now()
    person = Person(municipality_id=municipality_id, key_id=vault.key_id, added_at=added_at, **_open_part(card))
    _write(here, vault, person, card)
    here.session.add(person)
    await here.session.flush()
    log.record(here, Event.PERSON_ADDED, person=str(person.id))
    return person


async def change(here: Editor, person: Person, card: Card, *, synthetic: bool) -> list[str]:
    """Make the person's card say this; returns which fields changed. No fødselsnummer means: keep the known one.

    A new contact is private until the person chooses otherwise (F38).
    """
    here.demand(Right.PEOPLE_EDIT)
    was = asdict(await queries.card(here, person))
    await _check(here, here.municipality_id, card, person.id, synthetic=synthetic)
    wanted = asdict(card) | ({} if card.national_id else {"national_id": was["national_id"]})
    changed = sorted(name for name, value in wanted.items() if value != was[name])
    if changed:
        _write(here, await organisation.vault(here.session, person.key_id), person, Card(**wanted))
        person.email_visible &= "email" not in changed
        person.mobile_visible &= "mobile" not in changed
        await here.session.flush()
        log.record(here, Event.PERSON_CHANGED, person=str(person.id), fields=changed)
    return changed


async def block_address(here: Editor, person: Person, *, blocked: bool) -> None:
    """Nobody in a plan sees how to reach the person (N15), or they do again; to say the same twice leaves one trace."""
    here.demand(Right.PEOPLE_EDIT)
    if person.municipality_id != here.municipality_id:
        raise NotFound
    if person.blocked_address is not blocked:
        person.blocked_address = blocked
        log.record(here, Event.PERSON_CHANGED, person=str(person.id), fields=["blocked_address"])


async def change_own(me: CardHolder, contact: OwnContact, seen: str) -> list[str]:
    """Make one's own card say this; returns which fields changed.

    `seen` is the mark of what was shown: raises Conflict when the card says something else by now.
    """
    me.demand_card()
    person = await queries.own_person(me)
    vault = await organisation.vault(me.session, person.key_id)
    now = queries.own_contact(vault, person)
    if seen != now.mark:
        raise Conflict
    if wrong := contact_mistakes(contact.email, contact.mobile):
        raise Invalid(**wrong)
    changed = sorted(name for name, value in asdict(contact).items() if value != asdict(now)[name])
    if changed:
        seal(vault, person, email=contact.email, mobile=contact.mobile)
        person.email_visible, person.mobile_visible = contact.email_visible, contact.mobile_visible
        log.record(me, Event.PROFILE_CHANGED, fields=changed)
    return changed


async def set_picture(me: CardHolder, jpeg: bytes) -> None:
    """Put one's picture on the card, instead of any that is there. `jpeg` is one that we have made ourselves."""
    me.demand_card()
    person = await queries.own_person(me)
    now = me.session.clock.now()
    picture = await queries.picture_row(me.session, person.id) or Picture(
        municipality_id=person.municipality_id, person_id=person.id, set_at=now
    )
    seal(await organisation.vault(me.session, person.key_id), picture, content=b64encode(jpeg).decode())
    picture.set_at = now
    me.session.add(picture)
    log.record(me, Event.PICTURE_SET)


async def remove_picture(me: CardHolder) -> None:
    """For good: nothing of it is kept. Raises NotFound when there is none."""
    me.demand_card()
    person = await queries.own_person(me)
    picture = await queries.picture_row(me.session, person.id)
    if picture is None:
        raise NotFound
    await me.session.delete(picture)
    log.record(me, Event.PICTURE_REMOVED)


def _open_part(card: Card) -> dict[str, Any]:
    return {name: value for name, value in asdict(card).items() if name not in SEALED}


def _write(here: Scope, vault: Vault, person: Person, card: Card) -> None:
    for name, value in _open_part(card).items():
        setattr(person, name, value)
    seal(vault, person, national_id=card.national_id, email=card.email, mobile=card.mobile)
    if card.national_id:
        person.national_id_index = here.session.keys.blind_indexes(NATIONAL_ID, card.national_id)[0]


async def _check(here: Scope, municipality_id: UUID, card: Card, known: UUID | None = None, *, synthetic: bool) -> None:
    wrong = mistakes(card, local_day(here.session.clock.now()), synthetic=synthetic)
    if card.national_id and "national_id" not in wrong:
        other = await queries.by_number(here.session, municipality_id, card.national_id)
        if other and other.id != known:
            wrong["national_id"] = _("En annen person i kommunen har dette fødselsnummeret.")
    if wrong:
        raise Invalid(**wrong)
