"""A desk keeps what it states: its own rows, its own columns, its own municipality."""

import json
import re
from typing import Any
from uuid import UUID, uuid4

import pytest

from admin.desk import Desk
from admin.errors import CHANGED
from admin.facts import Reference, Undeclared, own_municipality
from models.rights import Right
from tests.admin.conftest import Visit
from tests.admin.shelves import DALEN, Room, Shelf, ShelfDesk

FACTS: dict[str, Any] = {
    "model": Shelf,
    "right": Right.UNITS_ADMINISTER,
    "scope": own_municipality(Shelf),
    "label": "Hyller",
    "list_display": [Shelf.name],
    "create_fields": [],
    "update_fields": [],
    "labels": {"name": "Navn", "kind": "Type", "room_id": "Rom", "id": "Id", "municipality_id": "Kommune"},
}


@pytest.mark.parametrize("fact", ["model", "right", "scope", "label", "list_display", "create_fields", "update_fields"])
def test_a_desk_must_state_every_fact(fact: str) -> None:
    with pytest.raises(Undeclared, match=fact):
        type("HalfDesk", (Desk,), {name: value for name, value in FACTS.items() if name != fact})


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"list_display": []}, "every column"),
        ({"create_fields": [Shelf.id]}, "never typed"),
        ({"update_fields": [Shelf.municipality_id]}, "never typed"),
        ({"create_fields": [Shelf.room_id]}, "Reference"),
        ({"list_display": [Shelf.locked]}, "no label"),
        ({"list_display": [Shelf.kind]}, "no words"),
        ({"link_model_fields": [Shelf.name]}, "banned"),
        ({"enable_bulk_create": True}, "banned"),
    ],
)
def test_a_desk_with_a_trap_is_refused_when_it_is_made(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(Undeclared, match=said):
        type("TrapDesk", (Desk,), FACTS | changed)


async def test_the_list_shows_own_rows_in_words_and_no_hidden_column(visit: Visit) -> None:
    data = (await visit("all").get("/admin/shelf/list")).json()["data"]
    assert data["total"] == 3
    assert [(row["name"], row["kind"], row["locked"], row["room_id"]) for row in data["items"]][2] == (
        "Bor",
        "Verktøy",
        "Ja",
        "Loft",
    )
    assert all(row.keys() == {"id", "name", "kind", "locked", "room_id"} for row in data["items"])


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=tla", ["Atlas"]),
        ("q=%25", []),
        ("kind=tools", ["Bor"]),
        ("locked=false", ["=Celle", "Atlas"]),
        ("secret=hidden&municipality_id=1", ["=Celle", "Atlas", "Bor"]),
        ("orderBy=name&orderDir=desc", ["Bor", "Atlas", "=Celle"]),
        ("orderBy=secret", ["=Celle", "Atlas", "Bor"]),
        ("page=2&perPage=2", ["Bor"]),
    ],
)
async def test_searching_filtering_and_sorting(visit: Visit, query: str, names: list[str]) -> None:
    answer = await visit("all").get(f"/admin/shelf/list?{query}")
    assert [row["name"] for row in answer.json()["data"]["items"]] == names


@pytest.mark.parametrize("query", ["perPage=101", "perPage=0", "page=0", "page=x", "kind=nothing", "room_id=1"])
async def test_a_list_asked_for_badly_is_refused(visit: Visit, query: str) -> None:
    assert (await visit("all").get(f"/admin/shelf/list?{query}")).status_code == 422


async def test_creating_stamps_the_municipality_and_answers_with_no_row(visit: Visit, rows: Any) -> None:
    sent = {"id": str(uuid4()), "municipality_id": str(DALEN), "secret": "x", "name": " Ny ", "kind": "tools"}
    answer = await visit("all").post("/admin/shelf/item", json=sent)
    assert answer.json() == {"status": 0, "data": {}, "msg": "Lagret"}
    listed = (await visit("all").get("/admin/shelf/list?q=Ny")).json()["data"]["items"]
    assert [row["name"] for row in listed] == ["Ny"]
    assert sent["id"] != listed[0]["id"]
    assert len((await rows())["written"]) == 1


async def test_a_row_cannot_point_into_another_municipality(visit: Visit, ids: Any, rows: Any) -> None:
    before = await rows()
    away = {"name": "Ny", "room_id": str(ids["Låve"])}
    client = visit("all")
    assert (await client.post("/admin/shelf/item", json=away)).json()["errors"].keys() == {"room_id"}
    assert (await client.put(f"/admin/shelf/item/{ids['Atlas']}", json=away)).status_code == 422
    assert await rows() == before


@pytest.mark.parametrize("method", ["GET", "PUT"])
async def test_another_municipalitys_row_is_not_found(visit: Visit, ids: Any, method: str) -> None:
    answer = await visit("all").request(method, f"/admin/shelf/item/{ids['Fjern']}", json={"name": "Ny"})
    assert answer.status_code == 404


async def test_a_row_cannot_be_written_out_of_the_scope(visit: Visit, ids: Any, rows: Any) -> None:
    class OpenShelves(ShelfDesk):
        scope = staticmethod(lambda viewer: Shelf.locked.is_(False))  # type: ignore[attr-defined]

    before, client = await rows(), visit("all", OpenShelves)
    locked = {"name": "Ny", "locked": True}
    assert (await client.put(f"/admin/shelf/item/{ids['Atlas']}", json=locked)).status_code == 403
    assert (await client.post("/admin/shelf/item", json=locked)).status_code == 403
    assert await rows() == before


