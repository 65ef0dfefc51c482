"""What the coordinator decides about the plan itself: its first page (F59), and when it is gone through.

What is open to those who may renew the plan's basis stays open while the content is closed.
"""

from collections.abc import Collection
from datetime import date

from sqlmodel import col, select

from models.log import operations as log
from models.log.rules import Event
from models.plans.operations.keeping import changed
from models.plans.proof import OpenPlan
from models.plans.rules.revision import check_revision
from models.plans.rules.words import HomeBlock
from models.plans.tables.plan import Plan
from models.rights import Element, Level


async def change(plan: OpenPlan, *, shown: Collection[HomeBlock], revise_on: date | None) -> None:
    """The blocks its first page shows, and the day it is to be gone through. Raises Refused or Invalid.

    A day that has passed may stay as it was: it says that the plan is overdue.
    """
    _demand(plan)
    row = await _row(plan)
    if revise_on != row.revise_on:
        check_revision(revise_on, plan.today)
    hidden = [block.value for block in HomeBlock if block not in shown]
    if fields := changed(plan, row, home_hidden=hidden, revise_on=revise_on):
        log.record(plan, Event.PLAN_CHANGED, fields=fields)


async def revise(plan: OpenPlan, revise_on: date | None) -> None:
    """The plan has been gone through today, and is to be again that day, if decided. Raises Refused or Invalid."""
    _demand(plan)
    check_revision(revise_on, plan.today)
    row = await _row(plan)
    row.revised_on, row.revise_on = plan.today, revise_on
    log.record(plan, Event.PLAN_REVISED)


def _demand(plan: OpenPlan) -> None:
    plan.demand(Element.PLAN, Level.CHANGE)
    plan.demand_active()


async def _row(plan: OpenPlan) -> Plan:
    row: Plan = (await plan.session.scalars(select(Plan).where(col(Plan.id) == plan.plan_id))).one()
    return row
