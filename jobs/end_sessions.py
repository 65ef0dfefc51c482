"""Ends the sessions that have run out, so that the log says so also when their browsers never come back (F26)."""

from jobs.kit import Kit
from permissions.house import open_as_house
from permissions.sign_in.sessions import end_run_out


async def end_sessions(kit: Kit) -> str:
    async with kit.database.writing() as session:
        return f"ended={await end_run_out(open_as_house(session, 'end-sessions'))}"
