"""Tells those who appoint coordinators of plans that nobody coordinates: once a week for each plan."""

from datetime import date
from uuid import UUID

from jobs.kit import Kit
from models.base import HouseSession
from models.clock import local_day
from models.notices import operations as notices
from models.notices.rules import Notice
from permissions.coordination import Vacant, vacant_plans, who_appoints
from permissions.house import open_as_house
from permissions.proofs import House

JOB = "coordinator-watch"


async def watch_coordinators(kit: Kit) -> str:
    """The notice names no plan, so that nobody gets more than one in a round, however many plans it is about."""
    async with kit.database.reading() as session:
        found = await vacant_plans(open_as_house(session, JOB))
    told: set[tuple[UUID, UUID]] = set()
    for plan in found:
        async with kit.database.writing() as session:
            told |= await _tell(session, plan, told)
    return f"plans={len(found)} told={len(told)}"


async def _tell(session: HouseSession, plan: Vacant, told: set[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Who was told now, and where: an account may appoint in several municipalities."""
    recipients = await who_appoints(open_as_house(session, JOB), plan)
    new = {(plan.municipality_id, account) for account in recipients} - told
    once_key = f"coordinator:{plan.plan_id}:{_week(local_day(session.clock.now()))}"
    about = House(session, plan.municipality_id)
    accounts = {account for _municipality, account in new}
    queued = await notices.queue(about, Notice.COORDINATOR_MISSING, accounts, once_key=once_key)
    return new if queued else set()


def _week(day: date) -> str:
    year, week, _day = day.isocalendar()
    return f"{year}-{week}"
