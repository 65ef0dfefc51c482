"""Handing over the baton (N7): whoever holds it is responsible until somebody else has said yes; several may (F131)."""

from datetime import date
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.clock import SteppingClock, local_day
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.people.tables import Person
from models.plans.tables.baton import Handover
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.rights import Element, Level, Role
from tests.client import Page, Visitor
from tests.pages.conftest import SignIn
from tests.plan_rows import id_of

pytestmark = pytest.mark.feature("N7")
HOLDER, PROVIDER = "koordinator@fjordvik.example", "tjenesteyter@fjordvik.example"


@pytest.fixture
async def provider(sign_in: SignIn) -> Visitor:
    return await sign_in("tjenesteyter")


async def part_of(town: Database, plan: str, user_name: str) -> UUID:
    """Their participation that has no end."""
    async with town.reading() as session:
        found = (
            select(Participant.id)
            .join(Person, col(Person.id) == Participant.person_id)
            .join(Account, col(Account.id) == Person.account_id)
            .where(col(Participant.plan_id) == id_of(plan), col(Account.user_name) == user_name)
        )
        return (await session.scalars(found.where(col(Participant.valid_to).is_(None)))).one()


async def ask(
    visitor: Visitor, town: Database, plan: str, to: str = PROVIDER, stays_as: str = "provider", note: str = ""
) -> Page:
    form = {"to": str(await part_of(town, plan, to)), "stays_as": stays_as, "note": note}
    return await visitor.post(f"{plan}/baton/offer", form)


async def offers(town: Database, plan: str) -> list[Handover]:
    """Those made in the test; the town has one in another plan."""
    async with town.reading() as session:
        return list(await session.scalars(select(Handover).where(col(Handover.plan_id) == id_of(plan))))


async def answer_address(town: Database, plan: str, answer: str) -> str:
    (offer,) = await offers(town, plan)
    return f"{plan}/baton/offers/{offer.id}/{answer}"


async def roles(town: Database, participant: UUID) -> list[tuple[Role, date, date | None]]:
    async with town.reading() as session:
        spans = select(RoleSpan).where(col(RoleSpan.participant_id) == participant).order_by(col(RoleSpan.valid_from))
        return [(span.role, span.valid_from, span.valid_to) for span in await session.scalars(spans)]


async def told(town: Database, notice: Notice) -> set[str]:
    async with town.reading() as session:
        found = (
            select(Account.user_name)
            .join(Delivery, col(Delivery.account_id) == Account.id)
            .join(QueuedNotice, col(QueuedNotice.id) == Delivery.notice_id)
        )
        return set(await session.scalars(found.where(col(QueuedNotice.kind) == notice)))


async def logged(town: Database, plan: str, *events: Event) -> list[str]:
    async with town.reading() as session:
        rows = select(LogRow.event).where(col(LogRow.plan_id) == id_of(plan), col(LogRow.event).in_(events))
        return sorted(await session.scalars(rows))


async def test_the_old_one_is_responsible_until_the_new_one_has_said_yes(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str
) -> None:
    page = await coordinator.follow(await ask(coordinator, town, ip, note="Du kjenner saken."))
    assert "Torleif Vikan er spurt" in page.words
    assert "Du har ansvaret til det er svart ja." in page.words
    assert (await coordinator.get(f"{ip}/settings")).status == 200
    assert (await provider.get(f"{ip}/settings")).status == 403
    home = await provider.get(ip)
    assert "Marte Sørdal spør om du vil overta som koordinator" in home.words
    read = await provider.get(home.link("Les og svar"))
    assert "Du kjenner saken." in read.words
    assert "Marte Sørdal blir tjenesteyter." in read.words
    home = await provider.follow(await provider.post(await answer_address(town, ip, "accept")))
    assert "Nå koordinerer du planen." in home.words
    assert "spør om du vil overta" not in home.words
    assert (await provider.get(f"{ip}/settings")).status == 200
    assert (await coordinator.get(f"{ip}/settings")).status == 403
    assert (await coordinator.get(ip)).status == 200


