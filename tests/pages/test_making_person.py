"""Finding the person a new plan is for: exactly, and nobody else's; and the card of who has none."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlmodel import select

from models.base import unseal
from models.database import Database
from models.organisation.queries import vault
from models.people.rules import Gender, is_national_id
from models.people.tables import KeptApart, Person
from models.rights import Role
from tests.client import Page, Visitor
from tests.pages.newcomers import BORN, card, look_for, made, number_of, onwards

pytestmark = [pytest.mark.feature("F51"), pytest.mark.feature("F180")]
NEW = {"given_name": "Nora", "family_name": "Vik", "birth_date": "2012-02-29", "gender": "female"}


@pytest.fixture(autouse=True)
def demonstration(house: FastAPI) -> None:
    """A house that takes made-up numbers, as everybody's in the town are."""
    house.state.settings = house.state.settings.model_copy(update={"synthetic_people": True})


@pytest.fixture
async def newcomer(town: Database) -> UUID:
    """Somebody in Fjordvik with a person card and no plan: «Åse-Marie Bø»."""
    return await card(town, "Fjordvik", "Åse-Marie", "Bø")


async def new_card(visitor: Visitor, name: str = "Nora Vik", day: str = "2012-02-29") -> Page:
    return await visitor.follow(await look_for(visitor, name, day))


async def whole_way(visitor: Visitor, page: Page, start: str = "sl") -> Page:
    """From step 2 to «Fullfør», as the steps stand."""
    page = await visitor.follow(await onwards(visitor, page, start=start))
    for _ in range(2):
        page = await visitor.follow(await onwards(visitor, page))
    return await onwards(visitor, page)


async def person(town: Database, **such: Any) -> list[Person]:
    async with town.reading() as session:
        return list(await session.scalars(select(Person).filter_by(**such)))


async def test_the_person_is_found_by_fodselsnummer_whose_digits_never_come_back(
    coordinator: Visitor, town: Database
) -> None:
    person_id, number = await number_of(town, "planeier@fjordvik.example")
    page = await coordinator.follow(await look_for(coordinator, number=f"{number[:6]} {number[6:]}"))
    async with town.reading() as session:
        owner = await session.get(Person, person_id)
    assert owner
    assert page.heading == f"Lag plan for {owner.name}"
    wrong = await look_for(coordinator, number=number[::-1])
    assert (wrong.status, "ikke et gyldig fødselsnummer" in wrong.error("national_id")) == (400, True)
    assert number[::-1] not in wrong.text


async def test_an_unborn_child_is_found_by_the_expected_day(coordinator: Visitor, town: Database) -> None:
    await card(town, "Fjordvik", "Ufødt", "Bø", expected_date=date(2027, 2, 1))
    page = await coordinator.follow(await look_for(coordinator, "Ufødt Bø", "2027-02-01"))
    assert page.heading == "Lag plan for Ufødt Bø"


@pytest.mark.parametrize(("name", "day"), [("", ""), ("Åse-Marie Bø", ""), ("", "1971-03-04"), ("   ", "1971-03-04")])
@pytest.mark.usefixtures("newcomer")
async def test_nobody_is_listed_for_too_little(coordinator: Visitor, name: str, day: str) -> None:
    page = await look_for(coordinator, name, day)
    assert (page.status, page.error("name")) == (400, "Skriv fødselsnummeret, eller både navn og fødselsdato.")
    assert page.typed()["name"] == name


@pytest.mark.feature("F100")
@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Åse-Marie", "1971-03-04"),
        ("%", "1971-03-04"),
        ("Åse-Marie Bø", "1971-03-05"),
        ("<script>alert(1)</script>", "1971-03-04"),
    ],
)
@pytest.mark.usefixtures("newcomer")
async def test_only_who_fits_exactly_is_found_and_else_a_new_card_is_begun(
    coordinator: Visitor, name: str, day: str
) -> None:
    page = await coordinator.follow(await look_for(coordinator, name, day))
    assert "Ingen personer funnet. Du må opprette en ny person." in page.words
    assert page.typed()["birth_date"] == day
    assert f"{page.typed()['given_name']} {page.typed()['family_name']}".strip() == name


