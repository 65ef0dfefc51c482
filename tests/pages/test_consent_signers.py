"""Who must consent (C10): the owner who is old enough, else all guardians. Others only with a reason, which is kept."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select, update

from models.accounts.tables.account import Account
from models.clock import SteppingClock, local_day
from models.database import Database
from models.people.tables import Person
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Participant
from models.rights import PlanKind, Role
from tests.client import Page, Visitor
from tests.pages.conftest import SignIn
from tests.pages.consenting import ask, join, ledger, make_ready, participation, plan_id, send, sign, state

GUARDIAN, OWNER = "foresatt@fjordvik.example", "planeier@fjordvik.example"
WHY = "Den andre forelderen har ikke foreldreansvar."


@pytest.fixture
async def guardians(town: Database, relay: str) -> tuple[UUID, UUID]:
    """The two of the child in the stafettlogg."""
    second = await join(town, relay, OWNER, Role.GUARDIAN)
    return await participation(town, relay, GUARDIAN), second


async def oral(coordinator: Visitor, plan: str, *signers: UUID, **typed: Any) -> Page:
    page = await coordinator.get(f"{plan}/consent/new/oral")
    said = {"remark": "Sa ja i møtet.", "signers": [str(one) for one in signers]}
    return await send(coordinator, page, {**said, **typed})


async def born(town: Database, plan: str, day: date) -> None:
    """The plan's owner is."""
    async with town.writing() as session:
        owners = select(Participant.person_id).where(col(Participant.plan_id) == plan_id(plan))
        child = select(Person.id).where(col(Person.id).in_(owners), col(Person.birth_date) > date(2008, 11, 20))
        (one,) = await session.scalars(child)
        await session.execute(update(Person).where(col(Person.id) == one).values(birth_date=day))


@pytest.mark.parametrize("way", ["oral", "paper", "digital"])
async def test_all_guardians_of_a_child_are_proposed(
    coordinator: Visitor, relay: str, guardians: tuple[UUID, UUID], way: str
) -> None:
    page = await coordinator.get(f"{relay}/consent/new/{way}")
    ticked = {one.get("value") for one in page.all("//input[@name='signers'][@checked]")}
    assert ticked == {str(one) for one in guardians}
    assert "har ikke alderen til å bestemme alene" in page.words


async def test_one_of_two_guardians_is_not_enough_without_a_reason(
    coordinator: Visitor, relay: str, guardians: tuple[UUID, UUID], town: Database
) -> None:
    before = len(await ledger(town, relay))
    page = await oral(coordinator, relay, guardians[0])
    assert (page.status, "Har flere foreldreansvar, må alle si ja." in page.error("why")) == (400, True)
    assert page.has(f"//input[@name='signers'][@value='{guardians[0]}'][@checked]")
    assert len(await ledger(town, relay)) == before


async def test_the_reason_is_kept_and_shown_to_coordinators_alone(
    coordinator: Visitor, guardian: Visitor, relay: str, guardians: tuple[UUID, UUID], town: Database
) -> None:
    why = f"{WHY} <script>alert(1)</script>"
    page = await coordinator.follow(await oral(coordinator, relay, guardians[0], why=why))
    assert f"Hvorfor andre samtykket: {why}" in page.words
    (newest, *_rest) = await ledger(town, relay)
    assert why in (await coordinator.get(f"{relay}/consent/{newest.id}")).words
    for address in ("", f"/{newest.id}"):
        assert WHY not in (await guardian.get(f"{relay}/consent{address}")).text
    assert WHY.encode() not in (newest.remark or b"")


async def test_where_all_who_must_have_consented_no_reason_is_kept(
    coordinator: Visitor, relay: str, guardians: tuple[UUID, UUID]
) -> None:
    page = await coordinator.follow(await oral(coordinator, relay, *guardians, why="Uten betydning"))
    assert "Samtykket er registrert." in page.words
    assert "Uten betydning" not in page.words


