"""Accounts and the changes of them that wait: two colleagues, and no address in clear."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from models.accounts.rules import CodeChannel
from models.accounts.tables.account import Account
from models.accounts.tables.changes import AccountChange
from models.base import seal
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.queries import vault
from tests.admin.conftest import Enter

SUPER, EDITOR, OWNER = "superadmin@fjordvik", "koordinator@fjordvik", "planeier@fjordvik"
NEW = {"reason": "lost_access", "email": "ny.adresse@fjordvik.example", "mobile": "00000007"}


async def listed(client: Any, desk: str = "accounts", query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"/admin/{desk}/list?perPage=100{query}")).json()["data"]["items"]
    return found


async def of(client: Any, user_name: str = OWNER) -> dict[str, Any]:
    found = await listed(client, query=f"&q={user_name}.example")
    [row] = [row for row in found if row["user_name"] == f"{user_name}.example"]
    return row


async def ask(client: Any, entry: dict[str, Any] = NEW, action: str = "ask-contacts", whom: str = OWNER) -> Any:
    return await client.post(f"/admin/accounts/do/{action}/{(await of(client, whom))['id']}", json=entry)


async def answer(client: Any, action: str = "approve-change") -> Any:
    [change] = await listed(client, "account-changes")
    return await client.post(f"/admin/account-changes/do/{action}/{change['id']}", json={})


@pytest.mark.feature("F17")
async def test_the_list_says_how_people_sign_in_and_holds_no_address(enter: Enter) -> None:
    client = await enter(EDITOR)
    row = await of(client)
    shown = {"name", "user_name", "code_channel", "linked", "closed"}
    assert row.keys() == {"id", "is_linked", "is_closed"} | shown
    assert (row["code_channel"], row["linked"], row["closed"]) == ("E-post", "Nei", "Nei")
    seen = await client.get(f"/admin/accounts/item/{(await of(client, EDITOR))['id']}/view")
    assert seen.json()["data"]["last"] == "20.11.2026 10.00"


async def test_an_address_is_masked_in_the_dialog_too(enter: Enter, any_town: Database) -> None:
    async with any_town.writing() as session:
        known = (await session.scalars(select(Account).where(Account.user_name == f"{OWNER}.example"))).one()
        seal(await vault(session, known.key_id), known, mobile="00000001")
    client = await enter(EDITOR)
    view = await client.get(f"/admin/accounts/item/{(await of(client))['id']}/view")
    assert (view.json()["data"]["email"], view.json()["data"]["mobile"]) == ("p•••@fjordvik.example", "••• 01")
    assert view.json()["data"]["has_app"] == "Nei"
    assert "00000001" not in view.text


async def test_another_municipalitys_accounts_are_not_there(enter: Enter) -> None:
    mine, theirs = await enter(EDITOR), await enter("superadmin@dalen")
    away = await of(theirs, "planeier@dalen")
    assert await listed(mine, query="&q=planeier@dalen.example") == []
    assert (await mine.get(f"/admin/accounts/item/{away['id']}/view")).status_code == 404
    for action in ("ask-contacts", "ask-relink", "ask-invite", "close-account", "reopen-account"):
        assert (await mine.post(f"/admin/accounts/do/{action}/{away['id']}", json=NEW)).status_code == 404


@pytest.mark.feature("F12")
async def test_a_change_is_asked_for_and_approved_by_a_colleague(enter: Enter, any_town: Database) -> None:
    editor, boss = await enter(EDITOR), await enter(SUPER)
    assert "Nå må en annen" in (await ask(editor)).json()["msg"]
    [waiting] = await listed(boss, "account-changes")
    assert waiting["email"] == "n•••@fjordvik.example, ••• 07"
    assert (waiting["kind"], waiting["reason"]) == ("Nye adresser for engangskoder", "Kommer ikke lenger inn")
    assert waiting["asker"] == (await of(boss, EDITOR))["name"]
    assert waiting["name"] == (await of(boss))["name"]
    own = await answer(editor)
    assert (own.status_code, own.json()["msg"]) == (
        403,
        "Du ba selv om endringen. En annen må godkjenne den.",
    )
    assert (await answer(boss)).json()["msg"] == "Godkjent. Endringen gjelder om ett døgn."
    assert (await answer(boss)).status_code == 409
    [approved] = await listed(boss, "account-changes")
    assert approved["state"] == "Godkjent, gjelder fra 21.11.2026 10.00"
    async with any_town.reading() as session:
        kept = (await session.scalars(select(AccountChange))).one()
        assert kept.effective_at == session.clock.now() + timedelta(hours=24)
        logged = set(await session.scalars(select(LogRow.event)))
    assert {Event.CHANGE_ASKED, Event.CHANGE_APPROVED} <= logged


@pytest.mark.feature("F16")
async def test_the_link_of_a_new_invitation_is_shown_once_a_day_after(enter: Enter, clock: SteppingClock) -> None:
    editor, boss = await enter(EDITOR), await enter(SUPER)
    await ask(editor, {}, "ask-invite")
    assert (await answer(boss)).json()["msg"] == "Godkjent. Lenken kan hentes her om ett døgn."
    early = await answer(boss, "hand-over")
    assert (early.status_code, early.json()["msg"].startswith("Lenken kan ikke hentes ennå.")) == (409, True)
    clock.move(timedelta(hours=24))
    editor = await enter(EDITOR)
    [ready] = await listed(editor, "account-changes")
    assert (ready["state"], ready["is_ready"], ready["kind"]) == ("Klar til å hentes", True, "Ny invitasjon")
    handed = (await answer(editor, "hand-over")).json()["data"]["handed"]
    assert handed.startswith("https://m.example/invitation/")
    assert await listed(editor, "account-changes") == []


async def test_what_is_refused_no_longer_waits(enter: Enter) -> None:
    editor = await enter(EDITOR)
    await ask(editor)
    assert (await answer(editor, "refuse-change")).status_code == 200
    assert await listed(editor, "account-changes") == []


async def test_the_file_of_the_waiting_changes_is_masked_too(enter: Enter) -> None:
    editor = await enter(EDITOR)
    await ask(editor)
    file = (await editor.get("/admin/account-changes/list.csv")).text
    assert "n•••@fjordvik.example" in file
    assert NEW["email"] not in file


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ({"reason": "lost_access"}, "email"),
        (NEW | {"email": "uten krøllalfa"}, "email"),
        (NEW | {"mobile": "1"}, "mobile"),
        (NEW | {"reason": "wrong_person"}, "reason"),
        (NEW | {"reason": "tull"}, "reason"),
        ({"email": NEW["email"]}, "reason"),
    ],
)
async def test_what_cannot_be_used_is_said_beside_its_field(enter: Enter, entry: dict[str, Any], field: str) -> None:
    answered = await ask(await enter(EDITOR), entry)
    assert (answered.status_code, list(answered.json()["errors"])) == (422, [field])


@pytest.mark.feature("F24")
async def test_an_account_that_is_not_linked_is_not_relinked(enter: Enter) -> None:
    answered = await ask(await enter(EDITOR), {"reason": "new_national_id"}, "ask-relink")
    assert answered.json()["errors"] == {"reason": "Kontoen er ikke koblet til ID-porten."}


async def test_ones_own_account_and_an_administrators_are_left_alone(enter: Enter) -> None:
    editor = await enter(EDITOR)
    for whom, words in ((EDITOR, "egen konto"), (SUPER, "tilhører en administrator")):
        for action in ("ask-contacts", "close-account"):
            refused = await ask(editor, NEW, action, whom)
            assert (refused.status_code, words in refused.json()["msg"]) == (403, True)


async def test_an_account_is_closed_and_opened(enter: Enter, any_town: Database) -> None:
    editor = await enter(EDITOR)
    assert (await ask(editor, {}, "close-account")).json()["msg"] == "Kontoen er stengt."
    assert (await of(editor))["is_closed"] is True
    again = await ask(editor, {}, "close-account")
    assert (again.status_code, again.json()["msg"].startswith("Kontoen er allerede stengt.")) == (409, True)
    assert (await ask(editor, {}, "reopen-account")).json()["msg"] == "Kontoen er åpnet."
    async with any_town.reading() as session:
        known = (await session.scalars(select(Account).where(Account.user_name == f"{OWNER}.example"))).one()
    assert (known.disabled_at, known.code_channel) == (None, CodeChannel.EMAIL)


async def test_only_those_who_may_edit_people_see_accounts(enter: Enter) -> None:
    client = await enter("analytiker@fjordvik")
    for desk in ("accounts", "account-changes"):
        assert (await client.get(f"/admin/{desk}/list")).status_code == 403
