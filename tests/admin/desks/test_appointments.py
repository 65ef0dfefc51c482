"""Appointments: given and ended by a superadministrator, and felt at the next request."""

import re
from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.organisation.tables import Municipality
from models.people.tables import Person
from models.plans.tables.baton import CoordinatorWanted
from models.rights import Duty
from seed.cast import cast
from tests.admin.conftest import Enter
from tests.admin.desks.appointing import (
    ADMIN,
    MADE,
    OWNER,
    SUPER,
    TEACHER,
    TODAY,
    TOMORROW,
    account_of,
    appoint,
    errors,
    finish,
    listed,
    of,
    person_of,
    rows,
)


@pytest.mark.feature("F197")
async def test_who_is_appointed_has_the_right_at_the_next_request_and_none_when_it_is_ended(
    enter: Enter, any_town: Database
) -> None:
    boss, teacher = await enter(SUPER), await enter(TEACHER)
    assert (await teacher.get("/reports")).status_code == 403
    assert (await appoint(boss, any_town)).json()["msg"].endswith(MADE)
    assert (await teacher.get("/reports")).status_code == 200
    ended = await finish(boss, await of(boss, TEACHER, "analyst"))
    assert ended.json()["msg"] == "Oppnevningen er avsluttet."
    assert (await teacher.get("/reports")).status_code == 403


@pytest.mark.feature("F198")
async def test_an_administrator_is_appointed_for_one_kind_of_plan(enter: Enter, any_town: Database) -> None:
    boss, teacher = await enter(SUPER), await enter(TEACHER)
    assert (await appoint(boss, any_town, duty="administrator", plan_kind="IUP")).status_code == 200
    kinds = {row["kind"] for row in (await teacher.get("/admin/roles/list")).json()["data"]["items"]}
    assert kinds == {"Individuell utviklingsplan"}
    assert (await teacher.get("/admin/appointments/list")).status_code == 403


@pytest.mark.parametrize("duty", [Duty.COORDINATING_UNIT, Duty.CHILD_COORDINATOR])
async def test_the_municipalitys_coordinators_are_appointed_here(enter: Enter, any_town: Database, duty: Duty) -> None:
    boss, teacher = await enter(SUPER), await enter(TEACHER)
    assert (await teacher.get("/coordination")).status_code == 403
    assert (await appoint(boss, any_town, duty=duty.value)).status_code == 200
    assert (await teacher.get("/coordination")).status_code == 200


@pytest.mark.feature("N7")
async def test_a_childrens_coordinator_is_offered_to_the_families_first_and_as_that_until_it_is_ended(
    enter: Enter, any_town: Database
) -> None:
    boss, unit = await enter(SUPER), await enter("enhet@fjordvik")
    owner = next(one for one in cast() if one.user_name == f"{OWNER}.example")
    async with any_town.reading() as session:
        waits = select(CoordinatorWanted.id).where(col(CoordinatorWanted.consent_on).is_not(None))
        wanted = (await session.scalars(waits.limit(1))).one()
    address = f"/coordination/waiting/{wanted}/appoint?name={owner.family_name}"
    chosen = {"person": await person_of(any_town, OWNER)}
    assert (await unit.post(address, data=chosen)).status_code == 400
    await appoint(boss, any_town, OWNER, duty="child_coordinator")
    offered = re.findall(r"<label[^>]*>\s*([^<]+?)\s*</label>", (await unit.get(address)).text)
    assert offered[1] == f"{owner.name}, Barnekoordinator"
    await finish(boss, await of(boss, OWNER, "child_coordinator"))
    assert (await unit.post(address, data=chosen)).status_code == 400
    await appoint(boss, any_town, OWNER, duty="child_coordinator")
    assert (await unit.post(address, data=chosen)).status_code == 303


async def test_one_is_appointed_from_the_row_of_their_account_too(enter: Enter, any_town: Database) -> None:
    boss, editor = await enter(SUPER), await enter("koordinator@fjordvik")
    [row] = (await boss.get(f"/admin/accounts/list?q={TEACHER}.example")).json()["data"]["items"]
    address, entry = f"/admin/accounts/do/appoint-holder/{row['id']}", {"duty": "analyst", "valid_from": TODAY}
    assert [(await editor.post(address, json=entry)).status_code, (await editor.get(address)).status_code] == [403, 403]
    assert errors(await boss.post(address, json=entry | {"duty": "superadministrator"})).keys() == {"duty"}
    assert (await boss.post(address, json=entry)).json()["msg"].endswith(MADE)
    assert (await of(boss, TEACHER, "analyst"))["over"] == "Nei"
    [own] = (await boss.get(f"/admin/accounts/list?q={SUPER}.example")).json()["data"]["items"]
    answer = await boss.post(f"/admin/accounts/do/appoint-holder/{own['id']}", json=entry)
    assert (answer.status_code, "egen konto" in answer.json()["msg"]) == (403, True)


