"""Which kinds of plan new ones are made of: decided by the municipality's superadministrator alone (F1)."""

import httpx
import pytest
from sqlmodel import col, select

from models.database import Database
from models.organisation.tables import AgePolicy, Municipality
from models.rights import PlanKind
from tests.admin.conftest import Enter

pytestmark = pytest.mark.feature("F1")


async def row_of(client: httpx.AsyncClient, kind: str) -> dict[str, str]:
    items = (await client.get("/admin/age/list?perPage=100")).json()["data"]["items"]
    return next(row for row in items if row["kind"] == kind)


async def left_out(database: Database) -> list[tuple[str, PlanKind]]:
    found = select(Municipality.name, AgePolicy.kind).join(
        Municipality, col(Municipality.id) == AgePolicy.municipality_id
    )
    async with database.reading() as session:
        return [(name, kind) for name, kind in await session.execute(found.where(~col(AgePolicy.in_use)))]


async def test_a_kind_is_left_out_in_one_municipality_and_taken_up_again(enter: Enter, any_town: Database) -> None:
    client = await enter("superadmin@fjordvik")
    row = await row_of(client, "Individuell utviklingsplan")
    assert row["in_use"] == "Ja"
    saved = await client.put(f"/admin/age/item/{row['id']}", json={"in_use": False, "under_15": "guardian_approves"})
    assert saved.status_code == 200
    assert await left_out(any_town) == [("Fjordvik", PlanKind.IUP)]
    again = await client.put(f"/admin/age/item/{row['id']}", json={"in_use": True, "under_15": "guardian_approves"})
    assert again.status_code == 200
    assert await left_out(any_town) == []


async def test_nobody_else_decides(enter: Enter, any_town: Database) -> None:
    row = await row_of(await enter("superadmin@fjordvik"), "Stafettlogg")
    for name in ("superadmin@dalen", "admin.helse@fjordvik", "koordinator@fjordvik"):
        wanted = {"in_use": False, "under_15": "no_sign_in"}
        answer = await (await enter(name)).put(f"/admin/age/item/{row['id']}", json=wanted)
        assert answer.status_code in (403, 404)
    assert await left_out(any_town) == []
