"""Units: own municipality only, written to the log, and never two of one name."""

from typing import Any

import pytest
from sqlmodel import col, select

from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.tables import Unit
from tests.admin.conftest import Enter

SUPER = "superadmin@fjordvik"


async def units(client: Any, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"/admin/units/list?perPage=100{query}")).json()["data"]["items"]
    return found


@pytest.mark.feature("F186")
async def test_a_unit_is_added_changed_and_logged_by_the_names_of_its_fields(enter: Enter, any_town: Database) -> None:
    client = await enter(SUPER)
    assert (await client.post("/admin/units/item", json={"name": "Ny skole", "kind": "school"})).status_code == 200
    [unit] = await units(client, "&q=Ny skole")
    assert (unit["name"], unit["kind"], unit["active"]) == ("Ny skole", "Skole", "Ja")
    shown = (await client.get(f"/admin/units/item/{unit['id']}")).json()["data"]
    changed = await client.put(f"/admin/units/item/{unit['id']}", json=shown | {"active": False})
    assert changed.json()["msg"] == "Lagret"
    async with any_town.reading() as session:
        found = select(LogRow).where(col(LogRow.event).in_((Event.REGISTER_ADDED, Event.REGISTER_CHANGED)))
        logged = {row.event: row for row in await session.scalars(found)}
    assert logged[Event.REGISTER_ADDED].details == {"register": "units", "row": unit["id"]}
    assert logged[Event.REGISTER_CHANGED].details == {"register": "units", "row": unit["id"], "fields": ["active"]}
    assert all(row.actor_id and row.municipality_id for row in logged.values())


async def test_two_units_cannot_share_a_name(enter: Enter) -> None:
    client = await enter(SUPER)
    taken = (await units(client))[0]["name"]
    before = await units(client)
    assert (await client.post("/admin/units/item", json={"name": taken, "kind": "school"})).status_code == 409
    assert await units(client) == before


@pytest.mark.parametrize("method", ["GET", "PUT"])
async def test_another_municipalitys_unit_is_not_found(enter: Enter, any_town: Database, method: str) -> None:
    mine, theirs = await units(await enter(SUPER)), await units(await enter("superadmin@dalen"))
    assert mine
    assert not {unit["id"] for unit in mine} & {unit["id"] for unit in theirs}
    ours = {"name": "Vår", "kind": "school"}
    answer = await (await enter(SUPER)).request(method, f"/admin/units/item/{theirs[0]['id']}", json=ours)
    assert answer.status_code == 404
    async with any_town.reading() as session:
        assert await session.scalar(select(Unit).where(col(Unit.name) == "Vår")) is None


async def test_units_lie_as_in_a_norwegian_list_both_ways(enter: Enter) -> None:
    client, names = (
        await enter(SUPER),
        ["Zebra skole", "Ærlig skole", "Ørn skole", "ørsta skole", "Aas skole", "Åsen skole"],
    )
    for name in names[::-1]:
        assert (await client.post("/admin/units/item", json={"name": name, "kind": "school"})).status_code == 200
    found = [[one["name"] for one in await units(client, asked)] for asked in ("", "&orderBy=name&orderDir=desc")]
    assert [[name for name in each if name in names] for each in found] == [names, names[::-1]]
