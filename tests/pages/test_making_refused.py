"""Making a plan: whom it cannot be made for, what it cannot be called, and who may not make any."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account, Appointment
from models.base import pick
from models.clock import local_day
from models.database import Database
from models.people.tables import Person
from models.plans.rules.words import PlanState
from models.plans.tables.begun import BegunPlan
from models.plans.tables.participants import Participant
from models.plans.tables.plan import PlanSpan
from models.rights import Duty, PlanKind
from models.templates.tables import RoleTemplate
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.newcomers import at_summary, card, chosen, look_for, number_of, onwards

pytestmark = pytest.mark.feature("F51")


@pytest.fixture
async def newcomer(town: Database) -> UUID:
    """Somebody in Fjordvik with a person card and no plan: «Åse-Marie Bø»."""
    return await card(town, "Fjordvik", "Åse-Marie", "Bø")


async def owned_by(coordinator: Visitor, town: Database, user_name: str, start: str) -> Any:
    """The answer to step 2 of a plan for one of the cast, found by number."""
    _, number = await number_of(town, user_name)
    page = await coordinator.follow(await look_for(coordinator, number=number))
    return await onwards(coordinator, page, start=start)


async def test_only_one_living_individual_plan_for_each(coordinator: Visitor, town: Database) -> None:
    page = await owned_by(coordinator, town, "planeier@fjordvik.example", "ip")
    assert page.status == 400
    assert "har en individuell plan i kommunen fra før" in page.summary()
    assert (await owned_by(coordinator, town, "planeier@fjordvik.example", "sl")).status == 303


async def test_a_second_individual_plan_is_refused_at_the_last_step_too(
    coordinator: Visitor, town: Database, newcomer: UUID
) -> None:
    """Begun in two windows, each with a plan of its own."""
    pages = [await at_summary(coordinator) for _ in range(2)]
    assert (await onwards(coordinator, pages[0])).status == 303
    page = await coordinator.follow(await onwards(coordinator, pages[1]))
    assert "har en individuell plan i kommunen fra før" in page.summary()


async def test_an_ended_individual_plan_stands_in_nobodys_way(coordinator: Visitor, town: Database, ip: str) -> None:
    async with town.writing() as session:
        found = select(PlanSpan).where(col(PlanSpan.plan_id) == UUID(ip[-36:]), col(PlanSpan.valid_to).is_(None))
        (await session.scalars(found)).one().state = PlanState.INACTIVE
    assert (await owned_by(coordinator, town, "planeier@fjordvik.example", "ip")).status == 303


async def test_nobody_coordinates_their_own_plan(coordinator: Visitor, town: Database) -> None:
    _, number = await number_of(town, "koordinator@fjordvik.example")
    page = await look_for(coordinator, number=number)
    assert (page.status, "Du kan ikke koordinere din egen plan" in page.summary()) == (400, True)


@pytest.mark.feature("F50")
@pytest.mark.parametrize(
    ("short_name", "part"),
    [
        ("", "Skriv et kortnavn"),
        ("  ", "Skriv et kortnavn"),
        ("Plan for Bø", "navnet til planeieren"),
        ("x" * 41, "40"),
    ],
)
@pytest.mark.usefixtures("newcomer")
async def test_a_bad_short_name_is_said_beside_the_field(coordinator: Visitor, short_name: str, part: str) -> None:
    page = await onwards(coordinator, await chosen(coordinator), start="sl", short_name=short_name)
    assert (page.status, part in page.error("short_name")) == (400, True)
    assert page.typed()["short_name"] == short_name


@pytest.mark.feature("F1")
async def test_only_kinds_that_the_municipality_uses_are_offered(
    coordinator: Visitor, town: Database, newcomer: UUID
) -> None:
    async with town.writing() as session:
        coordinating = await session.get(Person, newcomer)
        assert coordinating
        found = select(RoleTemplate).where(
            col(RoleTemplate.municipality_id) == coordinating.municipality_id, col(RoleTemplate.kind) == PlanKind.IUP
        )
        for row in await session.scalars(found):
            await session.delete(row)
    page = await chosen(coordinator)
    assert not page.has("//input[@name='start'][@value='iup']")
    page = await onwards(coordinator, page, start="iup")
    assert (page.status, page.error("start")) == (400, "Velg noe fra listen.")


async def test_the_last_step_sent_twice_makes_one_plan(coordinator: Visitor, town: Database, newcomer: UUID) -> None:
    page = await at_summary(coordinator, "iop")
    first, second = [await onwards(coordinator, page) for _ in range(2)]
    assert first.goes_to.split("?")[0] == second.goes_to
    async with town.reading() as session:
        owned = pick(Participant.id).where(col(Participant.person_id) == newcomer)
        assert len((await session.execute(owned)).all()) == 1
        assert (await session.scalars(select(BegunPlan))).all() == []


@pytest.mark.parametrize("name", ["laerer", "planeier", "superadmin", "admin.helse", "analytiker", "foresatt"])
async def test_who_has_not_the_right_is_refused_everywhere(sign_in: SignIn, name: str) -> None:
    visitor, begun = await sign_in(name), f"/plans/new/{UUID(int=1)}"
    below = [f"{begun}/{step}" for step in ("person", "card", "plan", "content", "account", "summary", "discard")]
    for address in ("/plans/new", *below):
        assert (await visitor.get(address)).status == 403
        assert (await visitor.post(address, {"short_name": "AB", "parts": ["goals"]})).status == 403


async def test_plans_are_made_in_ones_work_and_not_in_ones_personal_profile(sign_in: SignIn, town: Database) -> None:
    async with town.writing() as session:
        found = select(Person).join(Account, col(Account.id) == Person.account_id)
        person = (await session.scalars(found.where(col(Account.user_name) == "foresatt@fjordvik.example"))).one()
        day = local_day(session.clock.now())
        owned = {"municipality_id": person.municipality_id, "account_id": person.account_id}
        session.add(Appointment(**owned, duty=Duty.PLAN_MAKER, valid_from=day))
    guardian = await sign_in("foresatt")
    assert not (await guardian.get("/plans")).has("//a[@href='/plans/new']")
    assert (await guardian.post("/plans/new", {"name": "AB"})).status == 403
    switch = await guardian.get("/me/switch")
    switched = dict(switch.one("//form[@action='/me/switch']").form_values()) | {"profile": "work"}
    assert (await guardian.follow(await guardian.post("/me/switch", switched))).has("//a[@href='/plans/new']")


@pytest.mark.parametrize("under", ["tull", "%00", f"{UUID(int=1)}/tull", "../x", f"{UUID(int=1)}/plan"])
async def test_an_address_that_cannot_be_is_not_found(coordinator: Visitor, under: str) -> None:
    assert (await coordinator.get(f"/plans/new/{under}")).status == 404


async def test_a_stranger_is_sent_to_sign_in(visitor: Visitor) -> None:
    assert (await visitor.get(f"/plans/new/{UUID(int=1)}/plan")).goes_to.startswith("/login")
