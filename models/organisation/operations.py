"""Keys for what is to be sealed, and new municipalities."""

from uuid import UUID, uuid4

from models.base import HouseSession
from models.organisation.tables import DataKey
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
