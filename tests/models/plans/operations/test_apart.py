"""Keeping two people apart (N15): who may, what it leaves behind, and that it is taken back whole."""

import pytest
from sqlmodel import select, update

from models.people.tables import KeptApart
from models.plans.operations import apart
from models.plans.proof import OpenPlan
from models.plans.queries.apart import pairs, persons
from models.plans.queries.people import Somebody, people
from models.plans.rules.apart import problem
from models.plans.rules.words import PlanState
from models.plans.tables.plan import PlanSpan
from models.refusals import Invalid, Reason
from models.rights import Role
from tests.hamlet import refused
from tests.models.plans.conftest import Here

pytestmark = pytest.mark.feature("N15")


async def somebody(plan: OpenPlan, name: str) -> Somebody:
    return next(one for one in await persons(plan) if one.name == f"{name} Hansen")


async def keep_apart(here: Here, first: str = "Pål", second: str = "Gro") -> KeptApart:
    plan = await here.opened_by("Kari")
    return await apart.keep_apart(plan, await somebody(plan, first), await somebody(plan, second))


async def test_it_is_logged_by_ids_and_nobody_is_told(here: Here) -> None:
    made = await keep_apart(here)
    ids = {"first": str(made.first_id), "second": str(made.second_id)}
    assert {made.first_id, made.second_id} == {here.people["Pål"].id, here.people["Gro"].id}
    assert await here.events(of="kept_apart") == [("kept_apart.begun", ids)]
    assert await here.told() == set()
    assert (made.made_by, made.made_at) == (here.people["Kari"].account_id, here.session.clock.now())


async def test_it_is_ended_both_ways_round(here: Here) -> None:
    """Two coordinators of two plans may have said it at once."""
    made = await keep_apart(here)
    again = await here.hamlet.put(
        KeptApart(
            municipality_id=made.municipality_id,
            first_id=made.second_id,
            second_id=made.first_id,
            made_at=made.made_at,
            made_by=made.made_by,
        )
    )
    plan = await here.opened_by("Kari")
    pair = next(one for one in await pairs(plan) if one.row.id == made.id)
    await apart.end(plan, pair)
    ended = list(await here.session.scalars(select(KeptApart.ended_at)))
    assert ended == [here.session.clock.now()] * 2, again
    assert await pairs(await here.opened_by("Kari")) == []
    assert [event for event, _ in await here.events(of="kept_apart")] == ["kept_apart.begun", "kept_apart.ended"]


async def test_an_owner_may_be_one_of_them(here: Here) -> None:
    await keep_apart(here, "Ola", "Else")
    assert "Ola Hansen" not in {one.name for one in await people(await here.opened_by("Else"))}
    assert "Else Hansen" not in {one.name for one in await people(await here.opened_by("Ola"))}


@pytest.mark.parametrize("name", ["Pål", "Gro", "Ola", "Else"])
async def test_only_who_administers_the_participants_may(here: Here, name: str) -> None:
    plan = await here.opened_by("Kari")
    first, second = await somebody(plan, "Pål"), await somebody(plan, "Gro")
    await keep_apart(here)
    (pair,) = await pairs(plan)
    other = await here.opened_by(name)
    assert await refused(apart.keep_apart(other, first, second)) is Reason.LEVEL_TOO_LOW
    assert await refused(apart.end(other, pair)) is Reason.LEVEL_TOO_LOW
    assert await refused(pairs(other)) is Reason.LEVEL_TOO_LOW


async def test_also_in_a_plan_that_is_ended(here: Here) -> None:
    await here.session.execute(update(PlanSpan).values(state=PlanState.INACTIVE))
    assert await keep_apart(here)


async def test_a_unit_is_nobody_to_be_kept_apart(here: Here) -> None:
    unit = await here.hamlet.unit(here.municipality, "Legekontoret")
    await here.hamlet.participant(here.plan, unit, Role.PROVIDER)
    plan = await here.opened_by("Kari")
    office = next(one for one in await people(plan) if one.name == "Legekontoret")
    with pytest.raises(Invalid) as invalid:
        await apart.keep_apart(plan, await somebody(plan, "Gro"), office)
    assert list(invalid.value.fields) == ["second_id"]


async def test_the_rules_of_who_can_be_chosen(here: Here) -> None:
    kari, paal, gro = (here.people[name].id for name in ("Kari", "Pål", "Gro"))
    assert problem(paal, gro, (), {kari}) == {}
    assert list(problem(paal, paal, (), {kari})) == ["second_id"]
    assert list(problem(kari, gro, (), {kari})) == ["first_id"]
    assert list(problem(gro, kari, (), {kari})) == ["second_id"]
    assert list(problem(paal, gro, [frozenset({gro, paal})], {kari})) == ["second_id"]
