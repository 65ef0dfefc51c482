"""Administrators' accounts are for who appoints administrators; and an account can be closed in a hurry."""

import pytest

from models.database import Database
from models.log.rules import Event
from models.refusals import Conflict, Invalid, NotFound, Reason
from models.rights import Duty
from tests.hamlet import Hamlet, refused
from tests.permissions.sign_in.changes.asking import (
    account_of,
    administrator,
    answer,
    ask,
    events,
    is_in,
    place,
    shut,
    sign_in,
)


@pytest.mark.parametrize("duty", [Duty.ADMINISTRATOR, Duty.SUPERADMINISTRATOR])
async def test_an_administrators_account_is_changed_only_by_who_appoints_administrators(
    database: Database, duty: Duty
) -> None:
    await administrator(database, "per", duty)
    await administrator(database, "edel", Duty.ADMINISTRATOR)
    assert await refused(ask(database)) is Reason.ADMINISTRATORS_ACCOUNT
    assert await refused(ask(database, by="edel")) is Reason.ADMINISTRATORS_ACCOUNT
    await administrator(database, "eva", Duty.SUPERADMINISTRATOR)
    change = await ask(database)
    assert await refused(answer(database, change)) is Reason.ADMINISTRATORS_ACCOUNT
    await administrator(database, "edel", Duty.SUPERADMINISTRATOR)
    await answer(database, change)


async def test_an_administrator_elsewhere_is_not_for_the_superadministrator_here(database: Database) -> None:
    await administrator(database, "per", Duty.ADMINISTRATOR, "Li")
    await administrator(database, "eva", Duty.SUPERADMINISTRATOR)
    assert await refused(ask(database)) is Reason.ADMINISTRATORS_ACCOUNT
    await administrator(database, "eva", Duty.SUPERADMINISTRATOR, "Li")
    await ask(database)


async def test_who_became_an_administrator_meanwhile_is_guarded_when_it_is_approved(database: Database) -> None:
    change = await ask(database)
    await administrator(database, "per", Duty.ADMINISTRATOR)
    assert await refused(answer(database, change)) is Reason.ADMINISTRATORS_ACCOUNT


async def test_an_account_is_closed_and_opened_again(database: Database) -> None:
    await sign_in(database)
    await shut(database)
    assert not await is_in(database)
    with pytest.raises(Conflict):
        await shut(database)
    with pytest.raises(Invalid):
        await ask(database)
    await shut(database, by="edel", well=False)
    with pytest.raises(Conflict):
        await shut(database, well=False)
    assert [event for event, _ in await events(database)] == [Event.REGISTER_CHANGED] * 2


async def test_nobody_closes_their_own_account_an_administrators_or_one_known_elsewhere(database: Database) -> None:
    assert await refused(shut(database, of="eva")) is Reason.OWN_ACCOUNT
    await administrator(database, "edel", Duty.ADMINISTRATOR)
    assert await refused(shut(database, of="edel")) is Reason.ADMINISTRATORS_ACCOUNT
    with pytest.raises(NotFound):
        await shut(database, by="liv")
    async with database.writing() as session:
        await Hamlet(session).person(await place(session, "Li"), "Per", await account_of(session, "per"))
    assert await refused(shut(database)) is Reason.KNOWN_ELSEWHERE
