"""What the plan is called, how long it is made for, where it belongs, and what it is made with (F188)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select, update

from models.plans.operations import goals, settings
from models.plans.proof import OpenPlan
from models.plans.queries import administration
from models.plans.queries.administration import Facts
from models.plans.queries.settings import read
from models.plans.rules.administering import mark, parts_of
from models.plans.rules.making import Part
from models.plans.rules.words import HomeBlock, PlanState
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Conflict, Invalid, Reason
from models.rights import Element, Level, PlanKind, Role
from tests.hamlet import refused
from tests.models.plans.conftest import Here

pytestmark = pytest.mark.feature("F188")


async def change(plan: OpenPlan, **values: Any) -> None:
    now = await administration.facts(plan)
    await settings.change_facts(plan, replace(now, **values), now.mark)


async def put(plan: OpenPlan, parts: Collection[Part], *, hides: bool = False) -> None:
    await settings.change_parts(plan, parts, mark(parts=parts_of(plan.elements)), hides=hides)


async def test_name_period_and_unit_are_changed_and_logged_without_what_they_say(here: Here) -> None:
    unit = await here.hamlet.unit(here.municipality)
    await change(
        await here.opened_by("Kari"),
        short_name=" O.H. ",
        period_from=date(2026, 8, 1),
        period_to=date(2027, 6, 30),
        unit_id=unit.id,
    )
    now = await administration.facts(await here.opened_by("Kari"))
    assert now == Facts("O.H.", date(2026, 8, 1), date(2027, 6, 30), unit.id)
    fields = ["short_name", "period_from", "period_to", "unit"]
    assert await here.events(of="plan.changed") == [("plan.changed", {"fields": fields})]


async def test_the_unit_it_belonged_to_before_stays_in_the_statistics(here: Here) -> None:
    unit = await here.hamlet.unit(here.municipality)
    await change(await here.opened_by("Kari"), unit_id=unit.id)
    spans = await here.session.scalars(select(PlanSpan).order_by(col(PlanSpan.valid_from)))
    assert [(span.unit_id, span.valid_to) for span in spans] == [(None, here.hamlet.today), (unit.id, None)]


@pytest.mark.feature("F49")
async def test_a_period_that_is_over_ends_nothing(here: Here) -> None:
    await change(await here.opened_by("Kari"), period_to=date(2026, 1, 1))
    plan = await here.opened_by("Kari")
    assert plan.state is PlanState.ACTIVE
    await goals.add(plan, title="Sove godt")


@pytest.mark.feature("F50")
@pytest.mark.parametrize("name", ["Ola", "Planen til ola", "Hansen", "", " ", "x" * 41])
async def test_a_short_name_must_not_give_the_owner_away(here: Here, name: str) -> None:
    with pytest.raises(Invalid) as invalid:
        await change(await here.opened_by("Kari"), short_name=name)
    assert invalid.value.fields.keys() == {"short_name"}


async def test_a_unit_of_another_municipality_is_none(here: Here) -> None:
    theirs = await here.hamlet.unit(await here.hamlet.municipality("Li"), "Li skole")
    with pytest.raises(Invalid) as invalid:
        await change(await here.opened_by("Kari"), unit_id=theirs.id)
    assert invalid.value.fields.keys() == {"unit_id"}


async def test_a_closed_unit_may_stay_and_not_be_chosen(here: Here) -> None:
    unit = await here.hamlet.unit(here.municipality)
    await change(await here.opened_by("Kari"), unit_id=unit.id)
    unit.active = False
    await here.session.flush()
    await change(await here.opened_by("Kari"), short_name="B.C.")
    await change(await here.opened_by("Kari"), unit_id=None)
    with pytest.raises(Invalid):
        await change(await here.opened_by("Kari"), unit_id=unit.id)


async def test_the_later_of_two_is_told_and_nothing_is_saved(here: Here) -> None:
    plan = await here.opened_by("Kari")
    seen, page, parts = (await administration.facts(plan)).mark, (await read(plan)).mark, parts_of(plan.elements)
    await change(plan, short_name="B.C.")
    await settings.change(plan, shown=[HomeBlock.ABOUT], revise_on=None, seen=page)
    await put(plan, parts - {Part.LOG}, hides=True)
    later = await here.opened_by("Kari")
    for deed in (
        settings.change_facts(later, Facts("C.D."), seen),
        settings.change(later, shown=[], revise_on=None, seen=page),
        settings.change_parts(later, [], mark(parts=parts), hides=True),
    ):
        with pytest.raises(Conflict):
            await deed
    assert (await here.opened_by("Kari")).short_name == "B.C."


@pytest.mark.parametrize("name", ["Ola", "Gro", "Pål", "Else"])
async def test_nobody_but_who_administers_it(here: Here, name: str) -> None:
    plan = await here.opened_by(name)
    assert await refused(change(plan, short_name="B.C.")) is Reason.LEVEL_TOO_LOW
    assert await refused(put(plan, [])) is Reason.LEVEL_TOO_LOW


async def test_what_is_taken_off_is_hidden_and_comes_back_as_it_was(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    had = parts_of(plan.elements)
    await put(plan, had - {Part.GOALS}, hides=True)
    hidden = await here.opened_by("Kari")
    assert hidden.why(Element.GOALS, Level.READ) is Reason.ELEMENT_OFF
    assert not hidden.sees(goal)
    await put(hidden, had)
    assert (await here.opened_by("Pål")).sees(goal)
    assert goal.deleted_at is None


async def test_nothing_is_hidden_before_it_is_said(here: Here) -> None:
    plan = await here.opened_by("Kari")
    with pytest.raises(Invalid) as invalid:
        await put(plan, parts_of(plan.elements) - {Part.JOURNAL})
    assert invalid.value.fields.keys() == {"hides"}
    assert Element.JOURNAL in (await here.opened_by("Kari")).elements


async def test_a_simple_plan_gets_goals_only_when_the_owner_has_no_other_individual_plan(here: Here) -> None:
    plan = await here.opened_by("Kari")
    had = parts_of(plan.elements)
    await put(plan, had - {Part.GOALS}, hides=True)
    other = await here.hamlet.plan(here.municipality)
    await here.hamlet.participant(other, here.people["Ola"], Role.OWNER)
    with pytest.raises(Invalid) as invalid:
        await put(await here.opened_by("Kari"), had)
    assert invalid.value.fields.keys() == {"parts"}
    theirs = col(PlanSpan.plan_id) == other.id
    await here.session.execute(update(PlanSpan).where(theirs).values(state=PlanState.INACTIVE))
    await put(await here.opened_by("Kari"), had)
    assert Element.GOALS in (await here.opened_by("Kari")).elements


async def test_goals_in_another_kind_of_plan_are_nobodys_business(here: Here) -> None:
    await here.session.execute(update(PlanSpan).values(kind=PlanKind.IOP))
    await here.session.execute(update(Plan).values(elements=[]))
    other = await here.hamlet.plan(here.municipality)
    await here.hamlet.participant(other, here.people["Ola"], Role.OWNER)
    await put(await here.opened_by("Kari"), [Part.GOALS])
    assert Element.GOALS in (await here.opened_by("Kari")).elements


async def test_only_what_one_may_read_is_counted(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    await goals.add(plan, title="Spise godt")
    assert (await administration.written(plan))[Part.GOALS] == 2
    await here.hamlet.grant(here.participants["Kari"], Element.GOALS, goal.id, Level.NONE)
    assert (await administration.written(await here.opened_by("Kari")))[Part.GOALS] == 1


async def test_nothing_is_added_while_somebody_reads_what_they_are_to_sign(here: Here) -> None:
    plan = await here.opened_by("Kari")
    parts = parts_of(plan.elements)
    await put(plan, parts - {Part.EVALUATION}, hides=True)
    span = update(PlanSpan).where(col(PlanSpan.plan_id) == plan.plan_id)
    await here.session.execute(span.values(state=PlanState.AWAITING_SIGNATURES))
    with pytest.raises(Invalid, match="Trekk forespørselen"):
        await put(await here.opened_by("Kari"), parts)
    await put(await here.opened_by("Kari"), parts - {Part.EVALUATION, Part.JOURNAL}, hides=True)
