"""Making a plan on a real PostgreSQL: for everybody who can own one, and two presses on «Fullfør» at the same moment on
both databases."""

from asyncio import gather
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from httpx import ASGITransport, AsyncClient
from sqlmodel import col, select

from main import create_app
from models.base import unseal
from models.clock import SteppingClock
from models.database import Database
from models.organisation.queries import vault
from models.people.rules import is_national_id
from models.people.tables import Person
from models.plans.tables.participants import Participant
from models.rights import Role
from models.sealing import KeyRing
from permissions.sign_in.passwords import Passwords
from tests.client import Page, Visitor
from tests.conftest import Copied
from tests.pages.conftest import ADDRESS, settings
from tests.pages.newcomers import at_summary, card, look_for, made, number_of, onwards

pytestmark = [pytest.mark.feature("F51"), pytest.mark.feature("F185")]
Coordinator = tuple[Visitor, Database]
NEW = {"given_name": "Nora", "family_name": "Vik", "birth_date": "1990-02-28"}


@pytest.fixture
async def signed_in(
    copied: Copied, clock: SteppingClock, keys: KeyRing, passwords: Passwords, tmp_path: Path, dialect: str
) -> AsyncIterator[Coordinator]:
    """The coordinator, in a house that takes made-up numbers."""
    async with copied(dialect, "town") as town:
        chosen = settings(town, keys, tmp_path).model_copy(update={"synthetic_people": True})
        app = create_app(chosen, clock=clock, passwords=passwords)
        async with app.router.lifespan_context(app):
            ours = {"sec-fetch-site": "same-origin", "accept-language": "nb"}
            async with AsyncClient(transport=ASGITransport(app), base_url=ADDRESS, headers=ours) as browser:
                coordinator = Visitor(browser, town)
                await coordinator.sign_in("koordinator@fjordvik.example")
                yield coordinator, town


async def owner_of_new(visitor: Visitor, town: Database, page: Page, start: str = "sl") -> Person:
    """Whom the plan became, that is made from the second step on."""
    page = await visitor.follow(await onwards(visitor, page, start=start))
    for _ in range(2):
        page = await visitor.follow(await onwards(visitor, page))
    _, _, people = await made(town, (await onwards(visitor, page)).goes_to)
    async with town.reading() as session:
        return await session.get_one(Person, people[Role.OWNER])


async def new_owner(visitor: Visitor, town: Database, number: str = "", **typed: str) -> tuple[Person, str]:
    """Somebody who gets a card, and the number that lies sealed on it."""
    asked = {"number": number} if number else {"name": "Nora Vik", "day": "1990-02-28"}
    page = await visitor.follow(await look_for(visitor, **asked))
    page = await visitor.follow(await onwards(visitor, page, **NEW | typed))
    owner = await owner_of_new(visitor, town, page)
    async with town.reading() as session:
        return owner, unseal(await vault(session, owner.key_id), owner, "national_id")


def free_number(front: str) -> str:
    """One that begins so, and that nobody in the town has."""
    numbers = (f"{front}{tail:05}" for tail in range(10_000, 99_999))
    return next(number for number in numbers if is_national_id(number, synthetic=True))


@pytest.mark.feature("F181")
@pytest.mark.parametrize("dialect", ["postgresql"])
@pytest.mark.parametrize("front", ["418201", "014201", "018201"], ids=["D", "+40", "+80"])
async def test_numbers_of_every_kind_are_taken_and_found_again(signed_in: Coordinator, front: str) -> None:
    visitor, town = signed_in
    number = free_number(front)
    owner, kept = await new_owner(visitor, town, number)
    assert (kept, owner.birth_date) == (number, date(1990, 2, 28))
    again = await visitor.follow(await look_for(visitor, number=number))
    assert again.heading == "Lag plan for Nora Vik"


@pytest.mark.parametrize("dialect", ["postgresql"])
async def test_a_child_that_is_not_born_has_a_day_and_no_number(signed_in: Coordinator) -> None:
    owner, kept = await new_owner(*signed_in, birth_date="", expected_date="2027-03-01")
    assert (owner.birth_date, owner.expected_date, kept) == (None, date(2027, 3, 1), "")
    assert owner.national_id_index is None


@pytest.mark.feature("F180")
@pytest.mark.parametrize("dialect", ["postgresql"])
async def test_a_person_who_is_there_gets_no_second_card(signed_in: Coordinator) -> None:
    visitor, town = signed_in
    bo = await card(town, "Fjordvik", "Åse-Marie", "Bø")
    page = await visitor.follow(await look_for(visitor, "Åse-Marie Bø", "1971-03-04"))
    assert (await owner_of_new(visitor, town, page, "ip")).id == bo


@pytest.mark.feature("F184")
@pytest.mark.parametrize("dialect", ["postgresql"])
async def test_who_signs_in_already_and_has_an_individual_plan_gets_another_kind(signed_in: Coordinator) -> None:
    visitor, town = signed_in
    known, number = await number_of(town, "planeier@fjordvik.example")
    page = await visitor.follow(await look_for(visitor, number=number))
    assert (await onwards(visitor, page, start="ip")).status == 400
    owner = await owner_of_new(visitor, town, page)
    assert (owner.id, bool(owner.account_id)) == (known, True)


async def test_two_who_finish_at_the_same_moment_make_one_plan(signed_in: Coordinator) -> None:
    coordinator, town = signed_in
    owner: UUID = await card(town, "Fjordvik", "Åse-Marie", "Bø")
    page = await at_summary(coordinator, "sl")
    address, typed = page.form().get("action"), page.typed()
    answers = await gather(*(coordinator.browser.post(address, data=typed) for _ in range(2)))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["location"].split("?")[0] for answer in answers}) == 1
    async with town.reading() as session:
        owned = select(Participant).where(col(Participant.person_id) == owner)
        assert len((await session.scalars(owned)).all()) == 1
