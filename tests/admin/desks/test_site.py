"""Who finds which registers, and what surrounds them, in the whole house."""

import pytest
from sqlmodel import col, select

from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from tests.admin.conftest import Enter

SUPER = "superadmin@fjordvik"
SLUGS = ("plans", "people", "units", "roles", "texts")
PAGE = {"accept": "text/html"}


@pytest.mark.feature("F192")
async def test_an_administrator_finds_every_register(enter: Enter) -> None:
    client = await enter(SUPER)
    home = (await client.get("/admin/", headers=PAGE)).text
    for slug in SLUGS:
        assert f'href="/admin/{slug}"' in home
        assert (await client.get(f"/admin/{slug}", headers=PAGE)).status_code == 200
        assert (await client.get(f"/admin/{slug}/list")).json()["data"]["total"] > 0


@pytest.mark.feature("F192")
async def test_one_who_edits_people_finds_that_register_alone(enter: Enter) -> None:
    client = await enter("koordinator@fjordvik")
    home = (await client.get("/admin/", headers=PAGE)).text
    assert [slug for slug in SLUGS if f'href="/admin/{slug}"' in home] == ["people"]
    assert [(await client.get(f"/admin/{slug}/list")).status_code for slug in SLUGS] == [403, 200, 403, 403, 403]


@pytest.mark.parametrize("name", ["analytiker@fjordvik", "laerer@fjordvik"])
async def test_without_any_right_there_is_a_plain_page_and_a_way_back(enter: Enter, name: str) -> None:
    answer = await (await enter(name)).get("/admin/", headers=PAGE)
    assert answer.status_code == 403
    assert "Du har ikke tilgang til dette." in answer.text
    assert 'href="/plans"' in answer.text
    assert 'href="/admin/' not in answer.text.replace('href="/admin/static', "")


async def test_the_frame_says_where_who_and_how_to_leave(enter: Enter) -> None:
    page = (await (await enter(SUPER)).get("/admin/units", headers=PAGE)).text
    assert page.count("<h1") == 1
    assert "Fjordvik" in page
    assert 'action="/logout"' in page


async def test_the_houses_own_shell_stops_other_sites_and_keeps_nothing(enter: Enter) -> None:
    client = await enter(SUPER)
    unit = {"name": "Ny skole", "kind": "school"}
    stopped = await client.post("/admin/units/item", json=unit, headers={"sec-fetch-site": "cross-site"})
    assert stopped.status_code == 403
    assert "script-src 'self'" in (await client.get("/admin/units")).headers["content-security-policy"]
    assert (await client.get("/admin/units/list")).headers["cache-control"] == "no-store"


async def test_a_file_that_leaves_is_logged(enter: Enter, any_town: Database) -> None:
    file = await (await enter(SUPER)).get("/admin/people/list.csv")
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Navn;Født;Kjønn;Har konto;Brukernavn"
    async with any_town.reading() as session:
        logged = (await session.scalars(select(LogRow).where(col(LogRow.event) == Event.REGISTER_EXPORTED))).one()
    assert logged.details == {"register": "people", "rows": len(lines) - 1}
