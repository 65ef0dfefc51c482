"""The second step: where the code is, another one, and what happens when there have been too many."""

from datetime import timedelta

import pyotp
import pytest
from sqlmodel import col, select

from models.accounts.rules import CodeChannel, SignInMethod
from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import SignInSession
from models.base import HouseSession, seal
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import Channel, Notice
from models.notices.tables import Delivery, QueuedNotice
from models.organisation.queries import vault
from permissions.door import open_profile
from permissions.sign_in import apps
from seed.cast import PASSWORD
from tests.client import Page, Visitor
from tests.signing_in import viewer_for

NAME = "koordinator@fjordvik.example"
LOGIN = {"username": NAME, "password": PASSWORD}


async def account_of(session: HouseSession) -> Account:
    return (await session.scalars(select(Account).where(Account.user_name == NAME))).one()


async def code_page(visitor: Visitor) -> Page:
    return await visitor.follow(await visitor.post("/login", LOGIN))


@pytest.fixture
async def mobile(town: Database) -> str:
    async with town.writing() as session:
        account = await account_of(session)
        seal(await vault(session, account.key_id), account, mobile="00 00 00 01")
        account.code_channel = CodeChannel.SMS
    return "00 00 00 01"


@pytest.fixture
async def secret(town: Database, clock: SteppingClock) -> str:
    """Of the coordinator's app."""
    async with town.writing() as session:
        profile = await open_profile(session, await viewer_for(session, NAME))
        secret = (await apps.begin_app(profile)).secret.replace(" ", "")
        await apps.confirm_app(profile, pyotp.TOTP(secret).at(clock.now()))
    clock.move(timedelta(seconds=30))
    return secret


async def methods(town: Database) -> set[SignInMethod]:
    async with town.reading() as session:
        living = col(SignInSession.ended_at).is_(None) & (SignInSession.browser != "")
        return set(await session.scalars(select(SignInSession.method).where(living)))


@pytest.mark.feature("F12")
async def test_the_page_says_where_the_code_went_but_not_the_whole_address(visitor: Visitor) -> None:
    page = await code_page(visitor)
    assert "på e-post til k•••@fjordvik.example" in page.words
    assert NAME not in page.text


@pytest.mark.feature("F12")
@pytest.mark.feature("F10")
async def test_a_code_by_sms_opens(visitor: Visitor, town: Database, mobile: str) -> None:
    page = await code_page(visitor)
    assert "på SMS til ••• 01" in page.words
    assert mobile not in page.text
    assert (await visitor.send(page, code=await visitor.code())).status == 303
    async with town.reading() as session:
        assert list(await session.scalars(select(Delivery.channel))) == [Channel.SMS]
        assert SignInMethod.SMS in set(await session.scalars(select(SignInSession.method)))


@pytest.mark.feature("F12")
async def test_the_apps_code_opens_and_nothing_is_sent(
    visitor: Visitor, town: Database, clock: SteppingClock, secret: str
) -> None:
    page = await code_page(visitor)
    assert "Åpne appen på telefonen" in page.words
    assert not page.has("//button[@formaction]")
    assert (await visitor.send(page, code=pyotp.TOTP(secret).at(clock.now()))).status == 303
    async with town.reading() as session:
        assert Notice.SIGN_IN_CODE not in set(await session.scalars(select(QueuedNotice.kind)))
        assert SignInMethod.APP in set(await session.scalars(select(SignInSession.method)))


async def test_a_code_typed_twice_is_wrong_the_second_time(visitor: Visitor, clock: SteppingClock, secret: str) -> None:
    code = pyotp.TOTP(secret).at(clock.now())
    await visitor.send(await code_page(visitor), code=code)
    page = await visitor.send(await code_page(visitor), code=code)
    assert (page.status, page.error("code").startswith("Koden er feil.")) == (401, True)


@pytest.mark.feature("F12")
async def test_another_code_is_sent_after_a_minute_and_the_first_one_is_dead(
    visitor: Visitor, clock: SteppingClock
) -> None:
    page, first = await code_page(visitor), await visitor.code()
    assert "Du kan be om en ny om 60 sekunder." in page.words
    clock.move(timedelta(seconds=60))
    again = await visitor.follow(await visitor.post("/login/code/resend"))
    assert "Vi har sendt en ny kode." in again.words
    second = await visitor.code()
    if first != second:
        assert (await visitor.send(again, code=first)).status == 401
    assert (await visitor.send(again, code=second)).status == 303


