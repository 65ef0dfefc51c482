"""«Planmaler» (F203): who changed what and when, written for one's own kinds of plan, and never deleted."""

from typing import Any
from uuid import UUID

import pytest

from models.database import Database
from models.rights import PlanKind
from models.templates.tables import PlanTemplate, PlanTemplateItem
from tests.admin.conftest import Enter

pytestmark = pytest.mark.feature("F203")
SUPER, HEALTH, SCHOOL = "superadmin@fjordvik", "admin.helse@fjordvik", "admin.skole@fjordvik"
TEMPLATES, ITEMS = "/admin/plan-templates", "/admin/plan-template-items"
OURS = {"name": "Vår mal", "kind": "SL", "description": "Kort", "parts": ["goals", "log"], "in_use": True}
KINDS = {
    HEALTH: {"Individuell plan", "Stafettlogg"},
    SCHOOL: {"Individuell opplæringsplan", "Individuell utviklingsplan"},
}


async def listed(client: Any, register: str = TEMPLATES, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"{register}/list?perPage=100{query}")).json()["data"]["items"]
    return found


async def added(client: Any, **values: Any) -> str:
    answer = await client.post(f"{TEMPLATES}/item", json=OURS | values)
    assert answer.status_code == 200, answer.text
    (row,) = await listed(client, query=f"&q={(OURS | values)['name']}")
    return str(row["id"])


async def kept(town: Database, table: type[Any], row_id: str) -> Any:
    async with town.reading() as session:
        return await session.get(table, UUID(row_id))


async def test_the_list_says_what_the_manual_says_and_sorts_by_each(enter: Enter) -> None:
    client = await enter(SUPER)
    (row,) = await listed(client, query="&q=Stafettlogg for gravide")
    assert [row[name] for name in ("name", "kind", "description")] == [
        "Stafettlogg for gravide",
        "Stafettlogg",
        "Oppfølging før og etter fødselen.",
    ]
    assert {"editor", "changed_at"} <= row.keys()
    for column in ("name", "kind", "description", "editor", "changed_at", "in_use"):
        for direction in ("asc", "desc"):
            assert len(await listed(client, query=f"&orderBy={column}&orderDir={direction}")) == 6, column
    assert (await client.get(f"{TEMPLATES}/list.csv")).status_code == 200


async def test_whoever_changes_a_template_is_named_with_the_day(enter: Enter, any_town: Database) -> None:
    client = await enter(HEALTH)
    template = await added(client)
    (row,) = await listed(client, query="&q=Vår mal")
    assert row["editor"]
    assert row["changed_at"].startswith("20.11.2026")
    seen = (await client.get(f"{TEMPLATES}/item/{template}")).json()["data"]
    changed = seen | {"parts": ["log"], "in_use": False}
    assert (await client.put(f"{TEMPLATES}/item/{template}", json=changed)).status_code == 200
    found = await kept(any_town, PlanTemplate, template)
    assert (found.parts, found.in_use, found.kind) == (["log"], False, PlanKind.SL)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "a" * 101}, "name"),
        ({"name": "Stafettlogg for gravide"}, "name"),
        ({"kind": "XX"}, "kind"),
        ({"parts": ["magic"]}, "parts"),
        ({"description": "a" * 501}, "description"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(enter: Enter, wrong: dict[str, Any], field: str) -> None:
    answer = await (await enter(HEALTH)).post(f"{TEMPLATES}/item", json=OURS | wrong)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])


@pytest.mark.feature("F198")
@pytest.mark.parametrize("name", [HEALTH, SCHOOL])
async def test_an_administrator_sees_and_writes_for_own_kinds_only(enter: Enter, name: str) -> None:
    client = await enter(name)
    assert {row["kind"] for row in await listed(client)} == KINDS[name]
    other = "IOP" if name == HEALTH else "IP"
    assert (await client.post(f"{TEMPLATES}/item", json=OURS | {"kind": other})).status_code == 403
    theirs = (await listed(await enter(SUPER), query=f"&kind={other}"))[0]["id"]
    assert (await client.put(f"{TEMPLATES}/item/{theirs}", json=OURS)).status_code == 404
    item = {"template_id": theirs, "element": "goals", "numbered": 9, "title": "Nei", "body": ""}
    assert (await client.post(f"{ITEMS}/item", json=item)).status_code in (403, 404, 422)
    assert "Nei" not in [row["title"] for row in await listed(await enter(SUPER), ITEMS)]


