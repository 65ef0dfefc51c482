"""One's own password and user name, changed only by who types the password once more."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import SignInSession
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.rights import Assurance
from seed.cast import PASSWORD
from tests.client import Visitor
from tests.pages.security.own import GOOD, HOME, MOBILE, NAME, account, change, elsewhere, events, has, is_in, sent


@pytest.mark.feature("F18")
async def test_a_new_password_signs_others_out_and_this_browser_gets_a_new_token(
    me: Visitor, town: Database, visit: Callable[..., Visitor]
) -> None:
    other, before = visit(), me.browser.cookies["medvirk"]
    other.browser.cookies.set("medvirk", await elsewhere(town))
    page = await me.follow(await change(me, "/password", password=GOOD, again=GOOD))
    assert page.words.startswith("Passordet er byttet.")
    assert not await is_in(other)
    assert await is_in(me)
    stolen = visit()
    stolen.browser.cookies.set("medvirk", before)
    assert not await is_in(stolen)
    await visit().sign_in(NAME, GOOD)
    assert [kind for kind, *_ in await sent(town)] == [Notice.PASSWORD_CHANGED]
    assert Event.PASSWORD_CHANGED.value in await events(town)


@pytest.mark.feature("F18")
async def test_who_came_in_by_other_means_than_mail_may_have_codes_by_mail_again(me: Visitor, town: Database) -> None:
    await has(town, password_by_mail=True, mobile=MOBILE)
    assert "Derfor kommer ikke kodene på e-post" in (await me.get(HOME)).words
    await change(me, "/password", password=GOOD, again=GOOD)
    assert not (await account(town)).password_by_mail


@pytest.mark.feature("F18")
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"current": "Feil-passord-2026"}, "current"),
        ({"current": ""}, "current"),
        ({"current": "x" * 10_000}, "current"),
        ({"password": "kort"}, "password"),
        ({"password": "Passord12345", "again": "Passord12345"}, "password"),
        ({"password": PASSWORD, "again": PASSWORD}, "password"),
        ({"again": "noe annet"}, "again"),
    ],
)
async def test_a_password_that_cannot_be_used_is_refused_beside_its_field(
    me: Visitor, town: Database, typed: dict[str, str], field: str
) -> None:
    before = (await account(town)).password_hash
    page = await change(me, "/password", **({"password": GOOD, "again": GOOD} | typed))
    assert (page.status, bool(page.error(field))) == (400, True)
    assert not page.has("//input[@type='password' and @value!='']")
    assert (await account(town)).password_hash == before


@pytest.mark.feature("F13")
async def test_the_old_password_is_guessed_as_slowly_as_at_the_sign_in(
    me: Visitor, town: Database, clock: SteppingClock
) -> None:
    statuses = [(await change(me, "/user-name", user_name="nytt.navn", current=f"feil{n}")).status for n in range(4)]
    assert statuses == [400, 400, 400, 429]
    page = await change(me, "/user-name", user_name="nytt.navn")
    assert (page.status, "Prøv igjen om 30 sekunder" in page.summary()) == (429, True)
    clock.move(timedelta(seconds=31))
    assert (await events(town)).count(Event.SIGN_IN_FAILED.value) == 3
    assert (await change(me, "/user-name", user_name="nytt.navn")).status == 303


@pytest.mark.feature("F19")
async def test_a_user_name_is_changed_and_works_at_once(
    me: Visitor, visit: Callable[..., Visitor], town: Database
) -> None:
    page = await me.follow(await change(me, "/user-name", user_name="  Sunniva.A "))
    assert "Brukernavnet er byttet." in page.words
    await visit().sign_in("sunniva.a")
    async with town.reading() as session:
        kinds = select(QueuedNotice.kind).join(Delivery, col(Delivery.notice_id) == QueuedNotice.id)
        mine = kinds.where(Delivery.account_id == (await account(town, "sunniva.a")).id)
        assert Notice.CONTACT_CHANGED in await session.scalars(mine)


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/password", ["current", "password", "again"]),
        ("/user-name", ["user_name", "current"]),
        ("/contacts/email", ["email", "current"]),
        ("/contacts/mobile", ["mobile", "current"]),
    ],
)
async def test_what_is_wrong_is_said_in_the_order_of_the_page(me: Visitor, path: str, fields: list[str]) -> None:
    page = await change(me, path, **dict.fromkeys(fields, ""))
    assert page.all("//*[contains(@class, 'ds-error-summary')]//a/@href") == [f"#{field}" for field in fields]


@pytest.mark.feature("F19")
async def test_the_user_name_may_be_ones_own_address(me: Visitor) -> None:
    await change(me, "/user-name", user_name="kortnavn")
    assert (await change(me, "/user-name", user_name=NAME.upper())).status == 303


@pytest.mark.feature("F19")
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("rektor@fjordvik.example", "Et brukernavn med @"),
        ("noen.andre@annet.example", "Et brukernavn med @"),
        ("tatt", "Brukernavnet er opptatt."),
        ("to ord", "uten mellomrom"),
        ("ab", "mellom 3 og 200 tegn"),
        (NAME, "brukernavnet du har nå"),
    ],
)
async def test_a_user_name_that_cannot_be_used_is_refused_and_kept_on_the_page(
    me: Visitor, town: Database, name: str, words: str
) -> None:
    async with town.writing() as session:
        other = (await session.scalars(select(Account).where(Account.user_name == "utlopt@fjordvik.example"))).one()
        other.user_name = "tatt"
    page = await change(me, "/user-name", user_name=name)
    assert (page.status, words in page.error("user_name")) == (400, True)
    assert page.one("//input[@name='user_name']").get("value") == name
    assert (await account(town)).user_name == NAME


async def test_who_has_no_password_has_just_come_by_id_porten_and_may_choose_one(
    me: Visitor, town: Database, clock: SteppingClock
) -> None:
    await has(town, password_hash=None)
    page = await me.get(f"{HOME}/password")
    assert not page.has("//input[@name='current']")
    assert (await me.send(page, password=GOOD, again=GOOD)).status == 400
    async with town.writing() as session:
        for living in await session.scalars(select(SignInSession)):
            living.assurance = Assurance.HIGH
    assert (await me.send(page, password=GOOD, again=GOOD)).status == 303
    assert (await account(town)).password_hash is not None


async def test_who_came_by_id_porten_long_ago_shows_it_again(me: Visitor, town: Database, clock: SteppingClock) -> None:
    await has(town, password_hash=None)
    async with town.writing() as session:
        for living in await session.scalars(select(SignInSession)):
            living.assurance = Assurance.HIGH
    clock.move(timedelta(minutes=11))
    page = await me.send(await me.get(f"{HOME}/password"), password=GOOD, again=GOOD)
    assert (page.status, "med ID-porten" in page.summary()) == (400, True)
