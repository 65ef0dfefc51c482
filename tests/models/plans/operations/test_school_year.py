"""Turning the school year (F81): what leaves, what goes on, and that nothing is lost or shown to more people."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from models.base import unseal
from models.clock import SteppingClock
from models.notices.rules import Notice
from models.notices.tables import QueuedNotice
from models.plans.operations import activities, comments, goal_pictures, goals, school_year
from models.plans.operations.activities import ActivityContent
from models.plans.operations.school_year import Turn
from models.plans.proof import OpenPlan
from models.plans.queries import goal_pictures as pictures
from models.plans.queries import goals as queries
from models.plans.queries.items import find_goal
from models.plans.rules.school_year import Fate
from models.plans.rules.words import ActivityStatus
from models.plans.tables.goals import Goal
from models.refusals import Conflict, Invalid, Reason
from models.rights import Element, Level
from tests.hamlet import refused
from tests.models.plans.conftest import Here

pytestmark = pytest.mark.feature("F81")
TOMORROW = date(2026, 11, 21)


@dataclass
class School:
    """Three goals: one that stays, one that moves, one that goes on."""

    plan: OpenPlan
    stays: Goal
    moves: Goal
    goes_on: Goal

    def turns(self, title: str = "Norsk 2026/2027") -> list[Turn]:
        fates = {Fate.STAYS: self.stays, Fate.MOVES: self.moves, Fate.GOES_ON: self.goes_on}
        return [Turn(goal, fate, goal.revision, title) for fate, goal in fates.items()]

    async def living(self) -> list[str]:
        return [goal.title for goal in await queries.goals(self.plan)]


@pytest.fixture
async def school(here: Here, clock: SteppingClock) -> School:
    plan = await here.opened_by("Kari")
    stays, moves = await goals.add(plan, title="Si fra"), await goals.add(plan, title="Lange ord")
    text = {"description": "<h3>Lese</h3><p>mer</p>", "life_area": Element.DAYTIME}
    goes_on = await goals.add(plan, title="Norsk 2025/2026", **text)
    await goals.change_progress(plan, goes_on, 1, 70)
    pal = here.participants["Pål"].id
    content = ActivityContent(title="Leseøkter", extent="2 timer", responsible_id=pal, starts_on=TOMORROW)
    reading = await activities.add(plan, goes_on, content)
    await activities.add(plan, goes_on, ActivityContent(title="Ferdig", status=ActivityStatus.DONE))
    await comments.add(plan, reading, "Det går framover")
    clock.move(timedelta(days=200))
    return School(plan, stays, moves, goes_on)


async def copy_of(school: School) -> Goal:
    (read,) = [goal for goal in await queries.goals(school.plan) if goal.title == "Norsk 2026/2027"]
    return await find_goal(school.plan, read.id)


async def test_goals_leave_or_stay_as_chosen(school: School) -> None:
    await school_year.turn(school.plan, school.turns())
    assert await school.living() == ["Si fra", "Norsk 2026/2027"]
    moved = await queries.goals(school.plan, historic=True)
    assert [goal.title for goal in moved] == ["Lange ord", "Norsk 2025/2026"]
    assert [one.title for one in moved[1].activities] == ["Leseøkter", "Ferdig"]
    assert len(await queries.comments(school.plan, school.goes_on.id)) == 1


async def test_a_copy_has_the_words_and_what_is_not_finished_but_no_days_and_no_comments(
    here: Here, school: School
) -> None:
    await school_year.turn(school.plan, school.turns())
    copy = await copy_of(school)
    (read,) = [goal for goal in await queries.goals(school.plan) if goal.id == copy.id]
    assert (read.description, read.life_area, read.progress) == ("<h3>Lese</h3><p>mer</p>", Element.DAYTIME, 0)
    (activity,) = read.activities
    assert (activity.title, activity.extent, activity.starts_on) == ("Leseøkter", "2 timer", None)
    assert activity.responsible_id == here.participants["Pål"].id
    assert await queries.comments(school.plan, copy.id) == []


async def test_what_is_measured_goes_on_but_begins_anew(school: School) -> None:
    for name, value in {"baseline": 1.0, "target": 9.0, "scale_low": 0.0, "scale_high": 10.0}.items():
        setattr(school.goes_on, name, value)
    await school_year.turn(school.plan, school.turns())
    copy = await copy_of(school)
    assert (copy.baseline, copy.target, copy.scale_low, copy.scale_high) == (None, 9.0, 0.0, 10.0)


async def test_the_picture_goes_on(school: School) -> None:
    await goal_pictures.set_picture(school.plan, school.goes_on, b"jpeg")
    await school_year.turn(school.plan, school.turns())
    assert await pictures.picture(school.plan, await copy_of(school)) == b"jpeg"


async def test_nobody_is_responsible_who_has_left(here: Here, school: School) -> None:
    here.participants["Pål"].valid_to = here.hamlet.today
    await school_year.turn(school.plan, school.turns())
    (goal,) = [goal for goal in await queries.goals(school.plan) if goal.title == "Norsk 2026/2027"]
    assert goal.activities[0].responsible_id is None


@pytest.mark.feature("F77")
async def test_who_was_kept_out_of_a_goal_is_kept_out_of_its_copy(here: Here, school: School) -> None:
    await here.hamlet.grant(here.participants["Pål"], Element.GOALS, school.goes_on.id, Level.NONE)
    await school_year.turn(school.plan, school.turns())
    assert [goal.title for goal in await queries.goals(await here.opened_by("Pål"))] == ["Si fra"]


@pytest.mark.feature("F77")
async def test_who_was_let_in_to_one_goal_is_let_in_to_its_copy(here: Here, school: School) -> None:
    alone = here.hamlet
    anne = await alone.person(here.municipality, "Anne")
    none = {element.value: Level.NONE for element in (Element.GOALS, Element.ACTIVITIES)}
    part = await alone.participant(here.plan, anne, school.plan.role.OTHER, **none)
    await alone.grant(part, Element.GOALS, school.goes_on.id, Level.READ)
    await school_year.turn(school.plan, school.turns())
    seen = await queries.goals(await alone.opened(here.plan, "anne"))
    assert [(goal.title, goal.activities) for goal in seen] == [("Norsk 2026/2027", ())]


async def test_it_is_logged_with_counts_and_told_once(here: Here, school: School) -> None:
    before = await here.told()
    await school_year.turn(school.plan, [Turn(goal, Fate.GOES_ON, goal.revision, "Ny") for goal in _all(school)])
    assert await here.events(of="school_year") == [("school_year.turned", {"moved": 3, "copied": 3})]
    assert before == await here.told()
    added = [name for name, _ in await here.events(of="goal.added")]
    assert (len(added), await _notices(here)) == (6, 3 + 1)


def _all(school: School) -> list[Goal]:
    return [school.stays, school.moves, school.goes_on]


async def _notices(here: Here) -> int:
    found = select(QueuedNotice).where(col(QueuedNotice.kind) == Notice.GOAL_ADDED)
    return len((await here.session.scalars(found)).all())


async def test_everything_moved_and_copied_bears_the_same_moment(school: School) -> None:
    at = await school_year.turn(school.plan, school.turns())
    assert [goal.historic_at for goal in _all(school)] == [None, at, at]
    assert (await copy_of(school)).added_at == at


async def test_all_of_it_can_be_taken_back(school: School, clock: SteppingClock) -> None:
    at = await school_year.turn(school.plan, school.turns())
    clock.move(timedelta(hours=1))
    for _ in range(2):
        await school_year.turn_back(school.plan, at)
    assert await school.living() == ["Si fra", "Lange ord", "Norsk 2025/2026"]
    assert await queries.goals(school.plan, historic=True) == []


async def test_a_copy_that_somebody_has_worked_with_is_not_taken_back(school: School, clock: SteppingClock) -> None:
    at = await school_year.turn(school.plan, school.turns())
    clock.move(timedelta(hours=1))
    await comments.add(school.plan, await copy_of(school), "Nå begynner vi")
    await school_year.turn_back(school.plan, at)
    assert "Norsk 2026/2027" in await school.living()


async def test_a_copy_must_be_called_something(school: School) -> None:
    with pytest.raises(Invalid) as wrong:
        await school_year.turn(school.plan, school.turns(" "))
    assert wrong.value.fields == {f"title-{school.goes_on.id}": "Skriv en tittel."}
    assert await school.living() == ["Si fra", "Lange ord", "Norsk 2025/2026"]


async def test_choosing_nothing_does_nothing(here: Here, school: School) -> None:
    with pytest.raises(Invalid):
        await school_year.turn(school.plan, [Turn(school.stays, Fate.STAYS, 1)])
    assert await here.events(of="school_year") == []


async def test_who_saw_older_goals_is_told_before_anything_moves(school: School) -> None:
    turns = school.turns()
    await goals.change_progress(school.plan, school.goes_on, school.goes_on.revision, 80)
    with pytest.raises(Conflict):
        await school_year.turn(school.plan, turns)
    assert school.moves.historic_at is None


async def test_a_goal_that_stays_may_have_changed(school: School) -> None:
    turns = school.turns()
    await goals.change_progress(school.plan, school.stays, school.stays.revision, 80)
    await school_year.turn(school.plan, turns)
    assert school.moves.historic_at is not None


@pytest.mark.parametrize("name", ["Pål", "Gro", "Ola", "Else"])
async def test_only_the_coordinator_may(here: Here, school: School, name: str) -> None:
    plan = await here.opened_by(name)
    assert await refused(school_year.turn(plan, school.turns())) is Reason.COORDINATOR_ONLY
    assert await refused(school_year.turn_back(plan, here.session.clock.now())) is Reason.COORDINATOR_ONLY


async def test_a_goal_in_history_is_not_turned_once_more(school: School) -> None:
    await school_year.turn(school.plan, school.turns())
    again = [Turn(school.moves, Fate.GOES_ON, school.moves.revision, "Igjen")]
    assert await refused(school_year.turn(school.plan, again)) is Reason.IN_HISTORY


async def test_the_copys_texts_are_sealed_for_the_copy(school: School) -> None:
    await school_year.turn(school.plan, school.turns())
    copy = await copy_of(school)
    assert unseal(school.plan.vault, copy, "title") == "Norsk 2026/2027"
    assert copy.description != school.goes_on.description
