"""Where codes go: a new address is proved by a code, and the old one is told."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import select

from models.accounts.rules import CodeChannel, CodePurpose
from models.accounts.tables.sign_in import OneTimeCode
from models.clock import SteppingClock
from models.database import Database
from models.notices.rules import Channel, Notice
from seed.cast import PASSWORD
from tests.client import Visitor
from tests.pages.security.own import (
    HOME,
    MOBILE,
    NAME,
    NEW,
    account,
    change,
    code,
    contact,
    elsewhere,
    has,
    is_in,
    post_page,
    sent,
)


@pytest.mark.feature("F41")
async def test_the_page_says_how_one_signs_in_and_hides_the_addresses(me: Visitor) -> None:
    page = await me.get(HOME)
    assert page.heading == "Sikkerhet"
    assert "Du logger på med brukernavnet foresatt@fjordvik.example." in page.words
    assert "Kodene kommer på e-post." in page.words
    assert "f•••@fjordvik.example" in page.words
    assert (await me.get("/plans")).has("//a[@href='/me/security']")


@pytest.mark.feature("F12")
async def test_a_new_address_is_proved_by_a_code_and_the_old_one_is_told(
    me: Visitor, town: Database, visit: Callable[..., Visitor]
) -> None:
    other = visit()
    other.browser.cookies.set("medvirk", await elsewhere(town))
    page = await me.follow(await change(me, "/contacts/email", email=NEW))
    assert (await contact(town), await is_in(other)) == (NAME, True)
    assert [one[:3] for one in await sent(town)] == [(Notice.CONTACT_CODE, Channel.EMAIL, NEW)]
    page = await me.follow(await post_page(me, page, code=await code(town)))
    assert page.words.startswith("E-postadressen er byttet.")
    assert (await contact(town), await is_in(other), await is_in(me)) == (NEW, False, True)
    assert (Notice.CONTACT_CHANGED, Channel.EMAIL, NAME, "") in await sent(town)


@pytest.mark.feature("F12")
async def test_a_mobile_gets_its_code_by_sms_and_the_mailbox_is_told(me: Visitor, town: Database) -> None:
    page = await me.follow(await change(me, "/contacts/mobile", mobile="00 00 00 07"))
    assert [one[:3] for one in await sent(town)] == [(Notice.CONTACT_CODE, Channel.SMS, MOBILE)]
    await post_page(me, page, code=await code(town))
    assert await contact(town, "mobile") == MOBILE
    assert (Notice.CONTACT_CHANGED, Channel.EMAIL, "", "") in await sent(town)


@pytest.mark.feature("F12")
async def test_a_code_for_an_address_is_wrong_five_times_and_then_dead(me: Visitor, town: Database) -> None:
    page = await me.follow(await change(me, "/contacts/email", email=NEW))
    right = await code(town)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"
    for tries in range(1, 6):
        page = await me.post(f"{HOME}/contacts/code", {"code": wrong})
        assert (page.status, "Koden er feil" in page.summary(), page.has("//*[@name='code']")) == (400, True, tries < 5)
    assert (await me.get(f"{HOME}/sign-ins")).words.count("Feil kode for ny e-post eller mobil · 127.0.0.x") == 5
    page = await me.post(f"{HOME}/contacts/code", {"code": right})
    assert (page.status, "gjelder ikke lenger" in page.summary()) == (400, True)
    assert await contact(town) == NAME


@pytest.mark.feature("F12")
async def test_a_code_for_an_address_lives_ten_minutes_and_works_once(
    me: Visitor, town: Database, clock: SteppingClock
) -> None:
    await change(me, "/contacts/email", email=NEW)
    old = await code(town)
    clock.move(timedelta(minutes=10))
    await me.get(HOME)
    assert (await me.post(f"{HOME}/contacts/code", {"code": old})).status == 400
    await change(me, "/contacts/email", email=NEW)
    right = await code(town)
    assert (await me.post(f"{HOME}/contacts/code", {"code": right})).status == 303
    assert (await me.post(f"{HOME}/contacts/code", {"code": right})).status == 400


@pytest.mark.feature("F12")
async def test_another_code_is_sent_after_a_minute_and_the_first_is_dead(
    me: Visitor, town: Database, clock: SteppingClock
) -> None:
    await change(me, "/contacts/email", email=NEW)
    first = await code(town)
    clock.move(timedelta(seconds=59))
    page = await me.post(f"{HOME}/contacts/code/resend")
    assert (page.status, "Vent 1 sekund" in page.summary()) == (429, True)
    clock.move(timedelta(seconds=1))
    assert (await me.post(f"{HOME}/contacts/code/resend")).status == 303
    assert (await code(town)) != first
    assert (await me.post(f"{HOME}/contacts/code", {"code": first})).status == 400


@pytest.mark.feature("F12")
async def test_a_code_for_an_address_signs_nobody_in(me: Visitor, town: Database) -> None:
    await change(me, "/contacts/email", email=NEW)
    async with town.reading() as session:
        made = (await session.scalars(select(OneTimeCode).where(OneTimeCode.purpose == CodePurpose.CONTACT))).one()
    assert made.token_hash not in [value.encode() for value in me.browser.cookies.values()]
    assert (await me.get("/login/code")).status == 303


@pytest.mark.feature("F12")
@pytest.mark.parametrize(
    ("column", "typed"), [("email", "uten.krollalfa"), ("email", ""), ("email", NAME), ("mobile", "12"), ("mobile", "")]
)
async def test_an_address_that_cannot_be_used_is_sent_nothing(
    me: Visitor, town: Database, column: str, typed: str
) -> None:
    page = await change(me, f"/contacts/{column}", **{column: typed})
    assert (page.status, bool(page.error(column))) == (400, True)
    assert await sent(town) == []


async def test_there_are_only_two_kinds_of_addresses(me: Visitor) -> None:
    assert (await me.get(f"{HOME}/contacts/fax")).status == 404


@pytest.mark.feature("F12")
async def test_the_address_that_codes_come_to_is_not_removed_before_another_way_is_chosen(
    me: Visitor, town: Database
) -> None:
    await has(town, mobile=MOBILE, code_channel=CodeChannel.SMS)
    page = await change(me, "/contacts/mobile/remove")
    assert (page.status, "Velg først en annen måte" in page.summary()) == (400, True)
    assert (await me.follow(await change(me, "/channel", channel="email"))).words.startswith("Lagret.")
    assert (Notice.CONTACT_CHANGED, Channel.EMAIL, "", "") in await sent(town)
    assert (await change(me, "/contacts/mobile/remove")).status == 303
    assert await contact(town, "mobile") == ""
    assert (Notice.CONTACT_CHANGED, Channel.SMS, MOBILE, "") in await sent(town)


@pytest.mark.feature("F12")
async def test_the_only_address_is_not_removed(me: Visitor) -> None:
    page = await change(me, "/contacts/email/remove")
    assert "det eneste stedet vi kan nå deg" in page.summary()


@pytest.mark.feature("F12")
@pytest.mark.parametrize("channel", ["sms", "app", "fax", ""])
async def test_a_way_that_leads_nowhere_is_not_chosen(me: Visitor, town: Database, channel: str) -> None:
    page = await me.post(f"{HOME}/channel", {"channel": channel, "current": PASSWORD})
    assert (page.status, page.error("channel")) == (400, "Velg noe fra listen.")
    assert (await account(town)).code_channel is CodeChannel.EMAIL


@pytest.mark.feature("F12")
async def test_one_mailbox_is_never_both_factors(me: Visitor, town: Database) -> None:
    await has(town, password_by_mail=True, mobile=MOBILE)
    page = await me.post(f"{HOME}/channel", {"channel": "email", "current": PASSWORD})
    assert (page.status, "lenke på e-post" in page.error("channel")) == (400, True)
