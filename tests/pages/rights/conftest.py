"""Where a participant's rights are read and decided, and what the forms send."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlmodel import col

from models.accounts.tables.account import Account
from models.base import pick
from models.database import Database
from models.people.tables import Person
from models.plans.tables.goals import Activity, Goal
from models.plans.tables.participants import Grant, Participant
from models.rights import Element, Level
from tests.plan_rows import id_of

Of = Callable[[str, str], Awaitable[str]]
Held = Callable[..., Awaitable[Level | None]]


@pytest.fixture
def of(town: Database) -> Of:
    """`await of(ip, "tjenesteyter")`: the id of their participation in that plan, as addresses hold it."""

    async def found(plan: str, name: str) -> str:
        user_name = name if "@" in name else f"{name}@fjordvik.example"
        mine = (
            pick(Participant.id)
            .join(Person, col(Person.id) == Participant.person_id)
            .join(Account, col(Account.id) == Person.account_id)
            .where(col(Participant.plan_id) == id_of(plan), col(Account.user_name) == user_name)
        )
        async with town.reading() as session:
            return str((await session.scalars(mine)).one())

    return found


@pytest.fixture
def held(town: Database) -> Held:
    """`await held(participant_id, Element.GOALS)`: the level that is recorded, None where there is none."""

    async def found(participant_id: str, element: Element, item_id: UUID | None = None) -> Level | None:
        mine = col(Grant.participant_id) == UUID(participant_id), col(Grant.element) == element
        async with town.reading() as session:
            level: Level | None = await session.scalar(pick(Grant.level).where(*mine, col(Grant.item_id) == item_id))
        return level

    return found


async def first_goal(town: Database, plan: str) -> UUID:
    """Of the plan's goals, the first that is in use."""
    living = col(Goal.plan_id) == id_of(plan), col(Goal.deleted_at).is_(None), col(Goal.historic_at).is_(None)
    async with town.reading() as session:
        found: UUID | None = await session.scalar(pick(Goal.id).where(*living).order_by(col(Goal.place)).limit(1))
    assert found
    return found


async def an_activity(town: Database, goal_id: UUID) -> UUID:
    under = col(Activity.goal_id) == goal_id, col(Activity.deleted_at).is_(None)
    async with town.reading() as session:
        found: UUID | None = await session.scalar(pick(Activity.id).where(*under).limit(1))
    assert found
    return found
