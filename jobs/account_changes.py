"""Makes the changes of accounts that two have agreed to, a day after the person was told."""

from uuid import UUID

from jobs.kit import Kit
from permissions.house import open_as_house
from permissions.sign_in.changes_made import due, make

NAME = "account-changes"


async def make_account_changes(kit: Kit) -> str:
    """Each in a transaction of its own; one that was stopped meanwhile is not made."""
    async with kit.database.reading() as session:
        waiting = await due(open_as_house(session, NAME))
    return f"made={sum([await _make(kit, change_id) for change_id in waiting])}"


async def _make(kit: Kit, change_id: UUID) -> bool:
    async with kit.database.writing() as session:
        return await make(open_as_house(session, NAME), change_id)
