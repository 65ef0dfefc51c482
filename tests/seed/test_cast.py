"""What each of the named people may see: the promises of the contract."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.base import HouseSession, holds, pick
from models.clock import local_day
from models.database import Database
from models.people.tables import Person
from models.plans.proof import OpenPlan
from models.plans.tables.consent import Consent
from models.plans.tables.goals import Activity, Goal
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan
from models.refusals import Reason, Refused
from models.rights import Element, Level, PlanKind, Profile, Right, Role
from permissions.door import open_plan
from permissions.scopes import visible_plans
from tests.signing_in import viewer_for


async def plans_of(
    session: HouseSession, user_name: str, municipality: str = "Fjordvik", **who: object
) -> list[OpenPlan]:
    """Every plan the person can open, as their sign-in chooses the profile."""
    viewer = await viewer_for(session, user_name, municipality=municipality, **who)  # type: ignore[arg-type]
    ids = (await session.scalars(visible_plans(viewer, local_day(session.clock.now())))).all()
    return [await open_plan(session, viewer, plan_id) for plan_id in ids]


def roles(plans: list[OpenPlan]) -> list[tuple[PlanKind, Role]]:
    return sorted((plan.kind, plan.role) for plan in plans)


IP, IOP, SL = PlanKind.IP, PlanKind.IOP, PlanKind.SL


@pytest.mark.parametrize(
    ("user_name", "municipality", "expected"),
    [
        ("koordinator@fjordvik.example", "Fjordvik", [(IP, Role.COORDINATOR), (SL, Role.COORDINATOR)]),
        ("rektor@fjordvik.example", "Fjordvik", [(IOP, Role.COORDINATOR)]),
        ("laerer@fjordvik.example", "Fjordvik", [(IOP, Role.PROVIDER)]),
        ("tjenesteyter@fjordvik.example", "Fjordvik", [(IP, Role.PROVIDER)]),
        ("assistent@fjordvik.example", "Fjordvik", [(IP, Role.OTHER)]),
        ("planeier@fjordvik.example", "Fjordvik", [(IP, Role.OWNER)]),
        ("foresatt@fjordvik.example", "Fjordvik", [(IOP, Role.GUARDIAN), (SL, Role.GUARDIAN)]),
        ("utlopt@fjordvik.example", "Fjordvik", []),
        ("analytiker@fjordvik.example", "Fjordvik", []),
        ("arkivar@fjordvik.example", "Fjordvik", []),
        ("superadmin@fjordvik.example", "Fjordvik", []),
        ("spesialist@helse.example", "Fjordvik", [(IP, Role.PROVIDER)]),
        ("spesialist@helse.example", "Dalen", [(IP, Role.PROVIDER)]),
        ("koordinator@dalen.example", "Dalen", [(IP, Role.COORDINATOR)]),
        ("planeier@dalen.example", "Dalen", [(IP, Role.OWNER)]),
    ],
)
async def test_each_sees_the_plans_they_were_promised(
    town: Database, user_name: str, municipality: str, expected: list[tuple[PlanKind, Role]]
) -> None:
    async with town.writing() as session:
        assert roles(await plans_of(session, user_name, municipality)) == sorted(expected)


async def test_nobodys_plan_is_narrowed_to_its_administration(town: Database) -> None:
    async with town.writing() as session:
        (plan,) = await plans_of(session, "koordinator@dalen.example", "Dalen")
        assert plan.standings[0].narrowed is None


async def test_the_one_whose_consent_ended_yesterday_is_refused_with_that_reason(town: Database) -> None:
    async with town.writing() as session:
        viewer = await viewer_for(session, "utlopt@fjordvik.example")
        with pytest.raises(Refused) as refusal:
            await open_plan(session, viewer, await the_plan(session, "koordinator@fjordvik.example", IP))
        assert refusal.value.reason is Reason.CONSENT_EXPIRED
        ends = (
            pick(Consent.valid_to)
            .join(Participant, Participant.id == Consent.participant_id)
            .join(Person, Person.id == Participant.person_id)
        )
        last = await session.scalars(ends.where(col(Person.account_id) == viewer.account_id))
        assert max(last) == local_day(session.clock.now()) - timedelta(days=1)


async def the_plan(session: HouseSession, user_name: str, kind: PlanKind) -> UUID:
    return next(plan.plan_id for plan in await plans_of(session, user_name) if plan.kind is kind)


async def test_the_assistant_reads_one_goal_and_its_activities_and_changes_nothing(town: Database) -> None:
    async with town.writing() as session:
        (plan,) = await plans_of(session, "assistent@fjordvik.example")
        goals = (await session.scalars(select(Goal).where(Goal.plan_id == plan.plan_id))).all()
        seen = [goal for goal in goals if plan.sees(goal)]
        activities = (await session.scalars(select(Activity).where(Activity.plan_id == plan.plan_id))).all()
        assert len(goals) > len(seen) == 1
        assert {each.goal_id for each in activities if plan.sees(each)} == {seen[0].id}
        assert not any(plan.allows(element, Level.CHANGE) for element in Element)


async def test_the_specialist_is_two_persons_with_one_account(town: Database) -> None:
    async with town.reading() as session:
        cards = pick(Person.municipality_id).join(Account, Account.id == Person.account_id)
        found = (await session.scalars(cards.where(col(Account.user_name) == "spesialist@helse.example"))).all()
        assert len(found) == len(set(found)) == 2


@pytest.mark.feature("F37")
async def test_the_guardian_works_at_the_school_and_has_the_plans_in_the_other_profile(town: Database) -> None:
    async with town.writing() as session:
        assert await plans_of(session, "foresatt@fjordvik.example", profile=Profile.WORK) == []
        assert len(await plans_of(session, "foresatt@fjordvik.example", profile=Profile.PERSONAL)) == 2


async def test_the_analyst_has_the_reports_right_and_nothing_else(town: Database) -> None:
    async with town.writing() as session:
        viewer = await viewer_for(session, "analytiker@fjordvik.example")
        assert set(viewer.rights) == {Right.REPORTS_READ}


async def test_every_plan_has_a_coordinator_today(town: Database) -> None:
    async with town.reading() as session:
        today = local_day(session.clock.now())
        coordinating = (
            pick(Participant.plan_id)
            .join(RoleSpan, RoleSpan.participant_id == Participant.id)
            .where(
                col(RoleSpan.role) == Role.COORDINATOR,
                holds(RoleSpan.valid_from, RoleSpan.valid_to, today),
                holds(Participant.valid_from, Participant.valid_to, today),
            )
        )
        assert set(await session.scalars(coordinating)) == set(await session.scalars(pick(Plan.id)))
