"""What is known of an account."""

from uuid import UUID

from sqlmodel import col

from models.accounts.tables.identity import Identity
from models.base import HouseSession, pick


async def is_linked(session: HouseSession, account_id: UUID) -> bool:
    """Whether the account's holder can sign in through ID-porten."""
    living = col(Identity.account_id) == account_id, col(Identity.ended_at).is_(None)
    return await session.scalar(pick(Identity.id).where(*living)) is not None
