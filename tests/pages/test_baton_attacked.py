"""The baton when things go wrong (N7): people come and go meanwhile, and two do something at once."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from models.clock import SteppingClock, local_day
from models.database import Database
from models.log.rules import Event
from models.plans.rules.words import HandoverState
from models.plans.tables.baton import Handover
from models.plans.tables.participants import Participant, RoleSpan
from models.rights import Element, Level, Role
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.test_baton import HOLDER, PROVIDER, answer_address, ask, logged, offers, part_of, roles
from tests.pages.test_standing_in import choose
from tests.plan_rows import give, id_of

pytestmark = pytest.mark.feature("N7")
SPECIALIST = "spesialist@helse.example"


@pytest.fixture
async def provider(sign_in: SignIn) -> Visitor:
    return await sign_in("tjenesteyter")


@pytest.fixture
def tomorrow(clock: SteppingClock) -> date:
    return local_day(clock.now()) + timedelta(days=1)


async def leaves_on(town: Database, plan: str, day: date, user_name: str = PROVIDER) -> None:
    """The first day outside."""
    async with town.writing() as session:
        (await session.get_one(Participant, await part_of(town, plan, user_name))).valid_to = day


async def coordinates(visitor: Visitor, plan: str) -> bool:
    return (await visitor.get(f"{plan}/settings")).status == 200


async def at_once(*deeds: tuple[Visitor, str, dict[str, str]]) -> list[int]:
    """What each is answered."""
    answers = await asyncio.gather(*(who.browser.post(address, data=form) for who, address, form in deeds))
    return [answer.status_code for answer in answers]


# ---- whose time is short -------------------------------------------------------------------------------------------


async def test_who_leaves_tomorrow_cannot_be_left_alone_with_the_plan(
    coordinator: Visitor, town: Database, ip: str, tomorrow: date
) -> None:
    who = str(await part_of(town, ip, PROVIDER))
    await leaves_on(town, ip, tomorrow)
    for stays_as in ("provider", "leaves"):
        page = await coordinator.post(f"{ip}/baton/offer", {"to": who, "stays_as": stays_as})
        assert page.status == 400
        assert "bare med i planen for en tid" in page.error("to")
    page = await coordinator.post(f"{ip}/baton/offer", {"to": who, "stays_as": "coordinator"})
    assert page.status == 303


async def test_whose_time_became_short_after_the_question_is_told_why(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str, tomorrow: date
) -> None:
    await ask(coordinator, town, ip, stays_as="leaves")
    accept = await answer_address(town, ip, "accept")
    await leaves_on(town, ip, tomorrow)
    page = await provider.post(accept)
    assert page.status == 409
    assert "Be den som spurte, endre siste dag først." in page.words
    assert await coordinates(coordinator, ip)
    assert not await coordinates(provider, ip)


async def test_on_the_last_day_a_substitute_still_coordinates_and_takes_nothing_with_them(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str, clock: SteppingClock, tomorrow: date
) -> None:
    await choose(coordinator, town, ip, tomorrow, tomorrow)
    clock.at += timedelta(days=1)
    substitute = await sign_in("tjenesteyter")
    assert await coordinates(substitute, ip)
    assert (await ask(substitute, town, ip, SPECIALIST)).status in (400, 403)
    clock.at += timedelta(days=1)
    gone = await sign_in("tjenesteyter")
    assert not await coordinates(gone, ip)
    assert (await gone.get(f"{ip}/baton/offer")).status == 403
    assert await offers(town, ip) == []


# ---- the wrong people ----------------------------------------------------------------------------------------------


async def test_a_guardian_cannot_be_asked(coordinator: Visitor, town: Database, relay: str) -> None:
    page = await ask(coordinator, town, relay, "foresatt@fjordvik.example")
    assert page.status == 400
    assert page.error("to")
    assert await offers(town, relay) == []


async def test_who_becomes_a_guardian_meanwhile_is_asked_no_more(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str, tomorrow: date
) -> None:
    await ask(coordinator, town, ip)
    accept = await answer_address(town, ip, "accept")
    async with town.writing() as session:
        part = await session.get_one(Participant, await part_of(town, ip, PROVIDER))
        owned = {"municipality_id": part.municipality_id}
        begins = tomorrow - timedelta(days=1)
        also = Participant(
            **owned, plan_id=part.plan_id, person_id=part.person_id, profile=part.profile, valid_from=begins
        )
        session.add(also)
        await session.flush()
        session.add(RoleSpan(**owned, participant_id=also.id, role=Role.GUARDIAN, valid_from=begins))
    assert (await provider.post(accept)).status == 409
    assert not await coordinates(provider, ip)
    assert "er spurt" not in (await coordinator.get(f"{ip}/baton")).words


async def test_who_was_taken_out_and_put_back_is_asked_anew(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str
) -> None:
    await ask(coordinator, town, ip)
    accept = await answer_address(town, ip, "accept")
    who = await part_of(town, ip, PROVIDER)
    await coordinator.send(await coordinator.get(f"{ip}/participants/{who}/remove"), how="remove")
    assert (await provider.post(accept)).status == 403
    assert "er spurt" not in (await coordinator.get(f"{ip}/baton")).words


async def test_when_the_giver_is_taken_out_nobody_takes_over_from_them(
    coordinator: Visitor, provider: Visitor, sign_in: SignIn, town: Database, ip: str, clock: SteppingClock
) -> None:
    await ask(coordinator, town, ip, SPECIALIST, "coordinator")
    specialist = await sign_in(SPECIALIST)
    await specialist.post(await answer_address(town, ip, "accept"))
    await ask(coordinator, town, ip, stays_as="leaves")
    waits = next(one for one in await offers(town, ip) if one.state is HandoverState.OFFERED)
    await leaves_on(town, ip, local_day(clock.now()), HOLDER)
    assert (await provider.post(f"{ip}/baton/offers/{waits.id}/accept")).status in (404, 409)
    assert await coordinates(specialist, ip)
    assert not await coordinates(provider, ip)


async def test_nobody_answers_through_anothers_eyes(coordinator: Visitor, town: Database, ip: str) -> None:
    await ask(coordinator, town, ip)
    who = await part_of(town, ip, PROVIDER)
    await coordinator.post(f"{ip}/as/{who}")
    page = await coordinator.get(f"{ip}/baton")
    assert not page.has("//form[contains(@action, '/accept')]")
    assert (await coordinator.post(await answer_address(town, ip, "accept"))).status == 403
    assert (await roles(town, who))[-1][0] is Role.PROVIDER


async def test_to_change_participants_is_not_to_coordinate(
    coordinator: Visitor, provider: Visitor, sign_in: SignIn, town: Database, relay: str, tomorrow: date
) -> None:
    """Neither is a question taken back, nor its note read, nor a substitute stopped, by who does not coordinate."""
    await give(town, relay, "foresatt@fjordvik.example", Element.PARTICIPANTS, Level.CHANGE)
    await ask(coordinator, town, relay, "helsesykepleier@fjordvik.example", note="Bare til deg")
    await choose(coordinator, town, relay, tomorrow, tomorrow, "helsesykepleier@fjordvik.example")
    async with town.reading() as session:
        found = select(Participant.id).where(
            col(Participant.plan_id) == id_of(relay), col(Participant.valid_from) == tomorrow
        )
        stand_in = (await session.scalars(found)).one()
    guardian = await sign_in("foresatt")
    page = await guardian.get(f"{relay}/baton")
    assert "Bare til deg" not in page.words
    for address in (await answer_address(town, relay, "withdraw"), f"{relay}/baton/substitutes/{stand_in}/end"):
        assert (await guardian.post(address)).status == 403
    assert (await offers(town, relay))[0].state is HandoverState.OFFERED


# ---- at once -------------------------------------------------------------------------------------------------------


async def test_of_taking_back_and_saying_yes_at_once_one_holds(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str
) -> None:
    await ask(coordinator, town, ip)
    withdraw, accept = [await answer_address(town, ip, way) for way in ("withdraw", "accept")]
    back, yes = await at_once((coordinator, withdraw, {}), (provider, accept, {}))
    (offer,) = await offers(town, ip)
    assert (back, yes) in ((303, 409), (409, 303), (403, 303))
    assert offer.state is (HandoverState.ACCEPTED if yes == 303 else HandoverState.WITHDRAWN)
    assert await coordinates(provider, ip) is (yes == 303)
    assert await coordinates(coordinator, ip) is (yes != 303)


async def test_of_two_questions_at_once_one_is_asked(coordinator: Visitor, town: Database, ip: str) -> None:
    asked = [{"to": str(await part_of(town, ip, who)), "stays_as": "provider"} for who in (PROVIDER, SPECIALIST)]
    answers = await at_once(*((coordinator, f"{ip}/baton/offer", form) for form in asked))
    assert sorted(answers) == [303, 400]
    assert len(await offers(town, ip)) == 1


async def test_of_two_yes_at_once_one_is_kept(coordinator: Visitor, provider: Visitor, town: Database, ip: str) -> None:
    await ask(coordinator, town, ip, stays_as="leaves")
    accept = await answer_address(town, ip, "accept")
    assert await at_once(*[(provider, accept, {})] * 2) == [303, 303]
    assert await logged(town, ip, Event.HANDOVER_ACCEPTED) == ["handover.accepted"]


async def test_of_two_who_take_over_from_two_who_leave_both_are_there(
    coordinator: Visitor, provider: Visitor, sign_in: SignIn, town: Database, ip: str
) -> None:
    """Each answers their own; whatever the order, the plan is coordinated."""
    await ask(coordinator, town, ip, SPECIALIST, "coordinator")
    specialist = await sign_in(SPECIALIST)
    await specialist.post(await answer_address(town, ip, "accept"))
    await ask(coordinator, town, ip, stays_as="leaves")
    await ask(specialist, town, ip, "assistent@fjordvik.example", stays_as="leaves")
    assistant = await sign_in("assistent")
    waits: list[Handover] = [one for one in await offers(town, ip) if one.state is HandoverState.OFFERED]
    by_receiver = {one.to_id: f"{ip}/baton/offers/{one.id}/accept" for one in waits}
    both = [
        (provider, by_receiver[await part_of(town, ip, PROVIDER)], {}),
        (assistant, by_receiver[await part_of(town, ip, "assistent@fjordvik.example")], {}),
    ]
    assert await at_once(*both) == [303, 303]
    assert await coordinates(provider, ip)
    assert await coordinates(assistant, ip)
    assert not await coordinates(coordinator, ip)


async def test_who_left_with_the_baton_handed_over_is_not_brought_back(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str
) -> None:
    giver = await part_of(town, ip, HOLDER)
    await ask(coordinator, town, ip, stays_as="leaves")
    await provider.post(await answer_address(town, ip, "accept"))
    card = f"{ip}/participants/{giver}"
    assert f"{card}/restore" not in (await provider.get(card)).text
    page = await provider.post(f"{card}/restore")
    assert page.status in (400, 409)
    assert "Dette kan ikke angres lenger." in page.words
    assert not await coordinates(coordinator, ip)
