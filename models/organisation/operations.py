"""Keys for what is to be sealed, and what a municipality decides about signing in."""

from dataclasses import asdict
from uuid import UUID, uuid4

from models.base import HouseSession
from models.log import operations as log
from models.log.rules import Event
from models.organisation.proof import Editor
from models.organisation.rules import SignInRules, mistakes
from models.organisation.tables import DataKey, Municipality
from models.refusals import Invalid, NotFound
from models.rights import Right
from models.sealing import Vault


def new_vault(session: HouseSession, municipality_id: UUID | None) -> Vault:
    """Make, store and unwrap a data key; whoever owns it keeps `vault.key_id`."""
    key_id = uuid4()
    ring_key, wrapped = session.keys.new_key(key_id)
    session.add(
        DataKey(
            id=key_id, municipality_id=municipality_id, ring_key=ring_key, wrapped=wrapped, made_at=session.clock.now()
        )
    )
    return session.keys.vault(key_id, ring_key, wrapped)


async def set_up(
    here: Editor, municipality: Municipality, wanted: SignInRules, *, configured: bool, comes_back: bool
) -> list[str]:
    """How surely people must sign in (F20), when who does nothing is signed out (C2), and how the owner says yes (C10,
    C14); returns what changed.

    `configured`: whether this installation is known at ID-porten. `comes_back`: whether whoever asks could still get
    in afterwards if the highest level were demanded. Raises Invalid.
    """
    here.demand(Right.MUNICIPALITY_SET_UP)
    if municipality.id != here.municipality_id:
        raise NotFound
    if wrong := mistakes(wanted, configured=configured, comes_back=comes_back):
        raise Invalid(**wrong)
    values = asdict(wanted)
    fields = sorted(name for name, value in values.items() if getattr(municipality, name) != value)
    for name in fields:
        setattr(municipality, name, values[name])
    if fields:
        log.record(here, Event.REGISTER_CHANGED, register="municipality", row=str(municipality.id), fields=fields)
    return fields
