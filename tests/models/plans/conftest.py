"""A hamlet with one plan: Kari coordinates, Pål provides, Gro is the guardian, Ola is the owner, Else may only read."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import true
from sqlmodel import col, select

from models.base import HouseSession
from models.database import Database
from models.log.tables import LogRow
from models.notices.tables import Delivery
from models.organisation.tables import Municipality
from models.people.tables import Person
from models.plans.proof import OpenPlan
from models.plans.rules.words import Basis
from models.plans.tables.participants import Participant
from models.plans.tables.plan import Plan, Revision
from models.rights import Role
from tests.hamlet import Hamlet

CAST = {
    "Kari": Role.COORDINATOR,
    "Pål": Role.PROVIDER,
    "Gro": Role.GUARDIAN,
    "Ola": Role.OWNER,
    "Else": Role.OTHER,
}


@dataclass
class Here:
    """The plan, its people, and what an operation left behind."""

    hamlet: Hamlet
    municipality: Municipality
    plan: Plan
    people: dict[str, Person]
    participants: dict[str, Participant]

    @property
    def session(self) -> HouseSession:
        return self.hamlet.session

    async def opened_by(self, name: str) -> OpenPlan:
        return await self.hamlet.opened(self.plan, name.lower())

    async def events(self, *, of: str) -> list[tuple[str, Any]]:
        """What the log tells of one kind of subject, oldest first."""
        await self.session.flush()
        rows = await self.session.scalars(select(LogRow).where(col(LogRow.plan_id) == self.plan.id))
        return [(row.event.value, row.details) for row in rows if row.event.startswith(of)]

    async def revisions(self, item_id: Any) -> list[Revision]:
        await self.session.flush()
        found = select(Revision).where(col(Revision.item_id) == item_id).order_by(col(Revision.number))
        return list(await self.session.scalars(found))

    async def told(self, by: UUID | None = None) -> set[str]:
        """The names of those that a notice, or any notice, waits for."""
        await self.session.flush()
        found = select(Delivery.account_id).where(col(Delivery.notice_id) == by if by else true())
        accounts = set(await self.session.scalars(found))
        return {name for name, person in self.people.items() if person.account_id in accounts}


@pytest.fixture
async def here(database: Database) -> AsyncIterator[Here]:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        municipality = await hamlet.municipality()
        plan = await hamlet.plan(municipality)
        people = {name: await hamlet.person(municipality, name) for name in CAST}
        participants = {name: await hamlet.participant(plan, people[name], role) for name, role in CAST.items()}
        yield Here(hamlet, municipality, plan, people, participants)


@pytest.fixture
async def asking(here: Here) -> Here:
    """The plan rests on what Ola, who is of age, has consented to."""
    await here.hamlet.basis(here.plan, Basis.CONSENT, 2)
    await here.hamlet.consent(here.plan)
    return here
