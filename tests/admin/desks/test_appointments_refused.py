"""Appointments that are not given and not ended: by whom, to whom, and what for."""

import asyncio
from typing import Any

import pytest
from sqlmodel import select

from models.accounts.tables.account import Account, Appointment
from models.database import Database
from models.people.tables import Person
from models.rights import Duty
from permissions.sign_in.invitations import invite_superadministrator
from tests.admin.conftest import Enter
from tests.admin.desks.appointing import (
    ADMIN,
    SUPER,
    TEACHER,
    TODAY,
    YESTERDAY,
    account_of,
    appoint,
    errors,
    finish,
    kept_apart,
    listed,
    of,
    rows,
)


@pytest.mark.feature("F207")
@pytest.mark.parametrize("name", [ADMIN, "koordinator@fjordvik", "analytiker@fjordvik", TEACHER])
async def test_only_a_superadministrator_sees_and_appoints(enter: Enter, any_town: Database, name: str) -> None:
    client, boss = await enter(name), await enter(SUPER)
    row = await of(boss, "arkivar@fjordvik", "archivist")
    answers = (
        await client.get("/admin/appointments/list"),
        await client.get("/admin/appointments/list.csv"),
        await client.get("/admin/appointments/do/appoint"),
        await appoint(client, any_town),
        await finish(client, row),
    )
    assert [answer.status_code for answer in answers] == [403] * 5
    assert (await of(boss, "arkivar@fjordvik", "archivist"))["over"] == "Nei"


@pytest.mark.feature("F207")
async def test_a_superadministrator_is_not_made_here_and_not_ended_here(enter: Enter, any_town: Database) -> None:
    boss = await enter(SUPER)
    refused = errors(await appoint(boss, any_town, duty="superadministrator"))
    assert refused == {"duty": "Superadministratorer oppnevnes av dem som drifter Medvirk, ikke her."}
    async with any_town.writing() as session:
        await invite_superadministrator(session, f"{TEACHER}.example", "Fjordvik")
    row = await of(boss, TEACHER, "superadministrator")
    answer = await finish(boss, row)
    assert (answer.status_code, row["can_end"]) == (403, False)
    assert answer.json()["msg"] == "Superadministratorer oppnevnes og avsluttes av dem som drifter Medvirk."


@pytest.mark.feature("F207")
async def test_nobody_appoints_themselves_or_ends_what_is_their_own(enter: Enter, any_town: Database) -> None:
    boss = await enter(SUPER)
    assert errors(await appoint(boss, any_town, SUPER)) == {"person_id": "Velg en av dem som står i listen."}
    async with any_town.writing() as session:
        mine = (await session.scalars(select(Account).where(Account.user_name == f"{SUPER}.example"))).one()
        place = (await session.scalars(select(Person).where(Person.account_id == mine.id))).one().municipality_id
        own = Appointment(
            municipality_id=place, account_id=mine.id, duty=Duty.ARCHIVIST, valid_from=session.clock.now().date()
        )
        session.add(own)
    row = await of(boss, SUPER, "archivist")
    answer = await finish(boss, row)
    assert (answer.status_code, row["can_end"], "egen konto" in answer.json()["msg"]) == (403, False, True)


async def test_another_municipalitys_people_and_appointments_are_not_there(enter: Enter, any_town: Database) -> None:
    mine, theirs = await enter(SUPER), await enter("superadmin@dalen")
    assert errors(await appoint(mine, any_town, "planeier@dalen")).keys() == {"person_id"}
    assert (await appoint(theirs, any_town, "planeier@dalen")).status_code == 200
    away = await of(theirs, "planeier@dalen", "analyst")
    assert (await finish(mine, away)).status_code == 404
    assert await listed(mine, "&q=planeier@dalen.example") == []
    assert (await of(theirs, "planeier@dalen", "analyst"))["over"] == "Nei"


async def test_who_has_not_used_the_account_or_has_it_closed_is_not_appointed(enter: Enter, any_town: Database) -> None:
    boss = await enter(SUPER)
    async with any_town.writing() as session:
        (await account_of(session, TEACHER)).password_hash = None
        (await account_of(session, "rektor@fjordvik")).disabled_at = session.clock.now()
    unused = errors(await appoint(boss, any_town))["person_id"]
    assert unused.startswith("Personen har ikke tatt kontoen sin i bruk ennå.")
    assert errors(await appoint(boss, any_town, "rektor@fjordvik"))["person_id"].startswith("Kontoen er stengt.")


