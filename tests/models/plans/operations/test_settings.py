"""What the plan's first page shows (F59), and when the plan is gone through."""

from datetime import timedelta

import pytest
from sqlmodel import update

from models.plans.operations import settings
from models.plans.queries.settings import read
from models.plans.rules.words import Basis, HomeBlock, PlanState
from models.plans.tables.consent import LegalBasis
from models.plans.tables.plan import PlanSpan
from models.refusals import Invalid, Reason
from tests.hamlet import refused
from tests.models.plans.conftest import Here

WITHOUT_VISITORS = [block for block in HomeBlock if block is not HomeBlock.VISITORS]


@pytest.mark.feature("F59")
async def test_the_coordinator_chooses_what_is_shown(here: Here) -> None:
    plan, day = await here.opened_by("Kari"), here.hamlet.today + timedelta(days=30)
    assert (await read(plan)).shown == tuple(HomeBlock)
    await settings.change(plan, shown=WITHOUT_VISITORS, revise_on=day)
    now = await read(await here.opened_by("Else"))
    assert (now.hidden, now.revise_on) == ({HomeBlock.VISITORS}, day)
    assert await here.events(of="plan.changed") == [("plan.changed", {"fields": ["home_hidden", "revise_on"]})]


@pytest.mark.parametrize("name", ["Ola", "Gro", "Pål", "Else"])
async def test_nobody_else_does(here: Here, name: str) -> None:
    plan = await here.opened_by(name)
    assert await refused(settings.change(plan, shown=[], revise_on=None)) is Reason.LEVEL_TOO_LOW
    assert await refused(settings.revise(plan, here.hamlet.today)) is Reason.LEVEL_TOO_LOW


async def test_choosing_what_is_chosen_leaves_no_trace(here: Here) -> None:
    await settings.change(await here.opened_by("Kari"), shown=tuple(HomeBlock), revise_on=None)
    assert await here.events(of="plan.changed") == []


async def test_having_gone_through_the_plan_sets_today_and_the_next_time(here: Here) -> None:
    plan, day = await here.opened_by("Kari"), here.hamlet.today + timedelta(days=90)
    await settings.revise(plan, day)
    now = await read(plan)
    assert (now.revised_on, now.revise_on) == (here.hamlet.today, day)
    assert await here.events(of="plan.revised") == [("plan.revised", {})]


@pytest.mark.parametrize("days", [-1, -4000, 365 * 7])
async def test_a_day_that_has_been_or_is_far_away_is_refused(here: Here, days: int) -> None:
    plan, day = await here.opened_by("Kari"), here.hamlet.today + timedelta(days=days)
    for deed in (settings.change(plan, shown=[], revise_on=day), settings.revise(plan, day)):
        with pytest.raises(Invalid):
            await deed
    assert (await read(plan)).revise_on is None


async def test_an_overdue_plan_stays_overdue_when_only_the_page_is_changed(here: Here) -> None:
    here.plan.revise_on = here.hamlet.today - timedelta(days=5)
    await here.session.merge(here.plan)
    plan = await here.opened_by("Kari")
    await settings.change(plan, shown=WITHOUT_VISITORS, revise_on=here.plan.revise_on)
    assert (await read(plan)).revise_on == here.hamlet.today - timedelta(days=5)


async def test_it_stays_open_to_the_coordinator_while_the_content_is_closed(here: Here) -> None:
    await here.session.execute(update(LegalBasis).values(basis=Basis.CONSENT))
    plan = await here.opened_by("Kari")
    assert plan.standings[0].narrowed is Reason.NO_CONSENT
    await settings.change(plan, shown=WITHOUT_VISITORS, revise_on=None)
    assert (await read(plan)).hidden == {HomeBlock.VISITORS}


async def test_not_in_an_ended_plan(here: Here) -> None:
    await here.session.execute(update(PlanSpan).values(state=PlanState.INACTIVE))
    plan = await here.opened_by("Kari")
    assert await refused(settings.change(plan, shown=[], revise_on=None)) is Reason.PLAN_IS_INACTIVE
    assert await refused(settings.revise(plan, None)) is Reason.PLAN_IS_INACTIVE
