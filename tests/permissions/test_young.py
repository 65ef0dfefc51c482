"""Under 15: what the municipality and a guardian say decides, until the birthday (F23, C17). Both twins are asked."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from models.clock import SteppingClock, local_day
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.rules import UnderAge
from models.organisation.tables import AgePolicy
from models.people.tables import Person
from models.plans.operations import young
from models.plans.queries.young import child
from models.plans.tables.plan import Plan
from models.refusals import NotFound, Reason, Refused
from models.rights import Assurance, PlanKind, Role
from permissions.door import open_plan
from permissions.scopes import visible_plans
from permissions.young import closed_for_age
from tests.conftest import NOW
from tests.hamlet import Hamlet, refused
from tests.signing_in import viewer_for


@dataclass
class Here:
    """Mia, who is 15 tomorrow, owns a plan; Gro is the guardian, Kari the coordinator and Pål a provider."""

    hamlet: Hamlet
    policy: AgePolicy
    plan: Plan
    mia: Person

    async def opens(self, **asked: Any) -> Reason:
        """What the door answers Mia, when the list agrees."""
        session = self.hamlet.session
        viewer = await viewer_for(session, "mia", **asked)
        listed = set(await session.scalars(visible_plans(viewer, local_day(session.clock.now()))))
        try:
            await open_plan(session, viewer, self.plan.id)
        except Refused as refusal:
            assert listed == set()
            return refusal.reason
        assert listed == {self.plan.id}
        return Reason.OPEN

    async def rule(self, rule: UnderAge) -> None:
        self.policy.under_15 = rule
        await self.hamlet.session.flush()

    async def opened_by(self, name: str) -> Any:
        return await self.hamlet.opened(self.plan, name)


@pytest.fixture
async def here(database: Database) -> AsyncIterator[Here]:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        place = await hamlet.municipality()
        policy = await hamlet.age_policy(place, PlanKind.IP, UnderAge.GUARDIAN_APPROVES)
        plan, mia = await hamlet.plan(place), await hamlet.child(place, "Mia")
        await hamlet.participant(plan, mia, Role.OWNER)
        roles = {"Gro": Role.GUARDIAN, "Kari": Role.COORDINATOR, "Pål": Role.PROVIDER}
        for name, role in roles.items():
            await hamlet.participant(plan, await hamlet.person(place, name), role)
        yield Here(hamlet, policy, plan, mia)


@pytest.mark.feature("F23")
async def test_the_highest_level_is_not_demanded_until_the_birthday(database: Database, clock: SteppingClock) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        place = await hamlet.municipality("Vik", Assurance.HIGH)
        policy = await hamlet.age_policy(place, PlanKind.IP, UnderAge.SIGN_IN)
        plan, mia = await hamlet.plan(place), await hamlet.child(place, "Mia")
        await hamlet.participant(plan, mia, Role.OWNER)
        here = Here(hamlet, policy, plan, mia)
        assert await here.opens() is Reason.OPEN
        clock.at = NOW + timedelta(days=1)
        assert await here.opens() is Reason.ASSURANCE_TOO_LOW
        assert await here.opens(assurance=Assurance.HIGH) is Reason.OPEN


@pytest.mark.feature("F23")
@pytest.mark.parametrize(
    ("rule", "answer"),
    [
        (UnderAge.SIGN_IN, Reason.OPEN),
        (UnderAge.GUARDIAN_APPROVES, Reason.GUARDIAN_MUST_APPROVE),
        (UnderAge.NO_SIGN_IN, Reason.TOO_YOUNG),
    ],
)
async def test_the_municipality_says_what_is_open_until_the_birthday(
    here: Here, clock: SteppingClock, rule: UnderAge, answer: Reason
) -> None:
    await here.rule(rule)
    assert await here.opens() is answer
    clock.at = NOW + timedelta(days=1)
    assert await here.opens() is Reason.OPEN


@pytest.mark.feature("F23")
async def test_a_guardian_opens_the_plan_for_the_child_and_closes_it_again(here: Here) -> None:
    await young.approve(await here.opened_by("gro"))
    assert await here.opens() is Reason.OPEN
    await young.withdraw(await here.opened_by("gro"))
    assert await here.opens() is Reason.GUARDIAN_MUST_APPROVE


async def test_another_guardian_may_take_it_back(here: Here) -> None:
    other = await here.hamlet.person(await here.hamlet.municipality_of(here.plan), "Geir")
    await here.hamlet.participant(here.plan, other, Role.GUARDIAN)
    await young.approve(await here.opened_by("gro"))
    known = await child(await here.opened_by("geir"))
    assert known
    assert known.approved_by == "Gro Hansen"
    await young.withdraw(await here.opened_by("geir"))
    assert await here.opens() is Reason.GUARDIAN_MUST_APPROVE


async def test_each_decision_is_logged_once(here: Here) -> None:
    for _ in range(2):
        await young.approve(await here.opened_by("gro"))
    for _ in range(2):
        await young.withdraw(await here.opened_by("gro"))
    await here.hamlet.session.flush()
    events = (Event.YOUNG_SIGN_IN_APPROVED, Event.YOUNG_SIGN_IN_WITHDRAWN)
    rows = list(await here.hamlet.session.scalars(select(LogRow).where(col(LogRow.event).in_(events))))
    assert sorted(row.event for row in rows) == sorted(events)
    assert all(row.details == {"person": str(here.mia.id)} and row.plan_id == here.plan.id for row in rows)


async def test_what_a_guardian_said_opens_nothing_where_children_may_not_sign_in(here: Here) -> None:
    await young.approve(await here.opened_by("gro"))
    await here.rule(UnderAge.NO_SIGN_IN)
    assert await here.opens() is Reason.TOO_YOUNG


@pytest.mark.parametrize("name", ["kari", "pål"])
async def test_only_guardians_decide(here: Here, name: str) -> None:
    for deed in (young.approve, young.withdraw):
        assert await refused(deed(await here.opened_by(name))) is Reason.LEVEL_TOO_LOW


async def test_the_child_does_not_decide(here: Here) -> None:
    await here.rule(UnderAge.SIGN_IN)
    plan = await here.opened_by("mia")
    assert await refused(young.approve(plan)) is Reason.LEVEL_TOO_LOW


async def test_a_sibling_under_15_does_not_decide(here: Here) -> None:
    place = await here.hamlet.municipality_of(here.plan)
    await here.hamlet.participant(here.plan, await here.hamlet.child(place, "Liv"), Role.GUARDIAN)
    await here.rule(UnderAge.SIGN_IN)
    assert await refused(young.approve(await here.opened_by("liv"))) is Reason.LEVEL_TOO_LOW


@pytest.mark.parametrize("rule", [UnderAge.SIGN_IN, UnderAge.NO_SIGN_IN])
async def test_there_is_nothing_to_decide_where_guardians_are_not_asked(here: Here, rule: UnderAge) -> None:
    await here.rule(rule)
    plan = await here.opened_by("gro")
    assert await child(plan) is None
    with pytest.raises(NotFound):
        await young.approve(plan)


async def test_there_is_nothing_to_decide_from_the_birthday_on(here: Here, clock: SteppingClock) -> None:
    clock.at = NOW + timedelta(days=1)
    assert await child(await here.opened_by("gro")) is None


async def test_a_child_is_told_why_their_plans_are_closed(here: Here) -> None:
    session = here.hamlet.session
    assert await closed_for_age(session, await viewer_for(session, "mia")) == [Reason.GUARDIAN_MUST_APPROVE]
    await young.approve(await here.opened_by("gro"))
    assert await closed_for_age(session, await viewer_for(session, "mia")) == []


async def test_every_reason_is_told_once_and_only_to_those_it_concerns(here: Here) -> None:
    session, place = here.hamlet.session, await here.hamlet.municipality_of(here.plan)
    await here.hamlet.child(place, "Liv")
    other = await here.hamlet.plan(place, kind=PlanKind.IOP)
    await here.hamlet.participant(other, here.mia, Role.OWNER)
    told = [await closed_for_age(session, await viewer_for(session, name)) for name in ("gro", "mia")]
    assert told == [[], [Reason.GUARDIAN_MUST_APPROVE, Reason.TOO_YOUNG]]
