"""A forgotten password (F15): a link for who has another way for codes, and the same answer to everybody."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi import FastAPI
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.base import HouseSession, seal, unseal
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.organisation.queries import vault
from tests.client import Page, Visitor
from tests.pages.conftest import ADDRESS, SignIn

NAME = "koordinator@fjordvik.example"
NEW = "Et-godt-passord-7"
CHOSEN = {"username": NAME, "password": NEW, "again": NEW}
pytestmark = pytest.mark.feature("F15")


async def account_of(session: HouseSession, name: str = NAME) -> Account:
    return (await session.scalars(select(Account).where(Account.user_name == name))).one()


async def change(town: Database, **texts: str | None) -> None:
    async with town.writing() as session:
        account = await account_of(session)
        seal(await vault(session, account.key_id), account, **texts)


@pytest.fixture
async def mobile(town: Database) -> None:
    await change(town, mobile="00000001")


async def ask(visitor: Visitor, name: str = NAME, **more: dict[str, str]) -> Page:
    return await visitor.post("/forgot-password", {"username": name}, **more)


async def mailed(town: Database) -> list[str]:
    """The links that were mailed to the coordinator; empty for a mail without."""
    async with town.reading() as session:
        keys = await vault(session, (await account_of(session)).key_id)
        of_resets = select(Delivery).join(QueuedNotice).where(col(QueuedNotice.kind) == Notice.PASSWORD_RESET)
        return [unseal(keys, one, "payload") for one in await session.scalars(of_resets.order_by(col(Delivery.due_at)))]


async def link(visitor: Visitor, town: Database) -> str:
    await ask(visitor)
    return (await mailed(town))[-1].removeprefix(ADDRESS)


@pytest.mark.usefixtures("mobile")
async def test_who_forgot_chooses_a_new_password_and_gets_the_code_by_sms(visitor: Visitor, town: Database) -> None:
    form = await visitor.get((await visitor.get("/login")).link("Glemt passordet?"))
    sent = await visitor.follow(await visitor.send(form, username=NAME.upper()))
    assert "Hvis det finnes en bruker med det brukernavnet" in sent.words
    ((address),) = await mailed(town)
    login = await visitor.follow(await visitor.send(await visitor.get(address), **CHOSEN))
    assert "Passordet er lagret." in login.words
    code = await visitor.follow(await visitor.send(login, username=NAME, password=NEW))
    assert "på SMS til ••• 01" in code.words
    assert (await visitor.send(code, code=await visitor.code())).status == 303


@pytest.mark.usefixtures("mobile")
@pytest.mark.parametrize("name", ["ingen@fjordvik.example", "x", "å🙂", "' OR 1=1 --"])
async def test_an_unknown_name_gets_the_same_answer_and_no_mail(
    visit: Callable[..., Visitor], town: Database, name: str
) -> None:
    known, unknown = await ask(visit()), await ask(visit(), name)
    assert (known.status, known.goes_to, known.text) == (unknown.status, unknown.goes_to, unknown.text)
    assert len(await mailed(town)) == 1


async def test_who_has_nothing_but_mail_gets_a_mail_without_a_link(visitor: Visitor, town: Database) -> None:
    await ask(visitor)
    assert await mailed(town) == [""]


async def test_who_has_no_mail_address_gets_no_mail(visitor: Visitor, town: Database) -> None:
    await change(town, email=None, mobile="00000001")
    assert (await ask(visitor)).goes_to == "/forgot-password/sent"
    assert await mailed(town) == []


@pytest.mark.usefixtures("mobile")
async def test_a_closed_account_gets_no_mail(visitor: Visitor, town: Database) -> None:
    async with town.writing() as session:
        (await account_of(session)).disabled_at = session.clock.now()
    await ask(visitor)
    assert await mailed(town) == []


@pytest.mark.usefixtures("mobile")
async def test_the_link_begins_with_our_own_address_whatever_the_browser_says(visitor: Visitor, town: Database) -> None:
    tricks = {"host": "ond.example", "x-forwarded-host": "ond.example", "forwarded": "host=ond.example"}
    await ask(visitor, headers=tricks)
    assert [address.startswith(f"{ADDRESS}/forgot-password/") for address in await mailed(town)] == [True]


@pytest.mark.usefixtures("mobile")
async def test_the_link_works_once_and_for_half_an_hour(visitor: Visitor, town: Database, clock: SteppingClock) -> None:
    first = await link(visitor, town)
    clock.move(timedelta(minutes=30))
    late = await visitor.post(first, CHOSEN)
    assert ((await visitor.get(first)).status, late.status, late.heading) == (404, 404, "Lenken virker ikke")
    second = await link(visitor, town)
    assert (await visitor.post(second, CHOSEN)).status == 303
    assert (await visitor.post(second, CHOSEN)).status == 404


@pytest.mark.usefixtures("mobile")
async def test_the_link_does_not_tell_whose_it_is_and_wants_the_right_name(visitor: Visitor, town: Database) -> None:
    address = await link(visitor, town)
    assert NAME not in (await visitor.get(address)).text
    page = await visitor.post(address, CHOSEN | {"username": "rektor@fjordvik.example"})
    assert (page.status, page.error("username")) == (400, "Brukernavnet hører ikke til denne lenken.")
    assert page.typed() == {"username": "rektor@fjordvik.example", "password": "", "again": ""}
    async with town.reading() as session:
        failed = select(LogRow.details).where(col(LogRow.event) == Event.SIGN_IN_FAILED)
        assert list(await session.scalars(failed)) == [{"step": "reset", "address": "127.0.0.x"}]
    assert (await visitor.post(address, CHOSEN)).status == 303


@pytest.mark.feature("F14")
@pytest.mark.usefixtures("mobile")
@pytest.mark.parametrize("password", ["", "Kort-1", "Passord123456", "Koordinator-12", "x" * 100_000])
async def test_the_rule_for_new_passwords_is_the_same_here(visitor: Visitor, town: Database, password: str) -> None:
    address = await link(visitor, town)
    page = await visitor.post(address, CHOSEN | {"password": password, "again": password})
    assert (page.status, bool(page.error("password"))) == (400, True)
    assert (await visitor.post(address, CHOSEN)).status == 303


@pytest.mark.usefixtures("mobile")
async def test_a_new_password_ends_sessions_codes_and_other_links_and_the_person_is_told(
    visit: Callable[..., Visitor], sign_in: SignIn, town: Database
) -> None:
    inside, waiting, visitor = await sign_in("koordinator"), visit(), visit()
    await waiting.post("/login", {"username": NAME, "password": "Medvirk-demo-2026"})
    links = [await link(visitor, town) for _ in range(2)]
    await visitor.post(links[0], CHOSEN)
    assert (await inside.get("/plans")).goes_to == "/login"
    assert (await waiting.get("/login/code")).goes_to == "/login"
    assert (await visitor.get(links[1])).status == 404
    async with town.reading() as session:
        assert Notice.PASSWORD_CHANGED in set(await session.scalars(select(QueuedNotice.kind)))
        events = list(await session.scalars(select(LogRow.event)))
    assert (events.count(Event.PASSWORD_FORGOTTEN), events.count(Event.PASSWORD_CHOSEN)) == (2, 1)


@pytest.mark.usefixtures("mobile")
async def test_three_mails_an_hour_are_enough_and_the_answer_stays_the_same(visitor: Visitor, town: Database) -> None:
    assert {(await ask(visitor)).goes_to for _ in range(5)} == {"/forgot-password/sent"}
    assert len(await mailed(town)) == 3


async def test_who_asks_for_many_names_must_wait(visitor: Visitor, clock: SteppingClock) -> None:
    assert {(await ask(visitor, f"{number}@vik.example")).status for number in range(20)} == {303}
    page = await ask(visitor)
    assert (page.status, "Prøv igjen om 5 minutter." in page.summary()) == (429, True)
    assert page.typed() == {"username": NAME}


@pytest.mark.parametrize("typed", [{}, {"username": ""}, {"username": "x" * 100_000}])
async def test_a_name_that_is_none_is_a_sentence(visitor: Visitor, typed: dict[str, str]) -> None:
    page = await visitor.post("/forgot-password", typed)
    assert (page.status, bool(page.error("username"))) == (400, True)


@pytest.mark.parametrize("token", ["tull", "x" * 300, "%00", "%ED%A0%80", "sent%2F"])
async def test_a_link_that_was_never_made_says_what_a_used_one_says(visitor: Visitor, token: str) -> None:
    page = await visitor.get(f"/forgot-password/{token}")
    assert page.status == 404


@pytest.mark.usefixtures("mobile")
async def test_the_mail_is_sent_at_once(visitor: Visitor, house: FastAPI) -> None:
    woken: list[bool] = []
    house.state.wake = lambda: woken.append(True)
    await ask(visitor)
    assert woken
