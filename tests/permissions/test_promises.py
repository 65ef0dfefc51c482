"""«Mine frister» finds what the doors would show, counted before any door is opened (N8)."""

from datetime import timedelta
from random import Random

import pytest
from sqlmodel import col, select

from models.accounts.proof import Viewer
from models.base import HouseSession
from models.clock import SteppingClock
from models.database import Database
from models.organisation.rules import UnitKind
from models.organisation.tables import Unit
from models.plans.operations import activities, goals
from models.plans.operations.activities import ActivityContent
from models.plans.queries.promises import promises
from models.plans.rules.words import Basis, PlanState
from models.plans.tables.goals import Activity
from models.plans.tables.participants import Grant, Participant
from models.plans.tables.plan import Plan
from models.refusals import Refusal
from models.rights import Assurance, Element, Level, Profile, Role
from permissions.door import open_plan
from permissions.promises import MyPromises, my_promises
from seed.cast import cast
from tests.hamlet import Hamlet
from tests.signing_in import viewer_for

pytestmark = pytest.mark.feature("N8")


async def by_the_doors(session: HouseSession, viewer: Viewer) -> tuple[set[object], int]:
    """The same, by knocking on every door there is."""
    plans, overdue = set[object](), 0
    for plan_id in await session.scalars(select(Plan.id)):
        try:
            plan = await open_plan(session, viewer, plan_id)
        except Refusal:
            continue
        me = {one.participant_id for one in plan.standings}
        if plan.state is PlanState.INACTIVE:
            continue
        mine = [one for one in await promises(plan) if one.responsible_id in me and one.is_to_be_done]
        plans |= {plan_id} if mine else set()
        overdue += sum(one.is_overdue(plan.today) for one in mine)
    return plans, overdue


async def hide_some(session: HouseSession, chance: Random) -> None:
    """Here and there an activity or its goal is hidden from whoever answers for it."""
    answered = select(Activity).where(col(Activity.responsible_id).is_not(None)).order_by(col(Activity.id))
    for activity in await session.scalars(answered):
        if chance.random() < 0.4:
            element, item = chance.choice([(Element.ACTIVITIES, activity.id), (Element.GOALS, activity.goal_id)])
            found = select(Grant.id).where(
                col(Grant.participant_id) == activity.responsible_id, col(Grant.item_id) == item
            )
            if await session.scalar(found) is None:
                row = {"municipality_id": activity.municipality_id, "participant_id": activity.responsible_id}
                session.add(Grant(**row, element=element, item_id=item, level=Level.NONE))
                await session.flush()


async def test_it_finds_what_the_doors_show_to_each_of_the_cast(any_town: Database, clock: SteppingClock) -> None:
    clock.move(timedelta(days=60))
    found = list[MyPromises]()
    async with any_town.writing() as session:
        await hide_some(session, Random(8))
        for member in cast():
            for profile in Profile:
                viewer = await viewer_for(session, member.user_name, profile=profile, assurance=Assurance.HIGH)
                mine = await my_promises(session, viewer)
                assert (set(mine.plans), mine.overdue) == await by_the_doors(session, viewer), member.user_name
                found.append(mine)
    assert sum(mine.overdue for mine in found) > 0
    assert any(mine.plans and not mine.overdue for mine in found)


async def promised(hamlet: Hamlet, plan: Plan, responsible: Participant) -> None:
    """Kari lets somebody answer for what should have been done yesterday."""
    opened = await hamlet.opened(plan, "kari")
    goal = await goals.add(opened, title="Være ute")
    due = hamlet.today - timedelta(days=1)
    await activities.add(opened, goal, ActivityContent(title="Gå tur", responsible_id=responsible.id, due_on=due))


async def test_what_my_unit_answers_for_is_mine(database: Database) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        municipality = await hamlet.municipality()
        plan = await hamlet.plan(municipality)
        await hamlet.participant(plan, await hamlet.person(municipality, "Kari"), Role.COORDINATOR)
        unit = await hamlet.put(Unit(municipality_id=municipality.id, name="Vik heim", kind=UnitKind.HOME_SERVICE))
        await hamlet.member(await hamlet.person(municipality, "Pål"), unit)
        await promised(hamlet, plan, await hamlet.participant(plan, unit, Role.PROVIDER))
        assert await my_promises(session, await viewer_for(session, "pål")) == MyPromises((plan.id,), 1)
        assert await my_promises(session, await viewer_for(session, "kari")) == MyPromises()


async def test_a_coordinator_without_a_basis_has_no_deadlines(database: Database) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        municipality = await hamlet.municipality()
        plan = await hamlet.plan(municipality)
        kari = await hamlet.participant(plan, await hamlet.person(municipality, "Kari"), Role.COORDINATOR)
        await promised(hamlet, plan, kari)
        assert (await my_promises(session, await viewer_for(session, "kari"))).overdue == 1
        await hamlet.basis(plan, Basis.CONSENT, 2)
        assert await my_promises(session, await viewer_for(session, "kari")) == MyPromises()
