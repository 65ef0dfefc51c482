"""Binds new log rows into the chains, a little at a time, so that nobody waits long to write."""

from jobs.kit import Kit
from models.log import operations as log
from permissions.house import open_as_house
from permissions.proofs import HouseRight

AT_ONCE = 1_000


async def link_log(kit: Kit) -> str:
    total, linked = 0, AT_ONCE
    while linked == AT_ONCE:
        async with kit.database.writing() as session:
            open_as_house(session, "link-log").demand(HouseRight.LOG_LINK)
            linked = await log.link(session, AT_ONCE)
        total += linked
    return f"linked={total}"
