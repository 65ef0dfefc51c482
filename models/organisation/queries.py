"""Opening vaults, what a municipality has decided, and what this installation is."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import col

from models.base import HouseSession, pick
from models.organisation.rules import UNDER_15, UnderAge
from models.organisation.tables import AgePolicy, DataKey, Installation
from models.rights import PlanKind
from models.sealing import Vault


async def vaults(session: HouseSession, key_ids: Iterable[UUID]) -> dict[UUID, Vault]:
    """The vaults that still open, by key id: destroyed keys are left out."""
    keys = pick(DataKey.id, DataKey.ring_key, DataKey.wrapped).where(
        col(DataKey.id).in_(set(key_ids)), col(DataKey.wrapped).is_not(None)
    )
    return {row.id: session.keys.vault(row.id, row.ring_key, row.wrapped) for row in await session.execute(keys)}


async def vault(session: HouseSession, key_id: UUID) -> Vault:
    """Raises KeyError when the key was destroyed."""
    return (await vaults(session, [key_id]))[key_id]


async def is_demonstration(session: HouseSession) -> bool:
    return bool(await session.scalar(pick(Installation.is_demonstration)))


async def under_15(session: HouseSession, municipality_id: UUID) -> dict[PlanKind, UnderAge]:
    """What those under 15 may do in each kind of plan."""
    decided = pick(AgePolicy.kind, AgePolicy.under_15).where(col(AgePolicy.municipality_id) == municipality_id)
    return {**UNDER_15, **{row.kind: row.under_15 for row in await session.execute(decided)}}
