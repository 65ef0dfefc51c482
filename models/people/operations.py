"""Adding and changing person cards (F196). The log is told which fields changed, never what they hold."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from models.base import seal
from models.clock import local_day
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.organisation import queries as organisation
from models.organisation.operations import new_vault
from models.people import queries
from models.people.proof import Editor
from models.people.queries import NATIONAL_ID, SEALED
from models.people.rules import Card, mistakes
from models.people.tables import Person
from models.refusals import Invalid
from models.rights import Right
from models.sealing import Vault


async def add(here: Editor, card: Card, *, synthetic: bool) -> Person:
    """A new person in the municipality. `synthetic` says whether made-up fødselsnumre are accepted."""
    here.demand(Right.PEOPLE_EDIT)
    await _check(here, card, synthetic=synthetic)
    vault = new_vault(here.session, here.municipality_id)
    await here.session.flush()
    added_at = here.session.clock.now()
    person = Person(municipality_id=here.municipality_id, key_id=vault.key_id, added_at=added_at, **_open_part(card))
    _write(here, vault, person, card)
    here.session.add(person)
    await here.session.flush()
    log.record(here, Event.PERSON_ADDED, person=str(person.id))
    return person


async def change(here: Editor, person: Person, card: Card, *, synthetic: bool) -> list[str]:
    """Make the person's card say this; returns which fields changed. No fødselsnummer means: keep the known one."""
    here.demand(Right.PEOPLE_EDIT)
    was = asdict(await queries.card(here, person))
    await _check(here, card, person.id, synthetic=synthetic)
    wanted = asdict(card) | ({} if card.national_id else {"national_id": was["national_id"]})
    changed = sorted(name for name, value in wanted.items() if value != was[name])
    if changed:
        _write(here, await organisation.vault(here.session, person.key_id), person, Card(**wanted))
        await here.session.flush()
        log.record(here, Event.PERSON_CHANGED, person=str(person.id), fields=changed)
    return changed


def _open_part(card: Card) -> dict[str, Any]:
    return {name: value for name, value in asdict(card).items() if name not in SEALED}


def _write(here: Editor, vault: Vault, person: Person, card: Card) -> None:
    for name, value in _open_part(card).items():
        setattr(person, name, value)
    seal(vault, person, national_id=card.national_id, email=card.email, mobile=card.mobile)
    if card.national_id:
        person.national_id_index = here.session.keys.blind_indexes(NATIONAL_ID, card.national_id)[0]


async def _check(here: Editor, card: Card, known: UUID | None = None, *, synthetic: bool) -> None:
    wrong = mistakes(card, local_day(here.session.clock.now()), synthetic=synthetic)
    if card.national_id and "national_id" not in wrong:
        other = await queries.find(here, card.national_id)
        if other and other.id != known:
            wrong["national_id"] = _("En annen person i kommunen har dette fødselsnummeret.")
    if wrong:
        raise Invalid(**wrong)
