"""Mail goes out once, to those who may be told when it goes, and says nothing of what it is about."""

import asyncio
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from jobs.deliver_notices import deliver_notices
from jobs.kit import Kit
from models.accounts.tables.account import Account
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import WAITS, DeliveryState
from models.plans.operations import goals
from models.plans.rules.words import ConsentAct
from models.rights import Element, Level
from permissions.sign_in.one_time_codes import send_code
from tests.copies import opened
from tests.hamlet import Hamlet
from tests.jobs.conftest import DESCRIPTION, PEOPLE, TITLE, Home, add_goal, deliveries, give_address
from tests.jobs.post_office import PostOffice, text_of
from tests.signing_in import code_sent

Later = Callable[..., None]


async def told(database: Database, home: Home, goals_added: int = 1) -> None:
    for _ in range(goals_added):
        async with database.writing() as session:
            await add_goal(session, home)


def recipients(post_office: PostOffice) -> list[str]:
    return sorted(str(mail["To"]) for mail in post_office.mails)


@pytest.mark.feature("F132")
async def test_a_new_goal_is_told_to_those_who_may_see_it_but_not_to_its_author(
    database: Database, home: Home, kit: Kit, post_office: PostOffice
) -> None:
    await told(database, home)
    assert await deliver_notices(kit) == "sent=3"
    assert recipients(post_office) == ["gro@vik.example", "per@vik.example", "tor@vik.example"]
    assert {row.state for row in await deliveries(database)} == {DeliveryState.SENT}


@pytest.mark.feature("F136")
async def test_the_mail_says_that_something_happened_but_never_what(
    database: Database, home: Home, kit: Kit, post_office: PostOffice
) -> None:
    await told(database, home)
    await deliver_notices(kit)
    for mail in post_office.mails:
        whole = "\n".join([str(mail["Subject"]), text_of(mail), text_of(mail, "html")])
        for secret in (TITLE, DESCRIPTION, "Hansen", *PEOPLE):
            assert secret not in whole
        assert not re.search(r"(?<!\w)\d{11}(?!\w)", whole)
        assert f"https://medvirk.example/plans/{home.plan.id}" in text_of(mail)
        assert "AB" in str(mail["Subject"])


async def test_mail_is_in_the_recipients_language(
    database: Database, home: Home, kit: Kit, post_office: PostOffice
) -> None:
    async with database.writing() as session:
        for account in await session.scalars(select(Account)):
            account.language = "nn"
        await add_goal(session, home)
    await deliver_notices(kit)
    assert post_office.mails[0]["Content-Language"] == "nn"
    assert "Nytt mål i planen AB" in str(post_office.mails[0]["Subject"])
    assert "eit nytt mål" in text_of(post_office.mails[0])


async def test_two_workers_racing_deliver_each_mail_once(
    database: Database, home: Home, kit: Kit, post_office: PostOffice, clock: SteppingClock
) -> None:
    await told(database, home, goals_added=8)
    async with opened(database.engine.url.render_as_string(hide_password=False), clock, database.keys) as another:
        await asyncio.gather(deliver_notices(kit), deliver_notices(Kit(another, kit.post, kit.sms, kit.base_url)))
    assert len(post_office.mails) == len(set(post_office.message_ids())) == 24


async def test_waits_grow_while_the_mail_server_is_away_and_then_it_is_delivered(
    database: Database, home: Home, kit: Kit, post_office: PostOffice, clock: SteppingClock
) -> None:
    await told(database, home)
    await post_office.close()
    for wait in WAITS[:3]:
        assert await deliver_notices(kit) == "later=3"
        assert {row.due_at - clock.now() for row in await deliveries(database)} == {wait}
        assert await deliver_notices(kit) == "nothing to send"
        clock.move(wait)
    await post_office.open()
    assert await deliver_notices(kit) == "sent=3"


async def test_gives_up_after_the_last_wait_and_logs_it(
    database: Database, home: Home, kit: Kit, post_office: PostOffice, clock: SteppingClock
) -> None:
    await told(database, home)
    post_office.answer = "451 per@vik.example cannot be reached today"
    for wait in WAITS:
        assert await deliver_notices(kit) == "later=3"
        clock.move(wait)
    assert await deliver_notices(kit) == "given_up=3"
    assert {(row.state, row.failure) for row in await deliveries(database)} == {
        (DeliveryState.GIVEN_UP, "SMTPDataError 451")
    }
    async with database.reading() as session:
        logged = list(await session.scalars(select(LogRow).where(col(LogRow.event) == Event.NOTICE_GIVEN_UP)))
    assert [row.details for row in logged] == [{"channel": "email", "attempts": len(WAITS) + 1}] * 3
    clock.move(timedelta(days=9))
    assert await deliver_notices(kit) == "nothing to send"


