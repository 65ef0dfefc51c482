"""A new invitation to somebody who has an account (F16): two agree, a day goes by, and the link is handed over."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from sqlmodel import select

from jobs.account_changes import make_account_changes
from jobs.kit import Kit
from models.accounts.rules import ChangeKind, ChangeReason, ChangeState, LinkPurpose
from models.accounts.tables.account import Account
from models.accounts.tables.changes import AccountChange
from models.base import seal
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.notices.rules import Channel, Notice
from models.organisation.queries import vault
from models.people.tables import Person
from models.refusals import Conflict, Invalid, NotFound, Reason
from models.rights import Duty
from permissions.sign_in import links
from permissions.sign_in.changes_made import hand_over
from permissions.sign_in.invitations import accept, invited
from permissions.sign_in.passwords import Passwords
from tests.hamlet import refused
from tests.permissions.sign_in.changes.asking import (
    DAY,
    OLD,
    OLD_MOBILE,
    account_of,
    administrator,
    answer,
    ask,
    at_work,
    events,
    shut,
    state,
    stop,
    told,
)

pytestmark = pytest.mark.feature("F16")
BASE, CHOSEN = "https://m.example", "Et-langt-passord-7"


async def invite(database: Database, **what: str) -> UUID:
    return await ask(database, kind=ChangeKind.INVITE, reason=ChangeReason.LOST_ACCESS, email=None, **what)


async def fetch(database: Database, change_id: UUID, by: str = "eva") -> str:
    """The token of the link."""
    async with database.writing() as session:
        change = (await session.scalars(select(AccountChange).where(AccountChange.id == change_id))).one()
        link = await hand_over(await at_work(session, by), change, BASE)
    assert link.startswith(f"{BASE}/invitation/")
    return urlsplit(link).path.rpartition("/")[2]


async def approved(database: Database, clock: SteppingClock, wait: timedelta = DAY) -> UUID:
    change = await invite(database)
    await answer(database, change)
    clock.move(wait)
    return change


async def test_a_day_after_the_approval_either_of_the_two_fetches_the_link_once(
    database: Database, kit: Kit, clock: SteppingClock
) -> None:
    change = await approved(database, clock, DAY - timedelta(minutes=1))
    with pytest.raises(Conflict):
        await fetch(database, change)
    clock.move(timedelta(minutes=1))
    assert await make_account_changes(kit) == "made=0"
    token = await fetch(database, change)
    async with database.reading() as session:
        assert (await invited(session, token)).is_ready
    assert await state(database) is ChangeState.DONE
    with pytest.raises(Conflict):
        await fetch(database, change, "edel")


async def test_the_known_contacts_are_told_of_it_and_of_the_new_password(
    database: Database, clock: SteppingClock, passwords: Passwords
) -> None:
    async with database.writing() as session:
        (await account_of(session, "per")).password_hash = "forgotten"
    change = await approved(database, clock)
    known = {(Notice.CHANGE_APPROVED, Channel.EMAIL, OLD), (Notice.CHANGE_APPROVED, Channel.SMS, OLD_MOBILE)}
    assert await told(database) == known
    await accept(database, passwords, await fetch(database, change), CHOSEN, CHOSEN)
    assert {kind for kind, _channel, _address in await told(database)} == {
        *(Notice.CHANGE_APPROVED, Notice.PASSWORD_CHANGED)
    }


async def test_the_new_password_lets_codes_go_by_mail(
    database: Database, clock: SteppingClock, passwords: Passwords
) -> None:
    async with database.writing() as session:
        per = await account_of(session, "per")
        per.password_hash, per.password_by_mail = "forgotten", True
    await accept(database, passwords, await fetch(database, await approved(database, clock)), CHOSEN, CHOSEN)
    async with database.reading() as session:
        assert not (await account_of(session, "per")).password_by_mail


async def test_the_person_stops_it_until_somebody_has_fetched_the_link(
    database: Database, clock: SteppingClock
) -> None:
    change = await approved(database, clock, DAY * 2)
    await stop(database)
    with pytest.raises(Conflict):
        await fetch(database, change)


async def test_links_from_before_no_longer_work(database: Database, clock: SteppingClock) -> None:
    async with database.writing() as session:
        per = await account_of(session, "per")
        path = await links.make_link(session, per.id, LinkPurpose.RESET, mailed=True)
    await fetch(database, await approved(database, clock))
    async with database.reading() as session:
        assert await links.living_link(session, path.rpartition("/")[2], LinkPurpose.RESET) is None


async def test_nobody_fetches_their_own_an_administrators_a_closed_ones_or_another_municipalitys(
    database: Database, clock: SteppingClock
) -> None:
    change = await approved(database, clock)
    with pytest.raises(NotFound):
        await fetch(database, change, "liv")
    await administrator(database, "per", Duty.PERSON_EDITOR)
    assert await refused(fetch(database, change, "per")) is Reason.OWN_ACCOUNT
    await shut(database)
    with pytest.raises(Conflict):
        await fetch(database, change)
    await administrator(database, "per", Duty.ADMINISTRATOR)
    assert await refused(fetch(database, change)) is Reason.ADMINISTRATORS_ACCOUNT


async def test_other_changes_have_no_link(database: Database, clock: SteppingClock) -> None:
    change = await ask(database)
    await answer(database, change)
    clock.move(DAY)
    with pytest.raises(Conflict):
        await fetch(database, change)


async def test_who_could_get_no_code_afterwards_is_not_invited(database: Database) -> None:
    async with database.writing() as session:
        per = await account_of(session, "per")
        seal(await vault(session, per.key_id), per, email=None, mobile=None)
    with pytest.raises(Invalid) as refusal:
        await invite(database)
    assert list(refusal.value.fields) == ["reason"]


async def test_it_is_logged_and_names_nobody(database: Database, clock: SteppingClock) -> None:
    await fetch(database, await approved(database, clock))
    logged = dict(await events(database))
    async with database.reading() as session:
        per = (await session.scalars(select(Account).where(Account.user_name == "per"))).one()
        card = (await session.scalars(select(Person).where(Person.account_id == per.id))).one()
    assert logged[Event.INVITED] == {"person": str(card.id), "mailed": False}
    assert logged[Event.CHANGE_MADE] == {"account": str(per.id), "kind": "invite"}