async def test_another_municipalitys_templates_are_not_found(enter: Enter) -> None:
    stranger = await enter("superadmin@dalen")
    theirs, item = (await listed(stranger))[0]["id"], (await listed(stranger, ITEMS))[0]["id"]
    client = await enter(SUPER)
    assert (await client.put(f"{TEMPLATES}/item/{theirs}", json=OURS)).status_code == 404
    assert (await client.get(f"{ITEMS}/item/{item}")).status_code == 404
    assert (await client.post(f"{ITEMS}/do/remove-item/{item}", json={})).status_code == 404


@pytest.mark.parametrize("name", ["koordinator@fjordvik", "analytiker@fjordvik", "laerer@fjordvik"])
async def test_others_have_no_such_registers(enter: Enter, name: str) -> None:
    client = await enter(name)
    for register in (TEMPLATES, ITEMS):
        assert (await client.get(f"{register}/list")).status_code == 403
    assert (await client.post(f"{TEMPLATES}/item", json=OURS)).status_code == 403


# ---- what lies in a template ----------------------------------------------------------------------------------------


async def test_a_goal_is_put_in_changed_and_taken_away_and_the_template_tells_of_it(
    enter: Enter, any_town: Database
) -> None:
    client = await enter(HEALTH)
    template = await added(client)
    item = {"template_id": template, "element": "goals", "numbered": 1, "title": "Sove godt", "body": "Slik"}
    assert (await client.post(f"{ITEMS}/item", json=item)).status_code == 200
    (row,) = await listed(client, ITEMS, "&q=Sove godt")
    assert row["template_id"] == "Vår mal (SL)"
    seen = (await client.get(f"{ITEMS}/item/{row['id']}")).json()["data"]
    assert (await client.put(f"{ITEMS}/item/{row['id']}", json=seen | {"title": "Sove"})).status_code == 200
    assert (await kept(any_town, PlanTemplateItem, row["id"])).title == "Sove"
    assert (await client.post(f"{ITEMS}/do/remove-item/{row['id']}", json={})).status_code == 200
    assert await kept(any_town, PlanTemplateItem, row["id"]) is None
    assert (await kept(any_town, PlanTemplate, template)).changed_by is not None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"element": "housing", "body": ""}, "body"),
        ({"element": "messages"}, "element"),
        ({"element": "magic"}, "element"),
        ({"numbered": 0}, "numbered"),
        ({"numbered": "en"}, "numbered"),
        ({"body": "x" * 20_001}, "body"),
    ],
)
async def test_what_is_wrong_with_an_item_is_said_beside_its_field(
    enter: Enter, wrong: dict[str, Any], field: str
) -> None:
    client = await enter(HEALTH)
    item = {"template_id": await added(client), "element": "goals", "numbered": 1, "title": "Mål", "body": "Slik"}
    answer = await client.post(f"{ITEMS}/item", json=item | wrong)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])


async def test_one_can_look_at_what_lies_in_one_template(enter: Enter) -> None:
    client = await enter(SUPER)
    (template,) = await listed(client, query="&q=Stafettlogg for gravide")
    inside = await listed(client, ITEMS, f"&template_id={template['id']}")
    assert 0 < len(inside) < len(await listed(client, ITEMS))
    assert {row["template_id"] for row in inside} == {"Stafettlogg for gravide (SL)"}


async def test_another_kinds_template_cannot_be_looked_into(enter: Enter) -> None:
    (template,) = await listed(await enter(SUPER), query="&q=Stafettlogg for gravide")
    assert await listed(await enter(SCHOOL), ITEMS, f"&template_id={template['id']}") == []
