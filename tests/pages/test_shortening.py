"""A consent ends sooner than was said (N3): nobody is let in for it, and nobody stays longer."""

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import Notice
from models.plans.rules.words import ConsentAct, ConsentMethod, TaskKind
from models.plans.tables.consent import ConsentSignature
from models.rights import PlanKind, Role
from tests.client import Page, Visitor
from tests.pages.conftest import SignIn
from tests.pages.consenting import ask, is_let_in, join, ledger, participation, say_yes_to_all, send, sign, tasks, told

GUARDIAN, OWNER = "foresatt@fjordvik.example", "planeier@fjordvik.example"
PROVIDER, SPECIALIST = "tjenesteyter@fjordvik.example", "spesialist@helse.example"
COORDINATOR = "koordinator@fjordvik.example"


@pytest.fixture
async def owner(sign_in: SignIn) -> Visitor:
    return await sign_in("planeier")


async def shorten(visitor: Visitor, plan: str, last: str, **typed: Any) -> Page:
    page = await visitor.get(f"{plan}/consent/shorten?last={last}")
    assert page.status == 200, page.text
    return await send(visitor, page, typed)


# ---- sooner ---------------------------------------------------------------------------------------------------------


@pytest.mark.feature("N3")
async def test_the_consent_ends_sooner_and_the_coordinator_is_told_and_asked(
    owner: Visitor, sign_in: SignIn, coordinator: Visitor, ip: str, town: Database, clock: SteppingClock
) -> None:
    first = await owner.get((await owner.get(f"{ip}/consent")).link("La samtykket slutte tidligere"))
    assert first.has("//input[@type='date'][@name='last']")
    page = await owner.get(f"{ip}/consent/shorten?last=2026-12-01")
    assert "Skal samtykket slutte tirsdag 1. desember?" in page.words
    assert "Dette skjer etter tirsdag 1. desember" in page.words
    assert "mister tilgangen til" in page.words
    done = await owner.follow(await send(owner, page, {"remark": "Jeg flytter."}))
    assert "Samtykket slutter tidligere nå." in done.words
    assert "til tirsdag 1. desember." in done.words
    (task,) = await tasks(town, TaskKind.CONSENT_SHORTENED)
    assert task.due_on == date(2026, 12, 1)
    assert COORDINATOR in await told(town, Notice.TASK_MADE)
    seen = await coordinator.get(f"{ip}/consent")
    assert "Samtykket gjort kortere" in seen.words
    assert "Jeg flytter." in seen.words
    assert "Samtykket slutter tidligere" in (await coordinator.get(ip)).words
    provider = await sign_in("tjenesteyter")
    assert (await provider.get(ip)).status == 200
    clock.at += timedelta(days=12)
    assert (await (await sign_in("tjenesteyter")).get(ip)).status == 403


@pytest.mark.feature("N3")
async def test_it_lets_nobody_in_who_was_outside(owner: Visitor, sign_in: SignIn, ip: str, town: Database) -> None:
    outside = await sign_in("utlopt")
    assert not await is_let_in(outside)
    assert (await shorten(owner, ip, "2026-12-01")).status == 303
    assert not await is_let_in(outside)
    newest = await ledger(town, ip)
    assert {row.act for row in newest[:2]} == {ConsentAct.GIVEN}
    assert {row.method for row in newest[:2]} == {ConsentMethod.DIGITAL}


async def test_who_was_taken_out_alone_stays_out(owner: Visitor, sign_in: SignIn, ip: str, town: Database) -> None:
    one = await participation(town, ip, PROVIDER)
    await owner.post(f"{ip}/consent/withdraw/{one}", {"remark": ""})
    assert (await shorten(owner, ip, "2026-12-01")).status == 303
    assert (await (await sign_in("tjenesteyter")).get(ip)).status == 403


async def test_the_shortening_is_logged_and_signed_by_who_said_it(owner: Visitor, ip: str, town: Database) -> None:
    await shorten(owner, ip, "2026-12-01")
    async with town.reading() as session:
        found = select(LogRow.event).where(col(LogRow.event) == Event.CONSENT_SHORTENED)
        assert len(list(await session.scalars(found))) == 1
        (newest, *_rest) = await ledger(town, ip)
        signed = await session.scalars(
            select(ConsentSignature).where(ConsentSignature.account_id == newest.recorded_by)
        )
        assert any(one.on_behalf is False for one in signed)


