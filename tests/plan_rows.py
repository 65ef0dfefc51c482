"""A plan's own rows, changed behind its pages' backs: what no page can do yet."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, update
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.database import Database
from models.people.tables import Person
from models.plans.rules.words import Basis, PlanState
from models.plans.tables.consent import LegalBasis
from models.plans.tables.participants import Grant, Participant
from models.plans.tables.plan import Plan, PlanSpan
from models.rights import Element, Level, PlanKind


def id_of(address: str) -> UUID:
    """Of the plan at an address like /plans/…"""
    return UUID(address.split("/")[2])


async def end(town: Database, address: str) -> None:
    """The plan is inactive."""
    async with town.writing() as session:
        living = col(PlanSpan.plan_id) == id_of(address), col(PlanSpan.valid_to).is_(None)
        await session.execute(update(PlanSpan).where(*living).values(state=PlanState.INACTIVE))


async def set_plan(town: Database, address: str, **values: Any) -> None:
    async with town.writing() as session:
        await session.execute(update(Plan).where(col(Plan.id) == id_of(address)).values(**values))


async def give(
    town: Database, address: str, user_name: str, element: Element, level: Level, item_id: UUID | None = None
) -> None:
    """A participant's right to an element of the plan, or to one item of it, becomes this."""
    plan_id = id_of(address)
    async with town.writing() as session:
        mine = (
            select(Participant)
            .join(Person, col(Person.id) == Participant.person_id)
            .join(Account, col(Account.id) == Person.account_id)
            .where(col(Participant.plan_id) == plan_id, col(Account.user_name) == user_name)
        )
        participant = (await session.scalars(mine)).one()
        which: dict[str, Any] = {"participant_id": participant.id, "element": element, "item_id": item_id}
        old = select(Grant).filter_by(**which)
        for grant in await session.scalars(old):
            await session.delete(grant)
        await session.flush()
        session.add(Grant(municipality_id=participant.municipality_id, level=level, **which))


async def narrow(town: Database, address: str) -> None:
    """The plan's basis does not hold: its content is closed to everybody, and the coordinator may renew it."""
    plan_id = id_of(address)
    async with town.writing() as session:
        await session.execute(delete(LegalBasis).where(col(LegalBasis.plan_id) == plan_id))


async def set_kind(town: Database, address: str, kind: PlanKind) -> None:
    """The plan is, and has always been, of this kind."""
    async with town.writing() as session:
        await session.execute(update(PlanSpan).where(col(PlanSpan.plan_id) == id_of(address)).values(kind=kind))


async def set_basis(town: Database, address: str, basis: Basis) -> None:
    """The plan rests, and has always rested, on this."""
    async with town.writing() as session:
        mine = col(LegalBasis.plan_id) == id_of(address)
        await session.execute(update(LegalBasis).where(mine).values(basis=basis))
