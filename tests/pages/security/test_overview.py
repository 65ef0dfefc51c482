"""Sikkerhet at a glance: sessions, sign-ins, and what others want to change."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from models.accounts.rules import ChangeKind, ChangeReason
from models.accounts.tables.changes import AccountChange
from models.accounts.tables.identity import Identity
from models.accounts.tables.sign_in import SignInSession
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from pages.me.security.views import UNKNOWN, shown_sign_in
from permissions.sign_in import own_sessions
from permissions.sign_in.failures import Step
from seed.cast import PASSWORD
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.security.own import HOME, NAME, account, elsewhere, events, is_in


@pytest.mark.feature("F41")
async def test_other_sessions_are_listed_and_ended_one_by_one_or_all(me: Visitor, town: Database) -> None:
    for _ in range(3):
        await elsewhere(town)
    page = await me.get(HOME)
    assert "Firefox, Mac" in page.words
    assert "198.51.100.x" in page.words
    ends = page.all("//form[contains(@action, '/sessions/') and contains(@action, '-')]/@action")
    assert len(ends) == 3
    assert (await me.follow(await me.post(ends[0]))).words.startswith("Logget ut der.")
    assert (await me.post(ends[0])).status == 404
    page = await me.follow(await me.post(f"{HOME}/sessions/end"))
    assert "Du er ikke pålogget noe annet sted." in page.words
    assert await is_in(me)
    assert (await events(town)).count(Event.SESSIONS_ENDED.value) == 2


async def test_a_session_that_has_run_out_is_not_listed(me: Visitor, town: Database, clock: SteppingClock) -> None:
    await elsewhere(town)
    for _ in range(3):
        clock.move(timedelta(minutes=20))
        page = await me.get(HOME)
    assert "Firefox, Mac" not in page.words


async def test_nobody_ends_anybody_elses_session_or_their_own_here(
    me: Visitor, sign_in: SignIn, town: Database
) -> None:
    await sign_in("rektor")
    async with town.reading() as session:
        for session_id in await session.scalars(select(SignInSession.id)):
            assert (await me.post(f"{HOME}/sessions/{session_id}/end")).status == 404
    assert (await me.post(f"{HOME}/sessions/{uuid4()}/end")).status == 404
    assert (await me.post(f"{HOME}/sessions/tull/end")).status == 404


@pytest.mark.feature("F41")
async def test_one_sees_ones_own_sign_ins_and_nobody_elses(
    me: Visitor, visit: Callable[..., Visitor], sign_in: SignIn, clock: SteppingClock
) -> None:
    login = await visit().get("/login")
    await visit().send(login, username=NAME, password="Feil-passord-1")
    await sign_in("rektor")
    page = await me.get(f"{HOME}/sign-ins")
    newest = [" ".join(one.text_content().split()) for one in page.all("//li[@class='fact']")][:2]
    assert sorted("Feil passord" in one for one in newest) == [False, True]
    assert any("Passord og kode på e-post · 127.0.0.x" in one for one in newest)
    assert all("fredag 20. november kl. 10.00" in one for one in newest)


@pytest.mark.feature("F41")
async def test_who_did_not_come_in_is_told_why_and_roughly_from_where(
    me: Visitor, visit: Callable[..., Visitor]
) -> None:
    for _ in range(4):
        await visit().post("/login", {"username": NAME, "password": "Feil-passord-1"})
    shown = (await me.get(f"{HOME}/sign-ins")).words
    assert shown.count("Feil passord · 127.0.0.x Kom ikke inn") == 3
    assert shown.count("Sperret en liten stund etter for mange feil · 127.0.0.x Kom ikke inn") == 1


@pytest.mark.parametrize("step", Step)
def test_every_step_has_words_of_its_own(step: Step) -> None:
    said = shown_sign_in(
        own_sessions.SignIn(datetime(2026, 11, 20, tzinfo=UTC), Event.SIGN_IN_FAILED, None, step.value, None)
    )
    assert said["words"] not in ("Kom ikke inn", UNKNOWN)


@pytest.mark.feature("F41")
async def test_sign_ins_are_paged(me: Visitor, town: Database) -> None:
    for _ in range(25):
        await elsewhere(town)
    page = await me.get(f"{HOME}/sign-ins")
    assert len(page.all("//li[@class='fact']")) == 20
    assert page.has("//a[@rel='next']")
    for asked in ("2", "0", "-1", "tull", "99999999"):
        assert (await me.get(f"{HOME}/sign-ins?page={asked}")).status == 200


@pytest.mark.feature("F41")
async def test_sign_ins_are_shown_for_ninety_days(
    town: Database, visit: Callable[..., Visitor], clock: SteppingClock
) -> None:
    shown = []
    for _ in range(2):
        clock.move(timedelta(days=90))
        me = visit()
        await me.sign_in(NAME)
        shown.append(len((await me.get(f"{HOME}/sign-ins")).all("//li[@class='fact']")))
    assert shown[1] == 1


@pytest.mark.feature("F21")
async def test_the_page_says_since_when_the_account_is_linked(
    me: Visitor, town: Database, clock: SteppingClock
) -> None:
    assert "ID-porten" not in (await me.get(HOME)).words
    mine = (await account(town)).id
    async with town.writing() as session:
        session.add(Identity(account_id=mine, pid_index="i1:1", linked_at=clock.now()))
    assert "Du har kunnet logge på med ID-porten siden fredag 20. november." in (await me.get(HOME)).words


async def ask_for(town: Database) -> None:
    """Others want to change the account."""
    known = await account(town)
    async with town.writing() as session:
        place = (await session.scalars(select(SignInSession.municipality_id))).first()
        change = AccountChange(
            municipality_id=place,  # type: ignore[arg-type]
            account_id=known.id,
            kind=ChangeKind.CONTACTS,
            reason=ChangeReason.LOST_ACCESS,
            asked_by=uuid4(),
            asked_at=session.clock.now(),
        )
        session.add(change)


@pytest.mark.feature("F12")
async def test_what_others_want_to_change_is_shown_and_can_be_stopped(me: Visitor, town: Database) -> None:
    await ask_for(town)
    page = await me.get(HOME)
    assert "Kommunen vil endre kontoen din" in page.words
    assert (await me.follow(await me.post(f"{HOME}/change/stop"))).words.startswith("Endringen er stoppet.")
    assert "Kommunen vil endre" not in (await me.get(HOME)).words
    assert (await me.post(f"{HOME}/change/stop")).status == 404
    assert Event.CHANGE_STOPPED.value in await events(town)


async def test_nobody_stops_anybody_elses_change(me: Visitor, sign_in: SignIn, town: Database) -> None:
    await ask_for(town)
    other = await sign_in("rektor")
    assert (await other.post(f"{HOME}/change/stop")).status == 404
    assert "Kommunen vil endre" in (await me.get(HOME)).words


@pytest.mark.parametrize(
    "path",
    [
        *("", "/password", "/user-name", "/contacts/email", "/contacts/mobile/remove", "/channel"),
        *("/app", "/app/confirm", "/app/remove", "/app/recovery-codes", "/sign-ins", "/contacts/code"),
    ],
)
async def test_nothing_is_shown_to_who_is_not_signed_in(visitor: Visitor, path: str) -> None:
    assert (await visitor.get(f"{HOME}{path}")).goes_to.startswith("/login")
    if path not in ("", "/sign-ins"):
        assert (await visitor.post(f"{HOME}{path}", {"current": PASSWORD})).goes_to.startswith("/login")


async def test_an_ended_session_changes_nothing(me: Visitor) -> None:
    page = await me.get(f"{HOME}/user-name")
    await me.post("/logout")
    assert (await me.send(page, user_name="nytt.navn", current=PASSWORD)).goes_to.startswith("/login")