async def test_a_day_that_is_none_is_said_beside_the_field(coordinator: Visitor) -> None:
    page = await look_for(coordinator, "Åse-Marie Bø", "4. mars")
    assert (page.status, "Skriv en dato" in page.error("birth_date")) == (400, True)


@pytest.mark.usefixtures("newcomer")
async def test_of_two_with_the_same_name_and_day_the_number_is_asked_for(coordinator: Visitor, town: Database) -> None:
    await card(town, "Fjordvik", "Åse-Marie", "Bø")
    page = await look_for(coordinator, "Åse-Marie Bø", BORN.isoformat())
    assert (page.status, "Bruk fødselsnummeret" in page.error("name")) == (400, True)


@pytest.mark.feature("N1")
async def test_nobody_in_another_municipality_is_found(coordinator: Visitor, town: Database) -> None:
    await card(town, "Dalen", "Åse-Marie", "Bø")
    _, number = await number_of(town, "planeier@dalen.example")
    for page in (
        await look_for(coordinator, "Åse-Marie Bø", BORN.isoformat()),
        await look_for(coordinator, number=number),
    ):
        assert page.goes_to.endswith("/card")


# ---- who is found by number alone -----------------------------------------------------------------------------------


@pytest.mark.feature("F101")
async def test_who_is_only_known_by_a_plan_of_their_own_is_not_found_by_name(
    coordinator: Visitor, town: Database
) -> None:
    (iver,) = await person(town, given_name="Iver")
    assert iver.birth_date
    page = await look_for(coordinator, iver.name, iver.birth_date.isoformat())
    assert page.goes_to.endswith("/card")
    assert "I.A." not in (await coordinator.follow(page)).words


@pytest.mark.feature("F101")
async def test_by_number_the_same_person_is_found_and_nothing_is_said_of_the_plan(
    coordinator: Visitor, town: Database
) -> None:
    (iver,) = await person(town, given_name="Iver")
    async with town.reading() as session:
        number = unseal(await vault(session, iver.key_id), iver, "national_id")
    page = await coordinator.follow(await look_for(coordinator, number=number))
    assert page.heading == f"Lag plan for {iver.name}"
    assert "Aisha" not in page.text


@pytest.mark.feature("F101")
async def test_a_number_on_the_new_card_finds_who_has_it_so_that_nobody_gets_two(
    coordinator: Visitor, town: Database
) -> None:
    (iver,) = await person(town, given_name="Iver")
    async with town.reading() as session:
        number = unseal(await vault(session, iver.key_id), iver, "national_id")
    page = await new_card(coordinator)
    page = await coordinator.follow(await onwards(coordinator, page, national_id=number))
    assert page.heading == f"Lag plan for {iver.name}"


@pytest.mark.feature("N15")
async def test_a_blocked_address_and_who_is_kept_apart_are_not_found_by_name(
    coordinator: Visitor, town: Database, newcomer: UUID
) -> None:
    own, _ = await number_of(town, "koordinator@fjordvik.example")
    async with town.writing() as session:
        bo = await session.get(Person, newcomer)
        assert bo
        bo.blocked_address = True
    assert (await look_for(coordinator, "Åse-Marie Bø", BORN.isoformat())).goes_to.endswith("/card")
    async with town.writing() as session:
        apart = {"municipality_id": bo.municipality_id, "first_id": own, "second_id": newcomer, "made_by": own}
        session.add(KeptApart(**apart, made_at=session.clock.now()))
        bo = await session.get(Person, newcomer)
        assert bo
        bo.blocked_address = False
    assert (await look_for(coordinator, "Åse-Marie Bø", BORN.isoformat())).goes_to.endswith("/card")


# ---- the new card ---------------------------------------------------------------------------------------------------


@pytest.mark.feature("F100")
@pytest.mark.feature("F185")
async def test_the_new_person_is_made_with_the_plan_and_not_before(coordinator: Visitor, town: Database) -> None:
    page = await onwards(coordinator, await new_card(coordinator), **NEW, email="nora@vik.example", mobile="40000000")
    page = await coordinator.follow(page)
    assert page.heading == "Lag plan for Nora Vik"
    assert await person(town, given_name="Nora", family_name="Vik") == []
    _, _, people = await made(town, (await whole_way(coordinator, page)).goes_to)
    (nora,) = await person(town, given_name="Nora", family_name="Vik")
    async with town.reading() as session:
        own = await vault(session, nora.key_id)
    assert people[Role.OWNER] == nora.id
    assert (nora.birth_date, nora.gender) == (date(2012, 2, 29), Gender.FEMALE)
    assert (unseal(own, nora, "email"), unseal(own, nora, "mobile")) == ("nora@vik.example", "40000000")
    assert (nora.email_visible, nora.account_id) == (False, None)


