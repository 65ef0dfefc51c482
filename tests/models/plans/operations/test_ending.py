"""Ending a plan, and taking it up again (F189)."""

import pytest
from sqlmodel import col, select, update

from models.plans.operations import ending, goals
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Grant
from models.plans.tables.plan import PlanSpan
from models.refusals import Invalid, Reason
from models.rights import Element, Level, Role
from tests.hamlet import refused
from tests.models.plans.conftest import Here

pytestmark = pytest.mark.feature("F189")


async def test_ending_and_taking_up_again_are_logged_once_each(here: Here) -> None:
    for deed in (ending.end, ending.end, ending.reopen, ending.reopen):
        await deed(await here.opened_by("Kari"))
    assert await here.events(of="plan.state") == [
        ("plan.state_changed", {"before": "active", "after": "inactive"}),
        ("plan.state_changed", {"before": "inactive", "after": "active"}),
    ]
    await goals.add(await here.opened_by("Kari"), title="Sove godt")


@pytest.mark.parametrize("name", ["Ola", "Gro", "Pål", "Else"])
async def test_only_who_coordinates_it_ends_it_and_takes_it_up(here: Here, name: str) -> None:
    assert await refused(ending.end(await here.opened_by(name))) is Reason.LEVEL_TOO_LOW
    await ending.end(await here.opened_by("Kari"))
    assert await refused(ending.reopen(await here.opened_by(name))) is Reason.LEVEL_TOO_LOW


async def test_to_administer_is_not_enough(here: Here) -> None:
    tor = await here.hamlet.person(here.municipality, "Tor")
    part = await here.hamlet.participant(here.plan, tor, Role.PROVIDER)
    mine = col(Grant.participant_id) == part.id, col(Grant.element) == Element.PLAN
    await here.session.execute(update(Grant).where(*mine).values(level=Level.DELETE))
    assert await refused(ending.end(await here.hamlet.opened(here.plan, "tor"))) is Reason.COORDINATOR_ONLY


@pytest.mark.parametrize("state", [PlanState.DRAFT, PlanState.AWAITING_SIGNATURES])
async def test_a_plan_that_is_not_in_use_is_not_ended(here: Here, state: PlanState) -> None:
    await here.session.execute(update(PlanSpan).values(state=state))
    with pytest.raises(Invalid):
        await ending.end(await here.opened_by("Kari"))
    await ending.reopen(await here.opened_by("Kari"))
    assert (await here.session.scalars(select(PlanSpan.state))).all() == [state]


async def test_it_is_not_taken_up_when_the_owner_has_another_individual_plan(here: Here) -> None:
    await ending.end(await here.opened_by("Kari"))
    other = await here.hamlet.plan(here.municipality)
    await here.hamlet.participant(other, here.people["Ola"], Role.OWNER)
    with pytest.raises(Invalid):
        await ending.reopen(await here.opened_by("Kari"))
    theirs = col(PlanSpan.plan_id) == other.id
    await here.session.execute(update(PlanSpan).where(theirs).values(state=PlanState.DELETED))
    await ending.reopen(await here.opened_by("Kari"))
    assert (await here.opened_by("Kari")).state is PlanState.ACTIVE
