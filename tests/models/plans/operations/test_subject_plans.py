"""What may be done to the lines about other plans, and what each deed leaves behind."""

from collections.abc import Awaitable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlmodel import col, update

from models.base import unseal
from models.plans.operations import subject_plans
from models.plans.operations.subject_plans import SubjectPlanContent
from models.plans.queries import subject_plans as queries
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Grant
from models.plans.tables.plan import PlanSpan
from models.refusals import Conflict, Invalid, Reason, Refused
from models.rights import Element, Level, Role
from tests.hamlet import refused
from tests.models.plans.conftest import Here

LINES = Element.SUBJECT_PLANS
TRAINING = SubjectPlanContent(title="Treningsplan")


async def let(here: Here, name: str, level: Level) -> None:
    mine = col(Grant.participant_id) == here.participants[name].id, col(Grant.element) == LINES
    await here.session.execute(update(Grant).where(*mine, col(Grant.item_id).is_(None)).values(level=level))


async def goes(doing: Awaitable[Any]) -> bool:
    try:
        await doing
    except Refused as refusal:
        return refusal.reason is not Reason.LEVEL_TOO_LOW
    return True


@pytest.mark.feature("F88")
@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("is_single", [False, True])
async def test_each_level_opens_what_it_says(here: Here, level: Level, is_single: bool) -> None:
    line = await subject_plans.add(await here.opened_by("Kari"), TRAINING)
    await let(here, "Else", Level.NONE if is_single else level)
    if is_single:
        await here.hamlet.grant(here.participants["Else"], LINES, line.id, level)
    plan = await here.opened_by("Else")
    reads = [one.id for one in await queries.subject_plans(plan)] == [line.id]
    adds = await goes(subject_plans.add(plan, SubjectPlanContent(title="Kostplan")))
    changes = await goes(subject_plans.change(plan, line, 1, SubjectPlanContent(title="Ny treningsplan")))
    deletes = await goes(subject_plans.delete(plan, line, line.revision))
    assert (reads, changes, deletes) == (level >= Level.READ, level >= Level.CHANGE, level >= Level.DELETE)
    assert adds == (level >= Level.NEW and not is_single)


@pytest.mark.feature("F86")
async def test_adding_seals_what_is_written_and_leaves_a_trace(here: Here) -> None:
    plan, contact = await here.opened_by("Kari"), "Mona Lie, ergoterapeut"
    content = SubjectPlanContent(title=" Kostplan ", established_on=date(2025, 3, 1), contact=contact, note="Kort.")
    line = await subject_plans.add(plan, content, new_id := uuid4())
    assert line.id == new_id
    assert [unseal(plan.vault, line, column) for column in ("title", "contact", "note")] == [
        *("Kostplan", contact, "Kort.")
    ]
    assert b"Mona" not in (line.contact or b"")
    [revision] = await here.revisions(line.id)
    assert (revision.number, revision.element) == (1, LINES)
    assert await here.events(of="subject_plan") == [("subject_plan.added", {})]


async def test_a_change_is_logged_by_its_fields_and_a_stale_one_refused(here: Here) -> None:
    plan = await here.opened_by("Kari")
    line = await subject_plans.add(plan, TRAINING)
    await subject_plans.change(plan, line, 1, TRAINING)
    assert line.revision == 1
    await subject_plans.change(plan, line, 1, SubjectPlanContent(title="Treningsplan", may_contact=True))
    assert (await here.events(of="subject_plan"))[1] == ("subject_plan.changed", {"fields": ["may_contact"]})
    with pytest.raises(Conflict):
        await subject_plans.change(plan, line, 1, TRAINING)
    with pytest.raises(Conflict):
        await subject_plans.delete(plan, line, 1)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "a" * 201}, "title"),
        ({"contact": "a" * 501}, "contact"),
        ({"note": "a" * 20_001}, "note"),
        ({"established_on": date(1899, 12, 31)}, "established_on"),
        ({"established_on": date(9999, 12, 31)}, "established_on"),
    ],
)
async def test_what_cannot_be_is_told_beside_its_field(here: Here, values: dict[str, Any], field: str) -> None:
    plan = await here.opened_by("Kari")
    with pytest.raises(Invalid) as told:
        await subject_plans.add(plan, SubjectPlanContent(**{"title": "Treningsplan"} | values))
    assert list(told.value.fields) == [field]