async def test_another_code_too_soon_is_a_sentence_with_the_seconds_left(
    visitor: Visitor, clock: SteppingClock
) -> None:
    await code_page(visitor)
    clock.move(timedelta(seconds=18))
    page = await visitor.post("/login/code/resend")
    assert (page.status, "Prøv igjen om 42 sekunder." in page.summary()) == (429, True)
    assert (await visitor.send(page, code=await visitor.code())).status == 303


async def test_another_code_keeps_where_one_was_going(visitor: Visitor, clock: SteppingClock) -> None:
    page = await visitor.follow(await visitor.post("/login?next=/reports", LOGIN))
    clock.move(timedelta(seconds=60))
    address = page.one("//button[@formaction]").get("formaction")
    assert (await visitor.post(address)).goes_to == "/login/code?next=/reports&done=code-sent"


async def test_another_code_without_a_first_leads_to_the_first_step(visitor: Visitor) -> None:
    assert (await visitor.post("/login/code/resend")).goes_to == "/login"


@pytest.mark.feature("F10")
async def test_after_fifteen_wrong_codes_a_day_there_are_no_more_and_the_person_is_told_once(
    visitor: Visitor, town: Database
) -> None:
    for _time in range(3):
        page = await code_page(visitor)
        wrong = f"{(int(await visitor.code()) + 1) % 1_000_000:06}"
        for _try in range(5):  # the fifteenth queues a mail, which a no otherwise never does
            await visitor.browser.post(page.url, data={"code": wrong})
    for _time in range(2):
        answer = Page(await visitor.browser.post("/login", data=LOGIN))
        assert (answer.status, "for mange forsøk i dag" in answer.summary()) == (429, True)
    async with town.reading() as session:
        assert list(await session.scalars(select(QueuedNotice.kind))).count(Notice.CODES_STOPPED) == 1
        assert Event.SIGN_IN_STOPPED in set(await session.scalars(select(LogRow.event)))


@pytest.mark.feature("F13")
async def test_wrong_codes_count_against_the_address(visitor: Visitor, town: Database, clock: SteppingClock) -> None:
    for number in range(18):
        await visitor.post("/login", {"username": f"{number}@vik.example", "password": "Feil-passord-2026"})
    page = await code_page(visitor)
    wrong = f"{(int(await visitor.code()) + 1) % 1_000_000:06}"
    assert [(await visitor.post(page.url, {"code": wrong})).status for _ in range(3)] == [401, 401, 429]
    stopped = await visitor.post(page.url, {"code": await visitor.code()})
    assert "For mange mislykkede forsøk fra nettverket ditt. Prøv igjen om 5 minutter." in stopped.summary()
    clock.move(timedelta(minutes=5))
    assert (await visitor.post(page.url, {"code": await visitor.code()})).status == 303


async def test_who_is_passed_on_by_a_proxy_of_ours_is_counted_by_their_own_address(visitor: Visitor) -> None:
    async def fail(address: str, number: int) -> int:
        typed = {"username": f"{number}@vik.example", "password": "Feil-passord-2026"}
        return (await visitor.post("/login", typed, headers={"x-forwarded-for": address})).status

    assert [await fail("192.0.2.1", number) for number in range(21)] == [401] * 20 + [429]
    assert await fail("192.0.2.2", 99) == 401


async def test_who_chose_a_password_by_mail_and_has_nothing_but_mail_is_told_whom_to_ask(
    visitor: Visitor, town: Database
) -> None:
    async with town.writing() as session:
        (await account_of(session)).password_by_mail = True
    page = await visitor.post("/login", LOGIN)
    assert (page.status, "Be kommunen om en ny invitasjon." in page.summary()) == (403, True)


@pytest.mark.parametrize("field", ["username", "password"])
async def test_a_hundred_kilobytes_are_a_sentence_and_no_work(visitor: Visitor, field: str) -> None:
    page = await visitor.post("/login", LOGIN | {field: "x" * 100_000})
    assert (page.status, "kan være på høyst 200 tegn." in page.error(field)) == (400, True)
    assert (await visitor.post("/login", LOGIN | {field: "x" * 10_000_000})).status == 413


async def test_signing_in_again_ends_the_session_that_the_browser_had(visitor: Visitor) -> None:
    await visitor.sign_in(NAME)
    old = visitor.browser.cookies["medvirk"]
    await visitor.sign_in(NAME)
    assert visitor.browser.cookies["medvirk"] != old
    visitor.browser.cookies.set("medvirk", old)
    assert (await visitor.get("/plans")).goes_to == "/login"
