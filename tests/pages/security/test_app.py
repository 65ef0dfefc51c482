"""The authenticator app, and the recovery codes of who loses it."""

import re
from datetime import timedelta

import pyotp
import pytest
from sqlmodel import select

from models.accounts.rules import CodeChannel
from models.accounts.tables.account import RecoveryCode
from models.clock import SteppingClock
from models.database import Database
from models.notices.rules import Notice
from tests.client import Page, Visitor
from tests.pages.security.own import (
    HOME,
    account,
    change,
    post_page,
    sent,
)


async def set_up(me: Visitor, town: Database, clock: SteppingClock) -> tuple[Page, str]:
    page = await me.follow(await change(me, "/app"))
    secret = re.sub(r"\s", "", page.one("//*[contains(@class, 'secret')]").text_content())
    return await post_page(me, page, code=pyotp.TOTP(secret).at(clock.now())), secret


@pytest.mark.feature("F12")
async def test_an_app_is_set_up_with_a_picture_and_gives_ten_recovery_codes_once(
    me: Visitor, town: Database, clock: SteppingClock
) -> None:
    codes, _secret = await set_up(me, town, clock)
    assert (codes.status, codes.heading) == (200, "Ta vare på reservekodene")
    assert len(codes.all("//ul[@class='recovery']/li")) == 10
    assert (await account(town)).code_channel is CodeChannel.APP
    assert [kind for kind, *_ in await sent(town)] == [Notice.APP_CHANGED]
    overview = await me.get(HOME)
    assert "10 reservekoder igjen" in overview.words
    assert (await me.get(f"{HOME}/app/confirm")).status == 303


async def test_the_picture_and_the_key_are_shown_again_after_a_wrong_code(me: Visitor, town: Database) -> None:
    page = await me.follow(await change(me, "/app"))
    again = await post_page(me, page, code="000000")
    assert (again.status, bool(again.error("code"))) == (400, True)
    secrets = [one.one("//*[contains(@class, 'secret')]").text_content() for one in (page, again)]
    assert secrets[0] == secrets[1]
    assert again.has("//*[name()='svg' and @class='segno']")
    assert (await account(town)).totp_secret is None


async def test_an_app_that_took_too_long_is_begun_anew(me: Visitor, clock: SteppingClock) -> None:
    page = await me.follow(await change(me, "/app"))
    clock.move(timedelta(minutes=10))
    await me.get(HOME)
    late = await post_page(me, page, code="000000")
    assert (late.status, late.link("Begynn på nytt")) == (400, f"{HOME}/app")


@pytest.mark.feature("F12")
async def test_the_app_is_removed_by_who_knows_the_password(me: Visitor, town: Database, clock: SteppingClock) -> None:
    await set_up(me, town, clock)
    assert (await change(me, "/app/remove", current="feil")).status == 400
    assert (await account(town)).totp_secret is not None
    assert (await me.follow(await change(me, "/app/remove"))).words.startswith("Appen er fjernet.")
    assert ((await account(town)).totp_secret, (await account(town)).code_channel) == (None, CodeChannel.EMAIL)
    for path in ("/app/remove", "/app/recovery-codes"):
        assert (await me.get(f"{HOME}{path}")).status == 404


async def test_new_recovery_codes_replace_the_old(me: Visitor, town: Database, clock: SteppingClock) -> None:
    first, _secret = await set_up(me, town, clock)
    second = await change(me, "/app/recovery-codes")
    both = [{one.text for one in page.all("//ul[@class='recovery']/li")} for page in (first, second)]
    assert (len(both[1]), both[0] & both[1]) == (10, set())
    async with town.reading() as session:
        assert len((await session.scalars(select(RecoveryCode.id))).all()) == 10
    assert [kind for kind, *_ in await sent(town)] == [Notice.APP_CHANGED] * 2


async def test_an_empty_code_is_asked_for_where_it_is(me: Visitor) -> None:
    page = await post_page(me, await me.follow(await change(me, "/app")), code="")
    assert page.error("code") == "Skriv koden som appen viser."
