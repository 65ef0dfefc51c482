"""«Ble ikke gjort»: who may say so, who is told, and how it is taken back or answered."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.base import unseal
from models.notices.rules import Notice
from models.notices.tables import QueuedNotice
from models.plans.operations import activities, goals, promises
from models.plans.operations.activities import ActivityContent
from models.plans.operations.drafts import keep_draft
from models.plans.queries.goals import comments
from models.plans.queries.promises import promises as read
from models.plans.queries.promises import promises_of
from models.plans.rules.words import ActivityStatus, PlanState
from models.plans.tables.goals import Activity, Goal
from models.refusals import Conflict, Invalid, Reason
from models.rights import Element, Level, Role
from tests.hamlet import refused
from tests.models.plans.conftest import Here

pytestmark = pytest.mark.feature("N8")


async def promised(here: Here, title: str = "Støttekontakt", days: int = -1, **content: Any) -> tuple[Goal, Activity]:
    plan = await here.opened_by("Kari")
    goal = await goals.add(plan, title="Være ute")
    due = here.hamlet.today + timedelta(days=days)
    return goal, await activities.add(plan, goal, ActivityContent(title=title, due_on=due, **content))


async def notice_of_miss(here: Here) -> UUID:
    await here.session.flush()
    found = select(QueuedNotice.id).where(col(QueuedNotice.kind) == Notice.ACTIVITY_MISSED)
    return (await here.session.scalars(found)).one()


@pytest.mark.parametrize(
    ("name", "may"), [("Ola", True), ("Gro", True), ("Kari", False), ("Pål", False), ("Else", False)]
)
async def test_only_the_owner_and_guardians_say_that_it_was_not_done(here: Here, name: str, may: bool) -> None:
    _, activity = await promised(here)
    plan = await here.opened_by(name)
    marking = promises.mark_missed(plan, activity, 1, " Ingen kom. ")
    if not may:
        assert await refused(marking) is Reason.LEVEL_TOO_LOW
        return
    await marking
    assert (activity.missed_at, activity.missed_by) == (here.session.clock.now(), here.participants[name].id)
    assert unseal(plan.vault, activity, "missed_note") == "Ingen kom."
    assert (await here.events(of="activity"))[-1] == ("activity.missed", {})
    assert [revision.number for revision in await here.revisions(activity.id)] == [1, 2]


async def test_the_coordinator_and_the_responsible_are_told_and_nobody_else(here: Here) -> None:
    _, activity = await promised(here, responsible_id=here.participants["Pål"].id)
    await promises.mark_missed(await here.opened_by("Ola"), activity, 1)
    assert await here.told(by=await notice_of_miss(here)) == {"Kari", "Pål"}


@pytest.mark.feature("F77")
async def test_a_responsible_who_may_not_see_the_activity_is_not_told(here: Here) -> None:
    _, activity = await promised(here, responsible_id=here.participants["Pål"].id)
    await here.hamlet.grant(here.participants["Pål"], Element.ACTIVITIES, activity.id, Level.NONE)
    await promises.mark_missed(await here.opened_by("Ola"), activity, 1)
    assert await here.told(by=await notice_of_miss(here)) == {"Kari"}


@pytest.mark.feature("F77")
async def test_a_guardian_who_may_not_see_it_says_nothing_of_it(here: Here) -> None:
    goal, activity = await promised(here)
    await here.hamlet.grant(here.participants["Gro"], Element.GOALS, goal.id, Level.NONE)
    assert await refused(promises.mark_missed(await here.opened_by("Gro"), activity, 1)) is Reason.LEVEL_TOO_LOW


async def test_said_twice_by_the_same_it_is_said_once(here: Here) -> None:
    _, activity = await promised(here)
    plan = await here.opened_by("Ola")
    for _ in range(2):
        await promises.mark_missed(plan, activity, 1, "Ingen kom.")
    assert activity.revision == 2
    assert await notice_of_miss(here)


async def test_said_by_two_at_once_the_second_sees_what_the_first_said(here: Here) -> None:
    _, activity = await promised(here)
    await promises.mark_missed(await here.opened_by("Ola"), activity, 1, "Ingen kom.")
    gro = await here.opened_by("Gro")
    for seen in (1, 2):
        with pytest.raises(Conflict):
            await promises.mark_missed(gro, activity, seen, "Det kom ingen")
    assert activity.missed_by == here.participants["Ola"].id
    assert unseal(gro.vault, activity, "missed_note") == "Ingen kom."


@pytest.mark.parametrize(("status", "days"), [(ActivityStatus.DONE, 1), (ActivityStatus.CANCELLED, -1)])
async def test_what_is_done_in_time_or_called_off_is_not_missed(here: Here, status: ActivityStatus, days: int) -> None:
    _, activity = await promised(here, days=days)
    activity.status = status
    with pytest.raises(Invalid):
        await promises.mark_missed(await here.opened_by("Ola"), activity, 1)


async def test_what_is_said_to_be_done_may_be_disputed_after_its_deadline(here: Here) -> None:
    _, activity = await promised(here, status=ActivityStatus.DONE)
    await promises.mark_missed(await here.opened_by("Ola"), activity, 1)
    assert [one.id for one in await read(await here.opened_by("Ola"))] == [activity.id]


@pytest.mark.feature("F74")
async def test_nothing_is_said_of_what_lies_in_history(here: Here) -> None:
    goal, activity = await promised(here)
    goal.historic_at = here.session.clock.now()
    assert await refused(promises.mark_missed(await here.opened_by("Ola"), activity, 1)) is Reason.IN_HISTORY


async def test_nothing_is_said_in_an_ended_plan(here: Here) -> None:
    plan = await here.hamlet.plan(here.municipality, state=PlanState.INACTIVE)
    await here.hamlet.participant(plan, here.people["Ola"], Role.OWNER)
    row = {"municipality_id": plan.municipality_id, "plan_id": plan.id, "added_at": here.session.clock.now()}
    goal = await here.hamlet.put(Goal(**row))
    activity = await here.hamlet.put(Activity(**row, goal_id=goal.id))
    opened = await here.hamlet.opened(plan, "ola")
    assert await refused(promises.mark_missed(opened, activity, 0)) is Reason.PLAN_IS_INACTIVE


async def test_the_mark_stays_when_the_activity_is_changed(here: Here) -> None:
    _, activity = await promised(here)
    await promises.mark_missed(await here.opened_by("Ola"), activity, 1)
    due = here.hamlet.today + timedelta(days=30)
    await activities.change(
        await here.opened_by("Kari"), activity, 2, ActivityContent(title="Støttekontakt", due_on=due)
    )
    assert activity.missed_at is not None


@pytest.mark.parametrize(
    ("by", "back", "may"), [("Ola", "Ola", True), ("Gro", "Gro", True), ("Gro", "Ola", True), ("Ola", "Gro", False)]
)
async def test_whoever_said_it_takes_it_back_and_so_may_the_owner(here: Here, by: str, back: str, may: bool) -> None:
    _, activity = await promised(here)
    await promises.mark_missed(await here.opened_by(by), activity, 1, "Ingen kom.")
    taking = promises.take_back(await here.opened_by(back), activity, 2)
    if not may:
        assert await refused(taking) is Reason.NOT_YOURS
        return
    await taking
    assert (activity.missed_at, activity.missed_by, activity.missed_note) == (None, None, None)
    fields = ["missed_at", "missed_by", "missed_note"]
    assert (await here.events(of="activity"))[-1] == ("activity.changed", {"fields": fields})


async def test_taking_back_what_is_not_there_or_was_changed_is_a_conflict(here: Here) -> None:
    _, activity = await promised(here)
    ola = await here.opened_by("Ola")
    with pytest.raises(Conflict):
        await promises.take_back(ola, activity, 1)
    await promises.mark_missed(ola, activity, 1)
    with pytest.raises(Conflict):
        await promises.take_back(ola, activity, 1)


async def test_the_coordinator_answers_in_words_that_stay(here: Here) -> None:
    goal, activity = await promised(here)
    await promises.mark_missed(await here.opened_by("Ola"), activity, 1, "Ingen kom.")
    kari = await here.opened_by("Kari")
    await promises.answer(kari, activity, 2, "Beklager. Ny støttekontakt begynner mandag.")
    [said] = await comments(kari, goal.id)
    assert (said.activity_id, said.text) == (activity.id, "Beklager. Ny støttekontakt begynner mandag.")
    assert activity.missed_at is None
    assert len(await here.revisions(activity.id)) == 3


async def test_an_answer_without_words_takes_nothing_away(here: Here) -> None:
    _, activity = await promised(here)
    await promises.mark_missed(await here.opened_by("Ola"), activity, 1)
    with pytest.raises(Invalid):
        await promises.answer(await here.opened_by("Kari"), activity, 2, "  ")
    assert activity.missed_at is not None


@pytest.mark.parametrize("name", ["Ola", "Gro", "Pål", "Else"])
async def test_only_the_coordinator_answers(here: Here, name: str) -> None:
    _, activity = await promised(here)
    await promises.mark_missed(await here.opened_by("Ola"), activity, 1)
    answering = promises.answer(await here.opened_by(name), activity, 2, "Det er i orden.")
    assert await refused(answering) is Reason.COORDINATOR_ONLY


async def test_promises_come_by_deadline_without_what_is_finished_deleted_or_historic(here: Here) -> None:
    _, late = await promised(here, "Sent", -3)
    _, soon = await promised(here, "Snart", 3)
    await promised(here, "Gjort", -3, status=ActivityStatus.DONE)
    _, binned = await promised(here, "Slettet", -3)
    old, _ = await promised(here, "Gammelt", -3)
    gone, _ = await promised(here, "Borte", -3)
    kari = await here.opened_by("Kari")
    await activities.add(kari, old, ActivityContent(title="Uten frist"))
    await activities.delete(kari, binned)
    await goals.delete(kari, gone)
    old.historic_at = here.session.clock.now()
    found = await read(kari)
    assert [one.id for one in found] == [late.id, soon.id]
    assert [one.is_overdue(kari.today) for one in found] == [True, False]
    assert (await read(await here.opened_by("Ola")))[0].goal_title == "Være ute"


@pytest.mark.feature("F77")
async def test_no_promise_is_shown_to_who_may_not_read_it_or_its_goal(here: Here) -> None:
    goal, first = await promised(here, "Skjult i seg selv")
    _, second = await promised(here, "Under et skjult mål")
    gro = here.participants["Gro"]
    await here.hamlet.grant(gro, Element.ACTIVITIES, first.id, Level.NONE)
    await here.hamlet.grant(gro, Element.GOALS, second.goal_id, Level.NONE)
    plan = await here.opened_by("Gro")
    assert await read(plan) == []
    assert await promises_of(plan, goal.id) == {}


@pytest.mark.feature("F26")
@pytest.mark.parametrize(
    ("name", "places"), [("Kari", {"missed/answer"}), ("Ola", {"missed", "missed/back"}), ("Pål", set())]
)
async def test_a_draft_is_kept_only_for_who_may_save_the_form(here: Here, name: str, places: set[str]) -> None:
    goal, activity = await promised(here)
    plan = await here.opened_by(name)
    for place in ("missed", "missed/back", "missed/answer"):
        keeping = keep_draft(
            plan, f"/goals/{goal.id}/activities/{activity.id}/{place}", {"missed_note": "a", "text": "a"}
        )
        if place in places:
            assert await keeping
        else:
            assert await refused(keeping) in (Reason.LEVEL_TOO_LOW, Reason.COORDINATOR_ONLY)
