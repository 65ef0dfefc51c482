"""People who wait for a coordinator or a child's coordinator: registered, consented to, appointed, ended."""

from uuid import UUID

import pytest
from sqlmodel import col, select

from models.base import unseal
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.queries import vault
from models.people.tables import Person
from models.plans.tables.baton import CoordinatorWanted
from tests.client import Page, Visitor
from tests.pages.conftest import SignIn
from tests.pages.test_coordination import person_of

pytestmark = pytest.mark.feature("N7")
HERE = "/coordination/waiting"
CONSENT = {"consent_method": "paper", "consent_on": "2026-11-18"}
WISH = {"kind": "child_coordinator", "asked_on": "2026-11-16", "consent_method": ""}


@pytest.fixture
async def unit(sign_in: SignIn) -> Visitor:
    return await sign_in("enhet")


async def address_of(town: Database, given_name: str) -> str:
    async with town.reading() as session:
        found = select(CoordinatorWanted.id).join(Person, col(Person.id) == CoordinatorWanted.person_id)
        return f"{HERE}/{(await session.scalars(found.where(col(Person.given_name) == given_name))).one()}"


async def appoint(visitor: Visitor, town: Database, address: str, name: str = "Myrvang") -> Page:
    person = await person_of(town, "barnekoordinator@fjordvik.example")
    return await visitor.post(f"{address}/appoint?name={name}", {"person": str(person)})


async def events(town: Database, *wanted: Event) -> list[str]:
    async with town.reading() as session:
        rows = select(LogRow.event).where(col(LogRow.event).in_(wanted), col(LogRow.actor_id).is_not(None))
        return sorted(await session.scalars(rows))


async def test_who_has_waited_longest_comes_first_and_who_has_somebody_last(unit: Visitor) -> None:
    page = await unit.get("/coordination")
    names = [each.text_content() for each in page.all("//section[@aria-labelledby='people']//h3")]
    assert names == ["Selma Rognvik", "Arvid Støylen", "Noor Haidari"]
    assert "Oppnevnt: Jonas Myrvang" in page.words


async def test_somebody_who_has_a_card_is_found_and_registered(unit: Visitor, town: Database) -> None:
    page = await unit.get(f"{HERE}/new")
    page = await unit.follow(await unit.send(page, name="iver  aasheim", birth_date="2014-03-09"))
    assert page.heading == "Iver Aasheim"
    page = await unit.follow(await unit.send(page, **(WISH | CONSENT)))
    assert "Personen er registrert." in page.words
    assert "Barnekoordinator" in page.words
    assert "På papir, onsdag 18. november" in page.words
    assert len(await events(town, Event.COORDINATOR_WANTED)) == 4


async def test_the_number_finds_and_is_shown_to_nobody(unit: Visitor, town: Database) -> None:
    async with town.reading() as session:
        person = (await session.scalars(select(Person).where(col(Person.given_name) == "Iver"))).first()
        assert person
        number = unseal(await vault(session, person.key_id), person, "national_id")
    page = await unit.send(await unit.get(f"{HERE}/new"), national_id=f"{number[:6]} {number[6:]}")
    assert page.goes_to == f"{HERE}/new/{person.id}"
    page = await unit.send(await unit.get(f"{HERE}/new"), national_id="123")
    assert page.status == 404
    assert page.typed()["national_id"] == ""


async def test_who_is_not_found_gets_a_card(unit: Visitor, town: Database) -> None:
    page = await unit.send(await unit.get(f"{HERE}/new"), name="Ada Ny", birth_date="2025-02-03")
    assert page.status == 404
    assert "Ingen personer funnet." in page.words
    page = await unit.get(page.link("Opprett en ny person"))
    page = await unit.send(page, given_name="Ada", family_name="Ny", birth_date="2025-02-03", **WISH)
    page = await unit.follow(page)
    assert page.heading == "Ada Ny"
    assert "Ikke ennå" in page.words
    assert "Ada Ny" in (await unit.get("/coordination")).words


async def test_a_child_who_is_not_born_yet_can_wait(unit: Visitor) -> None:
    page = await unit.get(f"{HERE}/person")
    page = await unit.send(page, given_name="Ufødt", family_name="Berg", expected_date="2027-02-03", **WISH)
    assert "onsdag 3. februar 2027" in (await unit.follow(page)).words


async def test_nobody_is_appointed_before_there_is_a_consent(unit: Visitor, town: Database) -> None:
    address = await address_of(town, "Selma")
    assert not any(link.endswith("/appoint") for link in (await unit.get(address)).links())
    page = await appoint(unit, town, address)
    assert page.status == 400
    assert "Foreldrene må samtykke først." in page.summary()
    page = await unit.follow(await unit.send(await unit.get(address), **CONSENT))
    assert await events(town, Event.COORDINATION_CONSENTED) == ["coordination.consented"]
    search = await unit.get(page.link("Oppnevn noen") + "?name=Myrvang")
    assert "Jonas Myrvang, Barnekoordinator" in search.words
    page = await unit.follow(await appoint(unit, town, address))
    assert "Jonas Myrvang, fredag 20. november" in page.words
    assert "coordinator.appointed" in await events(town, Event.COORDINATOR_APPOINTED)


