"""«Innholdskrav» (N6): changed by those who answer for the kind of plan, in words, and never deleted."""

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select

from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.rights import PlanKind
from models.templates.rules import Check
from models.templates.tables import ContentPoint
from tests.admin.conftest import Enter

pytestmark = pytest.mark.feature("N6")
SUPER, HEALTH, SCHOOL = "superadmin@fjordvik", "admin.helse@fjordvik", "admin.skole@fjordvik"
OURS = {
    "kind": "SL",
    "numbered": 20,
    "title": "Er barnet hørt?",
    "source": "barnekonvensjonen artikkel 12",
    "checked": ["about"],
    "in_use": True,
}
KINDS = {
    HEALTH: {"Individuell plan", "Stafettlogg"},
    SCHOOL: {"Individuell opplæringsplan", "Individuell utviklingsplan"},
}
REGISTER = "/admin/content-points"


async def listed(client: Any, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"{REGISTER}/list?perPage=100{query}")).json()["data"]["items"]
    return found


async def kept(town: Database, row_id: str) -> ContentPoint:
    async with town.reading() as session:
        point = await session.get(ContentPoint, UUID(row_id))
    assert point
    return point


async def test_the_points_are_listed_in_order_and_in_words(enter: Enter) -> None:
    rows = await listed(await enter(SUPER), "&kind=IP")
    assert [row["numbered"] for row in rows] == list(range(1, 10))
    assert rows[0]["checked"] == "Mål er skrevet, Ressurser og behov er kartlagt"
    assert (rows[0]["kind"], rows[0]["in_use"]) == ("Individuell plan", "Ja")


async def test_the_list_can_be_sorted_by_what_can_be_sorted(enter: Enter) -> None:
    client = await enter(SUPER)
    for column in ("checked", "source", "numbered", "in_use"):
        assert len(await listed(client, f"&orderBy={column}&orderDir=desc")) == 24, column
    assert (await client.get(f"{REGISTER}/list.csv")).status_code == 200


async def test_a_point_is_added_changed_and_taken_out_of_use(enter: Enter, any_town: Database) -> None:
    client = await enter(HEALTH)
    assert (await client.post(f"{REGISTER}/item", json=OURS)).status_code == 200
    [row] = await listed(client, "&q=BARNET H")
    shown = (await client.get(f"{REGISTER}/item/{row['id']}")).json()["data"]
    assert shown["checked"] == ["about"]
    sent = shown | {"checked": ["goals", "about"], "in_use": False}
    assert (await client.put(f"{REGISTER}/item/{row['id']}", json=sent)).status_code == 200
    point = await kept(any_town, row["id"])
    assert (set(point.checked), point.in_use, point.kind) == ({Check.GOALS, Check.ABOUT}, False, PlanKind.SL)
    async with any_town.reading() as session:
        rows = (await session.scalars(select(LogRow))).all()
    written = [one for one in rows if one.event in (Event.REGISTER_ADDED, Event.REGISTER_CHANGED)]
    assert [one.details["register"] for one in written] == ["content-points"] * 2
    assert {tuple(one.details.get("fields", ())) for one in written} == {(), ("checked", "in_use")}