@pytest.mark.feature("N15")
async def test_nobody_is_told_of_who_they_are_kept_apart_from(enter: Enter, any_town: Database) -> None:
    boss, archivist = await enter(SUPER), "arkivar@fjordvik"
    row = await of(boss, archivist, "archivist")
    await kept_apart(any_town, SUPER, archivist)
    assert await listed(boss, f"&q={archivist}.example") == []
    assert (await finish(boss, row)).status_code == 404
    assert errors(await appoint(boss, any_town, archivist)).keys() == {"person_id"}
    page = await boss.get("/admin/appointments")
    assert f"{archivist}.example" not in page.text


@pytest.mark.parametrize(
    ("entry", "field", "sentence"),
    [
        ({"duty": "administrator"}, "plan_kind", "Velg plantypen"),
        ({"plan_kind": "IP"}, "plan_kind", "Bare lokale administratorer"),
        ({"valid_from": YESTERDAY}, "valid_from", "Velg i dag eller en senere dag."),
        ({"last_day": YESTERDAY}, "last_day", "Den siste dagen kan ikke være før den første."),
        ({"valid_from": "9999-12-31", "last_day": "9999-12-31"}, "last_day", "Skriv en dato i dette hundreåret."),
        ({"valid_from": "0001-01-01"}, "valid_from", "Skriv en dato i dette hundreåret."),
        ({"valid_from": "i morgen"}, "valid_from", "Skriv en dato"),
        ({"valid_from": ""}, "valid_from", "Fyll ut dette feltet."),
        ({"duty": "konge"}, "duty", "Velg en av dem"),
        ({"duty": ""}, "duty", "Velg en av dem"),
        ({"plan_kind": "XX"}, "plan_kind", "Velg en av dem"),
        ({"person_id": ""}, "person_id", "Fyll ut dette feltet."),
        ({"person_id": "x" * 200_000}, "person_id", ""),
        ({"person_id": "00000000-0000-0000-0000-000000000000"}, "person_id", "Velg en av dem som står i listen."),
    ],
)
async def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_saved(
    enter: Enter, any_town: Database, entry: dict[str, Any], field: str, sentence: str
) -> None:
    wrong = errors(await appoint(await enter(SUPER), any_town, **entry))
    assert wrong[field].startswith(sentence)
    assert [row for duty in Duty for row in await rows(any_town, TEACHER, duty)] == []


async def test_two_appointments_to_the_same_do_not_overlap(enter: Enter, any_town: Database) -> None:
    boss = await enter(SUPER)
    administers = {"duty": "administrator", "plan_kind": "IOP"}
    week = administers | {"valid_from": "2026-12-01", "last_day": "2026-12-07"}
    assert (await appoint(boss, any_town, **week)).status_code == 200
    for days in (
        {"valid_from": TODAY},
        {"valid_from": "2026-12-07"},
        {"valid_from": "2026-11-25", "last_day": "2026-12-01"},
        {"valid_from": "2026-12-03", "last_day": "2026-12-03"},
    ):
        refused = errors(await appoint(boss, any_town, **administers | days))
        assert refused["valid_from"].startswith("Personen er oppnevnt til dette i disse dagene.")
    beside = ({"valid_from": TODAY, "last_day": "2026-11-30"}, {"valid_from": "2026-12-08"})
    assert [(await appoint(boss, any_town, **administers | days)).status_code for days in beside] == [200, 200]
    other = await appoint(boss, any_town, duty="administrator", plan_kind="IUP", valid_from="2026-12-01")
    assert other.status_code == 200


async def test_of_two_who_appoint_the_same_at_once_one_is_refused(enter: Enter, any_town: Database) -> None:
    one, other = await enter(SUPER), await enter(SUPER)
    answers = await asyncio.gather(appoint(one, any_town), appoint(other, any_town))
    assert sorted(answer.status_code for answer in answers) == [200, 422]
    assert len(await rows(any_town, TEACHER, Duty.ANALYST)) == 1


async def test_of_two_who_end_the_same_one_is_told_that_it_is_over(enter: Enter, any_town: Database) -> None:
    boss = await enter(SUPER)
    row = await of(boss, "arkivar@fjordvik", "archivist")
    assert (await finish(boss, row)).status_code == 200
    again = await finish(boss, row)
    assert (again.status_code, again.json()["msg"].startswith("Oppnevningen er allerede avsluttet.")) == (409, True)