async def test_a_childs_coordinator_sees_their_own(unit: Visitor, sign_in: SignIn, town: Database) -> None:
    other = await sign_in("barnekoordinator")
    assert "Arvid Støylen" not in (await other.get("/coordination")).words
    await appoint(unit, town, await address_of(town, "Arvid"))
    assert "Arvid Støylen" in (await other.get("/coordination")).words
    assert (await other.get(await address_of(town, "Arvid"))).status == 403


async def test_it_ends_when_it_is_needed_no_longer(unit: Visitor, town: Database) -> None:
    address = await address_of(town, "Noor")
    page = await unit.get((await unit.get(address)).link("Avslutt"))
    assert "Jonas Myrvang er ikke oppnevnt lenger." in page.words
    page = await unit.follow(await unit.send(page))
    assert "Noor Haidari" not in page.words
    for ending in ("", "/appoint", "/end"):
        assert (await unit.get(address + ending)).status == 404
    for ending in ("/consent", "/appoint", "/end"):
        assert (await unit.post(address + ending, CONSENT)).status == 404


async def test_nobody_waits_twice_for_the_same(unit: Visitor, town: Database) -> None:
    async with town.reading() as session:
        person = (await session.scalars(select(Person.id).where(col(Person.given_name) == "Noor"))).one()
    page = await unit.post(f"{HERE}/new/{person}", WISH)
    assert page.status == 400
    assert "registrert fra før" in page.error("kind")
    assert (await unit.post(f"{HERE}/new/{person}", WISH | {"kind": "coordinator"})).status == 303


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"given_name": ""}, "given_name"),
        ({"family_name": "x" * 101}, "family_name"),
        ({"birth_date": "2027-01-01"}, "birth_date"),
        ({"birth_date": "tull"}, "birth_date"),
        ({"national_id": "12345678901"}, "national_id"),
        ({"kind": ""}, "kind"),
        ({"kind": "owner"}, "kind"),
        ({"asked_on": "2026-11-21"}, "asked_on"),
        ({"asked_on": "1899-01-01"}, "asked_on"),
        ({"asked_on": ""}, "asked_on"),
        ({"consent_method": "paper"}, "consent_on"),
        ({"consent_on": "2026-11-01"}, "consent_method"),
        ({"consent_method": "digital", "consent_on": "2026-11-01"}, "consent_method"),
        ({"consent_method": "oral", "consent_on": "2026-11-21"}, "consent_on"),
    ],
)
async def test_bad_input_is_said_beside_the_field_and_nothing_is_saved(
    unit: Visitor, town: Database, bad: dict[str, str], field: str
) -> None:
    good = {"given_name": "Ada", "family_name": "Ny", "birth_date": "2025-02-03", **WISH}
    page = await unit.post(f"{HERE}/person", good | bad)
    assert page.status == 400
    assert page.error(field)
    async with town.reading() as session:
        assert (await session.scalars(select(Person).where(col(Person.family_name) == "Ny"))).all() == []


async def test_a_script_in_a_name_is_only_a_name(unit: Visitor) -> None:
    name = "<script>alert(1)</script>"
    page = await unit.post(f"{HERE}/person", {"given_name": name, "family_name": "Ny", **WISH})
    page = await unit.follow(page)
    assert page.heading == f"{name} Ny"
    assert not page.has("//main//script")


async def test_people_of_another_municipality_are_not_there(unit: Visitor, town: Database) -> None:
    stranger = await person_of(town, "planeier@dalen.example")
    assert (await unit.get(f"{HERE}/new/{stranger}")).status == 404
    assert (await unit.post(f"{HERE}/new/{stranger}", WISH)).status == 404
    page = await unit.send(await unit.get(f"{HERE}/new"), name="Borghild Nesvik", birth_date="1961-10-05")
    assert page.status == 404
    address = await address_of(town, "Noor")
    async with town.writing() as session:
        row = await session.get_one(CoordinatorWanted, UUID(address.rsplit("/", 1)[1]))
        row.municipality_id = (await session.get_one(Person, stranger)).municipality_id
    assert (await unit.get(address)).status == 404
    assert (await unit.post(f"{address}/end")).status == 404


async def test_it_is_for_koordinerende_enhet_alone(sign_in: SignIn, town: Database) -> None:
    address = await address_of(town, "Selma")
    for name in ("koordinator", "superadmin", "barnekoordinator", "planeier"):
        visitor = await sign_in(name)
        for place in (f"{HERE}/new", f"{HERE}/person", address, f"{address}/appoint", f"{address}/end"):
            assert (await visitor.get(place)).status == 403
        for place in (f"{HERE}/new", f"{HERE}/person", f"{address}/consent", f"{address}/appoint", f"{address}/end"):
            assert (await visitor.post(place, CONSENT)).status == 403
