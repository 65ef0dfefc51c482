"""Where two people are kept apart (N15), and who may say so."""

import pytest
from sqlmodel import col, select

from models.base import pick
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.people.tables import KeptApart
from tests.client import Visitor
from tests.pages.apart import Two, choice, keep_apart, participant_of, person_of, two_of
from tests.pages.conftest import SignIn

pytestmark = pytest.mark.feature("N15")
NURSE, GUARDIAN, COORDINATOR = "Hodan Elvestad", "Sunniva Aasheim", "Marte Sørdal"
SOMEBODY = "En annen deltaker"
NURSES, GUARDIANS = "helsesykepleier@fjordvik.example", "foresatt@fjordvik.example"


@pytest.fixture
async def two(town: Database) -> Two:
    return await two_of(town)


@pytest.fixture
async def apart(coordinator: Visitor, relay: str) -> None:
    """The nurse and the guardian of the relay."""
    page = await coordinator.follow(await keep_apart(coordinator, relay, NURSE, GUARDIAN))
    assert "De to holdes nå fra hverandre." in page.words
    assert NURSE in page.words
    assert GUARDIAN in page.words


async def test_the_coordinator_keeps_two_apart_and_ends_it(
    coordinator: Visitor, sign_in: SignIn, relay: str, apart: None
) -> None:
    nurse, guardian = await sign_in("helsesykepleier"), await sign_in("foresatt")
    assert GUARDIAN not in (await nurse.get(relay)).words
    assert NURSE not in (await guardian.get(relay)).words
    listed = await coordinator.get(f"{relay}/apart")
    asked = await coordinator.get(listed.link("La dem se hverandre igjen"))
    assert "De får ikke beskjed." in asked.words
    page = await coordinator.follow(await coordinator.send(asked))
    assert "Ingen holdes fra hverandre" in page.words
    assert GUARDIAN in (await nurse.get(relay)).words


async def test_it_is_logged_by_ids_and_nobody_is_told(town: Database, relay: str, apart: None) -> None:
    async with town.reading() as session:
        found = select(LogRow).where(LogRow.event == Event.KEPT_APART).order_by(col(LogRow.at).desc())
        row = (await session.scalars(found)).first()
    assert row
    assert row.details
    assert set(row.details.values()) == {
        str((await person_of(town, f"{name}@fjordvik.example")).id) for name in ("helsesykepleier", "foresatt")
    }


MISTAKES = [
    ("", "", "first_id", "Velg en person."),
    (NURSE, NURSE, "second_id", "Velg to forskjellige personer."),
    (COORDINATOR, NURSE, "first_id", "Du kan ikke velge deg selv."),
    (NURSE, COORDINATOR, "second_id", "Du kan ikke velge deg selv."),
]


@pytest.mark.parametrize(("first", "second", "field", "sentence"), MISTAKES)
async def test_a_mistake_is_told_beside_the_field(
    coordinator: Visitor, relay: str, first: str, second: str, field: str, sentence: str
) -> None:
    page = await coordinator.get(f"{relay}/apart/new")
    chosen = {
        name: choice(page, name, who) if who else "" for name, who in (("first_id", first), ("second_id", second))
    }
    page = await coordinator.send(page, **chosen)
    assert page.status == 400
    assert sentence in page.error(field)


@pytest.mark.parametrize("value", ["other", "x" * 200_000, "00000000-0000-0000-0000-000000000000", "<script>"])
async def test_what_is_nobody_in_the_plan_is_refused(coordinator: Visitor, relay: str, value: str) -> None:
    page = await coordinator.get(f"{relay}/apart/new")
    refused = await coordinator.post(page.url, page.typed() | {"first_id": value, "second_id": value})
    assert refused.status in (400, 413)


async def test_a_participant_of_another_plan_cannot_be_chosen(
    coordinator: Visitor, town: Database, relay: str, ip: str
) -> None:
    elsewhere = await participant_of(town, ip, "planeier@fjordvik.example")
    page = await coordinator.get(f"{relay}/apart/new")
    mine = choice(page, "first_id", NURSE)
    refused = await coordinator.post(page.url, page.typed() | {"first_id": mine, "second_id": elsewhere})
    assert refused.status == 400


@pytest.mark.parametrize("turned", [False, True])
async def test_the_same_two_are_kept_apart_once(coordinator: Visitor, relay: str, apart: None, turned: bool) -> None:
    names = (GUARDIAN, NURSE) if turned else (NURSE, GUARDIAN)
    page = await keep_apart(coordinator, relay, *names)
    assert page.status == 400
    assert "Disse to holdes fra hverandre allerede." in page.error("second_id")


@pytest.mark.parametrize("name", ["foresatt", "helsesykepleier"])
@pytest.mark.parametrize("under", ["", "/new"])
async def test_only_who_administers_the_participants_comes_here(
    sign_in: SignIn, relay: str, name: str, under: str
) -> None:
    visitor = await sign_in(name)
    assert (await visitor.get(f"{relay}/apart{under}")).status == 403
    if under:
        assert (await visitor.post(f"{relay}/apart{under}", {})).status == 403


async def test_a_coordinator_in_another_municipality_finds_nothing(
    sign_in: SignIn, town: Database, relay: str, two: Two, ip_in_dalen: str
) -> None:
    other = await sign_in("koordinator@dalen.example")
    assert (await other.get(f"{relay}/apart")).status == 404
    async with town.reading() as session:
        (pair_id,) = await session.scalars(pick(KeptApart.id))
    for plan in (relay, ip_in_dalen):
        assert (await other.get(f"{plan}/apart/{pair_id}/end")).status == 404
        assert (await other.post(f"{plan}/apart/{pair_id}/end")).status == 404


async def test_a_pair_of_another_plan_is_not_ended_here(
    coordinator: Visitor, town: Database, two: Two, relay: str
) -> None:
    async with town.reading() as session:
        (pair_id,) = await session.scalars(pick(KeptApart.id))
    assert (await coordinator.post(f"{relay}/apart/{pair_id}/end")).status == 404


async def test_a_pair_is_ended_once(coordinator: Visitor, relay: str, apart: None) -> None:
    address = (await coordinator.get(f"{relay}/apart")).link("La dem se hverandre igjen")
    assert (await coordinator.post(address)).status == 303
    assert (await coordinator.post(address)).status == 404
