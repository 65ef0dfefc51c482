"""Protected people in the registers (N15): a blocked address, and nothing of somebody one is kept apart from."""

from typing import Any

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.base import pick
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.people.tables import KeptApart, Person
from tests.admin.conftest import Enter
from tests.admin.desks.test_people import listed, number_of, told

pytestmark = pytest.mark.feature("N15")
SUPER, OWNER, HEALTH = "superadmin@fjordvik", "planeier@fjordvik", "admin.helse@fjordvik"
BLOCK = "/admin/people/do/block-address"


async def row_of(client: Any, user_name: str) -> dict[str, Any]:
    [row] = await listed(client, f"&q={told(user_name).name}")
    return row


async def test_an_address_is_blocked_and_opened_again(enter: Enter, any_town: Database) -> None:
    client = await enter(SUPER)
    row = await row_of(client, OWNER)
    shown = (await client.get(f"{BLOCK}/{row['id']}")).json()["data"]
    assert shown["blocked_address"] is False
    for blocked in (True, False):
        shown = (await client.get(f"{BLOCK}/{row['id']}")).json()["data"]
        sent = shown | {"blocked_address": blocked}
        assert (await client.post(f"{BLOCK}/{row['id']}", json=sent)).json()["msg"] == "Lagret"
        seen = (await client.get(f"/admin/people/item/{row['id']}/view")).json()["data"]
        assert seen["blocked_address"] == ("Ja" if blocked else "Nei")
    async with any_town.reading() as session:
        logged = [
            row.details for row in await session.scalars(select(LogRow).where(LogRow.event == Event.PERSON_CHANGED))
        ]
    assert [details["fields"] for details in logged if details] == [["blocked_address"]] * 2


async def test_only_those_who_may_edit_people_block_one(enter: Enter) -> None:
    row = await row_of(await enter(SUPER), OWNER)
    for name in ("analytiker@fjordvik", "superadmin@dalen"):
        answer = await (await enter(name)).post(f"{BLOCK}/{row['id']}", json={"blocked_address": True})
        assert answer.status_code in (403, 404), name


@pytest.fixture
async def apart(any_town: Database) -> str:
    """The owner of the IP is kept apart from two administrators; the owner's fødselsnummer."""
    async with any_town.writing() as session:
        owner, *others = [
            (
                await session.scalars(
                    select(Person)
                    .join(Account, col(Account.id) == Person.account_id)
                    .where(Account.user_name == f"{name}.example")
                )
            ).one()
            for name in (OWNER, SUPER, HEALTH)
        ]
        for other in others:
            now = session.clock.now()
            owned = {"municipality_id": owner.municipality_id, "made_at": now, "made_by": owner.id}
            session.add(KeptApart(**owned, first_id=other.id, second_id=owner.id))
        return await number_of(session, OWNER)


async def test_an_administrator_finds_nothing_of_one_they_are_kept_apart_from(
    enter: Enter, any_town: Database, apart: str
) -> None:
    client, family = await enter(SUPER), told(OWNER).family_name
    async with any_town.reading() as session:
        named = pick(Person.id).where(
            col(Person.family_name) == family, col(Person.given_name) == told(OWNER).given_name
        )
        person_id = (await session.scalars(named)).one()
    assert await listed(client, f"&q={told(OWNER).name}") == []
    assert (await client.get(f"/admin/people/item/{person_id}/view")).status_code == 404
    found = await client.post("/admin/people/do/find-person", json={"national_id": apart})
    assert (found.status_code, family in found.text) == (422, False)
    accounts = (await client.get(f"/admin/accounts/list?perPage=100&q={OWNER}")).json()["data"]["items"]
    assert accounts == []


async def test_nor_the_plan_in_the_register(enter: Enter, apart: str) -> None:
    answer = await (await enter(HEALTH)).get("/admin/plans/list?perPage=100")
    assert told(OWNER).family_name not in answer.text
    assert answer.json()["data"]["items"]
    assert (await (await enter(HEALTH)).get(f"/admin/plans/list?q={told(OWNER).given_name}")).json()["data"][
        "items"
    ] == []


async def test_others_see_them_as_before(enter: Enter, apart: str) -> None:
    assert await row_of(await enter("koordinator@fjordvik"), OWNER)
