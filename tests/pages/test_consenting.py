"""A digital consent (F118): asked for, read, signed by all, or said no to; and who may not."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select, update

from models.clock import SteppingClock, local_day
from models.database import Database
from models.notices.rules import Notice
from models.plans.rules.words import PlanState
from models.plans.tables.baton import Task
from models.plans.tables.consent import ConsentSignature, ConsentSigner
from models.plans.tables.participants import Participant
from models.rights import Role
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.consenting import ask, is_let_in, join, ledger, make_ready, participation, sign, state, told

GUARDIAN, SECOND = "foresatt@fjordvik.example", "planeier@fjordvik.example"
Asked = tuple[str, UUID, UUID]


@pytest.fixture
async def draft(town: Database, relay: str) -> Asked:
    """A stafettlogg that is made ready, and the participations of the child's two guardians."""
    await make_ready(town, relay)
    second = await join(town, relay, SECOND, Role.GUARDIAN)
    return relay, await participation(town, relay, GUARDIAN), second


@pytest.fixture
async def asked(coordinator: Visitor, draft: Asked) -> str:
    """Both have been asked."""
    plan, *guardians = draft
    assert (await ask(coordinator, plan, *guardians)).status == 303
    return plan


@pytest.mark.feature("F118")
async def test_a_draft_waits_while_those_who_are_asked_are_told(
    coordinator: Visitor, asked: str, town: Database
) -> None:
    assert await state(town, asked) is PlanState.AWAITING_SIGNATURES
    assert await told(town, Notice.CONSENT_ASKED) == {GUARDIAN, SECOND}
    page = await coordinator.get(f"{asked}/consent")
    assert page.words.count("Har ikke svart") >= 2


@pytest.mark.feature("F118")
async def test_who_is_asked_comes_to_the_consent_and_nowhere_else(guardian: Visitor, asked: str) -> None:
    page = await guardian.get(f"{asked}/consent")
    assert "Vil du samtykke?" in page.words
    assert "Samtykket er frivillig." in page.words
    assert "Marte Sørdal (" in page.words
    for room in ("", "/goals", "/timeline", "/participants", "/log"):
        assert (await guardian.get(f"{asked}{room}")).status in (403, 404), room


async def test_the_plan_list_leads_to_the_question(guardian: Visitor, asked: str) -> None:
    page = await guardian.get("/plans")
    assert "T.A.: Du er bedt om å samtykke til planen." in page.words
    assert f"{asked}/consent" in page.links()


@pytest.mark.feature("F118")
@pytest.mark.feature("F115")
async def test_the_last_signature_takes_the_plan_in_use(
    guardian: Visitor, sign_in: SignIn, asked: str, town: Database
) -> None:
    assert "Takk. Du har samtykket." in (await guardian.follow(await sign(guardian, asked))).words
    assert await state(town, asked) is PlanState.AWAITING_SIGNATURES
    assert (await (await sign_in("helsesykepleier")).get(asked)).status == 403
    second = await sign_in("planeier")
    assert "Takk." in (await second.follow(await sign(second, asked))).words
    assert await state(town, asked) is PlanState.ACTIVE
    assert (await guardian.get(asked)).status == 200
    assert (await (await sign_in("helsesykepleier")).get(asked)).status == 200
    assert "koordinator@fjordvik.example" in await told(town, Notice.PLAN_ACTIVATED)


async def test_without_a_tick_nothing_is_signed(guardian: Visitor, asked: str, town: Database) -> None:
    page = await guardian.send(await guardian.get(f"{asked}/consent"))
    assert (page.status, page.error("agreed")) == (400, "Sett kryss her for å samtykke.")
    (newest, *_rest) = await ledger(town, asked)
    signed = select(ConsentSigner.id).join(ConsentSignature).where(col(ConsentSigner.consent_id) == newest.id)
    async with town.reading() as session:
        assert list(await session.scalars(signed)) == []


async def test_signing_twice_is_signing_once(guardian: Visitor, asked: str, town: Database) -> None:
    page = await guardian.get(f"{asked}/consent")
    for _ in range(2):
        assert (await guardian.send(page, agreed="y")).status == 303
    assert await state(town, asked) is PlanState.AWAITING_SIGNATURES


async def test_two_who_sign_at_once_both_sign(guardian: Visitor, sign_in: SignIn, asked: str, town: Database) -> None:
    second = await sign_in("planeier")
    answers = await asyncio.gather(sign(guardian, asked), sign(second, asked))
    assert [one.status for one in answers] == [303, 303]
    assert await state(town, asked) is PlanState.ACTIVE


@pytest.mark.feature("F118")
async def test_saying_no_ends_the_question_and_asks_the_coordinator_to_follow_up(
    guardian: Visitor, sign_in: SignIn, coordinator: Visitor, asked: str, town: Database
) -> None:
    page = await guardian.get((await guardian.get(f"{asked}/consent")).link("Jeg samtykker ikke"))
    done = await guardian.send(page, remark="Vi vil ikke at NAV deltar.")
    assert "Svaret er sendt. Du har ikke samtykket." in (await guardian.follow(done)).words
    assert await state(town, asked) is PlanState.DRAFT
    async with town.reading() as session:
        assert len(list(await session.scalars(select(Task).where(col(Task.once_key).like("consent-declined:%"))))) == 1
    assert "Noen har svart nei til å samtykke" in (await coordinator.get(asked)).words
    assert "Vi vil ikke at NAV deltar." in (await coordinator.get(f"{asked}/consent")).words
    second = await sign_in("planeier")
    assert (await second.get(f"{asked}/consent")).status == 403


