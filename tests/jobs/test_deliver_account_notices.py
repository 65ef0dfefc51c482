"""Codes, links and news about the account itself: by mail or SMS, to where they belong, and never too late."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from jobs.deliver_notices import deliver_notices
from jobs.kit import Kit
from models.accounts.tables.account import Account
from models.base import HouseSession
from models.database import Database
from models.notices.rules import Channel, DeliveryState, Notice
from permissions.sign_in.one_time_codes import send_code
from permissions.sign_in.telling import tell
from tests.jobs.conftest import Home, deliveries, give_mobile
from tests.jobs.post_office import PostOffice, text_of
from tests.signing_in import code_sent

Later = Callable[..., None]
LINK = "https://medvirk.example/forgot-password/abc"


async def per(session: HouseSession, home: Home) -> Account:
    return (await session.scalars(select(Account).where(Account.id == home.accounts["Per"]))).one()


async def told(database: Database, home: Home, kind: Notice, **more: object) -> None:
    async with database.writing() as session:
        await tell(session, await per(session, home), kind, **more)  # type: ignore[arg-type]


def messages(tmp_path: Path) -> list[str]:
    return [file.read_text() for file in sorted((tmp_path / "sms").glob("*.txt"))]


@pytest.mark.feature("F10")
@pytest.mark.feature("F12")
async def test_a_code_by_sms_goes_to_the_mobile_and_is_then_forgotten(
    database: Database, home: Home, kit: Kit, post_office: PostOffice, tmp_path: Path
) -> None:
    async with database.writing() as session:
        await give_mobile(session, home.accounts["Per"], "00 00 00 01")
        _token, code = await code_sent(session, home.accounts["Per"])
    assert await deliver_notices(kit) == "sent=1"
    (message,), (delivery,) = messages(tmp_path), await deliveries(database)
    assert message.splitlines()[:2] == ["To: +4700000001", "From: Medvirk"]
    assert message.splitlines()[-1] == f"@medvirk.example #{code}"
    assert (delivery.channel, delivery.payload, post_office.mails) == (Channel.SMS, None, [])


@pytest.mark.feature("F32")
@pytest.mark.parametrize("mobile", ["kari", "12", "00000001\n00000002"])
async def test_a_number_that_is_none_is_given_up_at_once(
    database: Database, home: Home, kit: Kit, tmp_path: Path, mobile: str
) -> None:
    async with database.writing() as session:
        await give_mobile(session, home.accounts["Per"], mobile)
        await send_code(session, home.accounts["Per"])
    assert await deliver_notices(kit) == "dropped=1"
    (delivery,) = await deliveries(database)
    assert (delivery.state, delivery.failure) == (DeliveryState.GIVEN_UP, "bad_address")


async def test_a_notice_goes_where_it_is_told_to_and_not_to_the_accounts_own_address(
    database: Database, home: Home, kit: Kit, post_office: PostOffice, tmp_path: Path
) -> None:
    await told(database, home, Notice.CONTACT_CHANGED, address="gammel@vik.example")
    await told(database, home, Notice.CONTACT_CODE, payload="123456", address="00000002", channel=Channel.SMS)
    assert await deliver_notices(kit) == "sent=2"
    assert [str(mail["To"]) for mail in post_office.mails] == ["gammel@vik.example"]
    assert [message.splitlines()[0] for message in messages(tmp_path)] == ["To: +4700000002"]


async def test_who_has_nothing_but_a_mobile_is_told_by_sms(
    database: Database, home: Home, kit: Kit, post_office: PostOffice, tmp_path: Path
) -> None:
    async with database.writing() as session:
        await give_mobile(session, home.accounts["Per"], "00000001")
        (await per(session, home)).email = None
    for kind in ABOUT_ACCOUNTS:
        await told(database, home, kind)
    assert await deliver_notices(kit) == f"sent={len(ABOUT_ACCOUNTS)}"
    assert (len(messages(tmp_path)), post_office.mails) == (len(ABOUT_ACCOUNTS), [])


LATE = [
    (Notice.SIGN_IN_CODE, {"payload": "123456"}, {"minutes": 10}),
    (Notice.CONTACT_CODE, {"payload": "123456"}, {"minutes": 10}),
    (Notice.PASSWORD_RESET, {"payload": LINK}, {"minutes": 30}),
    (Notice.PASSWORD_RESET, {}, {"minutes": 30}),
    (Notice.INVITED, {"payload": LINK}, {"days": 7}),
]


@pytest.mark.feature("F15")
@pytest.mark.feature("F16")
@pytest.mark.parametrize(("kind", "carries", "life"), LATE)
async def test_what_would_be_of_no_use_is_not_sent(
    database: Database,
    home: Home,
    kit: Kit,
    post_office: PostOffice,
    later: Later,
    kind: Notice,
    carries: dict[str, str],
    life: dict[str, float],
) -> None:
    await told(database, home, kind, **carries)
    later(**life)
    assert await deliver_notices(kit) == "dropped=1"
    (delivery,) = await deliveries(database)
    assert (delivery.failure, delivery.payload, post_office.mails) == ("too_late", None, [])


@pytest.mark.parametrize(("kind", "carries", "life"), LATE)
async def test_just_before_that_it_is(
    database: Database,
    home: Home,
    kit: Kit,
    post_office: PostOffice,
    later: Later,
    kind: Notice,
    carries: dict[str, str],
    life: dict[str, float],
) -> None:
    await told(database, home, kind, **carries)
    later(**life)
    later(seconds=-1)
    assert await deliver_notices(kit) == "sent=1"
    assert carries.get("payload", "") in text_of(post_office.mails[0])


@pytest.mark.feature("F15")
async def test_a_link_leaves_the_outbox_when_it_is_sent(
    database: Database, home: Home, kit: Kit, post_office: PostOffice
) -> None:
    await told(database, home, Notice.PASSWORD_RESET, payload=LINK)
    await deliver_notices(kit)
    assert f'<a href="{LINK}">' in text_of(post_office.mails[0], "html")
    assert [one.payload for one in await deliveries(database)] == [None]


ABOUT_ACCOUNTS = [
    *(Notice.APP_CHANGED, Notice.CHANGE_APPROVED, Notice.CODES_STOPPED, Notice.CONTACT_CHANGED),
    *(Notice.IDENTITY_LINKED, Notice.PASSWORD_CHANGED, Notice.PASSWORDS_STOPPED, Notice.JOIN_CONFIRMED),
]


@pytest.mark.feature("F136")
@pytest.mark.parametrize("kind", ABOUT_ACCOUNTS)
async def test_news_about_the_account_names_nobody_and_leads_to_where_something_can_be_done(
    database: Database, home: Home, kit: Kit, post_office: PostOffice, tmp_path: Path, kind: Notice
) -> None:
    async with database.writing() as session:
        await give_mobile(session, home.accounts["Per"], "00000001")
    await told(database, home, kind)
    await told(database, home, kind, channel=Channel.SMS)
    assert await deliver_notices(kit) == "sent=2"
    page = "/plans" if kind is Notice.JOIN_CONFIRMED else "/me/security"
    for words in (text_of(post_office.mails[0]), *messages(tmp_path)):
        assert f"https://medvirk.example{page}" in words
        assert not [name for name in ("Per ", "Kari", "Hansen", "per@vik.example") if name in words]