@pytest.mark.parametrize(
    ("last", "sentence"),
    [
        ("2040-01-01", "Samtykket varer ikke lenger enn til"),
        ("2026-11-19", "Dagen har allerede vært."),
        ("0001-01-01", "Sjekk årstallet."),
        ("9999-12-31", "Sjekk årstallet."),
        ("snart", "Skriv en dato, for eksempel 31.12.2027."),
        ("", "Velg en dag."),
    ],
)
async def test_a_day_that_cannot_be_is_told_beside_the_field(
    owner: Visitor, ip: str, town: Database, last: str, sentence: str
) -> None:
    before = len(await ledger(town, ip))
    for page in (
        await owner.get(f"{ip}/consent/shorten?last={last}"),
        await owner.post(f"{ip}/consent/shorten", {"last": last, "remark": "Behold dette"}),
    ):
        assert (page.status, sentence in page.error("last")) == (400, True)
    assert len(await ledger(town, ip)) == before


async def test_a_remark_that_is_too_long_is_kept_and_nothing_is_changed(
    owner: Visitor, ip: str, town: Database
) -> None:
    before = len(await ledger(town, ip))
    page = await shorten(owner, ip, "2026-12-01", remark="<b>" + "a" * 2000)
    assert (page.status, "Teksten er" in page.error("remark")) == (400, True)
    assert page.one("//*[@name='remark']").text_content().strip().startswith("<b>aaa")
    assert len(await ledger(town, ip)) == before


async def test_an_impatient_finger_shortens_once(owner: Visitor, ip: str, town: Database) -> None:
    page = await owner.get(f"{ip}/consent/shorten?last=2026-12-01")
    before = len(await ledger(town, ip))
    answers = await asyncio.gather(*(send(owner, page, {}) for _ in range(2)))
    assert [one.status for one in answers] == [303, 303]
    once = len(await ledger(town, ip))
    await send(owner, page, {})
    assert before < len(await ledger(town, ip)) == once


async def test_a_question_that_waited_falls_and_can_be_asked_anew(
    owner: Visitor, coordinator: Visitor, sign_in: SignIn, ip: str, town: Database, clock: SteppingClock
) -> None:
    me = await participation(town, ip, OWNER)
    await ask(coordinator, ip, me)
    await shorten(owner, ip, "2026-12-01")
    assert (await ask(coordinator, ip, me, remark="På nytt")).status == 303
    assert (await sign(owner, ip)).status == 303
    clock.at += timedelta(days=30)
    assert (await (await sign_in("tjenesteyter")).get(ip)).status == 200


# ---- a consent to all -----------------------------------------------------------------------------------------------


@pytest.fixture
async def to_all(coordinator: Visitor, ip: str, town: Database) -> str:
    """For a year, to everybody who takes part."""
    await say_yes_to_all(coordinator, ip, town, "2027-11-19")
    return ip


async def test_a_consent_to_all_is_shortened_in_one_line(to_all: str, owner: Visitor, town: Database) -> None:
    before = len(await ledger(town, to_all))
    await shorten(owner, to_all, "2026-12-01")
    (newest, *_rest) = after = await ledger(town, to_all)
    assert (newest.participant_id, newest.valid_to, len(after)) == (None, date(2026, 12, 1), before + 1)
    assert "Samtykket gjelder til tirsdag 1. desember." in (await owner.get(f"{to_all}/consent")).words


async def test_who_joins_later_is_in_no_longer_than_the_others(
    owner: Visitor, sign_in: SignIn, to_all: str, town: Database, clock: SteppingClock
) -> None:
    await shorten(owner, to_all, "2026-12-01")
    await join(town, to_all, "helsesykepleier@fjordvik.example", Role.PROVIDER, PlanKind.IP)
    assert await is_let_in(await sign_in("helsesykepleier"))
    clock.at += timedelta(days=12)
    assert not await is_let_in(await sign_in("helsesykepleier"))
