"""Service messages: written by the superadministrator in Norwegian time, and never without words or backwards."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import col, select

from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.tables import ServiceMessage
from tests.admin.conftest import Enter

pytestmark = pytest.mark.feature("F31")
SUPER, ADDRESS = "superadmin@fjordvik", "/admin/service-messages"
NEW = {
    "text_nb": "Medvirk er nede lørdag.",
    "severity": "warning",
    "shown_from": "2026-11-20T12:00",
    "shown_to": "2026-11-21T16:30",
}


async def messages(database: Database) -> list[ServiceMessage]:
    async with database.reading() as session:
        return list(await session.scalars(select(ServiceMessage)))


async def test_a_message_is_written_and_logged(enter: Enter, any_town: Database) -> None:
    answer = await (await enter(SUPER)).post(f"{ADDRESS}/item", json=NEW)
    assert (answer.status_code, answer.json()["msg"]) == (200, "Lagret")
    (message,) = await messages(any_town)
    assert message.shown_from == datetime(2026, 11, 20, 11, 0, tzinfo=UTC), "typed in Norwegian time"
    assert message.shown_to == datetime(2026, 11, 21, 15, 30, tzinfo=UTC)
    async with any_town.reading() as session:
        found = select(LogRow).where(col(LogRow.event) == Event.REGISTER_ADDED)
        (row,) = await session.scalars(found)
    assert row.details == {"register": "service-messages", "row": str(message.id)}


async def test_the_list_and_the_form_show_norwegian_time(enter: Enter, any_town: Database) -> None:
    client = await enter(SUPER)
    await client.post(f"{ADDRESS}/item", json=NEW)
    (row,) = (await client.get(f"{ADDRESS}/list")).json()["data"]["items"]
    assert (row["severity"], row["shown_from"], row["shown_to"]) == ("Viktig", "20.11.2026 12.00", "21.11.2026 16.30")
    shown = (await client.get(f"{ADDRESS}/item/{row['id']}")).json()["data"]
    assert (shown["shown_from"], shown["shown_to"]) == ("2026-11-20T12:00", "2026-11-21T16:30")


async def test_what_is_saved_unchanged_is_not_logged_as_a_change(enter: Enter, any_town: Database) -> None:
    client = await enter(SUPER)
    await client.post(f"{ADDRESS}/item", json=NEW)
    (message,) = await messages(any_town)
    shown = (await client.get(f"{ADDRESS}/item/{message.id}")).json()["data"]
    for sent in (shown, shown | {"shown_to": ""}):
        assert (await client.put(f"{ADDRESS}/item/{message.id}", json=sent)).status_code == 200
    async with any_town.reading() as session:
        rows = list(await session.scalars(select(LogRow).where(col(LogRow.event) == Event.REGISTER_CHANGED)))
    assert [row.details["fields"] for row in rows] == [["shown_to"]]
    assert [message.shown_to for message in await messages(any_town)] == [None]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"shown_to": "2026-11-20T12:00"}, "Slutten må være etter begynnelsen."),
        ({"shown_to": "2026-11-19T12:00"}, "Slutten må være etter begynnelsen."),
        ({"shown_to": "9999-12-31T23:59"}, "Skriv et tidspunkt i dette hundreåret."),
        ({"text_nb": ""}, "Fyll ut dette feltet."),
        ({"text_nb": "\u200b"}, "Skriv hva du vil si."),
        ({"text_en": "\u200b \u2060"}, "Skriv hva du vil si."),
        ({"text_nn": "x" * 501}, "Bruk høyst 500 tegn."),
        ({"shown_from": ""}, "Fyll ut dette feltet."),
        ({"shown_from": "i morgen"}, "Skriv en dato og et klokkeslett, for eksempel 20.11.2026 10.00."),
        ({"severity": "enorm"}, "Velg en av dem som står i listen."),
    ],
)
async def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_saved(
    enter: Enter, any_town: Database, wrong: dict[str, Any], sentence: str
) -> None:
    answer = await (await enter(SUPER)).post(f"{ADDRESS}/item", json=NEW | wrong)
    assert (answer.status_code, answer.json()["errors"]) == (422, {next(iter(wrong)): sentence})
    assert await messages(any_town) == []


async def test_a_change_is_checked_as_the_first_writing_was(enter: Enter, any_town: Database) -> None:
    client = await enter(SUPER)
    await client.post(f"{ADDRESS}/item", json=NEW)
    (message,) = await messages(any_town)
    answer = await client.put(f"{ADDRESS}/item/{message.id}", json=NEW | {"shown_from": "2026-12-01T12:00"})
    assert (answer.status_code, answer.json()["errors"]) == (422, {"shown_to": "Slutten må være etter begynnelsen."})
    assert await messages(any_town) == [message]


@pytest.mark.parametrize("name", ["admin.helse@fjordvik", "analytiker@fjordvik", "koordinator@fjordvik"])
async def test_others_neither_see_nor_write(enter: Enter, any_town: Database, name: str) -> None:
    client = await enter(name)
    assert (await client.get(f"{ADDRESS}/list")).status_code == 403
    assert (await client.post(f"{ADDRESS}/item", json=NEW)).status_code == 403
    assert await messages(any_town) == []


async def test_another_municipalitys_message_is_not_found(enter: Enter, any_town: Database) -> None:
    await (await enter(SUPER)).post(f"{ADDRESS}/item", json=NEW)
    (message,) = await messages(any_town)
    client = await enter("superadmin@dalen")
    assert (await client.get(f"{ADDRESS}/list")).json()["data"]["items"] == []
    assert (await client.put(f"{ADDRESS}/item/{message.id}", json=NEW | {"text_nb": "Nei"})).status_code == 404
