"""What is known of an account."""

from uuid import UUID

from sqlalchemy import and_, or_
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.accounts.proof import OpenProfile
from models.accounts.tables.account import Appointment
from models.accounts.tables.identity import Identity
from models.base import HouseSession, pick
from models.clock import local_day


async def is_linked(session: HouseSession, account_id: UUID) -> bool:
    """Whether the account's holder can sign in through ID-porten."""
    return await session.scalar(living_identity(account_id)) is not None


def living_identity(account_id: UUID) -> SelectOfScalar[Identity]:
    """The account's link to ID-porten, of which there is at most one."""
    return select(Identity).where(col(Identity.account_id) == account_id, col(Identity.ended_at).is_(None))


async def own_appointments(me: OpenProfile) -> list[Appointment]:
    """What one is appointed to where one is, today and later; the first to come first."""
    today = local_day(me.session.clock.now())
    mine = select(Appointment).where(
        Appointment.account_id == me.viewer.account_id,
        Appointment.municipality_id == me.municipality_id,
        or_(
            col(Appointment.valid_to).is_(None),
            and_(col(Appointment.valid_to) > today, col(Appointment.valid_to) > col(Appointment.valid_from)),
        ),
    )
    return list(await me.session.scalars(mine.order_by(col(Appointment.valid_from), col(Appointment.duty))))


async def was_linked(session: HouseSession, account_id: UUID) -> bool:
    """Whether somebody has ever signed in to it through ID-porten, or still can."""
    return await session.scalar(pick(Identity.id).where(col(Identity.account_id) == account_id).limit(1)) is not None
