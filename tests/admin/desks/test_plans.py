"""The plan register: metadata of one's own kinds, as of today, and no way in."""

from datetime import timedelta
from typing import Any

import pytest

from models.clock import SteppingClock
from tests.admin.conftest import Enter
from tests.admin.desks.test_people import told

SUPER, HEALTH, SCHOOL = "superadmin@fjordvik", "admin.helse@fjordvik", "admin.skole@fjordvik"
COLUMNS = {"id", "owner", "kind", "state", "coordinator", "consent_from", "consent_to", "unit"}


async def plans(client: Any, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"/admin/plans/list?perPage=100{query}")).json()["data"]["items"]
    return found


def listed_name(user_name: str) -> str:
    person = told(user_name)
    return f"{person.family_name}, {person.given_name}"


@pytest.mark.feature("F193")
async def test_the_register_says_who_which_kind_and_how_long_and_no_more(enter: Enter) -> None:
    rows = await plans(await enter(SUPER))
    assert all(row.keys() == COLUMNS for row in rows)
    assert all(row["owner"] and row["coordinator"] and row["unit"] for row in rows)
    assert {row["state"] for row in rows} >= {"Aktiv", "Avsluttet"}
    [plan] = [row for row in rows if row["owner"] == listed_name("planeier@fjordvik")]
    assert (plan["kind"], plan["coordinator"]) == ("Individuell plan", listed_name("koordinator@fjordvik"))
    assert plan["consent_to"]


@pytest.mark.feature("F193")
@pytest.mark.parametrize("column", ["owner", "kind", "state", "coordinator", "consent_from", "consent_to", "unit"])
async def test_every_column_sorts(enter: Enter, column: str) -> None:
    client = await enter(SUPER)
    up = await plans(client, f"&orderBy={column}")
    down = await plans(client, f"&orderBy={column}&orderDir=desc")
    assert [row["id"] for row in up] != [row["id"] for row in down]
    assert {row["id"] for row in up} == {row["id"] for row in down}


@pytest.mark.feature("F193")
async def test_a_search_finds_the_plans_a_person_takes_part_in(enter: Enter) -> None:
    name = told("tjenesteyter@fjordvik").name
    owners = {row["owner"] for row in await plans(await enter(SUPER), f"&q={name}")}
    assert listed_name("planeier@fjordvik") in owners
    assert await plans(await enter(SUPER), "&q=finnes ikke") == []


@pytest.mark.feature("F198")
async def test_an_administrator_finds_only_plans_of_their_own_kinds(enter: Enter) -> None:
    health, school = await plans(await enter(HEALTH)), await plans(await enter(SCHOOL))
    assert {row["kind"] for row in health} == {"Individuell plan", "Stafettlogg"}
    assert {row["kind"] for row in school} == {"Individuell opplæringsplan", "Individuell utviklingsplan"}
    everyone = {row["id"] for row in await plans(await enter(SUPER))}
    assert {row["id"] for row in health + school} == everyone
    assert await plans(await enter(HEALTH), "&kind=IOP") == []


async def test_municipalities_share_no_row(enter: Enter) -> None:
    mine, theirs = await plans(await enter(SUPER)), await plans(await enter("superadmin@dalen"))
    assert mine
    assert theirs
    assert not {row["id"] for row in mine} & {row["id"] for row in theirs}


async def test_the_register_opens_no_plan_and_changes_nothing(enter: Enter) -> None:
    client = await enter(SUPER)
    plan = (await plans(client))[0]["id"]
    assert (await client.get(f"/plans/{plan}")).status_code == 404
    for method, path in (("PUT", f"/{plan}"), ("POST", ""), ("GET", f"/{plan}"), ("DELETE", f"/{plan}")):
        assert (await client.request(method, f"/admin/plans/item{path}", json={})).status_code == 404
    assert f"/plans/{plan}" not in (await client.get("/admin/plans")).text


@pytest.mark.feature("F193")
async def test_the_register_follows_the_clock(enter: Enter, clock: SteppingClock) -> None:
    today = await plans(await enter(SUPER))
    clock.move(timedelta(days=-500))
    then = await plans(await enter(SUPER))
    assert 0 < len(then) < len(today)
    assert all(row["consent_from"][-4:] in ("", "2024", "2025") for row in then)