@pytest.mark.feature("F86")
async def test_a_plan_was_made_today_at_the_latest(here: Here) -> None:
    plan = await here.opened_by("Kari")
    await subject_plans.add(plan, SubjectPlanContent(title="Treningsplan", established_on=plan.today))
    tomorrow = plan.today + timedelta(days=1)
    with pytest.raises(Invalid, match="framtiden"):
        await subject_plans.add(plan, SubjectPlanContent(title="Treningsplan", established_on=tomorrow))


async def test_the_contact_takes_part_in_this_plan_or_is_outside_it_and_not_both(here: Here) -> None:
    plan, hamlet = await here.opened_by("Kari"), here.hamlet
    mine = here.participants["Pål"].id
    other = await hamlet.plan(here.municipality)
    theirs = await hamlet.participant(other, here.people["Else"], Role.PROVIDER)
    line = await subject_plans.add(plan, SubjectPlanContent(title="Treningsplan", contact_id=mine))
    assert line.contact_id == mine
    for contact_id in (theirs.id, uuid4()):
        with pytest.raises(Invalid) as told:
            await subject_plans.add(plan, SubjectPlanContent(title="Nei", contact_id=contact_id))
        assert list(told.value.fields) == ["contact_id"]
    with pytest.raises(Invalid) as both:
        await subject_plans.add(plan, SubjectPlanContent(title="Nei", contact_id=mine, contact="Mona Lie"))
    assert list(both.value.fields) == ["contact"]


@pytest.mark.feature("F87")
@pytest.mark.parametrize(("level", "agreed"), [(Level.READ, True), (Level.CHANGE, True), (Level.CHANGE, False)])
async def test_a_contact_outside_is_known_to_all_when_agreed_and_else_to_who_may_change(
    here: Here, level: Level, agreed: bool
) -> None:
    content = SubjectPlanContent(title="Kostplan", contact="Mona Lie", may_contact=agreed)
    await subject_plans.add(await here.opened_by("Kari"), content)
    await let(here, "Else", level)
    [line] = await queries.subject_plans(await here.opened_by("Else"))
    assert (line.contact, line.has_outside_contact) == ("Mona Lie", True)


@pytest.mark.feature("F87")
async def test_a_contact_outside_is_not_read_by_those_it_was_not_agreed_for(here: Here) -> None:
    content = SubjectPlanContent(title="Kostplan", contact="Mona Lie")
    line = await subject_plans.add(await here.opened_by("Kari"), content)
    await let(here, "Else", Level.READ)
    for name in ("Else", "Gro"):
        [read] = await queries.subject_plans(await here.opened_by(name))
        assert (read.contact, read.has_outside_contact) == ("", True)
    [read] = await queries.subject_plans(await here.opened_by("Ola"))
    assert read.contact == "Mona Lie"
    await here.hamlet.grant(here.participants["Else"], LINES, line.id, Level.CHANGE)
    [read] = await queries.subject_plans(await here.opened_by("Else"))
    assert read.contact == "Mona Lie"


async def test_the_list_is_sorted_as_norwegians_sort(here: Here) -> None:
    plan = await here.opened_by("Kari")
    for title in ("Årsplan", "økonomisk plan", "Ætt", "behandlingsplan", "Zumbaplan", "Aktivitetsplan"):
        await subject_plans.add(plan, SubjectPlanContent(title=title))
    assert [one.title for one in await queries.subject_plans(plan)] == [
        *("Aktivitetsplan", "behandlingsplan", "Zumbaplan", "Ætt", "økonomisk plan", "Årsplan")
    ]


async def test_nothing_is_written_in_an_ended_plan_and_all_of_it_is_read(here: Here) -> None:
    content = SubjectPlanContent(title="Kostplan", contact="Mona Lie")
    line = await subject_plans.add(await here.opened_by("Kari"), content)
    await here.session.execute(update(PlanSpan).values(state=PlanState.INACTIVE))
    plan = await here.opened_by("Kari")
    assert await refused(subject_plans.add(plan, TRAINING)) is Reason.PLAN_IS_INACTIVE
    assert await refused(subject_plans.change(plan, line, 1, TRAINING)) is Reason.PLAN_IS_INACTIVE
    assert await refused(subject_plans.delete(plan, line, 1)) is Reason.PLAN_IS_INACTIVE
    [read] = await queries.subject_plans(plan)
    assert read.contact == "Mona Lie"
