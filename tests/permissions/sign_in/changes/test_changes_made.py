"""Changes that two have agreed to: the person is told where they are known, and a day goes by."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from jobs.account_changes import make_account_changes
from jobs.kit import Kit
from models.accounts.rules import ChangeReason, ChangeState, CodeChannel, LinkPurpose
from models.accounts.tables.identity import Identity
from models.accounts.tables.sign_in import Invitation, OneTimeCode
from models.base import seal
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.notices.rules import Channel, Notice
from models.organisation.queries import vault
from models.refusals import NotFound
from permissions.sign_in import links
from tests.permissions.sign_in.changes.asking import (
    DAY,
    NEW,
    NEW_MOBILE,
    OLD,
    OLD_MOBILE,
    account_of,
    answer,
    ask,
    contacts,
    events,
    is_in,
    relink,
    sign_in,
    state,
    stop,
    told,
)

pytestmark = pytest.mark.feature("F12")


async def test_nothing_happens_while_nobody_has_approved(database: Database, kit: Kit, clock: SteppingClock) -> None:
    await ask(database)
    clock.move(DAY * 30)
    assert await make_account_changes(kit) == "made=0"
    assert (await contacts(database), await told(database)) == ((OLD, OLD_MOBILE), set())


async def test_the_known_addresses_are_told_at_once_and_the_new_ones_only_when_it_holds(
    database: Database, kit: Kit, clock: SteppingClock
) -> None:
    await answer(database, await ask(database, mobile=NEW_MOBILE))
    approved = {
        (Notice.CHANGE_APPROVED, Channel.EMAIL, OLD),
        (Notice.CHANGE_APPROVED, Channel.SMS, OLD_MOBILE),
    }
    assert await told(database) == approved
    clock.move(DAY)
    await make_account_changes(kit)
    made = {(Notice.CONTACT_CHANGED, Channel.EMAIL, OLD), (Notice.CONTACT_CHANGED, Channel.SMS, OLD_MOBILE)}
    assert await told(database) == approved | made


async def test_the_person_is_signed_out_when_it_is_approved_and_when_it_is_made(
    database: Database, kit: Kit, clock: SteppingClock
) -> None:
    await sign_in(database)
    change = await ask(database)
    assert await is_in(database)
    await answer(database, change)
    assert not await is_in(database)
    await sign_in(database)
    clock.move(DAY)
    await make_account_changes(kit)
    assert not await is_in(database)


async def test_the_person_stops_it_before_it_holds(database: Database, kit: Kit, clock: SteppingClock) -> None:
    await answer(database, await ask(database))
    clock.move(timedelta(hours=23))
    await stop(database)
    clock.move(DAY)
    assert await make_account_changes(kit) == "made=0"
    assert (await contacts(database), await state(database)) == ((OLD, OLD_MOBILE), ChangeState.STOPPED)
    with pytest.raises(NotFound):
        await stop(database)


async def test_a_stop_and_the_job_at_once_leave_one_of_the_two(
    database: Database, kit: Kit, clock: SteppingClock
) -> None:
    await answer(database, await ask(database))
    clock.move(DAY)
    stopped, made = await asyncio.gather(stop(database), make_account_changes(kit), return_exceptions=True)
    if isinstance(stopped, NotFound):
        assert (made, await state(database), (await contacts(database))[0]) == ("made=1", ChangeState.DONE, NEW)
    else:
        assert (made, await state(database), (await contacts(database))[0]) == ("made=0", ChangeState.STOPPED, OLD)


async def test_what_is_not_asked_for_is_kept_as_it_has_become(
    database: Database, kit: Kit, clock: SteppingClock
) -> None:
    await answer(database, await ask(database))
    async with database.writing() as session:
        per = await account_of(session, "per")
        seal(await vault(session, per.key_id), per, mobile="00000009")
    clock.move(DAY * 3)
    await make_account_changes(kit)
    assert await contacts(database) == (NEW, "00000009")


@pytest.mark.parametrize(
    ("channel", "by_mail", "what", "becomes"),
    [
        (CodeChannel.APP, False, {"email": NEW}, CodeChannel.APP),
        (CodeChannel.SMS, False, {"email": NEW}, CodeChannel.SMS),
        (CodeChannel.SMS, False, {"email": NEW, "reason": ChangeReason.LOST_ACCESS}, CodeChannel.EMAIL),
        (CodeChannel.SMS, True, {"email": NEW, "reason": ChangeReason.LOST_ACCESS}, CodeChannel.SMS),
        (CodeChannel.EMAIL, False, {"email": NEW, "reason": ChangeReason.LOST_ACCESS}, CodeChannel.EMAIL),
        (
            CodeChannel.APP,
            True,
            {"email": NEW, "mobile": NEW_MOBILE, "reason": ChangeReason.LOST_ACCESS},
            CodeChannel.SMS,
        ),
    ],
)
async def test_codes_go_the_old_way_unless_that_is_what_was_lost(
    database: Database,
    kit: Kit,
    clock: SteppingClock,
    channel: CodeChannel,
    by_mail: bool,
    what: dict[str, Any],
    becomes: CodeChannel,
) -> None:
    async with database.writing() as session:
        per = await account_of(session, "per")
        seal(await vault(session, per.key_id), per, totp_secret="JBSWY3DPEHPK3PXP")
        per.code_channel, per.password_by_mail = channel, by_mail
    await answer(database, await ask(database, **what))
    clock.move(DAY)
    await make_account_changes(kit)
    async with database.reading() as session:
        per = await account_of(session, "per")
        assert (per.code_channel, per.totp_secret is not None) == (becomes, True)


async def test_codes_and_links_on_their_way_are_dead(database: Database, kit: Kit, clock: SteppingClock) -> None:
    await answer(database, await ask(database))
    clock.move(DAY)
    async with database.writing() as session:
        per = await account_of(session, "per")
        session.add(OneTimeCode(account_id=per.id, token_hash=b"1", secret=None, made_at=clock.now()))
        await links.make_link(session, per.id, LinkPurpose.FIRST_PASSWORD, mailed=True)
    await make_account_changes(kit)
    async with database.reading() as session:
        assert all(await session.scalars(select(OneTimeCode.used_at)))
        assert all(await session.scalars(select(Invitation.used_at)))


@pytest.mark.feature("F24")
async def test_a_new_fodselsnummer_lets_the_old_identity_go_with_a_reason(
    database: Database, kit: Kit, clock: SteppingClock
) -> None:
    await answer(database, await relink(database))
    ended = []
    for step in (timedelta(hours=23, minutes=59), timedelta(minutes=1)):
        clock.move(step)
        await make_account_changes(kit)
        async with database.reading() as session:
            ended.append((await session.scalars(select(Identity.ended_at))).one())
    assert ended == [None, clock.now()]
    logged = dict(await events(database))
    assert logged[Event.IDENTITY_ENDED] == {"reason": ChangeReason.NEW_NATIONAL_ID}
    assert await contacts(database) == (OLD, OLD_MOBILE)
