"""What may be done to the life areas, each under its own right, and what each deed leaves behind."""

from collections.abc import Awaitable
from uuid import uuid4

import pytest
from sqlmodel import col, select, update

from models.base import unseal
from models.plans.operations import bin as recycle_bin
from models.plans.operations import life_areas
from models.plans.proof import OpenPlan
from models.plans.queries import life_areas as queries
from models.plans.rules.words import PlanState
from models.plans.tables.life import LifeArea
from models.plans.tables.participants import Grant
from models.plans.tables.plan import PlanSpan
from models.refusals import Conflict, Invalid, Reason, Refused
from models.rights import LIFE_AREAS, Element, Level
from tests.hamlet import refused
from tests.models.plans.conftest import Here

SHORT = Reason.LEVEL_TOO_LOW


async def let(here: Here, name: str, level: Level, *elements: Element) -> None:
    mine = col(Grant.participant_id) == here.participants[name].id, col(Grant.item_id).is_(None)
    await here.session.execute(update(Grant).where(*mine, col(Grant.element).in_(elements)).values(level=level))


async def can(plan: OpenPlan, area: LifeArea) -> list[bool]:
    """Whether the viewer reads it, changes it, maps the area, and deletes it: in the order of the levels."""
    reads = area.id in {one.id for one in await queries.life_areas(plan)}
    changes = await _goes(life_areas.change(plan, area, area.revision, text=f"Endret {area.revision}"))
    adds = plan.allows(area.area, Level.NEW)
    deletes = await _goes(life_areas.delete(plan, area, area.revision))
    return [reads, changes, adds, deletes]


async def _goes(doing: Awaitable[None]) -> bool:
    try:
        await doing
    except Refused as refusal:
        return refusal.reason is not SHORT
    return True


@pytest.mark.feature("F66")
@pytest.mark.parametrize("area", LIFE_AREAS)
@pytest.mark.parametrize("level", list(Level))
async def test_a_level_on_one_area_is_that_and_nothing_on_the_others(here: Here, area: Element, level: Level) -> None:
    coordinator = await here.opened_by("Kari")
    items = [await life_areas.add(coordinator, area=one, text="Ressurser") for one in LIFE_AREAS]
    await let(here, "Else", Level.NONE, *LIFE_AREAS)
    await let(here, "Else", level, area)
    plan = await here.opened_by("Else")
    for item in items:
        expected = level if item.area is area else Level.NONE
        assert await can(plan, item) == [expected >= each for each in (1, 2, 3, 4)], item.area


@pytest.mark.feature("F66")
@pytest.mark.parametrize("level", list(Level))
async def test_a_level_on_a_single_mapping_goes_before_its_areas(here: Here, level: Level) -> None:
    coordinator = await here.opened_by("Kari")
    for around in (Level.NONE, Level.DELETE):
        await let(here, "Else", around, *LIFE_AREAS)
        for area in LIFE_AREAS:
            if there := await queries.mapped(coordinator, area):
                await life_areas.delete(coordinator, there, there.revision)
            item = await life_areas.add(coordinator, area=area, text="Ressurser")
            await here.hamlet.grant(here.participants["Else"], area, item.id, level)
            plan = await here.opened_by("Else")
            reads, changes, _adds, deletes = await can(plan, item)
            assert [reads, changes, deletes] == [level >= each for each in (1, 2, 4)], (area, around)


@pytest.mark.parametrize("area", LIFE_AREAS)
async def test_mapping_demands_the_right_to_add_in_that_area(here: Here, area: Element) -> None:
    await let(here, "Else", Level.DELETE, *LIFE_AREAS)
    await let(here, "Else", Level.CHANGE, area)
    plan = await here.opened_by("Else")
    assert await refused(life_areas.add(plan, area=area, text="Nei")) is SHORT
    other = next(one for one in LIFE_AREAS if one is not area)
    assert (await life_areas.add(plan, area=other, text="Ja")).area is other


@pytest.mark.feature("F63")
async def test_mapping_seals_the_text_and_leaves_a_revision_and_a_log_row(here: Here) -> None:
    plan = await here.opened_by("Kari")
    area = await life_areas.add(plan, area=Element.HEALTH, text="  Sover dårlig ")
    assert unseal(plan.vault, area, "text") == "Sover dårlig"
    assert b"Sover" not in (area.text or b"")
    [revision] = await here.revisions(area.id)
    assert (revision.number, revision.element, revision.changed_by) == (1, Element.HEALTH, plan.actor_id)
    assert await here.events(of="life_area") == [("life_area.added", {})]