async def test_a_point_that_people_judge_has_no_checks(enter: Enter, any_town: Database) -> None:
    client = await enter(HEALTH)
    bare = {name: value for name, value in OURS.items() if name != "checked"}
    assert (await client.post(f"{REGISTER}/item", json=bare)).status_code == 200
    [row] = await listed(client, "&q=barnet h")
    assert (row["checked"], (await kept(any_town, row["id"])).checked) == ("", [])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"numbered": 0}, "numbered"),
        ({"numbered": 100}, "numbered"),
        ({"numbered": "ti"}, "numbered"),
        ({"numbered": 1}, "numbered"),
        ({"numbered": None}, "numbered"),
        ({"title": "  "}, "title"),
        ({"title": "a" * 301}, "title"),
        ({"source": ""}, "source"),
        ({"checked": ["goals", "magic"]}, "checked"),
        ({"checked": "goals"}, "checked"),
        ({"checked": [1]}, "checked"),
        ({"kind": "XX"}, "kind"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(
    enter: Enter, any_town: Database, wrong: dict[str, Any], field: str
) -> None:
    client = await enter(HEALTH)
    answer = await client.post(f"{REGISTER}/item", json=OURS | wrong)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
    assert len(await listed(client, "&kind=SL")) == 6


async def test_a_number_that_is_taken_is_said_when_a_point_is_changed_too(enter: Enter) -> None:
    client = await enter(SUPER)
    first, second = (await listed(client, "&kind=IP"))[:2]
    shown = (await client.get(f"{REGISTER}/item/{second['id']}")).json()["data"]
    answer = await client.put(f"{REGISTER}/item/{second['id']}", json=shown | {"numbered": first["numbered"]})
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"numbered": "Et annet krav har dette nummeret. Velg et ledig nummer."}


async def test_what_somebody_changed_meanwhile_is_not_overwritten(enter: Enter) -> None:
    client = await enter(SUPER)
    [row] = await listed(client, "&kind=IP&q=Planperioden")
    seen = (await client.get(f"{REGISTER}/item/{row['id']}")).json()["data"]
    assert (await client.put(f"{REGISTER}/item/{row['id']}", json=seen | {"source": "Ny"})).status_code == 200
    assert (await client.put(f"{REGISTER}/item/{row['id']}", json=seen | {"source": "Eldre"})).status_code == 409


@pytest.mark.feature("F198")
@pytest.mark.parametrize("name", [HEALTH, SCHOOL])
async def test_an_administrator_sees_and_writes_for_own_kinds_only(enter: Enter, name: str) -> None:
    client = await enter(name)
    assert {row["kind"] for row in await listed(client)} == KINDS[name]
    other = "IOP" if name == HEALTH else "IP"
    assert (await client.post(f"{REGISTER}/item", json=OURS | {"kind": other})).status_code == 403
    row = (await listed(await enter(SUPER), f"&kind={other}"))[0]
    assert (await client.put(f"{REGISTER}/item/{row['id']}", json=OURS)).status_code == 404


async def test_the_kind_of_a_point_is_never_changed(enter: Enter, any_town: Database) -> None:
    client = await enter(SUPER)
    [row] = await listed(client, "&kind=IP&q=Planperioden")
    answer = await client.put(f"{REGISTER}/item/{row['id']}", json=OURS | {"kind": "IOP"})
    assert answer.status_code == 200
    assert (await kept(any_town, row["id"])).kind is PlanKind.IP


async def test_another_municipalitys_point_is_not_found(enter: Enter) -> None:
    theirs = (await listed(await enter("superadmin@dalen")))[0]
    client = await enter(SUPER)
    assert (await client.get(f"{REGISTER}/item/{theirs['id']}")).status_code == 404
    assert (await client.put(f"{REGISTER}/item/{theirs['id']}", json=OURS)).status_code == 404


@pytest.mark.parametrize("name", ["koordinator@fjordvik", "analytiker@fjordvik", "laerer@fjordvik"])
async def test_others_have_no_such_register(enter: Enter, name: str) -> None:
    client = await enter(name)
    assert (await client.get(f"{REGISTER}/list")).status_code == 403
    assert (await client.post(f"{REGISTER}/item", json=OURS)).status_code == 403


async def test_nothing_is_deleted(enter: Enter) -> None:
    client = await enter(SUPER)
    row = (await listed(client))[0]
    assert (await client.delete(f"{REGISTER}/item/{row['id']}")).status_code in (404, 405)


async def test_the_form_offers_every_check_by_name(enter: Enter) -> None:
    page = (await (await enter(SUPER)).get(REGISTER, headers={"accept": "text/html"})).text
    assert page.count("house-checks") == 2
    assert "Planen er evaluert det siste \\u00e5ret" in page or "Planen er evaluert det siste året" in page
