"""Another municipality adds an existing person with the code that the person has made (F199)."""

from typing import Any

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.database import Database
from models.people.tables import Person
from permissions.door import open_profile
from permissions.sign_in import personal_codes
from tests.admin.conftest import Enter
from tests.admin.desks.test_people import listed
from tests.signing_in import viewer_for

OWNER, EDITOR = "planeier@fjordvik.example", "koordinator@dalen"
NO_GOOD = "Koden virker ikke. Sjekk at den er skrevet riktig, eller be personen lage en ny."


async def code_of(town: Database) -> str:
    async with town.writing() as session:
        return (await personal_codes.make(await open_profile(session, await viewer_for(session, OWNER))))[0]


async def new_card(client: Any, birth_date: str = "1974-06-18") -> str:
    card = {"given_name": "Rolf", "family_name": "Tilflytter", "birth_date": birth_date, "gender": "male"}
    assert (await client.post("/admin/people/do/add-person", json=card)).status_code == 200
    (row,) = await listed(client, "&q=Tilflytter")
    return f"/admin/people/do/join-account/{row['id']}"


async def accounts(town: Database) -> set[str]:
    async with town.reading() as session:
        found = select(Account.user_name).join(Person).where(col(Person.family_name) == "Tilflytter")
        return set(await session.scalars(found))


@pytest.mark.feature("F199")
async def test_the_card_is_joined_and_the_account_has_a_place_more(enter: Enter, any_town: Database) -> None:
    client = await enter(EDITOR)
    joining = await new_card(client)
    answer = await client.post(joining, json={"code": await code_of(any_town)})
    assert answer.json()["msg"] == "Personen er koblet til brukeren sin, og får beskjed om det."
    assert await accounts(any_town) == {OWNER}
    (row,) = await listed(client, "&q=Tilflytter")
    assert (row["has_account"], row["user_name"]) == ("Ja", OWNER)


@pytest.mark.feature("F199")
@pytest.mark.parametrize(("code", "status"), [("AAAAA AAAAA", 422), ("", 422), ("x" * 21, 422), ("<b>", 422)])
async def test_another_code_is_refused_beside_the_field(
    enter: Enter, any_town: Database, code: str, status: int
) -> None:
    client = await enter(EDITOR)
    answer = await client.post(await new_card(client), json={"code": code})
    assert (answer.status_code, list(answer.json()["errors"])) == (status, ["code"])
    assert await accounts(any_town) == set()


@pytest.mark.feature("F199")
async def test_wrong_codes_are_counted_although_nothing_else_of_them_is_kept(enter: Enter, any_town: Database) -> None:
    client = await enter(EDITOR)
    joining, code = await new_card(client), await code_of(any_town)
    for _number in range(10):
        assert (await client.post(joining, json={"code": "AAAAA AAAAA"})).json()["errors"] == {"code": NO_GOOD}
    refused = await client.post(joining, json={"code": code})
    assert (refused.status_code, "for mange feil koder" in refused.json()["errors"]["code"]) == (422, True)
    assert await accounts(any_town) == set()


async def test_somebody_with_another_birth_date_is_not_joined(enter: Enter, any_town: Database) -> None:
    client = await enter(EDITOR)
    answer = await client.post(await new_card(client, "1999-01-01"), json={"code": await code_of(any_town)})
    assert "Koden passer ikke til denne personen" in answer.json()["errors"]["code"]
    assert await accounts(any_town) == set()


async def test_who_may_not_edit_people_and_other_municipalities_cannot(enter: Enter, any_town: Database) -> None:
    joining, sent = await new_card(await enter(EDITOR)), {"code": await code_of(any_town)}
    assert (await (await enter("analytiker@fjordvik")).post(joining, json=sent)).status_code == 403
    assert (await (await enter("koordinator@fjordvik")).post(joining, json=sent)).status_code == 404
    assert await accounts(any_town) == set()