async def test_a_change_is_logged_and_none_is_not(here: Here) -> None:
    plan = await here.opened_by("Kari")
    area = await life_areas.add(plan, area=Element.HEALTH, text="Sover dårlig")
    await life_areas.change(plan, area, 1, text=" Sover dårlig")
    await life_areas.change(plan, area, 1, text="Sover godt")
    assert (await here.events(of="life_area"))[1:] == [("life_area.changed", {"fields": ["text"]})]
    with pytest.raises(Conflict):
        await life_areas.change(plan, area, 1, text="Sover lenge")
    assert unseal(plan.vault, area, "text") == "Sover godt"


@pytest.mark.feature("F64")
async def test_an_area_is_mapped_once(here: Here) -> None:
    plan = await here.opened_by("Kari")
    await life_areas.add(plan, area=Element.HEALTH, text="Sover dårlig")
    with pytest.raises(Invalid) as told:
        await life_areas.add(plan, area=Element.HEALTH, text="Sover godt")
    assert list(told.value.fields) == ["area"]
    assert len((await here.session.scalars(select(LifeArea))).all()) == 1


@pytest.mark.feature("F64")
async def test_a_deleted_area_is_mapped_anew_and_does_not_come_back_over_it(here: Here) -> None:
    plan = await here.opened_by("Kari")
    first = await life_areas.add(plan, area=Element.HEALTH, text="Sover dårlig")
    await life_areas.delete(plan, first, 1)
    second = await life_areas.add(plan, area=Element.HEALTH, text="Sover godt")
    with pytest.raises(Conflict, match="kartlagt på nytt"):
        await recycle_bin.restore(plan, first)
    await life_areas.delete(plan, second, 1)
    await recycle_bin.restore(plan, first)
    assert [one.text for one in await queries.life_areas(plan)] == ["Sover dårlig"]


async def test_who_may_not_see_a_mapping_learns_nothing_by_mapping_it_again(here: Here) -> None:
    plan = await here.opened_by("Kari")
    hidden = await life_areas.add(plan, area=Element.HEALTH, text="Sover dårlig")
    await let(here, "Else", Level.DELETE, Element.HEALTH)
    await here.hamlet.grant(here.participants["Else"], Element.HEALTH, hidden.id, Level.NONE)
    assert await refused(life_areas.add(await here.opened_by("Else"), area=Element.HEALTH, text="Nei")) is SHORT


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "<p></p>", "<ul><li></li></ul>", "x" * 20_001])
async def test_a_text_says_something_and_is_not_too_long(here: Here, text: str) -> None:
    plan = await here.opened_by("Kari")
    with pytest.raises(Invalid) as told:
        await life_areas.add(plan, area=Element.HEALTH, text=text)
    assert list(told.value.fields) == ["text"]


@pytest.mark.parametrize("element", [one for one in Element if one not in LIFE_AREAS])
async def test_nothing_but_the_six_can_be_mapped(here: Here, element: Element) -> None:
    plan = await here.opened_by("Kari")
    with pytest.raises((Invalid, Refused)):
        await life_areas.add(plan, area=element, text="Nei")


async def test_deleting_what_somebody_changed_meanwhile_is_refused(here: Here) -> None:
    plan = await here.opened_by("Kari")
    area = await life_areas.add(plan, area=Element.HEALTH, text="Sover dårlig")
    await life_areas.change(plan, area, 1, text="Sover godt")
    with pytest.raises(Conflict):
        await life_areas.delete(plan, area, 1)


async def test_nothing_is_mapped_in_an_ended_plan(here: Here) -> None:
    await here.session.execute(update(PlanSpan).values(state=PlanState.INACTIVE))
    plan = await here.opened_by("Kari")
    assert await refused(life_areas.add(plan, area=Element.HEALTH, text="Nei")) is Reason.PLAN_IS_INACTIVE


async def test_a_form_gives_what_it_adds_its_id(here: Here) -> None:
    plan, chosen = await here.opened_by("Kari"), uuid4()
    assert (await life_areas.add(plan, area=Element.HEALTH, text="Ja", new_id=chosen)).id == chosen
