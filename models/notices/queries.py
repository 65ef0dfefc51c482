"""Which deliveries are due."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col

from models.base import HouseSession, pick
from models.notices.rules import DeliveryState
from models.notices.tables import Delivery


async def due(session: HouseSession, most: int = 100) -> Sequence[UUID]:
    """Deliveries waiting, or claimed by a worker that never came back; codes first, then the oldest."""
    now = session.clock.now()
    abandoned = (col(Delivery.state) == DeliveryState.SENDING) & (col(Delivery.claimed_until) < now)
    waiting = (col(Delivery.state) == DeliveryState.WAITING) & (col(Delivery.due_at) <= now)
    urgent = col(Delivery.payload).is_(None)
    rows = pick(Delivery.id).where(or_(waiting, abandoned)).order_by(urgent, col(Delivery.due_at)).limit(most)
    return (await session.scalars(rows)).all()