async def test_an_owner_who_is_old_enough_is_not_left_out_silently(
    coordinator: Visitor, ip: str, town: Database
) -> None:
    guardian = await join(town, ip, GUARDIAN, Role.GUARDIAN, PlanKind.IP)
    page = await oral(coordinator, ip, guardian)
    assert (page.status, "bestemmer selv" in page.error("why")) == (400, True)
    assert (await oral(coordinator, ip, guardian, why="Oppnevnt verge")).status == 303


async def test_more_than_those_who_must_need_no_reason(coordinator: Visitor, ip: str, town: Database) -> None:
    guardian = await join(town, ip, GUARDIAN, Role.GUARDIAN, PlanKind.IP)
    assert (await oral(coordinator, ip, guardian, await participation(town, ip, OWNER))).status == 303


@pytest.mark.feature("F118")
async def test_a_digital_question_to_one_of_two_needs_a_reason_too(
    coordinator: Visitor, relay: str, guardians: tuple[UUID, UUID], town: Database
) -> None:
    await make_ready(town, relay)
    page = await ask(coordinator, relay, guardians[0])
    assert (page.status, "Har flere foreldreansvar" in page.error("why")) == (400, True)
    assert (await ask(coordinator, relay, guardians[0], why=WHY)).status == 303


@pytest.mark.parametrize("why", [" ", "\u200b", "a" * 2001, "a" * 200_000])
async def test_a_reason_that_says_nothing_is_none(
    coordinator: Visitor, relay: str, guardians: tuple[UUID, UUID], why: str
) -> None:
    page = await oral(coordinator, relay, guardians[0], why=why)
    assert (page.status, bool(page.error("why"))) == (400, True)


# ---- while it waits -------------------------------------------------------------------------------------------------


@pytest.fixture
async def asked(coordinator: Visitor, relay: str, guardians: tuple[UUID, UUID], town: Database) -> str:
    """Both are, while the child is fifteen."""
    await born(town, relay, date(2010, 12, 1))
    await make_ready(town, relay)
    assert (await ask(coordinator, relay, *guardians)).status == 303
    return relay


@pytest.mark.feature("N4")
async def test_who_came_of_age_meanwhile_must_be_asked(
    coordinator: Visitor, sign_in: SignIn, asked: str, town: Database, clock: SteppingClock
) -> None:
    clock.at += timedelta(days=20)
    page = await sign(await sign_in("foresatt"), asked)
    assert (page.status, "alderen til å bestemme selv" in page.words) == (409, True)
    assert await state(town, asked) is PlanState.AWAITING_SIGNATURES
    seen = await (await sign_in("koordinator")).get(f"{asked}/consent")
    assert "alderen til å bestemme selv, men er ikke spurt" in seen.words


async def test_before_that_day_the_guardians_sign(sign_in: SignIn, asked: str, clock: SteppingClock) -> None:
    clock.at += timedelta(days=10)
    assert (await sign(await sign_in("foresatt"), asked)).status == 303


async def test_who_left_is_not_waited_for_in_silence(coordinator: Visitor, asked: str, town: Database) -> None:
    assert "kan ikke signere lenger" not in (await coordinator.get(f"{asked}/consent")).words
    left = await participation(town, asked, GUARDIAN)
    async with town.writing() as session:
        today = local_day(session.clock.now())
        await session.execute(update(Participant).where(col(Participant.id) == left).values(valid_to=today))
    page = await coordinator.get(f"{asked}/consent")
    assert "kan ikke signere lenger" in page.words
    assert page.link("Trekk forespørselen tilbake").endswith("/cancel")


async def test_who_lost_their_account_is_not_waited_for_in_silence(
    coordinator: Visitor, asked: str, town: Database
) -> None:
    async with town.writing() as session:
        gone = {"disabled_at": session.clock.now()}
        await session.execute(update(Account).where(col(Account.user_name) == GUARDIAN).values(**gone))
    assert "kan ikke signere lenger" in (await coordinator.get(f"{asked}/consent")).words
