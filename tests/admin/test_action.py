"""An action is closed until it says who may use it, and leaves nothing behind when it refuses."""

from typing import Any

import pytest
from pydantic import Field

from admin.action import HouseAction
from admin.entry import Entry
from admin.facts import Undeclared
from models.refusals import Reason, Refused
from models.rights import Right
from tests.admin.conftest import Visit
from tests.admin.shelves import Rename, ShelfDesk


class NameForm(Entry):
    name: str = Field(max_length=40)


async def _nothing(*_: Any) -> str:
    return ""


FACTS: dict[str, Any] = {
    "label": "Gjør",
    "right": Right.UNITS_ADMINISTER,
    "place": "item",
    "form": NameForm,
    "perform": _nothing,
    "labels": {"name": "Navn"},
}


@pytest.mark.parametrize("fact", ["label", "right", "place", "form", "perform", "labels"])
def test_an_action_must_state_every_fact(fact: str) -> None:
    with pytest.raises(Undeclared):
        type("HalfAction", (HouseAction,), {name: value for name, value in FACTS.items() if name != fact})


async def test_an_action_does_its_operation_and_says_so(visit: Visit, ids: Any) -> None:
    client = visit("all")
    answer = await client.post(f"/admin/shelf/do/rename/{ids['Atlas']}", json={"name": "Kart"})
    assert answer.json() == {"status": 0, "data": {}, "msg": "Hyllen har fått nytt navn."}
    assert (await client.get(f"/admin/shelf/do/rename/{ids['Atlas']}")).json()["data"]["name"] == "Kart"


async def test_an_action_does_not_overwrite_what_its_form_never_showed(visit: Visit, ids: Any) -> None:
    client, item = visit("all"), f"/admin/shelf/do/rename/{ids['Atlas']}"
    shown = (await client.get(item)).json()["data"]
    assert (await client.post(item, json=shown | {"name": "Kart"})).status_code == 200
    assert (await client.post(item, json=shown | {"name": "Globus"})).status_code == 409


async def test_an_action_asks_its_own_right_and_hides_its_button(visit: Visit, ids: Any) -> None:
    client = visit("unit-admin")
    assert (await client.post(f"/admin/shelf/do/rename/{ids['Atlas']}", json={"name": "Kart"})).status_code == 403
    assert Rename.label not in (await client.get("/admin/shelf")).text
    assert Rename.label in (await visit("all").get("/admin/shelf")).text


@pytest.mark.parametrize("name", ["delete", "bulk_delete", "create", "rename2", ""])
async def test_an_action_nobody_stated_is_not_found(visit: Visit, ids: Any, name: str) -> None:
    assert (await visit("all").post(f"/admin/shelf/do/{name}/{ids['Atlas']}", json={})).status_code == 404


@pytest.mark.parametrize("sent", [{}, {"json": None}, {"json": {}}, {"json": []}])
async def test_an_action_without_its_form_is_refused(visit: Visit, ids: Any, sent: Any) -> None:
    assert (await visit("all").post(f"/admin/shelf/do/rename/{ids['Atlas']}", **sent)).status_code == 422


async def test_an_action_reaches_only_rows_in_the_desks_scope(visit: Visit, ids: Any) -> None:
    answer = await visit("all").post(f"/admin/shelf/do/rename/{ids['Fjern']}", json={"name": "Kart"})
    assert answer.status_code == 404


async def test_an_actions_foreign_keys_are_checked_too(visit: Visit, ids: Any) -> None:
    sent = {"name": "Kart", "room_id": str(ids["Låve"])}
    answer = await visit("all").post(f"/admin/shelf/do/rename/{ids['Atlas']}", json=sent)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["room_id"])


async def test_a_refusal_takes_back_what_was_flushed(visit: Visit, ids: Any, rows: Any) -> None:
    class Regret(Rename):
        async def perform(self, session: Any, viewer: Any, row: Any, entry: Any) -> str:
            row.name = entry.name
            await session.flush()
            raise Refused(Reason.LEVEL_TOO_LOW)

    class RegretDesk(ShelfDesk):
        actions = [Regret]

    before = await rows()
    answer = await visit("all", RegretDesk).post(f"/admin/shelf/do/regret/{ids['Atlas']}", json={"name": "Kart"})
    assert (answer.status_code, answer.json()["msg"]) == (403, "Du har ikke tilgang til å gjøre dette i planen.")
    assert await rows() == before