async def test_the_change_is_kept_as_spans_with_the_roles_own_rights(
    coordinator: Visitor, provider: Visitor, town: Database, clock: SteppingClock, ip: str
) -> None:
    giver, receiver = await part_of(town, ip, HOLDER), await part_of(town, ip, PROVIDER)
    await ask(coordinator, town, ip)
    await provider.post(await answer_address(town, ip, "accept"))
    today = local_day(clock.now())
    assert (await roles(town, receiver))[-1] == (Role.COORDINATOR, today, None)
    assert (await roles(town, receiver))[-2][::2] == (Role.PROVIDER, today)
    assert (await roles(town, giver))[-1] == (Role.PROVIDER, today, None)
    async with town.reading() as session:
        grants = (await session.scalars(select(Grant).where(col(Grant.participant_id) == receiver))).all()
    assert {grant.element for grant in grants} == set(Element)
    assert {grant.level for grant in grants if grant.element is Element.PARTICIPANTS} == {Level.DELETE}
    assert not any(grant.overridden or grant.item_id for grant in grants)


async def test_who_steps_down_sees_nothing_more_than_before(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str
) -> None:
    giver = await part_of(town, ip, HOLDER)
    async with town.writing() as session:
        mine = select(Grant).where(col(Grant.participant_id) == giver, col(Grant.element) == Element.HEALTH)
        (await session.scalars(mine)).one().level = Level.NONE
    await ask(coordinator, town, ip)
    await provider.post(await answer_address(town, ip, "accept"))
    async with town.reading() as session:
        levels = {
            grant.element: grant.level
            for grant in await session.scalars(select(Grant).where(col(Grant.participant_id) == giver))
        }
    assert levels[Element.HEALTH] is Level.NONE
    assert levels[Element.RIGHTS] is Level.NONE
    assert levels[Element.GOALS] >= Level.READ


async def test_the_giver_may_leave(coordinator: Visitor, provider: Visitor, town: Database, ip: str) -> None:
    await ask(coordinator, town, ip, stays_as="leaves")
    assert "Marte Sørdal går ut av planen." in (await provider.get(f"{ip}/baton")).words
    await provider.post(await answer_address(town, ip, "accept"))
    page = await coordinator.get(ip)
    assert page.status == 403
    assert "Du deltar ikke lenger i planen." in page.words


@pytest.mark.feature("F131")
async def test_several_may_coordinate_together(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str
) -> None:
    await ask(coordinator, town, ip, stays_as="coordinator")
    assert "sammen med" in (await provider.get(ip)).words
    await provider.post(await answer_address(town, ip, "accept"))
    for visitor in (coordinator, provider):
        page = await visitor.get(f"{ip}/baton")
        assert "Marte Sørdal" in page.words
        assert "Torleif Vikan" in page.words
        assert (await visitor.get(f"{ip}/settings")).status == 200


async def test_everybody_it_concerns_is_told(coordinator: Visitor, provider: Visitor, town: Database, ip: str) -> None:
    await ask(coordinator, town, ip)
    assert await told(town, Notice.HANDOVER_OFFERED) == {PROVIDER}
    assert await told(town, Notice.COORDINATOR_CHANGED) == set()
    await provider.post(await answer_address(town, ip, "accept"))
    assert await told(town, Notice.HANDOVER_ANSWERED) == {HOLDER}
    assert await told(town, Notice.COORDINATOR_CHANGED) == {"planeier@fjordvik.example"}
    events = (Event.HANDOVER_OFFERED, Event.HANDOVER_ACCEPTED, Event.ROLE_CHANGED)
    assert await logged(town, ip, *events) == ["handover.accepted", "handover.offered", *["role.changed"] * 2]


async def test_no_changes_nothing_and_the_giver_reads_it(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str
) -> None:
    await ask(coordinator, town, ip)
    page = await provider.follow(await provider.post(await answer_address(town, ip, "decline")))
    assert "Du har takket nei." in page.words
    assert (await provider.get(f"{ip}/settings")).status == 403
    read = await coordinator.get(f"{ip}/baton")
    assert "Torleif Vikan Takket nei" in read.words
    assert read.link("Spør en annen")
    assert await told(town, Notice.HANDOVER_ANSWERED) == {HOLDER}


