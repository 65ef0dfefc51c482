"""Person cards: made and changed by those who may, sealed at once, and nobody twice."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlmodel import col, select

from models.accounts.proof import OpenMunicipality
from models.base import HouseSession, snapshot, unseal
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.queries import vault
from models.people import operations, queries
from models.people.rules import Card, Gender, is_email, is_mobile, masked
from models.people.tables import Person
from models.refusals import Invalid, NotFound, Refused
from models.rights import Duty, Right
from permissions.door import open_municipality
from seed.people import synthetic_national_id
from tests.conftest import NOW
from tests.hamlet import Hamlet
from tests.signing_in import viewer_for

NUMBER = "12345678901"
KARI = Card("Kari", "Prøve", date(1990, 5, 17), None, Gender.FEMALE, None, "kari@p.example", "00000001")


def numbered(card: Card, national_id: str) -> Card:
    return Card(**vars(card) | {"national_id": national_id})


async def opened(session: HouseSession, place: str = "Vik", right: Right = Right.PEOPLE_EDIT) -> OpenMunicipality:
    """The proof of a new person editor in a new municipality."""
    hamlet = Hamlet(session)
    municipality = await hamlet.municipality(place)
    account = await hamlet.account(f"editor@{place}".lower())
    for duty in (Duty.PERSON_EDITOR, Duty.ANALYST):
        await hamlet.appoint(account, municipality, duty)
    await hamlet.person(municipality, "Editor", account)
    viewer = await viewer_for(session, account.user_name, municipality=place)
    return await open_municipality(session, viewer, right)


@pytest.fixture
def number() -> str:
    """A made-up number that can be one."""
    return synthetic_national_id(date(1990, 5, 17), Random(1))


@pytest.mark.feature("F196")
async def test_a_new_card_is_sealed_under_the_persons_own_key(database: Database, number: str) -> None:
    async with database.writing() as session:
        person = await operations.add(await opened(session), numbered(KARI, number), synthetic=True)
        own = await vault(session, person.key_id)
        assert unseal(own, person, "national_id") == number
        assert number not in str(snapshot(person))
        assert "kari@p.example" not in str(snapshot(person))


async def test_the_log_learns_that_and_which_fields_but_nothing_of_them(database: Database) -> None:
    async with database.writing() as session:
        here = await opened(session)
        person = await operations.add(here, KARI, synthetic=False)
        changed = await operations.change(here, person, Card(**vars(KARI) | {"mobile": None}), synthetic=False)
        await session.flush()
        events = (Event.PERSON_ADDED, Event.PERSON_CHANGED)
        rows = await session.scalars(select(LogRow).where(col(LogRow.event).in_(events)))
        assert {row.event: row.details for row in rows} == {
            events[0]: {"person": str(person.id)},
            events[1]: {"person": str(person.id), "fields": ["mobile"]},
        }
        assert changed == ["mobile"]
        assert await queries.card(here, person) == Card(**vars(KARI) | {"mobile": None})


async def test_a_change_that_changes_nothing_is_not_logged(database: Database) -> None:
    async with database.writing() as session:
        here = await opened(session)
        person = await operations.add(here, KARI, synthetic=False)
        assert await operations.change(here, person, KARI, synthetic=False) == []
        await session.flush()
        assert await session.scalar(select(LogRow).where(col(LogRow.event) == Event.PERSON_CHANGED)) is None


async def test_leaving_the_number_out_keeps_the_known_one(database: Database, number: str) -> None:
    async with database.writing() as session:
        here = await opened(session)
        person = await operations.add(here, numbered(KARI, number), synthetic=True)
        assert await operations.change(here, person, KARI, synthetic=True) == []
        assert await queries.find(here, number) is person


async def test_nobody_has_anothers_number_in_one_municipality(database: Database, number: str) -> None:
    async with database.writing() as session:
        here, away = await opened(session), await opened(session, "Nes")
        person = await operations.add(here, numbered(KARI, number), synthetic=True)
        await operations.add(away, numbered(KARI, number), synthetic=True)
        await operations.change(here, person, numbered(KARI, number), synthetic=True)
        with pytest.raises(Invalid) as no:
            await operations.add(here, numbered(KARI, number), synthetic=True)
        assert no.value.fields.keys() == {"national_id"}


async def test_another_municipalitys_card_is_neither_read_nor_changed(database: Database) -> None:
    async with database.writing() as session:
        here, away = await opened(session), await opened(session, "Nes")
        person = await operations.add(away, KARI, synthetic=False)
        for attempt in (queries.card(here, person), operations.change(here, person, KARI, synthetic=False)):
            with pytest.raises(NotFound):
                await attempt


async def test_a_proof_of_another_right_does_not_do(database: Database) -> None:
    async with database.writing() as session:
        here = await opened(session, right=Right.REPORTS_READ)
        person = Person(municipality_id=here.municipality_id)
        for attempt in (
            operations.add(here, KARI, synthetic=False),
            operations.change(here, person, KARI, synthetic=False),
            queries.card(here, person),
            queries.find(here, NUMBER),
        ):
            with pytest.raises(Refused):
                await attempt


@pytest.mark.parametrize(
    "wrong",
    [
        {"given_name": " "},
        {"family_name": ""},
        {"birth_date": NOW.date() + timedelta(days=1)},
        {"expected_date": NOW.date()},
        {"email": "kari"},
        {"mobile": "123"},
        {"national_id": NUMBER},
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(sqlite_database: Database, wrong: dict[str, Any]) -> None:
    async with sqlite_database.writing() as session:
        with pytest.raises(Invalid) as no:
            await operations.add(await opened(session), Card(**vars(KARI) | wrong), synthetic=True)
    assert no.value.fields.keys() == wrong.keys()


async def test_made_up_numbers_are_refused_where_people_are_real(sqlite_database: Database, number: str) -> None:
    async with sqlite_database.writing() as session:
        with pytest.raises(Invalid):
            await operations.add(await opened(session), numbered(KARI, number), synthetic=False)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("a@b.no", True),
        ("a.b+c@d.e.no", True),
        ("a@b", False),
        ("a b@c.no", False),
        ("@b.no", False),
        ("a@b..no", False),
    ],
)
def test_an_email_address_has_its_shape(text: str, is_one: bool) -> None:
    assert is_email(text) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"), [("00 00 00 01", True), ("+46 00 000 00 01", True), ("9988776", False), ("ring meg", False)]
)
def test_a_phone_number_has_its_shape(text: str, is_one: bool) -> None:
    assert is_mobile(text) is is_one


def test_a_masked_number_shows_the_birth_digits() -> None:
    assert (masked(NUMBER), masked("")) == ("123456*****", "")
