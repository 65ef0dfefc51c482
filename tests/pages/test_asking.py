"""Who is refused inside a plan is told whom to ask by name, if they may know who it is."""

from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.base import HouseSession
from models.clock import SteppingClock, local_day
from models.database import Database
from models.organisation.tables import Municipality
from models.people.tables import KeptApart, Person
from models.plans.tables.participants import Participant
from models.rights import Assurance, Element, Level
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.plan_rows import end, give, id_of


async def test_a_participant_is_told_whom_to_ask(sign_in: SignIn, guardian: Visitor, ip: str, relay: str) -> None:
    page = await (await sign_in("tjenesteyter")).get(f"{ip}/settings")
    assert "Spør koordinatoren, Marte Sørdal, hvis du mener at dette er feil." in page.words
    page = await guardian.post(f"{relay}/goals/new", {"title": "Nei", "life_area": ""})
    assert "Spør stafettholderen, Marte Sørdal, hvis du mener at dette er feil." in page.words


async def test_who_may_not_know_who_takes_part_is_told_no_name(sign_in: SignIn, town: Database, ip: str) -> None:
    await give(town, ip, "tjenesteyter@fjordvik.example", Element.PARTICIPANTS, Level.NONE)
    page = await (await sign_in("tjenesteyter")).get(f"{ip}/settings")
    assert page.status == 403
    assert "Sørdal" not in page.text
    assert "Spør den som koordinerer planen, hvis" in page.words


EXPIRED = "utlopt@fjordvik.example"
ASK_HER = "Spør koordinatoren, Marte Sørdal, hvis du mener at dette er feil."


async def participant_of(session: HouseSession, ip: str, user_name: str) -> Participant:
    mine = (
        select(Participant)
        .join(Person, col(Person.id) == Participant.person_id)
        .join(Account, col(Account.id) == Person.account_id)
        .where(col(Participant.plan_id) == id_of(ip), col(Account.user_name) == user_name)
    )
    return (await session.scalars(mine)).one()


async def test_whose_consent_has_run_out_is_told_whom_to_ask_and_no_more(sign_in: SignIn, ip: str) -> None:
    page = await (await sign_in(EXPIRED)).get(f"{ip}/settings")
    assert (page.status, ASK_HER in page.words) == (403, True)
    assert "Sundnes" not in page.text


async def test_who_has_left_the_plan_is_told_of_a_coordinator_they_have_met_there(
    sign_in: SignIn, town: Database, ip: str, clock: SteppingClock
) -> None:
    async with town.writing() as session:
        (await participant_of(session, ip, EXPIRED)).valid_to = local_day(clock.now())
    visitor = await sign_in(EXPIRED)
    assert ASK_HER in (await visitor.get(ip)).words
    async with town.writing() as session:
        coordinator = await participant_of(session, ip, "koordinator@fjordvik.example")
        coordinator.valid_from = local_day(clock.now())
    page = await visitor.get(ip)
    assert (page.status, "Sørdal" in page.text) == (403, False)


async def test_who_was_taken_out_before_they_began_is_told_no_name(
    sign_in: SignIn, town: Database, ip: str, clock: SteppingClock
) -> None:
    async with town.writing() as session:
        never = await participant_of(session, ip, EXPIRED)
        never.valid_from = never.valid_to = local_day(clock.now())
    page = await (await sign_in(EXPIRED)).get(ip)
    assert (page.status, "Sørdal" in page.text) == (403, False)


async def test_who_could_not_read_of_the_others_is_told_no_name_afterwards(
    sign_in: SignIn, town: Database, ip: str
) -> None:
    await give(town, ip, EXPIRED, Element.PARTICIPANTS, Level.NONE)
    page = await (await sign_in(EXPIRED)).get(ip)
    assert (page.status, "Sørdal" in page.text) == (403, False)


@pytest.mark.parametrize("other", ["koordinator", "planeier"])
async def test_who_is_kept_apart_from_somebody_in_the_plan_is_not_told_who_coordinates_it(
    sign_in: SignIn, town: Database, ip: str, other: str
) -> None:
    visitor = await sign_in(EXPIRED)
    async with town.writing() as session:
        pair = [await participant_of(session, ip, name) for name in (EXPIRED, f"{other}@fjordvik.example")]
        first, second = (one.person_id for one in pair)
        made = {"municipality_id": pair[0].municipality_id, "made_by": uuid4(), "made_at": session.clock.now()}
        session.add(KeptApart(first_id=first, second_id=second, **made))
    page = await visitor.get(ip)
    assert (page.status, "Sørdal" in page.text) == (403, False)


async def test_a_plan_that_demands_more_tells_no_name(sign_in: SignIn, town: Database, ip: str) -> None:
    visitor = await sign_in(EXPIRED)
    async with town.writing() as session:
        await session.execute(update(Municipality).values(demands=Assurance.HIGH))
    page = await visitor.get(ip)
    assert (page.status, "Sørdal" in page.text) == (403, False)


async def test_a_stranger_is_never_told(sign_in: SignIn, ip: str) -> None:
    for name in ("foresatt", "koordinator@dalen.example"):
        page = await (await sign_in(name)).get(ip)
        assert (page.status, "Sørdal" in page.text) == (404, False)


async def test_the_coordinator_is_not_sent_to_herself(coordinator: Visitor, town: Database, ip: str) -> None:
    await end(town, ip)
    page = await coordinator.get(f"{ip}/goals/new")
    assert page.status == 403
    assert "Spør koordinatoren, Marte" not in page.words
