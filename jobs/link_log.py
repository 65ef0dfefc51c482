"""Binds new log rows into the chains, a little at a time, so that nobody waits long to write."""

from datetime import datetime, timedelta

from jobs.kit import Kit
from models.log import operations as log
from permissions.house import open_as_house
from permissions.proofs import HouseRight

AT_ONCE = 1_000
NEW = timedelta(days=1)


async def link_log(kit: Kit) -> str:
    """The rows of the last day: to look at all of them every minute would cost too much."""
    return await _link(kit, "link-log", kit.database.clock.now() - NEW)


async def link_stragglers(kit: Kit) -> str:
    """All that is not linked yet, however old: what was imported, and what happened while nothing ran."""
    return await _link(kit, "link-stragglers", None)


async def _link(kit: Kit, job: str, since: datetime | None) -> str:
    total, linked = 0, AT_ONCE
    while linked == AT_ONCE:
        async with kit.database.writing() as session:
            open_as_house(session, job).demand(HouseRight.LOG_LINK)
            linked = await log.link(session, AT_ONCE, since)
        total += linked
    return f"linked={total}"