async def test_only_one_is_asked_at_a_time(coordinator: Visitor, town: Database, ip: str) -> None:
    await ask(coordinator, town, ip)
    assert "Spør en annen" not in (await coordinator.get(f"{ip}/baton")).words
    page = await ask(coordinator, town, ip, "spesialist@helse.example")
    assert page.status == 400
    assert "Du har allerede spurt noen." in page.error("to")
    assert len(await offers(town, ip)) == 1


async def test_an_offer_can_be_taken_back_until_it_is_answered(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str
) -> None:
    await ask(coordinator, town, ip)
    withdraw, accept = [await answer_address(town, ip, way) for way in ("withdraw", "accept")]
    for _ in range(2):
        assert (await coordinator.post(withdraw)).status == 303
    page = await provider.post(accept)
    assert page.status == 409
    assert "Spørsmålet gjelder ikke lenger." in page.words
    assert (await provider.get(f"{ip}/baton")).status == 403
    assert (await roles(town, await part_of(town, ip, PROVIDER)))[-1][0] is Role.PROVIDER
    assert await logged(town, ip, Event.HANDOVER_WITHDRAWN) == ["handover.withdrawn"]
    assert (await ask(coordinator, town, ip)).status == 303


async def test_it_is_too_late_to_take_it_back_when_it_is_answered(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str
) -> None:
    await ask(coordinator, town, ip, stays_as="coordinator")
    await provider.post(await answer_address(town, ip, "accept"))
    page = await coordinator.post(await answer_address(town, ip, "withdraw"))
    assert page.status == 409
    assert "allerede besvart" in page.words


async def test_saying_yes_twice_is_saying_it_once(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str
) -> None:
    await ask(coordinator, town, ip)
    for _ in range(2):
        assert (await provider.post(await answer_address(town, ip, "accept"))).status == 303
    assert await logged(town, ip, Event.HANDOVER_ACCEPTED) == ["handover.accepted"]
    assert [role for role, _, _ in await roles(town, await part_of(town, ip, HOLDER))][-2:] == [
        Role.COORDINATOR,
        Role.PROVIDER,
    ]


@pytest.mark.parametrize("answer", ["accept", "decline"])
async def test_nobody_answers_for_another(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str, answer: str
) -> None:
    await ask(coordinator, town, ip)
    address = await answer_address(town, ip, answer)
    for name in ("assistent", "planeier", "spesialist@helse.example", "rektor", "koordinator@dalen.example"):
        assert (await (await sign_in(name)).post(address)).status == 404
    assert (await coordinator.post(address)).status == 404
    assert await logged(town, ip, Event.HANDOVER_ACCEPTED, Event.HANDOVER_DECLINED) == []


@pytest.mark.parametrize("answer", ["accept", "decline", "withdraw"])
async def test_an_offer_is_found_in_its_own_plan_alone(
    coordinator: Visitor, provider: Visitor, town: Database, ip: str, relay: str, answer: str
) -> None:
    await ask(coordinator, town, ip)
    (offer,) = await offers(town, ip)
    assert (await coordinator.post(f"{relay}/baton/offers/{offer.id}/{answer}")).status == 404


async def test_an_offer_lapses_when_the_receiver_leaves(
    coordinator: Visitor, provider: Visitor, town: Database, clock: SteppingClock, ip: str
) -> None:
    await ask(coordinator, town, ip)
    accept = await answer_address(town, ip, "accept")
    async with town.writing() as session:
        part = await session.get_one(Participant, await part_of(town, ip, PROVIDER))
        part.valid_to = local_day(clock.now())
    assert (await provider.post(accept)).status == 403
    page = await coordinator.get(f"{ip}/baton")
    assert "er spurt" not in page.words
    assert page.link("Spør en annen")
