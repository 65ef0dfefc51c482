"""Persons: found by name, or by a number that no address ever holds; changed through the operation."""

from datetime import date
from random import Random
from typing import Any

import pytest
from sqlmodel import col, select

from models.base import HouseSession
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.queries import vault
from models.people.queries import NATIONAL_ID
from models.people.tables import Person
from seed.cast import cast
from seed.people import synthetic_national_id
from tests.admin.conftest import Enter

SUPER, OWNER = "superadmin@fjordvik", "planeier@fjordvik"
KARI = {"given_name": "Kari", "family_name": "Prøve", "birth_date": "1990-05-17", "gender": "female"}


async def listed(client: Any, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"/admin/people/list?perPage=100{query}")).json()["data"]["items"]
    return found


def told(user_name: str) -> Any:
    """What the cast list says of somebody."""
    return next(member for member in cast() if member.user_name == f"{user_name}.example")


async def number_of(session: HouseSession, user_name: str) -> str:
    named = col(Person.family_name) == told(user_name).family_name, col(Person.given_name) == told(user_name).given_name
    person = (await session.scalars(select(Person).where(*named))).one()
    return (await vault(session, person.key_id)).open(NATIONAL_ID, person.id, person.national_id) or ""


def number() -> str:
    return synthetic_national_id(date(1990, 5, 17), Random(1))


@pytest.mark.feature("F195")
async def test_a_person_is_found_by_any_part_of_the_name(enter: Enter) -> None:
    client, owner = await enter(SUPER), told(OWNER)
    for asked in (owner.name, f"{owner.family_name}, {owner.given_name}", owner.family_name[1:4].upper()):
        found = {row["name"]: row for row in await listed(client, f"&q={asked}")}
        row = found[f"{owner.family_name}, {owner.given_name}"]
        assert (row["has_account"], row["user_name"]) == ("Ja", "planeier@fjordvik.example")
        assert row["birth_date"] == owner.birth_date.strftime("%d.%m.%Y")


@pytest.mark.feature("F195")
async def test_the_list_holds_own_municipalitys_people_and_no_fodselsnummer(enter: Enter) -> None:
    mine, theirs = await enter(SUPER), await enter("superadmin@dalen")
    rows = await listed(mine)
    assert rows
    assert all(row.keys() == {"id", "name", "birth_date", "gender", "has_account", "user_name"} for row in rows)
    [away] = await listed(theirs, f"&q={told('planeier@dalen').name}")
    assert (await mine.get(f"/admin/people/item/{away['id']}/view")).status_code == 404
    assert (await mine.get(f"/admin/people/do/change-person/{away['id']}")).status_code == 404
    assert (await mine.post(f"/admin/people/do/change-person/{away['id']}", json=KARI)).status_code == 404


@pytest.mark.feature("F196")
async def test_dialogs_show_the_birth_digits_only(enter: Enter, any_town: Database) -> None:
    client = await enter(SUPER)
    async with any_town.reading() as session:
        known = await number_of(session, OWNER)
    [row] = await listed(client, f"&q={told(OWNER).name}")
    view = await client.get(f"/admin/people/item/{row['id']}/view")
    form = await client.get(f"/admin/people/do/change-person/{row['id']}")
    assert view.json()["data"]["national_id"] == f"{known[:6]}*****"
    assert form.json()["data"]["national_id"] is None
    assert known not in view.text + form.text


@pytest.mark.feature("F195")
async def test_a_fodselsnummer_is_searched_by_posting_it(enter: Enter, any_town: Database) -> None:
    client, owner = await enter(SUPER), told(OWNER)
    async with any_town.reading() as session:
        known = await number_of(session, OWNER)
    found = await client.post("/admin/people/do/find-person", json={"national_id": known})
    assert f"{owner.family_name}, {owner.given_name}" in found.json()["msg"]
    assert (await client.get("/admin/people/do/find-person", params={"national_id": known})).status_code == 405
    away = await (await enter("superadmin@dalen")).post("/admin/people/do/find-person", json={"national_id": known})
    assert (away.status_code, list(away.json()["errors"])) == (422, ["national_id"])
    assert (await client.post("/admin/people/do/find-person", json={"national_id": "1"})).status_code == 422


@pytest.mark.feature("F196")
async def test_a_person_is_added_and_changed_and_the_log_knows_field_names_only(
    enter: Enter, any_town: Database
) -> None:
    client = await enter("koordinator@fjordvik")
    added = await client.post(
        "/admin/people/do/add-person", json=KARI | {"national_id": number(), "email": "k@p.example"}
    )
    assert added.json()["msg"] == "Lagret"
    [row] = await listed(client, "&q=Kari Prøve")
    shown = (await client.get(f"/admin/people/do/change-person/{row['id']}")).json()["data"]
    assert (shown["email"], shown["birth_date"]) == ("k@p.example", "1990-05-17")
    sent = shown | {"mobile": "00 00 00 01", "family_name": "Ny-Prøve"}
    assert (await client.post(f"/admin/people/do/change-person/{row['id']}", json=sent)).status_code == 200
    assert (await client.post("/admin/people/do/find-person", json={"national_id": number()})).status_code == 200
    async with any_town.reading() as session:
        events = select(LogRow).where(col(LogRow.actor_id).is_not(None))
        logged = {row.event: row.details for row in await session.scalars(events)}
    assert logged[Event.PERSON_ADDED] == {"person": row["id"]}
    assert logged[Event.PERSON_CHANGED] == {"person": row["id"], "fields": ["family_name", "mobile"]}


@pytest.mark.feature("F196")
async def test_a_stale_form_changes_nobody(enter: Enter) -> None:
    client = await enter(SUPER)
    [row] = await listed(client, f"&q={told(OWNER).name}")
    form = f"/admin/people/do/change-person/{row['id']}"
    shown = (await client.get(form)).json()["data"]
    assert (await client.post(form, json=shown | {"email": "ny@p.example"})).status_code == 200
    assert (await client.post(form, json=shown | {"mobile": "00000001"})).status_code == 409


@pytest.mark.feature("F196")
async def test_only_those_who_may_edit_people_add_one(enter: Enter) -> None:
    assert (
        await (await enter("analytiker@fjordvik")).post("/admin/people/do/add-person", json=KARI)
    ).status_code == 403


@pytest.mark.feature("F195")
async def test_people_lie_as_in_a_norwegian_list(enter: Enter) -> None:
    client, names = await enter(SUPER), ["Zahl, Kari Q.", "Ås, Anne Q.", "Ås, Ærlig Q.", "Ås, Åse Q."]
    for family, given in (name.split(", ") for name in names[::-1]):
        added = await client.post(
            "/admin/people/do/add-person", json=KARI | {"family_name": family, "given_name": given}
        )
        assert added.status_code == 200, added.text
    assert [row["name"] for row in await listed(client, "&q=Q.")] == names
