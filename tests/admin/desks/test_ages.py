"""«Aldersgrenser» (N4): the superadministrator says which birthdays change who decides, and where that is said."""

from typing import Any
from uuid import UUID

import pytest

from models.database import Database
from models.organisation.tables import AgeStep
from tests.admin.conftest import Enter

pytestmark = pytest.mark.feature("N4")
SUPER, HEALTH = "superadmin@fjordvik", "admin.helse@fjordvik"
REGISTER = "/admin/age-steps"
OURS = {
    "kind": "SL",
    "age": 12,
    "new_consent": False,
    "review_guardians": True,
    "source": "pasient- og brukerrettighetsloven § 3-4",
    "in_use": True,
}


async def listed(client: Any, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"{REGISTER}/list?perPage=100{query}")).json()["data"]["items"]
    return found


async def test_they_come_with_the_municipality_each_with_its_source(enter: Enter) -> None:
    rows = await listed(await enter(SUPER))
    assert {row["kind"] for row in rows} == {
        *("Individuell plan", "Individuell opplæringsplan", "Individuell utviklingsplan", "Stafettlogg")
    }
    assert [row["age"] for row in await listed(await enter(SUPER), "&kind=SL")] == [13, 15, 16, 18]
    assert all(row["source"] for row in rows)


async def test_a_step_is_added_changed_and_taken_out_of_use(enter: Enter, any_town: Database) -> None:
    client = await enter(SUPER)
    assert (await client.post(f"{REGISTER}/item", json=OURS)).status_code == 200
    row = next(row for row in await listed(client, "&kind=SL") if row["age"] == 12)
    shown = (await client.get(f"{REGISTER}/item/{row['id']}")).json()["data"]
    sent = shown | {"in_use": False, "new_consent": True}
    assert (await client.put(f"{REGISTER}/item/{row['id']}", json=sent)).status_code == 200
    async with any_town.reading() as session:
        kept = await session.get_one(AgeStep, UUID(row["id"]))
    assert (kept.in_use, kept.new_consent, kept.age) == (False, True, 12)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"age": 0}, "age"),
        ({"age": -16}, "age"),
        ({"age": 31}, "age"),
        ({"age": 10**12}, "age"),
        ({"age": "seksten"}, "age"),
        ({"age": None}, "age"),
        ({"age": 16}, "age"),
        ({"review_guardians": False}, "new_consent"),
        ({"source": " "}, "source"),
        ({"source": "a" * 301}, "source"),
        ({"kind": "XX"}, "kind"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(enter: Enter, wrong: dict[str, Any], field: str) -> None:
    client = await enter(SUPER)
    answer = await client.post(f"{REGISTER}/item", json=OURS | wrong)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
    assert len(await listed(client, "&kind=SL")) == 4


async def test_an_age_that_is_taken_is_said_when_a_step_is_changed_too(enter: Enter) -> None:
    client = await enter(SUPER)
    first, second = (await listed(client, "&kind=SL"))[:2]
    shown = (await client.get(f"{REGISTER}/item/{second['id']}")).json()["data"]
    answer = await client.put(f"{REGISTER}/item/{second['id']}", json=shown | {"age": first["age"]})
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["age"]


async def test_only_the_superadministrator_decides(enter: Enter) -> None:
    client = await enter(HEALTH)
    assert (await client.get(f"{REGISTER}/list")).status_code == 403
    assert (await client.post(f"{REGISTER}/item", json=OURS)).status_code == 403


async def test_another_municipalitys_are_not_there(enter: Enter) -> None:
    row = (await listed(await enter(SUPER)))[0]
    other = await enter("superadmin@dalen")
    assert row["id"] not in {one["id"] for one in await listed(other)}
    assert (await other.put(f"{REGISTER}/item/{row['id']}", json=OURS)).status_code == 404
