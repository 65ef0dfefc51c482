"""Asking for a change of somebody's account: two must agree, and the person may stop it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from jobs.account_changes import make_account_changes
from jobs.kit import Kit
from models.accounts.rules import ChangeKind, ChangeReason, ChangeState
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.refusals import Conflict, Invalid, NotFound, Reason
from models.rights import Duty
from tests.hamlet import Hamlet, refused
from tests.permissions.sign_in.changes.asking import (
    DAY,
    NEW,
    NEW_MOBILE,
    OLD,
    OLD_MOBILE,
    account_of,
    administrator,
    answer,
    ask,
    contacts,
    events,
    place,
    relink,
    state,
    stop,
    told,
)

pytestmark = pytest.mark.feature("F12")


async def test_new_contacts_hold_a_day_after_another_has_approved(
    database: Database, kit: Kit, clock: SteppingClock
) -> None:
    await answer(database, await ask(database, mobile="00 00 00 02"))
    for step, expected in (
        (timedelta(hours=23, minutes=59), (OLD, OLD_MOBILE)),
        (timedelta(minutes=1), (NEW, NEW_MOBILE)),
    ):
        clock.move(step)
        await make_account_changes(kit)
        assert await contacts(database) == expected
    assert await state(database) is ChangeState.DONE


async def test_nobody_approves_what_they_asked_for_themselves(database: Database) -> None:
    change = await ask(database)
    assert await refused(answer(database, change, by="eva")) is Reason.SAME_PERSON
    assert await state(database) is ChangeState.WAITING


async def test_nobody_asks_for_or_approves_a_change_of_their_own_account(database: Database) -> None:
    assert await refused(ask(database, of="eva")) is Reason.OWN_ACCOUNT
    change = await ask(database, of="edel")
    assert await refused(answer(database, change, by="edel")) is Reason.OWN_ACCOUNT
    assert await refused(answer(database, change, by="edel", well=False)) is Reason.OWN_ACCOUNT


async def test_another_municipalitys_editor_reaches_neither_the_account_nor_the_change(database: Database) -> None:
    with pytest.raises(NotFound):
        await ask(database, by="liv")
    change = await ask(database)
    for well in (True, False):
        with pytest.raises(NotFound):
            await answer(database, change, by="liv", well=well)


async def test_the_right_to_edit_persons_is_demanded(database: Database) -> None:
    assert await refused(ask(database, by="per", of="eva")) is Reason.NO_RIGHT


async def test_of_two_approvals_at_once_one_counts(database: Database) -> None:
    async with database.writing() as session:
        await Hamlet(session).person(await place(session), "Even")
    await administrator(database, "even", Duty.PERSON_EDITOR)
    change = await ask(database)
    both = await asyncio.gather(
        answer(database, change, by="edel"), answer(database, change, by="even"), return_exceptions=True
    )
    assert [type(one) for one in both if one] == [Conflict]
    assert len(await told(database)) == 2


async def test_nobody_stops_anybody_elses(database: Database) -> None:
    await ask(database)
    with pytest.raises(NotFound):
        await stop(database, by="eva")


async def test_one_change_at_a_time(database: Database) -> None:
    change = await ask(database)
    with pytest.raises(Invalid):
        await relink(database)
    await answer(database, change, well=False)
    assert await state(database) is ChangeState.REFUSED
    await relink(database)


async def test_an_approved_change_can_still_be_refused_and_a_refused_one_not_approved(database: Database) -> None:
    change = await ask(database)
    await answer(database, change)
    await answer(database, change, by="eva", well=False)
    with pytest.raises(Conflict):
        await answer(database, change)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": None}, "email"),
        ({"email": "uten krøllalfa"}, "email"),
        ({"mobile": "12"}, "mobile"),
        ({"reason": ChangeReason.NEW_NATIONAL_ID}, "reason"),
        ({"kind": ChangeKind.RELINK}, "reason"),
    ],
)
async def test_what_cannot_be_used_is_refused_beside_its_field(
    database: Database, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        await ask(database, **wrong)
    assert list(refusal.value.fields) == [field]


@pytest.mark.feature("F24")
async def test_an_account_that_is_not_linked_cannot_be_relinked(database: Database) -> None:
    with pytest.raises(Invalid):
        await relink(database, of="edel")


async def test_every_step_is_logged_and_names_nobody(database: Database, kit: Kit, clock: SteppingClock) -> None:
    await answer(database, await ask(database))
    clock.move(DAY)
    await make_account_changes(kit)
    clock.move(DAY)
    await ask(database)
    clock.move(DAY)
    await stop(database)
    logged = await events(database)
    assert [event for event, _ in logged] == [
        *(Event.CHANGE_ASKED, Event.CHANGE_APPROVED, Event.CHANGE_MADE, Event.CHANGE_ASKED, Event.CHANGE_STOPPED)
    ]
    async with database.reading() as session:
        per = str((await account_of(session, "per")).id)
    assert logged[0][1] == {"account": per, "kind": "contacts", "reason": "new_address"}
    assert logged[2][1] == {"account": per, "kind": "contacts"}
