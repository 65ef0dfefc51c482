"""Finding the person a new plan is for: exactly, and nobody else's."""

from datetime import date
from uuid import UUID

import pytest
from sqlmodel import select

from models.database import Database
from models.people.tables import Person
from tests.client import Visitor
from tests.pages.newcomers import BORN, card, look_for, number_of

pytestmark = pytest.mark.feature("F51")


@pytest.fixture
async def newcomer(town: Database) -> UUID:
    """Somebody in Fjordvik with a person card and no plan: «Åse-Marie Bø»."""
    return await card(town, "Fjordvik", "Åse-Marie", "Bø")


@pytest.mark.feature("F180")
async def test_the_person_is_found_by_fodselsnummer_whose_digits_never_come_back(
    coordinator: Visitor, town: Database
) -> None:
    person_id, number = await number_of(town, "planeier@fjordvik.example")
    page = await look_for(coordinator, number=f"{number[:6]} {number[6:]}")
    assert page.goes_to == f"/plans/new/{person_id}"
    wrong = await look_for(coordinator, number=number[::-1])
    assert (wrong.status, "Vi fant ingen i kommunen" in wrong.error("national_id")) == (400, True)
    assert number[::-1] not in wrong.text


@pytest.mark.feature("F180")
async def test_an_unborn_child_is_found_by_the_expected_day(coordinator: Visitor, town: Database) -> None:
    child = await card(town, "Fjordvik", "Ufødt", "Bø", expected_date=date(2027, 2, 1))
    assert (await look_for(coordinator, "Ufødt Bø", "2027-02-01")).goes_to == f"/plans/new/{child}"


@pytest.mark.parametrize(
    ("name", "day", "sentence"),
    [
        ("", "", "Skriv fødselsnummeret, eller både navn og fødselsdato."),
        ("Åse-Marie Bø", "", "Skriv fødselsnummeret, eller både navn og fødselsdato."),
        ("", "1971-03-04", "Skriv fødselsnummeret, eller både navn og fødselsdato."),
        ("Åse-Marie", "1971-03-04", "Vi fant ingen i kommunen med dette navnet og denne datoen."),
        ("%", "1971-03-04", "Vi fant ingen i kommunen med dette navnet og denne datoen."),
        ("Åse-Marie Bø", "1971-03-05", "Vi fant ingen i kommunen med dette navnet og denne datoen."),
        ("<script>alert(1)</script>", "1971-03-04", "Vi fant ingen i kommunen med dette navnet og denne datoen."),
    ],
)
@pytest.mark.usefixtures("newcomer")
async def test_only_who_fits_exactly_is_found(coordinator: Visitor, name: str, day: str, sentence: str) -> None:
    page = await look_for(coordinator, name, day)
    assert (page.status, page.error("name")) == (400, sentence)
    assert page.typed()["name"] == name


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
    stranger = await card(town, "Dalen", "Åse-Marie", "Bø")
    _, number = await number_of(town, "planeier@dalen.example")
    assert (await look_for(coordinator, "Åse-Marie Bø", BORN.isoformat())).status == 400
    assert (await look_for(coordinator, number=number)).status == 400
    for address in (f"/plans/new/{stranger}", f"/plans/new/{stranger}/ip", f"/plans/new/{UUID(int=1)}"):
        assert (await coordinator.get(address)).status == 404
    assert (await coordinator.post(f"/plans/new/{stranger}/ip", {"short_name": "AB"})).status == 404


@pytest.mark.feature("F101")
async def test_nothing_is_said_of_the_plans_that_somebody_has(coordinator: Visitor, town: Database) -> None:
    """The owner of the IOP, which the coordinator has nothing to do with, looks like anybody else."""
    async with town.reading() as session:
        iver = (await session.scalars(select(Person).where(Person.given_name == "Iver"))).one()
    for address in (f"/plans/new/{iver.id}", f"/plans/new/{iver.id}/iop"):
        assert "I.A." not in (await coordinator.get(address)).words.replace("I.A. ", "")
        assert "Aisha" not in (await coordinator.get(address)).text