async def test_a_child_that_is_not_born_gets_a_card_and_a_plan(coordinator: Visitor, town: Database) -> None:
    typed = {"given_name": "Ufødt", "family_name": "Vik", "birth_date": "", "expected_date": "2027-03-01"}
    page = await coordinator.follow(await onwards(coordinator, await new_card(coordinator), **typed))
    _, _, people = await made(town, (await whole_way(coordinator, page)).goes_to)
    (child,) = await person(town, expected_date=date(2027, 3, 1))
    assert (people[Role.OWNER], child.birth_date) == (child.id, None)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"given_name": " "}, "given_name", "Fyll ut dette feltet"),
        ({"family_name": ""}, "family_name", "Fyll ut dette feltet"),
        ({"birth_date": ""}, "birth_date", "Skriv fødselsdatoen"),
        ({"birth_date": "2999-01-01"}, "birth_date", "Sjekk årstallet"),
        ({"birth_date": "2031-01-01"}, "birth_date", "kan ikke være fram i tid"),
        ({"expected_date": "2027-01-01"}, "expected_date", "ikke begge"),
        ({"national_id": "12345678901"}, "national_id", "ikke et gyldig"),
        ({"email": "nora"}, "email", "Skriv hele e-postadressen"),
        ({"mobile": "12"}, "mobile", "Skriv åtte sifre"),
        ({"gender": "x"}, "gender", "Velg noe fra listen"),
    ],
)
async def test_a_card_that_cannot_be_is_said_beside_the_field_and_what_was_typed_is_kept(
    coordinator: Visitor, typed: dict[str, str], field: str, sentence: str
) -> None:
    page = await onwards(coordinator, await new_card(coordinator), **NEW | typed)
    assert (page.status, sentence in page.error(field)) == (400, True)
    assert page.typed()["family_name"] == (NEW | typed)["family_name"]


@pytest.mark.feature("N15")
async def test_a_number_that_was_typed_stays_and_is_shown_to_nobody(coordinator: Visitor, town: Database) -> None:
    number = unused_number()
    page = await coordinator.follow(await look_for(coordinator, number=number))
    assert number not in page.text
    assert f"{number[:6]}*****" in page.words
    page = await coordinator.follow(await onwards(coordinator, page, **NEW))
    await whole_way(coordinator, page)
    (nora,) = await person(town, given_name="Nora", family_name="Vik")
    async with town.reading() as session:
        assert unseal(await vault(session, nora.key_id), nora, "national_id") == number


@pytest.mark.usefixtures("newcomer")
async def test_the_same_name_and_day_without_a_number_is_no_new_card(coordinator: Visitor) -> None:
    typed = {"given_name": "åse-marie", "family_name": "bø", "birth_date": BORN.isoformat()}
    page = await onwards(coordinator, await new_card(coordinator), **typed)
    assert (page.status, "har et kort med dette navnet" in page.error("given_name")) == (400, True)


async def test_somebody_else_found_begins_the_steps_anew(coordinator: Visitor, town: Database, newcomer: UUID) -> None:
    await card(town, "Fjordvik", "Per", "Li")
    page = await coordinator.follow(await look_for(coordinator, "Åse-Marie Bø", BORN.isoformat()))
    page = await coordinator.follow(await onwards(coordinator, page, start="sl"))
    again = await coordinator.get(page.url.replace("/content", "/person"))
    assert "Planen er for Åse-Marie Bø" in again.words
    page = await coordinator.follow(await onwards(coordinator, again, name="Per Li", birth_date=BORN.isoformat()))
    assert (page.heading, page.url.endswith("/plan")) == ("Lag plan for Per Li", True)


def unused_number() -> str:
    """A synthetic fødselsnummer that nobody in the town has: born on the first of January 2001."""
    return next(number for tail in range(10_000, 99_999) if is_national_id(number := f"018101{tail}", synthetic=True))