@pytest.mark.feature("F17")
async def test_who_is_known_in_both_municipalities_is_appointed_in_one(enter: Enter, any_town: Database) -> None:
    boss, expert = await enter(SUPER), "spesialist@helse"
    async with any_town.reading() as session:
        named = col(Municipality.name) == "Fjordvik", col(Account.user_name) == f"{expert}.example"
        found = select(Person).join(Account, col(Account.id) == Person.account_id)
        found = found.join(Municipality, col(Municipality.id) == Person.municipality_id)
        card = (await session.scalars(found.where(*named))).one()
    assert (await appoint(boss, any_town, expert, person_id=str(card.id))).status_code == 200
    assert [row.municipality_id for row in await rows(any_town, expert, Duty.ANALYST)] == [card.municipality_id]


async def test_what_is_ended_is_kept_and_can_be_given_anew(enter: Enter, any_town: Database) -> None:
    boss, archivist = await enter(SUPER), "arkivar@fjordvik"
    await finish(boss, await of(boss, archivist, "archivist"))
    ended = await of(boss, archivist, "archivist")
    assert (ended["over"], ended["last_day"], ended["can_end"]) == ("Ja", "19.11.2026", False)
    assert (await appoint(boss, any_town, archivist, duty="archivist")).status_code == 200
    assert {row["over"] for row in await listed(boss, f"&q={archivist}.example&duty=archivist")} == {"Ja", "Nei"}
    assert len(await rows(any_town, archivist, Duty.ARCHIVIST)) == 2


async def test_what_was_to_begin_later_is_ended_before_it_began(enter: Enter, any_town: Database) -> None:
    boss = await enter(SUPER)
    assert (await appoint(boss, any_town, valid_from=TOMORROW)).status_code == 200
    coming = await of(boss, TEACHER, "analyst")
    assert (coming["over"], coming["can_end"]) == ("Nei, begynner senere", True)
    assert (await finish(boss, coming)).status_code == 200
    ended = await of(boss, TEACHER, "analyst")
    assert (ended["over"], ended["last_day"], ended["valid_from"]) == ("Ja", "", "21.11.2026")
    assert (await appoint(boss, any_town, valid_from=TOMORROW)).status_code == 200


@pytest.mark.feature("F197")
async def test_the_right_is_there_from_the_first_day_to_the_last(
    enter: Enter, any_town: Database, clock: SteppingClock
) -> None:
    boss = await enter(SUPER)
    await appoint(boss, any_town, valid_from=TOMORROW, last_day="2026-11-22")
    seen = []
    for _day in range(4):
        seen.append((await (await enter(TEACHER)).get("/reports")).status_code)
        clock.move(timedelta(days=1))
    assert seen == [403, 200, 200, 403]


@pytest.mark.feature("F136")
async def test_the_person_is_told_and_the_log_knows_who_what_and_when(enter: Enter, any_town: Database) -> None:
    boss = await enter(SUPER)
    await appoint(boss, any_town, duty="administrator", plan_kind="IOP", last_day="2026-12-31")
    await finish(boss, await of(boss, TEACHER, "administrator"))
    async with any_town.reading() as session:
        account = str((await account_of(session, TEACHER)).id)
        author = (await account_of(session, SUPER)).id
        logged = await session.scalars(select(LogRow).where(col(LogRow.actor_id) == author))
        details = {row.event: row.details for row in logged}
        told = select(QueuedNotice.kind, Delivery.account_id).join(Delivery)
        sent = {(kind, str(to)) for kind, to in await session.execute(told)}
    what = {"account": account, "duty": "administrator", "kind": "IOP"}
    assert details[Event.APPOINTED] == what | {"valid_from": TODAY, "valid_to": "2027-01-01"}
    assert details[Event.APPOINTMENT_ENDED] == what
    assert {(Notice.APPOINTED, account), (Notice.APPOINTMENT_ENDED, account)} <= sent


async def test_the_list_begins_with_those_that_count_and_is_searched_and_narrowed(
    enter: Enter, any_town: Database
) -> None:
    boss = await enter(SUPER)
    await finish(boss, await of(boss, ADMIN, "administrator&plan_kind=IP"))
    shown = await listed(boss)
    assert [row["over"] for row in shown] == sorted((row["over"] for row in shown), reverse=True)
    assert {row["duty"] for row in await listed(boss, "&duty=archivist")} == {"Arkivar"}
    assert [row["plan_kind"] for row in await listed(boss, f"&q={ADMIN}.example&over=true")] == ["Individuell plan"]
    member = next(one for one in cast() if one.user_name == f"{ADMIN}.example")
    assert {row["name"] for row in await listed(boss, f"&q={member.name}")} == {
        f"{member.family_name}, {member.given_name}"
    }
    file = (await boss.get("/admin/appointments/list.csv")).text
    assert f"{member.family_name}, {member.given_name}" in file
    ids = {row["id"] for row in shown}
    assert not [one for one in ids if one in file]
