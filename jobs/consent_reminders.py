"""Reminds of consents that run out: 30 and 7 days before, and on the last day."""

from jobs.kit import Kit
from models.notices import operations as notices
from models.notices.rules import Notice
from permissions.house import RunningOut, consents_running_out, open_as_house, who_renews
from permissions.proofs import House

DAYS_BEFORE = (30, 7, 0)
LATE = 2
"""A reminder that the house slept through is still sent this many days later."""


async def remind_of_consents(kit: Kit) -> str:
    """Each plan in a transaction of its own; what was sent before is not sent again."""
    async with kit.database.reading() as session:
        house = open_as_house(session, "consent-reminders")
        found = [
            (before, ending)
            for before in DAYS_BEFORE
            for ending in await consents_running_out(house, before, late=min(LATE, before))
        ]
    queued = [await _remind(kit, before, ending) for before, ending in found]
    return f"queued={sum(queued)}"


async def _remind(kit: Kit, before: int, ending: RunningOut) -> bool:
    async with kit.database.writing() as session:
        house = open_as_house(session, "consent-reminders")
        once_key = f"consent:{ending.plan_id}:{ending.last_day}:{before}"
        about = House(session, ending.municipality_id, ending.plan_id)
        recipients = await who_renews(house, ending.plan_id)
        return await notices.queue(about, Notice.CONSENT_EXPIRES, recipients, once_key=once_key) is not None
