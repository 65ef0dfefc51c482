"""«Samtykketekster» (F118): a version is added and never changed, by those who answer for the kind of plan."""

import html
import re
from typing import Any

import pytest
from sqlmodel import col, select

from models.database import Database
from models.rights import PlanKind
from models.templates.tables import ConsentForm
from tests.admin.conftest import Enter

pytestmark = pytest.mark.feature("F118")
HEALTH, SCHOOL = "admin.helse@fjordvik", "admin.skole@fjordvik"
OURS = {"kind": "IP", "title": "Samtykke i Fjordvik", "body": "Du bestemmer selv.\n\nDette samtykker du til."}
REGISTER = "/admin/consent-forms"


async def listed(client: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"{REGISTER}/list?perPage=100")).json()["data"]["items"]
    return found


async def test_each_lists_the_texts_of_the_kinds_they_answer_for(enter: Enter) -> None:
    assert {row["kind"] for row in await listed(await enter(HEALTH))} == {"Individuell plan", "Stafettlogg"}


async def test_a_new_version_follows_the_newest(enter: Enter, any_town: Database) -> None:
    client = await enter(HEALTH)
    for _ in range(2):
        assert (await client.post(f"{REGISTER}/item", json=OURS)).status_code == 200
    async with any_town.reading() as session:
        found = select(ConsentForm.version).where(col(ConsentForm.title) == OURS["title"])
        assert sorted(await session.scalars(found)) == [2, 3]


async def test_a_version_is_never_changed(enter: Enter) -> None:
    client = await enter(HEALTH)
    row = (await listed(client))[0]
    assert (await client.put(f"{REGISTER}/item/{row['id']}", json=OURS)).status_code in (404, 405)


@pytest.mark.parametrize(("field", "wrong"), [("title", " "), ("title", "a" * 201), ("body", " "), ("kind", "XX")])
async def test_what_is_wrong_is_said_beside_its_field(enter: Enter, field: str, wrong: str) -> None:
    answer = await (await enter(HEALTH)).post(f"{REGISTER}/item", json=OURS | {field: wrong})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])


async def test_nobody_writes_for_kinds_they_do_not_answer_for(enter: Enter, any_town: Database) -> None:
    answer = await (await enter(SCHOOL)).post(f"{REGISTER}/item", json=OURS)
    assert answer.status_code >= 400
    async with any_town.reading() as session:
        found = select(ConsentForm.id).where(col(ConsentForm.kind) == PlanKind.IP, col(ConsentForm.version) > 1)
        assert list(await session.scalars(found)) == []


async def test_what_was_consented_to_is_read_with_its_paragraphs(enter: Enter) -> None:
    """The text comes as it was written, and the dialog's class keeps its lines."""
    client = await enter(HEALTH)
    row = (await listed(client))[0]
    shown = (await client.get(f"{REGISTER}/item/{row['id']}/view")).json()["data"]
    assert "\n\n" in shown["body"]
    drawn = html.unescape((await client.get(REGISTER)).text)
    assert re.search(r'"type":\s*"static"[^{}]*"name":\s*"body"[^{}]*"house-long"', drawn)