async def test_nobody_is_told_whose_consent_has_gone_since(
    database: Database, home: Home, kit: Kit, post_office: PostOffice
) -> None:
    await told(database, home)
    async with database.writing() as session:
        hamlet = Hamlet(session)
        await hamlet.consent(home.plan, 2, act=ConsentAct.WITHDRAWN, of=home.people["Tor"])
        home.people["Gro"].valid_to = hamlet.today
        await session.merge(home.people["Gro"])
    assert await deliver_notices(kit) == "dropped=2 sent=1"
    assert recipients(post_office) == ["per@vik.example"]
    assert {row.failure for row in await deliveries(database) if row.state is DeliveryState.GIVEN_UP} == {"not_allowed"}


async def test_nobody_is_told_of_an_item_they_no_longer_see(
    database: Database, home: Home, kit: Kit, post_office: PostOffice
) -> None:
    async with database.writing() as session:
        goal = await add_goal(session, home)
        await Hamlet(session).grant(home.people["Tor"], Element.GOALS, goal.id, Level.NONE)
    await deliver_notices(kit)
    assert recipients(post_office) == ["gro@vik.example", "per@vik.example"]


async def test_nobody_is_told_of_an_item_in_the_recycle_bin(
    database: Database, home: Home, kit: Kit, post_office: PostOffice
) -> None:
    async with database.writing() as session:
        goal = await add_goal(session, home)
        await goals.delete(await Hamlet(session).opened(home.plan, "kari"), goal)
    assert await deliver_notices(kit) == "dropped=3"
    assert post_office.mails == []


async def test_a_closed_account_is_told_nothing(
    database: Database, home: Home, kit: Kit, post_office: PostOffice
) -> None:
    await told(database, home)
    async with database.writing() as session:
        for account in await session.scalars(select(Account)):
            account.disabled_at = session.clock.now()
    assert await deliver_notices(kit) == "dropped=3"
    assert post_office.mails == []


@pytest.mark.parametrize(
    "address", [None, "per", "per@vik.example\r\nBcc: all@vik.example", "a@b.example, c@d.example"]
)
async def test_an_address_that_is_none_is_given_up_at_once(
    database: Database, home: Home, kit: Kit, post_office: PostOffice, address: str | None
) -> None:
    await told(database, home)
    async with database.writing() as session:
        await give_address(session, home.accounts["Per"], address)
    assert await deliver_notices(kit) == "dropped=1 sent=2"
    assert recipients(post_office) == ["gro@vik.example", "tor@vik.example"]


@pytest.mark.feature("F10")
async def test_the_code_travels_in_the_mail_and_is_then_forgotten(
    database: Database, home: Home, kit: Kit, post_office: PostOffice
) -> None:
    async with database.writing() as session:
        _token, code = await code_sent(session, home.accounts["Per"])
    await deliver_notices(kit)
    (mail,), (delivery,) = post_office.mails, await deliveries(database)
    assert code in text_of(mail)
    assert code in text_of(mail, "html")
    assert code not in str(mail["Subject"])
    assert "10 minutter" in text_of(mail)
    assert delivery.payload is None


async def test_codes_go_before_everything_else(
    database: Database, home: Home, kit: Kit, post_office: PostOffice, later: Later
) -> None:
    await told(database, home, goals_added=3)
    later(minutes=1)
    async with database.writing() as session:
        await send_code(session, home.accounts["Per"])
    await deliver_notices(kit)
    assert "Engangskoden din til Medvirk" in [str(mail["Subject"]) for mail in post_office.mails[:5]]


async def test_a_dead_code_is_not_sent(
    database: Database, home: Home, kit: Kit, post_office: PostOffice, later: Later
) -> None:
    async with database.writing() as session:
        await send_code(session, home.accounts["Per"])
    later(minutes=10)
    assert await deliver_notices(kit) == "dropped=1"
    (delivery,) = await deliveries(database)
    assert (delivery.failure, delivery.payload, post_office.mails) == ("too_late", None, [])


async def test_a_worker_that_lost_its_claim_records_nothing(
    database: Database, home: Home, kit: Kit, post_office: PostOffice, later: Later
) -> None:
    await told(database, home)
    first, second = asyncio.Event(), asyncio.Event()
    post_office.waits = {number: first if number <= 3 else second for number in range(1, 7)}
    post_office.enough = 3
    slow = asyncio.create_task(deliver_notices(kit))
    await post_office.got_enough.wait()
    later(minutes=6)
    post_office.got_enough.clear()
    post_office.enough = 6
    heir = asyncio.create_task(deliver_notices(Kit(database, kit.post, kit.sms, kit.base_url)))
    await post_office.got_enough.wait()
    first.set()
    assert await slow == "taken=3"
    second.set()
    assert await heir == "sent=3"
    assert {(row.state, row.attempts) for row in await deliveries(database)} == {(DeliveryState.SENT, 2)}
    assert len(set(post_office.message_ids())) == 3
