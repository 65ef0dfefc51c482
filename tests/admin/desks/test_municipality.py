"""How a municipality's people sign in: decided by its superadministrator, within the rules."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.accounts.tables.identity import Identity
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.rules import UNDER_15, OwnerApproval, UnderAge
from models.organisation.tables import AgePolicy, Municipality
from models.rights import Assurance, PlanKind
from permissions.sign_in.passwords import Passwords
from tests.admin.conftest import Enter, house_of, signed_in

SUPER = "superadmin@fjordvik"
WANTED = {
    "id_porten": True,
    "demands": 3,
    "idle_minutes": 35,
    "digital_consent": False,
    "owner_approval": "either",
}


async def rows(client: httpx.AsyncClient, slug: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"/admin/{slug}/list?perPage=100")).json()["data"]["items"]
    return found


async def set_up(client: httpx.AsyncClient, **wanted: Any) -> httpx.Response:
    [row] = await rows(client, "municipality")
    return await client.post(f"/admin/municipality/do/set-up/{row['id']}", json=WANTED | wanted)


async def fjordvik(database: Database) -> Municipality:
    async with database.reading() as session:
        return (await session.scalars(select(Municipality).where(col(Municipality.name) == "Fjordvik"))).one()


@pytest.fixture
async def known(any_town: Database, passwords: Passwords, tmp_path: Path) -> httpx.AsyncClient:
    """The superadministrator, in a house that is known at ID-porten."""
    house = house_of(any_town, passwords, tmp_path, id_porten=True)
    cookies = {"medvirk": await signed_in(any_town, f"{SUPER}.example")}
    transport = httpx.ASGITransport(house, raise_app_exceptions=False)
    headers = {"sec-fetch-site": "same-origin"}
    return httpx.AsyncClient(transport=transport, base_url="http://t", cookies=cookies, headers=headers)


async def link(database: Database) -> None:
    async with database.writing() as session:
        account = (await session.scalars(select(Account).where(col(Account.user_name) == f"{SUPER}.example"))).one()
        session.add(Identity(account_id=account.id, pid_index="mine", linked_at=session.clock.now()))


@pytest.mark.feature("F20")
async def test_id_porten_is_switched_on_and_off_for_the_municipality_alone(
    known: httpx.AsyncClient, any_town: Database
) -> None:
    assert (await set_up(known)).json()["msg"] == "Lagret"
    async with any_town.reading() as session:
        on = dict((await session.execute(select(Municipality.name, Municipality.id_porten))).all())
    assert on == {"Fjordvik": True, "Dalen": False}
    assert (await set_up(known, id_porten=False)).status_code == 200
    assert not (await fjordvik(any_town)).id_porten


async def test_what_changed_is_logged_by_its_name(known: httpx.AsyncClient, any_town: Database) -> None:
    await set_up(known, idle_minutes=60)
    await set_up(known, idle_minutes=60)
    async with any_town.reading() as session:
        found = select(LogRow).where(col(LogRow.event) == Event.REGISTER_CHANGED)
        [logged] = [row for row in await session.scalars(found) if row.details["register"] == "municipality"]
    assert logged.details["fields"] == ["id_porten", "idle_minutes"]


@pytest.mark.parametrize(
    ("wanted", "field", "sentence"),
    [
        ({"id_porten": False, "demands": 4}, "demands", "Høyeste sikkerhetsnivå krever at ID-porten er slått på."),
        ({"demands": 4}, "demands", "Da kommer du ikke inn selv."),
        ({"idle_minutes": 9}, "idle_minutes", "Velg mellom 10 og 60 minutter."),
        ({"idle_minutes": 61}, "idle_minutes", "Velg mellom 10 og 60 minutter."),
    ],
)
async def test_what_cannot_be_is_said_beside_the_field(
    known: httpx.AsyncClient, any_town: Database, wanted: dict[str, Any], field: str, sentence: str
) -> None:
    answer = await set_up(known, **wanted)
    assert answer.status_code == 422
    assert answer.json()["errors"][field].startswith(sentence)
    now = await fjordvik(any_town)
    assert (now.id_porten, now.demands, now.idle_minutes) == (False, Assurance.PASSWORD_AND_CODE, 35)


async def test_how_the_owners_word_is_given_is_decided_here(enter: Enter, any_town: Database) -> None:
    client = await enter(SUPER)
    wanted = {"id_porten": False, "digital_consent": True, "owner_approval": "in_app"}
    assert (await set_up(client, **wanted)).json()["msg"] == "Lagret"
    now = await fjordvik(any_town)
    assert (now.digital_consent, now.owner_approval) == (True, OwnerApproval.IN_APP)
    [row] = await rows(client, "municipality")
    assert row["owner_approval"] == "Bare i Medvirk"


@pytest.mark.parametrize("missing", ["digital_consent", "owner_approval"])
async def test_nothing_is_decided_by_being_left_out(enter: Enter, missing: str) -> None:
    client = await enter(SUPER)
    [row] = await rows(client, "municipality")
    sent = {name: value for name, value in (WANTED | {"id_porten": False}).items() if name != missing}
    assert (await client.post(f"/admin/municipality/do/set-up/{row['id']}", json=sent)).status_code == 422


@pytest.mark.parametrize(
    "wanted", [{"owner_approval": "aldri"}, {"demands": 5}, {"idle_minutes": "lenge"}, {"id_porten": None}]
)
async def test_nonsense_is_not_taken_in(known: httpx.AsyncClient, wanted: dict[str, Any]) -> None:
    assert (await set_up(known, **wanted)).status_code == 422


@pytest.mark.feature("F20")
async def test_without_id_porten_on_the_server_it_cannot_be_switched_on(enter: Enter) -> None:
    answer = await set_up(await enter(SUPER))
    assert answer.status_code == 422
    assert answer.json()["errors"]["id_porten"].startswith("ID-porten er ikke satt opp på denne serveren.")


@pytest.mark.feature("F20")
async def test_who_has_linked_their_account_may_demand_the_highest_level_and_must_use_it_from_then_on(
    known: httpx.AsyncClient, any_town: Database
) -> None:
    await link(any_town)
    saved = await set_up(known, demands=4)
    assert saved.json()["msg"] == "Lagret. Logg på med ID-porten for å fortsette her."
    assert (await fjordvik(any_town)).demands is Assurance.HIGH
    assert (await known.get("/admin/municipality/list")).status_code == 403


async def test_the_form_shows_what_holds_and_overwrites_nothing_unseen(known: httpx.AsyncClient) -> None:
    [row] = await rows(known, "municipality")
    address = f"/admin/municipality/do/set-up/{row['id']}"
    shown = (await known.get(address)).json()["data"]
    assert (shown["id_porten"], shown["demands"], shown["idle_minutes"]) == (False, 3, 35)
    assert (await known.post(address, json=shown | {"idle_minutes": 40})).status_code == 200
    assert (await known.post(address, json=shown | {"idle_minutes": 50})).status_code == 409


@pytest.mark.parametrize("slug", ["municipality", "age"])
@pytest.mark.parametrize("name", ["admin.helse@fjordvik", "koordinator@fjordvik", "analytiker@fjordvik"])
async def test_only_superadministrators_find_these_registers(enter: Enter, slug: str, name: str) -> None:
    assert (await (await enter(name)).get(f"/admin/{slug}/list")).status_code == 403


async def test_another_municipalitys_rows_are_not_found(enter: Enter) -> None:
    mine, theirs = await enter(SUPER), await enter("superadmin@dalen")
    [place] = await rows(theirs, "municipality")
    assert (await mine.post(f"/admin/municipality/do/set-up/{place['id']}", json=WANTED)).status_code == 404
    policy = (await rows(theirs, "age"))[0]
    changed = await mine.put(f"/admin/age/item/{policy['id']}", json={"under_15": "sign_in"})
    assert changed.status_code == 404


@pytest.mark.feature("F23")
async def test_every_kind_of_plan_has_its_rule_for_children_and_none_is_added(enter: Enter, any_town: Database) -> None:
    client = await enter(SUPER)
    shown = await rows(client, "age")
    assert [row["kind"] for row in shown] == [
        "Individuell plan",
        "Individuell opplæringsplan",
        "Individuell utviklingsplan",
        "Stafettlogg",
    ]
    assert (await client.post("/admin/age/item", json={"kind": "IP", "under_15": "sign_in"})).status_code in (404, 405)
    async with any_town.reading() as session:
        held = list(await session.scalars(select(AgePolicy)))
    assert len(held) == 2 * len(PlanKind)
    assert all(row.under_15 is UNDER_15[row.kind] for row in held)


@pytest.mark.feature("F23")
async def test_the_rule_for_children_is_changed_for_one_kind(enter: Enter, any_town: Database) -> None:
    client = await enter(SUPER)
    row = next(row for row in await rows(client, "age") if row["kind"] == "Stafettlogg")
    assert row["under_15"] == "Kan ikke logge på"
    saved = await client.put(f"/admin/age/item/{row['id']}", json={"under_15": "guardian_approves", "kind": "IP"})
    assert saved.status_code == 200
    async with any_town.reading() as session:
        changed = [one for one in await session.scalars(select(AgePolicy)) if one.under_15 is not UNDER_15[one.kind]]
    assert [(one.kind, one.under_15) for one in changed] == [(PlanKind.SL, UnderAge.GUARDIAN_APPROVES)]