async def test_changing_leaves_what_was_not_sent(visit: Visit, ids: Any) -> None:
    client = visit("all")
    assert (await client.put(f"/admin/shelf/item/{ids['Bor']}", json={"name": "Bor 2"})).status_code == 200
    changed = (await client.get(f"/admin/shelf/item/{ids['Bor']}")).json()["data"]
    del changed["seen"]
    assert changed == {"name": "Bor 2", "kind": "tools", "locked": True, "room_id": str(ids["Loft"])}


async def test_nobody_overwrites_what_they_never_saw(visit: Visit, ids: Any, rows: Any) -> None:
    client, item = visit("all"), f"/admin/shelf/item/{ids['Bor']}"
    shown = (await client.get(item)).json()["data"]
    assert (await client.put(item, json=shown | {"locked": False})).status_code == 200
    before = await rows()
    answer = await client.put(item, json=shown | {"name": "Bor 2"})
    assert (answer.status_code, answer.json()["msg"]) == (409, CHANGED)
    assert await rows() == before


async def test_viewing_says_it_in_words(visit: Visit, ids: Any) -> None:
    assert (await visit("all").get(f"/admin/shelf/item/{ids['Bor']}/view")).json()["data"] == {
        "name": "Bor",
        "kind": "Verktøy",
    }


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Fyll ut dette feltet."),
        ({"name": "  "}, "Fyll ut dette feltet."),
        ({"name": "x" * 41}, "Bruk høyst 40 tegn."),
        ({"name": 3}, "Verdien kan ikke brukes."),
    ],
)
async def test_what_is_wrong_is_said_beside_the_field(visit: Visit, sent: Any, sentence: str) -> None:
    answer = await visit("all").post("/admin/shelf/item", json=sent)
    assert (answer.status_code, answer.json()["errors"]) == (422, {"name": sentence})


async def test_many_rows_at_once_are_refused(visit: Visit) -> None:
    assert (await visit("all").post("/admin/shelf/item", json=[{"name": "a"}, {"name": "b"}])).status_code == 422


async def test_what_is_taken_already_is_a_conflict_without_database_text(visit: Visit, rows: Any) -> None:
    before = await rows()
    answer = await visit("all").post("/admin/shelf/item", json={"name": "Atlas"})
    assert answer.status_code == answer.json()["status"] == 409
    assert not re.search("sql|unique|constraint|shelf", answer.text, re.IGNORECASE)
    assert await rows() == before


@pytest.mark.parametrize("item", ["1", "x", str(UUID(int=1)), f"{UUID(int=1)},{UUID(int=2)}"])
async def test_an_unknown_id_is_not_found(visit: Visit, item: str) -> None:
    assert (await visit("all").get(f"/admin/shelf/item/{item}")).status_code == 404


async def test_a_body_that_is_no_json_is_a_bad_request(visit: Visit) -> None:
    sent = {"content": b"{", "headers": {"content-type": "application/json"}}
    assert (await visit("all").post("/admin/shelf/item", **sent)).status_code == 400


async def test_a_write_that_cannot_be_logged_is_not_kept(visit: Visit, rows: Any) -> None:
    class SilentDesk(ShelfDesk):
        async def written(self, *_: Any) -> None:
            raise RuntimeError("secret detail")

    before = await rows()
    answer = await visit("all", SilentDesk).post("/admin/shelf/item", json={"name": "Ny"})
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert await rows() == before


@pytest.mark.parametrize("path", ["item/{}", "item", "list", ""])
async def test_nothing_can_be_deleted(visit: Visit, ids: Any, path: str, rows: Any) -> None:
    before = await rows()
    answer = await visit("all").delete(f"/admin/shelf/{path.format(ids['Atlas'])}".rstrip("/"))
    assert answer.status_code == 405
    assert await rows() == before


async def test_a_desk_that_states_no_fields_cannot_be_written(visit: Visit, ids: Any) -> None:
    client = visit("all")
    assert (await client.post("/admin/room/item", json={"name": "Ny"})).status_code == 404
    assert (await client.put(f"/admin/room/item/{ids['Loft']}", json={"name": "Ny"})).status_code == 404


async def test_the_file_holds_the_whole_filtered_list_and_no_formula(visit: Visit) -> None:
    client = visit("all")
    for number in range(120):
        await client.post("/admin/shelf/item", json={"name": f"Hylle {number}"})
    answer = await client.get("/admin/shelf/list.csv?kind=books&perPage=10")
    lines = answer.content.decode("utf-8").split("\r\n")
    assert lines[:2] == ["\ufeffNavn;Type;Låst;Rom", "'=Celle;Bøker;Nei;"]
    assert len(lines) == 1 + 122 + 1


async def test_a_page_does_not_take_schema_from_the_client(visit: Visit) -> None:
    assert (await visit("all").post("/admin/shelf", json={"_update": {"body": "<b>"}})).status_code == 405
    assert (await visit("all").post("/admin/", json={"_update": {}})).status_code == 405


async def test_rows_cannot_break_out_of_the_page(visit: Visit) -> None:
    class RudeDesk(ShelfDesk):
        slug = "rude"
        references = {"room_id": Reference(Room, Room.name)}
        hint = "<script>alert(1)</script>"
        empty_text = "</script><script>alert(1)</script>"

    page = (await visit("all", RudeDesk).get("/admin/rude")).text
    assert "<script>alert" not in page
    schema = re.search(r'id="schema">(.*?)</script>', page, re.DOTALL)
    assert schema
    assert json.loads(schema[1])["body"]["placeholder"] == RudeDesk.empty_text


async def test_home_tells_no_versions(visit: Visit) -> None:
    home = (await visit("all").get("/admin/")).text
    assert not re.search(r"\d+\.\d+\.\d+|python|sqlalchemy", home, re.IGNORECASE)
    assert "Til planene" in home
    assert "copyright" in home