@pytest.mark.feature("F118")
async def test_the_coordinator_takes_the_question_back(
    coordinator: Visitor, guardian: Visitor, asked: str, town: Database
) -> None:
    question = await guardian.get(f"{asked}/consent")
    page = await coordinator.get(f"{asked}/consent")
    done = await coordinator.send(await coordinator.get(page.link("Trekk forespørselen tilbake")))
    assert "Forespørselen er trukket tilbake." in (await coordinator.follow(done)).words
    assert await state(town, asked) is PlanState.DRAFT
    assert (await guardian.send(question, agreed="y")).status == 403


async def test_a_signer_who_has_left_cannot_sign(guardian: Visitor, asked: str, town: Database) -> None:
    question = await guardian.get(f"{asked}/consent")
    left = await participation(town, asked, GUARDIAN)
    async with town.writing() as session:
        today = local_day(session.clock.now())
        await session.execute(update(Participant).where(col(Participant.id) == left).values(valid_to=today))
    assert (await guardian.send(question, agreed="y")).status == 403
    assert await state(town, asked) is PlanState.AWAITING_SIGNATURES


async def test_who_was_not_asked_cannot_sign(sign_in: SignIn, coordinator: Visitor, asked: str, town: Database) -> None:
    (newest, *_rest) = await ledger(town, asked)
    for who in ("helsesykepleier", "koordinator"):
        visitor = coordinator if who == "koordinator" else await sign_in(who)
        assert (await visitor.post(f"{asked}/consent/{newest.id}/sign", {"agreed": "y"})).status == 403, who
    stranger = await sign_in("laerer")
    assert (await stranger.post(f"{asked}/consent/{newest.id}/sign", {"agreed": "y"})).status == 404


async def test_another_plans_question_cannot_be_signed_here(
    guardian: Visitor, asked: str, ip: str, town: Database
) -> None:
    (other, *_rest) = await ledger(town, ip)
    assert (await guardian.post(f"{asked}/consent/{other.id}/sign", {"agreed": "y"})).status == 404
    assert (await guardian.get(f"{asked}/consent/{other.id}")).status == 404


async def test_a_period_that_is_over_cannot_be_signed(
    guardian: Visitor, asked: str, clock: SteppingClock, sign_in: SignIn
) -> None:
    clock.at += timedelta(days=400)
    visitor = await sign_in("foresatt")
    page = await sign(visitor, asked)
    assert (page.status, "Perioden du ble spurt om, er over." in page.words) == (409, True)


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [((), "Velg hvem som skal samtykke."), (("coordinator",), "Velg noe fra listen.")],
)
async def test_only_the_owner_and_guardians_can_be_asked(
    coordinator: Visitor, draft: Asked, town: Database, chosen: tuple[str, ...], sentence: str
) -> None:
    plan = draft[0]
    ids = [await participation(town, plan, "koordinator@fjordvik.example") for _ in chosen]
    page = await ask(coordinator, plan, *ids)
    assert (page.status, page.error("signers")) == (400, sentence)
    assert await state(town, plan) is PlanState.DRAFT


async def test_an_owner_who_is_old_enough_must_be_asked(coordinator: Visitor, ip: str, town: Database) -> None:
    guardian = await join(town, ip, GUARDIAN, Role.GUARDIAN)
    page = await ask(coordinator, ip, guardian)
    assert "bestemmer selv" in page.error("why")


@pytest.mark.feature("F118")
async def test_a_plan_in_use_goes_on_under_what_it_has_while_a_renewal_waits(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    owner = await participation(town, ip, SECOND)
    assert (await ask(coordinator, ip, owner)).status == 303
    assert await state(town, ip) is PlanState.ACTIVE
    assert (await (await sign_in("tjenesteyter")).get(ip)).status == 200
    visitor = await sign_in("planeier")
    assert "Du er bedt om å samtykke" in (await visitor.get(ip)).words
    await visitor.follow(await sign(visitor, ip))
    assert await is_let_in(await sign_in("utlopt"))


async def test_the_same_is_not_asked_while_it_waits(coordinator: Visitor, draft: Asked) -> None:
    plan, *guardians = draft
    await ask(coordinator, plan, *guardians)
    page = await ask(coordinator, plan, *guardians, remark="En gang til")
    assert (page.status, "Dere venter allerede på signaturer." in page.summary()) == (400, True)


async def test_what_was_signed_is_kept_as_it_was_shown(
    coordinator: Visitor, guardian: Visitor, sign_in: SignIn, asked: str, town: Database
) -> None:
    second = await sign_in("planeier")
    for one in (guardian, second):
        await sign(one, asked)
    (newest, *_rest) = await ledger(town, asked)
    before = await guardian.get(f"{asked}/consent/{newest.id}")
    async with town.writing() as session:
        await session.execute(update(Participant).values(position="Noe annet"))
    after = await guardian.get(f"{asked}/consent/{newest.id}")
    assert "Noe annet" not in after.words
    assert before.words == after.words
