"""The two of the town who are kept apart, in their browsers; and walking through all of a plan."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import aliased
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.base import pick
from models.database import Database
from models.people.tables import KeptApart, Person
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import PlanSpan
from models.rights import Role
from tests.client import Page, Visitor

ROUTES = Path(__file__).parents[1] / "house" / "routes.txt"
ENOUGH = 3
"""Pages of each kind that a walk reads."""


@dataclass(frozen=True)
class Two:
    """User names of the two and of who coordinates their plan, and the plan's address."""

    first: str
    second: str
    coordinator: str
    plan: str


async def two_of(town: Database) -> Two:
    async with town.reading() as session:
        (pair,) = await session.scalars(select(KeptApart).where(col(KeptApart.ended_at).is_(None)))
        one, other = aliased(Participant), aliased(Participant)
        both = col(other.plan_id) == one.plan_id, col(other.person_id) == pair.second_id
        shared = pick(one.plan_id).join(other, both[0]).where(col(one.person_id) == pair.first_id, both[1])
        (plan_id,) = await session.scalars(
            shared.join(PlanSpan, col(PlanSpan.plan_id) == one.plan_id).where(
                col(PlanSpan.state) == PlanState.ACTIVE, col(PlanSpan.valid_to).is_(None)
            )
        )
        accounts = pick(Person.id, Account.user_name).join(Account, col(Account.id) == Person.account_id)
        found = {row.id: row.user_name for row in await session.execute(accounts)}
        return Two(found[pair.first_id], found[pair.second_id], await _coordinator(town, plan_id), f"/plans/{plan_id}")


async def _coordinator(town: Database, plan_id: UUID) -> str:
    holds_now = col(Participant.valid_to).is_(None), col(RoleSpan.valid_to).is_(None)
    found = (
        pick(Account.user_name)
        .join(Person, col(Person.account_id) == Account.id)
        .join(Participant, col(Participant.person_id) == Person.id)
        .join(RoleSpan, col(RoleSpan.participant_id) == Participant.id)
        .where(col(Participant.plan_id) == plan_id, col(RoleSpan.role) == Role.COORDINATOR, *holds_now)
    )
    async with town.reading() as session:
        return (await session.scalars(found)).first() or ""


def rooms() -> list[str]:
    """What every plan has, below its address: the routes that need to be told nothing more."""
    lines = ROUTES.read_text(encoding="utf-8").splitlines()
    prefix = "GET /plans/{plan_id}"
    found = [line.removeprefix(prefix) for line in lines if line.startswith(prefix)]
    return [under for under in found if "{" not in under]


async def walk(visitor: Visitor, plan: str) -> dict[str, str]:
    """The texts of all rooms of the plan, and of what they link to, by address; each is checked as it is read."""
    waiting, seen = [plan + under for under in rooms()] + ["/plans", "/promises", "/me"], dict[str, str]()
    kinds: Counter[str] = Counter()
    while waiting:
        address = waiting.pop(0).partition("#")[0]
        if address in seen or kinds[_kind(address)] == ENOUGH:
            continue
        page = await visitor.get(address)
        is_open = page.tree is not None and page.status < 400
        seen[address], kinds[_kind(address)] = page.words if is_open else "", kinds[_kind(address)] + 1
        waiting += [link for link in dict.fromkeys(page.links()) if link.startswith(plan)] if is_open else []
    return seen


def _kind(address: str) -> str:
    """Its address without what tells one from another."""
    return re.sub(r"[0-9a-f-]{36}|=[^&]*", "*", address)


async def person_of(town: Database, user_name: str) -> Person:
    async with town.reading() as session:
        found = select(Person).join(Account, col(Account.id) == Person.account_id)
        return (await session.scalars(found.where(Account.user_name == user_name))).one()


async def participant_of(town: Database, plan: str, user_name: str) -> str:
    person = await person_of(town, user_name)
    async with town.reading() as session:
        mine = pick(Participant.id).where(col(Participant.person_id) == person.id)
        here = mine.where(col(Participant.plan_id) == UUID(plan.removeprefix("/plans/")))
        return str((await session.scalars(here)).one())


async def keep_apart(coordinator: Visitor, plan: str, first: str, second: str) -> Page:
    """Through the page, by the names that stand in its lists."""
    page = await coordinator.get(f"{plan}/apart/new")
    return await coordinator.send(
        page, first_id=choice(page, "first_id", first), second_id=choice(page, "second_id", second)
    )


def choice(page: Page, field: str, name: str) -> str:
    return next(
        str(one.get("value"))
        for one in page.all(f"//select[@name='{field}']/option")
        if one.text_content().startswith(name)
    )
