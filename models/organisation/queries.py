"""Opening vaults, what a municipality has decided, and what this installation is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import col

from models.base import HouseSession, columns, pick
from models.organisation.rules import UNDER_15, Severity, UnderAge
from models.organisation.tables import AgePolicy, DataKey, Installation, Municipality, ServiceMessage
from models.rights import PlanKind
from models.sealing import Vault

GRAVEST = (Severity.CRITICAL, Severity.WARNING, Severity.INFO)


async def vaults(session: HouseSession, key_ids: Iterable[UUID]) -> dict[UUID, Vault]:
    """The vaults that still open, by key id: destroyed keys are left out."""
    wanted = set(key_ids)
    if not wanted:
        return {}
    keys = pick(DataKey.id, DataKey.ring_key, DataKey.wrapped).where(
        col(DataKey.id).in_(wanted), col(DataKey.wrapped).is_not(None)
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


async def kinds_not_in_use(session: HouseSession, municipality_id: UUID) -> frozenset[PlanKind]:
    """The kinds that no new plans are to be made of (F1)."""
    left_out = pick(AgePolicy.kind).where(col(AgePolicy.municipality_id) == municipality_id, ~col(AgePolicy.in_use))
    return frozenset(await session.scalars(left_out))


@dataclass(frozen=True)
class ShownMessage:
    """A service message in one language; `municipality` is None when the installation has only one."""

    severity: Severity
    text: str
    municipality: str | None
    shown_from: datetime
    shown_to: datetime | None


async def service_messages(session: HouseSession, language: str, ahead: timedelta = timedelta()) -> list[ShownMessage]:
    """The messages shown now, or within `ahead`: the gravest first, in bokmål where they lack the language (F31)."""
    now = session.clock.now()
    found = (
        pick(*columns(ServiceMessage), col(Municipality.name).label("municipality"))
        .join(Municipality, col(Municipality.id) == ServiceMessage.municipality_id)
        .where(col(ServiceMessage.shown_from) <= now + ahead)
        .where(or_(col(ServiceMessage.shown_to).is_(None), col(ServiceMessage.shown_to) > now))
        .order_by(col(ServiceMessage.shown_from), col(ServiceMessage.id))
    )
    rows = sorted(await session.execute(found), key=lambda row: GRAVEST.index(row.severity))
    many = await session.scalar(pick(func.count()).select_from(Municipality)) or 0
    return [
        ShownMessage(
            severity=row.severity,
            text=getattr(row, f"text_{language}") or row.text_nb,
            municipality=row.municipality if many > 1 else None,
            shown_from=row.shown_from,
            shown_to=row.shown_to,
        )
        for row in rows
    ]
