"""Role and text templates: changed by those who answer for the kind of plan, and by nobody else."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.base import pick
from models.database import Database
from models.plans.tables.participants import Grant
from models.rights import Level, PlanKind, Role
from models.templates.tables import RoleTemplate, TextTemplate
from tests.admin.conftest import Enter

SUPER, HEALTH, SCHOOL = "superadmin@fjordvik", "admin.helse@fjordvik", "admin.skole@fjordvik"
OURS = {"name": "Vår", "kind": "message", "body": "Vår"}
KINDS = {
    HEALTH: {"Individuell plan", "Stafettlogg"},
    SCHOOL: {"Individuell opplæringsplan", "Individuell utviklingsplan"},
}


async def listed(client: Any, slug: str, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"/admin/{slug}/list?perPage=100{query}")).json()["data"]["items"]
    return found


@pytest.mark.feature("F122")
async def test_there_is_a_row_for_each_role_of_each_kind_under_its_own_name(enter: Enter) -> None:
    rows = await listed(await enter(SUPER), "roles")
    assert len(rows) == len(PlanKind) * len(Role)
    assert ("Lærer", "Individuell opplæringsplan") in {(row["role"], row["kind"]) for row in rows}
    assert [row["role"] for row in rows[:2]] == ["Planeier", "Koordinator"]


@pytest.mark.feature("F126")
@pytest.mark.feature("F127")
async def test_a_changed_level_is_kept_and_touches_nobody_who_has_the_role(enter: Enter, any_town: Database) -> None:
    async def granted() -> Any:
        async with any_town.reading() as session:
            return (await session.execute(pick(Grant.id, Grant.level).order_by(Grant.id))).all()

    before, client = await granted(), await enter(SUPER)
    [row] = await listed(client, "roles", "&kind=IOP&role=provider")
    shown = (await client.get(f"/admin/roles/item/{row['id']}")).json()["data"]
    answer = await client.put(f"/admin/roles/item/{row['id']}", json=shown | {"documents": 4})
    assert answer.status_code == 200
    async with any_town.reading() as session:
        template = await session.get(RoleTemplate, UUID(row["id"]))
    assert template
    assert template.documents is Level.DELETE
    assert await granted() == before


async def test_a_level_that_does_not_exist_is_refused_beside_its_field(enter: Enter) -> None:
    client = await enter(SUPER)
    [row] = await listed(client, "roles", "&kind=IP&role=owner")
    answer = await client.put(f"/admin/roles/item/{row['id']}", json={"label": "Planeier", "goals": 5})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["goals"])


async def test_no_role_is_added(enter: Enter) -> None:
    sent = {"kind": "IP", "role": "owner", "label": "Ny"}
    assert (await (await enter(SUPER)).post("/admin/roles/item", json=sent)).status_code == 404


@pytest.mark.feature("F198")
@pytest.mark.parametrize("name", [HEALTH, SCHOOL])
async def test_an_administrator_sees_the_roles_of_their_own_kinds(enter: Enter, name: str) -> None:
    client = await enter(name)
    assert {row["kind"] for row in await listed(client, "roles")} == KINDS[name]
    assert {row["plan_kind"] for row in await listed(client, "texts")} <= KINDS[name] | {"Alle"}


@pytest.mark.feature("F198")
async def test_another_kinds_role_is_not_found(enter: Enter) -> None:
    [row] = await listed(await enter(SUPER), "roles", "&kind=IOP&role=owner")
    answer = await (await enter(HEALTH)).put(f"/admin/roles/item/{row['id']}", json={"label": "Elev", "goals": 4})
    assert answer.status_code == 404


@pytest.mark.feature("F198")
@pytest.mark.feature("F202")
async def test_a_text_is_written_for_own_kinds_only(enter: Enter, any_town: Database) -> None:
    client = await enter(HEALTH)
    text = {"name": "Møte", "kind": "message", "plan_kind": "SL", "body": "Vi møtes på tunet"}
    assert (await client.post("/admin/texts/item", json=text)).status_code == 200
    assert (await client.post("/admin/texts/item", json=text | {"plan_kind": "IOP"})).status_code == 403
    [row] = await listed(client, "texts", "&q=TUNET")
    assert (await client.put(f"/admin/texts/item/{row['id']}", json=text | {"plan_kind": "IOP"})).status_code == 403
    async with any_town.reading() as session:
        kept = (await session.scalars(select(TextTemplate).where(col(TextTemplate.name) == "Møte"))).one()
    assert kept.plan_kind is PlanKind.SL
    assert "Individuell opplæringsplan" not in (await client.get("/admin/texts")).text


@pytest.mark.feature("F202")
async def test_another_municipalitys_text_is_not_found(enter: Enter) -> None:
    theirs = await listed(await enter("superadmin@dalen"), "texts")
    answer = await (await enter(SUPER)).put(f"/admin/texts/item/{theirs[0]['id']}", json=OURS)
    assert answer.status_code == 404


@pytest.mark.feature("F124")
@pytest.mark.feature("F129")
async def test_the_right_to_print_is_yes_or_no(enter: Enter, any_town: Database) -> None:
    client = await enter(SUPER)
    [row] = await listed(client, "roles", "&kind=IP&role=other")
    shown = (await client.get(f"/admin/roles/item/{row['id']}")).json()["data"]
    address = f"/admin/roles/item/{row['id']}"
    refused = await client.put(address, json=shown | {"print": Level.CHANGE})
    assert (refused.status_code, "print" in refused.text) == (422, True)
    assert (await client.put(address, json=shown | {"print": Level.READ})).status_code == 200
    async with any_town.reading() as session:
        template = await session.get(RoleTemplate, UUID(row["id"]))
    assert template
    assert template.print is Level.READ
