"""What is measured on the way to a goal, by whom, and the owner's own check-in."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from models.base import unseal
from models.plans.operations import goals, measurements
from models.plans.operations.drafts import keep_draft
from models.plans.operations.measurements import Measure, Point
from models.plans.queries.measurements import find_measurement
from models.plans.queries.measurements import measurements as read
from models.plans.rules.words import MeasureKind, PlanState
from models.plans.tables.goals import Goal, Measurement
from models.refusals import Conflict, Invalid, NotFound, Reason
from models.rights import Element, Level, Role
from tests.hamlet import refused
from tests.models.plans.conftest import Here

pytestmark = pytest.mark.feature("N24")
SLEEP = Measure("Netter med god søvn", baseline=2, target=6, scale_low=0, scale_high=7)


async def measured_goal(here: Here, wanted: Measure = SLEEP) -> Goal:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    await measurements.set_measure(plan, goal, goal.revision, wanted)
    return goal


def today(here: Here) -> date:
    return here.hamlet.today


async def test_what_is_measured_is_kept_with_the_goal(here: Here) -> None:
    goal = await measured_goal(here)
    plan = await here.opened_by("Kari")
    assert unseal(plan.vault, goal, "measure") == SLEEP.measure
    assert (goal.baseline, goal.target, goal.scale_low, goal.scale_high) == (2, 6, 0, 7)
    fields = ["measure", "baseline", "target", "scale_low", "scale_high"]
    assert (await here.events(of="goal"))[-1] == ("goal.changed", {"fields": fields})


async def test_it_can_be_taken_away_again_and_the_measurements_stay(here: Here) -> None:
    goal = await measured_goal(here)
    plan = await here.opened_by("Kari")
    await measurements.add(plan, goal, Point(today(here), 3))
    await measurements.set_measure(plan, goal, goal.revision, Measure())
    assert (goal.measure, goal.target) == (None, None)
    assert [one.value for one in await read(plan, goal.id)] == [3]


async def test_nothing_is_measured_before_it_is_said_what(here: Here) -> None:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Sove godt")
    with pytest.raises(Invalid):
        await measurements.add(plan, goal, Point(today(here), 3))


async def test_a_stale_measure_is_a_conflict_and_whoever_measures_takes_part(here: Here) -> None:
    goal = await measured_goal(here)
    plan = await here.opened_by("Kari")
    with pytest.raises(Conflict):
        await measurements.set_measure(plan, goal, 1, Measure("Noe annet"))
    with pytest.raises(Invalid) as invalid:
        await measurements.set_measure(plan, goal, goal.revision, Measure("Søvn", measured_by_id=uuid4()))
    assert invalid.value.fields.keys() == {"measured_by_id"}


@pytest.mark.parametrize(
    ("name", "may"), [("Kari", True), ("Pål", True), ("Gro", False), ("Ola", False), ("Else", False)]
)
async def test_only_who_may_change_the_goal_says_what_is_measured_and_measures(
    here: Here, name: str, may: bool
) -> None:
    goal = await measured_goal(here)
    plan = await here.opened_by(name)
    deeds: list[Any] = [
        lambda: measurements.set_measure(plan, goal, goal.revision, Measure("Noe")),
        lambda: measurements.add(plan, goal, Point(today(here), 3)),
    ]
    for deed in deeds:
        if may:
            await deed()
        else:
            assert await refused(deed()) is Reason.LEVEL_TOO_LOW


async def test_whoever_is_named_measures_though_they_may_only_read(here: Here) -> None:
    goal = await measured_goal(here, Measure("Søvn", measured_by_id=here.participants["Gro"].id))
    plan = await here.opened_by("Gro")
    made = await measurements.add(plan, goal, Point(today(here), 3, " Sov til sju. "))
    assert unseal(plan.vault, made, "note") == "Sov til sju."
    assert (made.participant_id, made.kind) == (here.participants["Gro"].id, MeasureKind.MEASURED)
    assert await here.events(of="measurement") == [("measurement.added", {})]
    assert [revision.element for revision in await here.revisions(made.id)] == [Element.GOALS]
    assert await refused(measurements.set_measure(plan, goal, goal.revision, SLEEP)) is Reason.LEVEL_TOO_LOW


@pytest.mark.feature("F77")
async def test_whoever_is_named_does_not_measure_a_goal_they_may_not_read(here: Here) -> None:
    gro = here.participants["Gro"]
    goal = await measured_goal(here, Measure("Søvn", measured_by_id=gro.id))
    await here.hamlet.grant(gro, Element.GOALS, goal.id, Level.NONE)
    plan = await here.opened_by("Gro")
    for deed in (measurements.add(plan, goal, Point(today(here), 3)), measurements.check_in(plan, goal, 3)):
        assert await refused(deed) is Reason.LEVEL_TOO_LOW
    assert await read(plan, goal.id) == []


async def test_whoever_is_named_in_an_ended_plan_measures_no_more(here: Here) -> None:
    plan = await here.hamlet.plan(here.municipality, state=PlanState.INACTIVE)
    gro = await here.hamlet.participant(plan, here.people["Gro"], Role.GUARDIAN)
    row = {"municipality_id": plan.municipality_id, "plan_id": plan.id, "added_at": here.session.clock.now()}
    goal = await here.hamlet.put(Goal(**row, measured_by_id=gro.id))
    opened = await here.hamlet.opened(plan, "gro")
    for deed in (measurements.add(opened, goal, Point(today(here), 3)), measurements.check_in(opened, goal, 3)):
        assert await refused(deed) is Reason.PLAN_IS_INACTIVE


@pytest.mark.parametrize(
    ("point", "field"),
    [(Point(date(2030, 1, 1), 3), "day"), (Point(date(2026, 1, 1), 8), "value")],
)
async def test_what_breaks_a_rule_is_not_measured(here: Here, point: Point, field: str) -> None:
    goal = await measured_goal(here)
    plan = await here.opened_by("Kari")
    made = await measurements.add(plan, goal, Point(today(here), 3))
    for deed in (measurements.add(plan, goal, point), measurements.change(plan, made, 1, point)):
        with pytest.raises(Invalid) as invalid:
            await deed
        assert invalid.value.fields.keys() == {field}


@pytest.mark.feature("F73")
async def test_only_its_author_changes_a_measurement(here: Here) -> None:
    goal = await measured_goal(here)
    made = await measurements.add(await here.opened_by("Pål"), goal, Point(today(here), 3))
    point = Point(today(here) - timedelta(days=1), 4, "Målt om kvelden")
    for name in ("Kari", "Gro", "Ola"):
        assert await refused(measurements.change(await here.opened_by(name), made, 1, point)) is Reason.NOT_YOURS
    await measurements.change(await here.opened_by("Pål"), made, 1, point)
    assert (made.day, made.value, made.revision) == (point.day, 4, 2)
    with pytest.raises(Conflict):
        await measurements.change(await here.opened_by("Pål"), made, 1, Point(today(here), 5))


async def test_its_author_deletes_it_and_so_does_who_may_delete_the_goal(here: Here) -> None:
    goal = await measured_goal(here)
    for name, may in (("Gro", False), ("Ola", False), ("Pål", True), ("Kari", True)):
        made = await measurements.add(await here.opened_by("Pål"), goal, Point(today(here), 3))
        plan = await here.opened_by(name)
        if may:
            await measurements.delete(plan, made)
            assert [one.id for one in await read(plan, goal.id)].count(made.id) == 0
        else:
            assert await refused(measurements.delete(plan, made)) is Reason.NOT_YOURS


@pytest.mark.parametrize(
    ("name", "may"), [("Kari", False), ("Pål", False), ("Gro", True), ("Ola", True), ("Else", False)]
)
async def test_only_the_owner_and_a_guardian_say_how_it_goes(here: Here, name: str, may: bool) -> None:
    goal = await measured_goal(here)
    plan = await here.opened_by(name)
    if not may:
        assert await refused(measurements.check_in(plan, goal, 4)) is Reason.LEVEL_TOO_LOW
        return
    made = await measurements.check_in(plan, goal, 4)
    assert (made.kind, made.day, made.value) == (MeasureKind.CHECK_IN, today(here), 4)
    assert made.participant_id == here.participants[name].id


async def test_one_answer_a_day_from_each_and_the_last_one_counts(here: Here) -> None:
    goal = await measured_goal(here)
    ola, gro = await here.opened_by("Ola"), await here.opened_by("Gro")
    first = await measurements.check_in(ola, goal, 2, "Sov dårlig")
    again = await measurements.check_in(ola, goal, 4)
    await measurements.check_in(gro, goal, 3)
    assert again is first
    assert unseal(ola.vault, first, "note") == "Sov dårlig"
    assert {(one.value, one.note) for one in await read(ola, goal.id)} == {(4, "Sov dårlig"), (3, "")}
    await measurements.check_in(ola, goal, 4)
    assert first.revision == 2


async def test_an_answer_that_was_deleted_is_not_answered_into(here: Here) -> None:
    goal = await measured_goal(here)
    ola = await here.opened_by("Ola")
    first = await measurements.check_in(ola, goal, 2)
    await measurements.delete(ola, first)
    assert await measurements.check_in(ola, goal, 4) is not first


async def test_the_day_of_an_answer_stays(here: Here) -> None:
    goal = await measured_goal(here)
    ola = await here.opened_by("Ola")
    made = await measurements.check_in(ola, goal, 2)
    await measurements.change(ola, made, 1, Point(date(2020, 1, 1), 5, "Bedre"))
    assert (made.day, made.value) == (today(here), 5)
    with pytest.raises(Invalid):
        await measurements.change(ola, made, 2, Point(today(here), 2.5))


@pytest.mark.feature("F74")
async def test_nothing_is_measured_under_a_goal_in_history(here: Here) -> None:
    goal = await measured_goal(here)
    made = await measurements.add(await here.opened_by("Kari"), goal, Point(today(here), 3))
    goal.historic_at = here.session.clock.now()
    kari, ola = await here.opened_by("Kari"), await here.opened_by("Ola")
    for deed in (
        measurements.set_measure(kari, goal, goal.revision, Measure("Noe annet")),
        measurements.add(kari, goal, Point(today(here), 3)),
        measurements.change(kari, made, 1, Point(today(here), 4)),
        measurements.delete(kari, made),
        measurements.check_in(ola, goal, 3),
    ):
        assert await refused(deed) is Reason.IN_HISTORY


async def test_a_measurement_is_found_only_under_its_own_goal(here: Here) -> None:
    goal, other = await measured_goal(here), await measured_goal(here)
    plan = await here.opened_by("Kari")
    made = await measurements.add(plan, goal, Point(today(here), 3))
    assert (await find_measurement(plan, goal, made.id)) is made
    for where, which in ((other, made.id), (goal, uuid4())):
        with pytest.raises(NotFound):
            await find_measurement(plan, where, which)


async def test_a_measurement_is_not_found_from_another_plan(here: Here) -> None:
    goal = await measured_goal(here)
    made = await measurements.add(await here.opened_by("Kari"), goal, Point(today(here), 3))
    elsewhere = await here.hamlet.plan(here.municipality)
    await here.hamlet.participant(elsewhere, here.people["Kari"], Role.COORDINATOR)
    plan = await here.hamlet.opened(elsewhere, "kari")
    with pytest.raises(NotFound):
        await find_measurement(plan, goal, made.id)
    assert await read(plan, goal.id) == []


@pytest.mark.feature("F26")
@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("Kari", {"measure", "measurements/new"}),
        ("Pål", {"measure", "measurements/new", "measurements/{id}/change"}),
        ("Gro", {"check-in"}),
        ("Else", set()),
    ],
)
async def test_a_draft_is_kept_only_for_who_may_save_the_form(here: Here, name: str, places: set[str]) -> None:
    goal = await measured_goal(here)
    made: Measurement = await measurements.add(await here.opened_by("Pål"), goal, Point(today(here), 3))
    plan = await here.opened_by(name)
    for place in ("measure", "measurements/new", "measurements/{id}/change", "check-in"):
        address = f"/goals/{goal.id}/{place.format(id=made.id)}"
        keeping = keep_draft(plan, address, {"note": "Noe", "measure": "Noe"})
        if place in places:
            assert await keeping
        else:
            assert await refused(keeping) in (Reason.LEVEL_TOO_LOW, Reason.NOT_YOURS)
