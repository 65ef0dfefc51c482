"""Reminds the coordinators of plans that are to be gone through: 14 days before, and on the day."""

from jobs.kit import Kit
from models.notices import operations as notices
from models.notices.rules import Notice
from permissions.house import open_as_house
from permissions.proofs import House
from permissions.revisions import Due, plans_to_revise, who_revises

JOB = "revision-reminders"
DAYS_BEFORE = (14, 0)
LATE = 2
"""A reminder that the house slept through is still sent this many days later."""


async def remind_of_revisions(kit: Kit) -> str:
    """Each plan in a transaction of its own; what was sent before is not sent again."""
    async with kit.database.reading() as session:
        house = open_as_house(session, JOB)
        found = [(before, due) for before in DAYS_BEFORE for due in await plans_to_revise(house, before, late=LATE)]
    queued = [await _remind(kit, before, due) for before, due in found]
    return f"queued={sum(queued)}"


async def _remind(kit: Kit, before: int, due: Due) -> bool:
    async with kit.database.writing() as session:
        house = open_as_house(session, JOB)
        once_key = f"revision:{due.plan_id}:{due.day}:{before}"
        about = House(session, due.municipality_id, due.plan_id)
        recipients = await who_revises(house, due.plan_id)
        return await notices.queue(about, Notice.REVISION_DUE, recipients, once_key=once_key) is not None
