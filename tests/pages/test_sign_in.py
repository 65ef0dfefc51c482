"""Signing in with password and one-time code, and out again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import SignInSession
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from permissions.sign_in import one_time_codes
from permissions.sign_in.attempts import ADDRESS, NAME_TRIES
from permissions.sign_in.lifetimes import WRONG_PASSWORDS_A_DAY
from seed.cast import PASSWORD
from tests.client import CODE_COOKIE, Page, Visitor, query
from tests.pages.conftest import SignIn

NAME = "koordinator@fjordvik.example"
WRONG = "Feil-passord-2026"
SENTENCE = "Brukernavnet eller passordet er feil."


async def try_password(visitor: Visitor, password: str = WRONG, name: str = NAME) -> Page:
    return await visitor.post("/login", {"username": name, "password": password})


async def code_page(visitor: Visitor, name: str = NAME) -> Page:
    """The second step, reached with the right password."""
    login = await visitor.get("/login")
    return await visitor.follow(await visitor.send(login, username=name, password=PASSWORD))


async def other_code(visitor: Visitor) -> str:
    """A code that is not the right one."""
    return f"{(int(await visitor.code()) + 1) % 1_000_000:06}"


@pytest.mark.feature("F10")
async def test_password_and_code_lead_to_the_plans(visitor: Visitor) -> None:
    plans = await visitor.follow(await visitor.walk_in(NAME))
    assert (plans.url.endswith("/plans"), plans.heading) == (True, "Planene dine")


async def test_a_user_name_may_be_written_with_capitals_and_spaces_around(visitor: Visitor) -> None:
    assert (await try_password(visitor, PASSWORD, f" {NAME.upper()} ")).status == 303


async def test_the_password_alone_opens_nothing(visitor: Visitor) -> None:
    await code_page(visitor)
    assert (await visitor.get("/plans")).goes_to == "/login"


async def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(visit: Callable[..., Visitor]) -> None:
    known, unknown = [await try_password(visit(), name=name) for name in (NAME, "ingen@fjordvik.example")]
    assert known.status == unknown.status == 401
    assert SENTENCE in known.summary()
    assert known.text.replace(NAME, "") == unknown.text.replace("ingen@fjordvik.example", "")


async def test_a_wrong_password_keeps_the_name_and_forgets_the_password(visitor: Visitor) -> None:
    page = await try_password(visitor, "Hemmelig-2026")
    assert page.typed() == {"username": NAME, "password": ""}
    assert "Hemmelig-2026" not in page.text


@pytest.mark.parametrize(("missing", "sentence"), [("username", "Skriv brukernavnet"), ("password", "Skriv passordet")])
async def test_an_empty_field_is_named(visitor: Visitor, missing: str, sentence: str) -> None:
    page = await visitor.post("/login", {"username": NAME, "password": "x"} | {missing: ""})
    assert page.status == 400
    assert page.error(missing).startswith(sentence)


@pytest.mark.feature("F13")
@pytest.mark.parametrize("name", [NAME, "ingen@fjordvik.example"])
async def test_three_failures_lock_the_name_for_thirty_seconds(
    visitor: Visitor, clock: SteppingClock, name: str
) -> None:
    assert [(await try_password(visitor, name=name)).status for _ in range(3)] == [401] * 3
    clock.move(timedelta(seconds=8))
    locked = await try_password(visitor, PASSWORD, name)
    assert (locked.status, "Prøv igjen om 22 sekunder." in locked.summary()) == (429, True)


@pytest.mark.feature("F13")
async def test_after_thirty_seconds_the_right_password_works_again(visitor: Visitor, clock: SteppingClock) -> None:
    for _ in range(4):
        await try_password(visitor)
    clock.move(timedelta(seconds=30))
    assert (await try_password(visitor, PASSWORD)).goes_to == "/login/code"


@pytest.mark.feature("F13")
async def test_after_a_days_wrong_passwords_one_is_told_what_to_do_and_the_mail_is_queued(
    visitor: Visitor, town: Database, clock: SteppingClock
) -> None:
    for number in range(WRONG_PASSWORDS_A_DAY):
        if number % NAME_TRIES == 0:
            clock.move(ADDRESS.within)
        typed = {"username": NAME, "password": WRONG}
        await visitor.browser.post("/login", data=typed)  # the last queues a mail, which a no otherwise never does
    page = await try_password(visitor, PASSWORD)
    assert page.status == 429
    assert "Prøv igjen i morgen, eller velg et nytt med «Glemt passordet?»." in page.summary()
    async with town.reading() as session:
        assert list(await session.scalars(select(QueuedNotice.kind))) == [Notice.PASSWORDS_STOPPED]


async def test_a_refused_try_while_locked_is_not_logged(visitor: Visitor, town: Database) -> None:
    for _time in range(8):
        await try_password(visitor)
    async with town.reading() as session:
        turned_away = col(LogRow.event).in_((Event.SIGN_IN_FAILED, Event.SIGN_IN_LOCKED))
        events = list(await session.scalars(select(LogRow.event).where(turned_away)))
    assert sorted(events) == [Event.SIGN_IN_FAILED] * 3 + [Event.SIGN_IN_LOCKED]


async def test_the_code_is_sent_by_mail_and_is_not_on_the_page(visitor: Visitor, town: Database) -> None:
    page = await code_page(visitor)
    assert await visitor.code() not in page.text
    async with town.reading() as session:
        sent = select(QueuedNotice.kind).join(Delivery).join(Account, col(Account.id) == Delivery.account_id)
        assert list(await session.scalars(sent.where(Account.user_name == NAME))) == [Notice.SIGN_IN_CODE]


async def test_spaces_in_the_code_do_not_matter(visitor: Visitor) -> None:
    page, code = await code_page(visitor), await visitor.code()
    assert (await visitor.send(page, code=f" {code[:3]} {code[3:]} ")).status == 303


async def test_a_wrong_code_may_be_tried_again(visitor: Visitor) -> None:
    page = await visitor.send(await code_page(visitor), code=await other_code(visitor))
    assert (page.status, page.error("code").startswith("Koden er feil.")) == (401, True)
    assert (await visitor.send(page, code=await visitor.code())).status == 303


@pytest.mark.feature("F11")
async def test_five_wrong_codes_burn_the_right_one(visitor: Visitor) -> None:
    page, right = await code_page(visitor), await visitor.code()
    wrong = await other_code(visitor)
    answers = [await visitor.post(page.url, {"code": wrong}) for _ in range(5)]
    assert {answer.status for answer in answers} == {401}
    assert "Koden gjelder ikke lenger." in answers[-1].summary()
    assert (await visitor.post(page.url, {"code": right})).status == 401


@pytest.mark.feature("F11")
async def test_a_code_works_once(visit: Callable[..., Visitor]) -> None:
    first, second = visit(), visit()
    page = await code_page(first)
    typed = {"code": await first.code()}
    second.browser.cookies.set(CODE_COOKIE, first.browser.cookies[CODE_COOKIE])
    assert (await first.post(page.url, typed)).status == 303
    assert (await second.post(page.url, typed)).status == 401


@pytest.mark.feature("F11")
async def test_a_code_lives_for_ten_minutes(visitor: Visitor, clock: SteppingClock) -> None:
    page, code = await code_page(visitor), await visitor.code()
    clock.move(timedelta(minutes=10))
    late = await visitor.post(page.url, {"code": code})
    assert (late.status, "Koden gjelder ikke lenger." in late.summary()) == (401, True)


async def test_after_a_dead_code_the_form_begins_at_the_first_step_again(
    visitor: Visitor, clock: SteppingClock
) -> None:
    page = await visitor.follow(await visitor.post("/login?next=/reports", {"username": NAME, "password": PASSWORD}))
    clock.move(timedelta(minutes=10))
    again = await visitor.post(page.url, {"code": "000000"})
    answer = await visitor.send(again, username=NAME, password=PASSWORD)
    assert (answer.status, answer.goes_to) == (303, "/login/code?next=/reports")


async def test_the_code_page_without_a_code_leads_to_the_first_step(visitor: Visitor) -> None:
    assert (await visitor.get("/login/code?next=/reports")).goes_to == "/login?next=/reports"


async def test_sign_in_goes_on_to_where_one_was_going(visitor: Visitor, ip: str) -> None:
    asked = await visitor.get(f"{ip}/timeline?page=1")
    assert (asked.status, query(asked.goes_to)) == (303, {"next": f"{ip}/timeline?page=1"})
    login = await visitor.follow(asked)
    code = await visitor.follow(await visitor.send(login, username=NAME, password=PASSWORD))
    assert (await visitor.send(code, code=await visitor.code())).goes_to == f"{ip}/timeline?page=1"


@pytest.mark.parametrize(
    "address",
    [
        *("https://ond.example/", "//ond.example", "/\\ond.example", "///ond.example", "\\\\ond.example"),
        *("javascript:alert(1)", "/\t/ond.example", "/\n/ond.example", "ond.example", "/login", "/logout", " /plans"),
    ],
)
async def test_sign_in_never_leads_out_of_the_house(visitor: Visitor, address: str) -> None:
    page = await visitor.post("/login", {"username": NAME, "password": PASSWORD}, params={"next": address})
    assert page.goes_to == "/login/code"
    answer = await visitor.post("/login/code", {"code": await visitor.code()}, params={"next": address})
    assert answer.goes_to == "/plans"


async def test_the_session_lies_in_a_cookie_that_scripts_and_other_sites_cannot_use(visitor: Visitor) -> None:
    page = await visitor.sign_in(NAME)
    (cookie,) = [c for c in page.answer.headers.get_list("set-cookie") if c.startswith("medvirk=")]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "expires" not in cookie.lower()


@pytest.mark.feature("F27")
async def test_signing_out_ends_the_session_on_the_server(sign_in: SignIn, town: Database) -> None:
    visitor = await sign_in("koordinator")
    token = visitor.browser.cookies["medvirk"]
    login = await visitor.follow(await visitor.post("/logout"))
    assert login.words.startswith("Du er logget ut.")
    visitor.browser.cookies.set("medvirk", token)
    assert (await visitor.get("/plans")).goes_to == "/login"
    async with town.reading() as session:
        assert all(await session.scalars(select(SignInSession.ended_at)))


async def test_a_session_that_is_not_used_ends(sign_in: SignIn, clock: SteppingClock) -> None:
    visitor = await sign_in("koordinator")
    clock.move(timedelta(minutes=34))
    assert (await visitor.get("/plans")).status == 200
    clock.move(timedelta(minutes=35))
    assert (await visitor.get("/plans")).status == 303


async def test_a_post_without_a_session_is_sent_to_sign_in_and_does_nothing(visitor: Visitor, ip: str) -> None:
    assert (await visitor.post(f"{ip}/goals/new", {"title": "Nei"})).status == 401
    assert (await visitor.post("/me/switch", {"profile": "work"})).goes_to.startswith("/login")


async def test_each_step_that_fails_is_logged_without_the_name(visitor: Visitor, town: Database) -> None:
    await try_password(visitor)
    await visitor.send(await code_page(visitor), code=await other_code(visitor))
    async with town.reading() as session:
        rows = list(await session.scalars(select(LogRow).where(LogRow.event == Event.SIGN_IN_FAILED)))
    assert [row.details for row in rows] == [{"step": step, "address": "127.0.0.x"} for step in ("password", "code")]


async def test_a_disabled_account_gets_the_answer_of_a_wrong_password(visitor: Visitor, town: Database) -> None:
    async with town.writing() as session:
        account = (await session.scalars(select(Account).where(Account.user_name == NAME))).one()
        account.disabled_at = session.clock.now()
    page = await try_password(visitor, PASSWORD)
    assert (page.status, SENTENCE in page.summary()) == (401, True)


async def test_the_code_page_of_a_demonstration_shows_the_code_and_says_so(visitor: Visitor, house: FastAPI) -> None:
    house.state.demo = True
    page = await code_page(visitor)
    assert await visitor.code() in page.words
    assert "Dette er en demonstrasjon." in page.one("//aside[@class='demo']").text


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"])
async def test_a_demonstration_reached_from_elsewhere_keeps_its_codes(
    visitor: Visitor, house: FastAPI, header: str
) -> None:
    house.state.demo = True
    await code_page(visitor)
    page = await visitor.get("/login/code", headers={header: "192.0.2.1"})
    assert await visitor.code() not in page.words


async def test_the_code_of_one_account_does_not_open_another(visit: Callable[..., Visitor], town: Database) -> None:
    mine, theirs = visit(), visit()
    await code_page(theirs, "rektor@fjordvik.example")
    page = await code_page(mine)
    async with town.reading() as session:
        code = await one_time_codes.demonstrated_code(session, theirs.browser.cookies[CODE_COOKIE])
    if code != await mine.code():
        assert (await mine.send(page, code=str(code))).status == 401
