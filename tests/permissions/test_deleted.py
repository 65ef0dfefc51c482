"""A deleted plan is gone for everybody at once; who coordinates it can fetch it back for thirty days (C12)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from models.clock import SteppingClock
from models.database import Database
from models.people.tables import Person
from models.plans.operations import ending, goals
from models.plans.operations.deleting import Deletion, delete, restore
from models.plans.proof import OpenPlan
from models.plans.rules.words import DeleteReason, PlanState
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Invalid, NotFound, Reason, Refused
from models.rights import Element, Level, Profile, Role
from permissions.deleted import deleted_plans, open_deleted
from permissions.door import open_plan
from permissions.scopes import visible_plans
from permissions.signing import open_consent
from tests.hamlet import Hamlet, refused
from tests.signing_in import viewer_for

pytestmark = pytest.mark.feature("F190")
WHY = Deletion(DeleteReason.OTHER, "Laget dobbelt", "AB")


@dataclass
class Vik:
    hamlet: Hamlet
    plan: Plan
    owner: Person

    async def opened(self, name: str = "kari") -> OpenPlan:
        return await self.hamlet.opened(self.plan, name)

    async def deleted(self, name: str = "kari", **asked: Any) -> OpenPlan:
        viewer = await viewer_for(self.hamlet.session, name, **asked)
        return await open_deleted(self.hamlet.session, viewer, self.plan.id)

    async def listed(self, name: str) -> list[str]:
        viewer = await viewer_for(self.hamlet.session, name)
        return [one.short_name for one in await deleted_plans(self.hamlet.session, viewer)]

    async def state(self) -> PlanState:
        today = col(PlanSpan.plan_id) == self.plan.id, col(PlanSpan.valid_to).is_(None)
        return (await self.hamlet.session.scalars(select(PlanSpan.state).where(*today))).one()


PEOPLE = {"Kari": Role.COORDINATOR, "Per": Role.OWNER, "Gro": Role.GUARDIAN, "Tor": Role.PROVIDER}


@pytest.fixture
async def vik(database: Database) -> AsyncIterator[Vik]:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        municipality = await hamlet.municipality()
        plan = await hamlet.plan(municipality)
        people = {name: await hamlet.person(municipality, name) for name in PEOPLE}
        for name, role in PEOPLE.items():
            await hamlet.participant(plan, people[name], role)
        yield Vik(hamlet, plan, people["Per"])


async def gone(vik: Vik) -> None:
    await delete(await vik.opened(), WHY)


async def test_nobody_finds_it_any_longer(vik: Vik) -> None:
    await gone(vik)
    session = vik.hamlet.session
    for name in PEOPLE:
        viewer = await viewer_for(session, name.lower())
        for door in (open_plan, open_consent):
            with pytest.raises(NotFound):
                await door(session, viewer, vik.plan.id)
        assert (await session.scalars(visible_plans(viewer, vik.hamlet.today))).all() == []


async def test_only_who_coordinated_it_finds_it_among_the_deleted(vik: Vik) -> None:
    assert await vik.listed("kari") == []
    await gone(vik)
    assert await vik.listed("kari") == ["AB"]
    assert (await vik.deleted()).plan_id == vik.plan.id
    for name in ("per", "gro", "tor"):
        assert await vik.listed(name) == []
        with pytest.raises(NotFound):
            await vik.deleted(name)


async def test_a_plan_that_is_not_deleted_is_not_opened_by_this_door(vik: Vik) -> None:
    with pytest.raises(NotFound):
        await vik.deleted()


async def test_in_another_profile_or_municipality_it_is_not_there(vik: Vik) -> None:
    await gone(vik)
    await vik.hamlet.municipality("Li")
    elsewhere: list[dict[str, Any]] = [{"profile": Profile.PERSONAL}, {"municipality": "Li"}]
    for asked in elsewhere:
        with pytest.raises(NotFound):
            await vik.deleted(**asked)


async def test_its_proof_opens_nothing_but_the_way_back(vik: Vik) -> None:
    await gone(vik)
    plan = await vik.deleted()
    allowed = {(element, level) for element in Element for level in Level if level and plan.allows(element, level)}
    assert allowed == {(Element.PLAN, level) for level in Level if level}
    with pytest.raises(Refused):
        await goals.add(plan, title="Sove godt")


@pytest.mark.parametrize(
    "state", [PlanState.DRAFT, PlanState.AWAITING_SIGNATURES, PlanState.ACTIVE, PlanState.INACTIVE]
)
@pytest.mark.parametrize("days", [0, 100])
async def test_it_comes_back_as_it_was(vik: Vik, state: PlanState, days: int) -> None:
    """Also when it became so on the day it was deleted."""
    since = vik.hamlet.today - timedelta(days=days)
    await vik.hamlet.session.execute(update(PlanSpan).values(state=state, valid_from=since))
    await gone(vik)
    assert await vik.state() is PlanState.DELETED
    await restore(await vik.deleted())
    assert await vik.state() is state
    row = (await vik.hamlet.session.scalars(select(Plan))).one()
    assert (row.destroy_on, row.delete_reason, row.delete_remark) == (None, None, None)
    assert (await vik.opened()).state is state
    with pytest.raises(NotFound):
        await vik.deleted()


async def test_the_content_is_as_it_was(vik: Vik) -> None:
    goal = await goals.add(await vik.opened(), title="Sove godt")
    await gone(vik)
    await restore(await vik.deleted())
    assert (await vik.opened("tor")).sees(goal)


async def test_it_is_kept_for_thirty_days_and_not_one_more(vik: Vik, clock: SteppingClock) -> None:
    await gone(vik)
    row = (await vik.hamlet.session.scalars(select(Plan))).one()
    assert row.destroy_on == vik.hamlet.today + timedelta(days=30)
    clock.move(timedelta(days=29))
    assert await vik.listed("kari") == ["AB"]
    await vik.deleted()
    clock.move(timedelta(days=1))
    assert await vik.listed("kari") == []
    with pytest.raises(NotFound):
        await restore(await vik.deleted())


async def test_why_is_logged_and_what_was_said_is_sealed(vik: Vik) -> None:
    await gone(vik)
    row = (await vik.hamlet.session.scalars(select(Plan))).one()
    assert row.delete_reason is DeleteReason.OTHER
    assert row.delete_remark
    assert b"dobbelt" not in row.delete_remark


@pytest.mark.parametrize("wanted", [Deletion(None, "", "AB"), Deletion(DeleteReason.OTHER, " ", "AB")])
async def test_without_a_reason_it_is_not_deleted(vik: Vik, wanted: Deletion) -> None:
    with pytest.raises(Invalid):
        await delete(await vik.opened(), wanted)
    assert await vik.state() is PlanState.ACTIVE


async def test_nor_without_its_name(vik: Vik) -> None:
    with pytest.raises(Invalid):
        await delete(await vik.opened(), Deletion(DeleteReason.NEVER_USED, typed="BA"))


@pytest.mark.parametrize("name", ["per", "gro", "tor"])
async def test_only_who_coordinates_it_deletes_it(vik: Vik, name: str) -> None:
    assert await refused(delete(await vik.opened(name), WHY)) is Reason.LEVEL_TOO_LOW


async def test_a_draft_and_an_ended_plan_can_be_deleted_too(vik: Vik) -> None:
    await ending.end(await vik.opened())
    await gone(vik)
    assert await vik.state() is PlanState.DELETED


async def test_it_does_not_come_back_when_the_owner_has_another_individual_plan(vik: Vik) -> None:
    await gone(vik)
    other = await vik.hamlet.plan(await vik.hamlet.municipality_of(vik.plan))
    await vik.hamlet.participant(other, vik.owner, Role.OWNER)
    with pytest.raises(Invalid):
        await restore(await vik.deleted())
