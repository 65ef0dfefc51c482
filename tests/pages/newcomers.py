"""People whom a plan is made for, and the forms that make it."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.base import pick, unseal
from models.database import Database
from models.organisation.queries import vault
from models.organisation.tables import Municipality
from models.people.rules import Gender
from models.people.tables import Person
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.rights import Role
from tests.client import Page, Visitor

BORN = date(1971, 3, 4)


async def card(town: Database, municipality: str, given: str, family: str, **values: Any) -> UUID:
    async with town.writing() as session:
        place = (await session.scalars(select(Municipality).where(Municipality.name == municipality))).one()
        model = (await session.scalars(select(Person).where(Person.municipality_id == place.id).limit(1))).one()
        born = {"birth_date": BORN} if "expected_date" not in values else {}
        person = Person(
            municipality_id=place.id,
            key_id=model.key_id,
            given_name=given,
            family_name=family,
            gender=Gender.UNKNOWN,
            added_at=session.clock.now(),
            **born,
            **values,
        )
        session.add(person)
        return person.id


async def look_for(visitor: Visitor, name: str = "", day: str = "", number: str = "") -> Page:
    page = await visitor.get("/plans/new")
    return await visitor.send(page, name=name, birth_date=day, national_id=number)


async def onwards(visitor: Visitor, page: Page, act: str = "", **typed: Any) -> Page:
    """Sends the step's form as it stands, ticks too, but for what is typed; `act` is another button than «Neste»."""
    ticked = [box.get("value") for box in page.all("//input[@name='parts'][@checked]")]
    sent: dict[str, Any] = page.typed() | ({"parts": ticked} if ticked else {}) | typed
    return await visitor.post(page.form().get("action"), sent | ({"act": act} if act else {}))


async def chosen(visitor: Visitor, name: str = "Åse-Marie Bø") -> Page:
    """Step 2 of a plan for the newcomer."""
    page = await look_for(visitor, name, BORN.isoformat())
    assert page.goes_to.endswith("/plan"), page.words if page.tree is not None else page.goes_to
    return await visitor.follow(page)


async def at_content(visitor: Visitor, start: str = "ip", **typed: Any) -> Page:
    """Step 3, for the newcomer."""
    return await visitor.follow(await onwards(visitor, await chosen(visitor), start=start, **typed))


async def at_account(visitor: Visitor, start: str = "ip", **typed: Any) -> Page:
    return await visitor.follow(await onwards(visitor, await at_content(visitor, start), **typed))


async def at_summary(visitor: Visitor, start: str = "ip", **typed: Any) -> Page:
    return await visitor.follow(await onwards(visitor, await at_account(visitor, start), **typed))


async def finished(visitor: Visitor, start: str = "ip", **typed: Any) -> Page:
    """The answer to «Fullfør», for the newcomer."""
    return await onwards(visitor, await at_summary(visitor, start), **typed)


async def number_of(town: Database, user_name: str) -> tuple[UUID, str]:
    """The id and the fødselsnummer of one of the cast, opened as only a test may."""
    async with town.reading() as session:
        found = select(Person).join(Account, col(Account.id) == Person.account_id)
        person = (await session.scalars(found.where(col(Account.user_name) == user_name))).first()
        assert person is not None
        return person.id, unseal(await vault(session, person.key_id), person, "national_id")


async def made(town: Database, address: str) -> tuple[Plan, PlanSpan, dict[Role, UUID | None]]:
    plan_id = UUID(address.removeprefix("/plans/").split("?")[0])
    async with town.reading() as session:
        plan = (await session.scalars(select(Plan).where(Plan.id == plan_id))).one()
        span = (await session.scalars(select(PlanSpan).where(PlanSpan.plan_id == plan_id))).one()
        parts = pick(RoleSpan.role, Participant.person_id).join(
            Participant, col(Participant.id) == RoleSpan.participant_id
        )
        rows = await session.execute(parts.where(col(Participant.plan_id) == plan_id))
        return plan, span, {row.role: row.person_id for row in rows}
