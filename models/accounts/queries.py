"""What is known of an account."""

from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.accounts.tables.identity import Identity
from models.base import HouseSession, pick


async def is_linked(session: HouseSession, account_id: UUID) -> bool:
    """Whether the account's holder can sign in through ID-porten."""
    return await session.scalar(living_identity(account_id)) is not None


def living_identity(account_id: UUID) -> SelectOfScalar[Identity]:
    """The account's link to ID-porten, of which there is at most one."""
    return select(Identity).where(col(Identity.account_id) == account_id, col(Identity.ended_at).is_(None))


async def was_linked(session: HouseSession, account_id: UUID) -> bool:
    """Whether somebody has ever signed in to it through ID-porten, or still can."""
    return await session.scalar(pick(Identity.id).where(col(Identity.account_id) == account_id).limit(1)) is not None
