"""What the baton is not: a way in for others, to others, or in plans that are closed (N7)."""

from typing import Any

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.database import Database
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.test_baton import HOLDER, PROVIDER, answer_address, ask, offers, part_of
from tests.plan_rows import end, narrow

pytestmark = pytest.mark.feature("N7")


@pytest.fixture
async def provider(sign_in: SignIn) -> Visitor:
    return await sign_in("tjenesteyter")


@pytest.mark.parametrize("name", ["planeier", "tjenesteyter", "assistent"])
async def test_only_who_coordinates_may_ask(sign_in: SignIn, town: Database, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    for address in (f"{ip}/baton", f"{ip}/baton/offer"):
        assert (await visitor.get(address)).status == 403
    assert (await ask(visitor, town, ip)).status == 403
    assert not any("/baton" in link for link in (await visitor.get(f"{ip}/more")).links())
    assert await offers(town, ip) == []


@pytest.mark.parametrize("name", ["rektor", "koordinator@dalen.example", "superadmin", "enhet"])
async def test_who_is_not_in_the_plan_finds_nothing(sign_in: SignIn, town: Database, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    assert (await visitor.get(f"{ip}/baton")).status == 404
    assert (await ask(visitor, town, ip)).status == 404


@pytest.mark.parametrize("to", ["planeier@fjordvik.example", HOLDER, "utlopt@fjordvik.example"])
async def test_the_owner_oneself_and_who_cannot_open_the_plan_cannot_be_asked(
    coordinator: Visitor, town: Database, ip: str, to: str
) -> None:
    page = await ask(coordinator, town, ip, to)
    assert page.status == 400
    assert page.error("to")
    assert str(await part_of(town, ip, to)) not in (await coordinator.get(f"{ip}/baton/offer")).text


async def test_nobody_of_another_plan_can_be_asked(coordinator: Visitor, town: Database, ip: str, iop: str) -> None:
    stranger = str(await part_of(town, iop, "laerer@fjordvik.example"))
    page = await coordinator.post(f"{ip}/baton/offer", {"to": stranger, "stays_as": "provider"})
    assert page.status == 400


async def test_who_has_a_closed_account_cannot_be_asked(coordinator: Visitor, town: Database, ip: str) -> None:
    async with town.writing() as session:
        account = (await session.scalars(select(Account).where(col(Account.user_name) == PROVIDER))).one()
        account.disabled_at = session.clock.now()
    assert "Torleif Vikan" not in (await coordinator.get(f"{ip}/baton/offer")).words
    assert (await ask(coordinator, town, ip)).status == 400


@pytest.mark.parametrize(
    "bad",
    [
        {"to": ""},
        {"to": "tull"},
        {"to": "00000000-0000-0000-0000-000000000000"},
        {"stays_as": ""},
        {"stays_as": "owner"},
        {"stays_as": "guardian"},
        {"note": "x" * 200_000},
    ],
)
async def test_bad_input_is_said_beside_the_field(
    coordinator: Visitor, town: Database, ip: str, bad: dict[str, Any]
) -> None:
    good = {"to": str(await part_of(town, ip, PROVIDER)), "stays_as": "provider", "note": "Hei"}
    page = await coordinator.post(f"{ip}/baton/offer", good | bad)
    assert page.status == 400
    assert page.error(*bad)
    assert await offers(town, ip) == []


async def test_a_note_is_shown_as_it_was_written(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str
) -> None:
    note = "<script>alert(1)</script> & «hei»"
    await ask(coordinator, town, ip, note=note)
    page = await provider.get(f"{ip}/baton")
    assert note in page.words
    assert not page.has("//main//script")


async def test_an_ended_plan_is_handed_over_to_nobody(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str
) -> None:
    await ask(coordinator, town, ip)
    accept = await answer_address(town, ip, "accept")
    await end(town, ip)
    for visitor, address in ((provider, accept), (coordinator, f"{ip}/baton/offer")):
        assert (await visitor.post(address)).status == 403
    assert "Spør en annen" not in (await coordinator.get(f"{ip}/baton")).words
    assert "spør om du vil overta" not in (await provider.get(ip)).words


async def test_while_the_basis_does_not_hold_an_offer_can_be_taken_back_and_none_made(
    coordinator: Visitor, town: Database, ip: str
) -> None:
    await ask(coordinator, town, ip)
    await narrow(town, ip)
    assert (await coordinator.get(f"{ip}/baton/offer")).status == 403
    assert (await coordinator.post(await answer_address(town, ip, "withdraw"))).status == 303


async def test_two_coordinators_asking_the_same_person_get_one_yes(
    coordinator: Visitor, provider: Visitor, sign_in: SignIn, town: Database, ip: str
) -> None:
    """The second offer lapses with the first yes: its giver goes on."""
    await ask(coordinator, town, ip, "spesialist@helse.example", "coordinator")
    specialist = await sign_in("spesialist@helse.example")
    await specialist.post(await answer_address(town, ip, "accept"))
    await ask(coordinator, town, ip)
    await ask(specialist, town, ip, stays_as="leaves")
    mine = await part_of(town, ip, HOLDER)
    first, second = sorted(
        (one for one in await offers(town, ip) if one.answered_at is None), key=lambda one: one.from_id != mine
    )
    assert (await provider.post(f"{ip}/baton/offers/{first.id}/accept")).status == 303
    assert (await provider.post(f"{ip}/baton/offers/{second.id}/accept")).status == 409
    assert (await specialist.get(f"{ip}/settings")).status == 200
