"""«Om meg selv» (F54): written by the owner, the coordinator and the guardians, read by all, kept in every version."""

import pytest
from sqlmodel import select, update

from models.plans.operations import about
from models.plans.queries.about import read
from models.plans.rules.words import PlanState
from models.plans.tables.life import About
from models.plans.tables.plan import PlanSpan
from models.refusals import Conflict, Invalid, Reason
from models.rights import Element, Level
from tests.hamlet import refused
from tests.models.plans.conftest import Here

WORDS = "Jeg liker hester og ro."


async def text_seen_by(here: Here, name: str) -> str:
    await here.session.flush()
    return await read(await here.opened_by(name))


@pytest.mark.feature("F54")
@pytest.mark.parametrize("name", ["Ola", "Kari", "Gro"])
async def test_the_owner_the_coordinator_and_the_guardian_write_it(here: Here, name: str) -> None:
    written = await about.write(await here.opened_by(name), 0, f" {WORDS} ")
    assert written
    assert (written.id, written.revision) == (here.plan.id, 1)
    assert await text_seen_by(here, "Else") == WORDS
    assert await here.events(of="about") == [("about.changed", {"fields": ["text"]})]
    assert [revision.element for revision in await here.revisions(here.plan.id)] == [Element.ABOUT]


@pytest.mark.parametrize("name", ["Pål", "Else"])
async def test_others_only_read_it(here: Here, name: str) -> None:
    assert await refused(about.write(await here.opened_by(name), 0, WORDS)) is Reason.LEVEL_TOO_LOW
    assert list(await here.session.scalars(select(About))) == []


async def test_there_is_one_with_a_revision_for_each_change(here: Here) -> None:
    await about.write(await here.opened_by("Ola"), 0, WORDS)
    await about.write(await here.opened_by("Gro"), 1, "Hun liker hester.")
    await about.write(await here.opened_by("Gro"), 2, "Hun liker hester.")
    assert [revision.number for revision in await here.revisions(here.plan.id)] == [1, 2]
    assert len(list(await here.session.scalars(select(About)))) == 1


async def test_writing_nothing_where_nothing_is_leaves_nothing(here: Here) -> None:
    assert await about.write(await here.opened_by("Ola"), 0, " \n ") is None
    assert list(await here.session.scalars(select(About))) == []


async def test_what_one_has_told_one_may_take_back(here: Here) -> None:
    await about.write(await here.opened_by("Ola"), 0, WORDS)
    await about.write(await here.opened_by("Ola"), 1, "")
    assert await text_seen_by(here, "Kari") == ""


@pytest.mark.parametrize("seen", [0, 1, 3])
async def test_two_who_write_at_once_do_not_overwrite_each_other(here: Here, seen: int) -> None:
    await about.write(await here.opened_by("Ola"), 0, WORDS)
    await about.write(await here.opened_by("Gro"), 1, "Hun liker hester.")
    with pytest.raises(Conflict):
        await about.write(await here.opened_by("Kari"), seen, "Noe annet")
    assert await text_seen_by(here, "Ola") == "Hun liker hester."


async def test_what_was_taken_out_comes_back_when_it_is_written_again(here: Here) -> None:
    written = await about.write(await here.opened_by("Ola"), 0, WORDS)
    assert written
    written.deleted_at = here.session.clock.now()
    assert await text_seen_by(here, "Kari") == ""
    await about.write(await here.opened_by("Ola"), 1, "Jeg liker katter.")
    assert await text_seen_by(here, "Kari") == "Jeg liker katter."


async def test_the_right_to_the_one_item_beats_the_elements(here: Here) -> None:
    await about.write(await here.opened_by("Ola"), 0, WORDS)
    await here.hamlet.grant(here.participants["Else"], Element.ABOUT, here.plan.id, Level.NONE)
    await here.hamlet.grant(here.participants["Pål"], Element.ABOUT, here.plan.id, Level.CHANGE)
    assert await text_seen_by(here, "Else") == ""
    assert await about.write(await here.opened_by("Pål"), 1, "Fra Pål")


async def test_not_in_an_ended_plan(here: Here) -> None:
    await here.session.execute(update(PlanSpan).values(state=PlanState.INACTIVE))
    assert await refused(about.write(await here.opened_by("Kari"), 0, WORDS)) is Reason.PLAN_IS_INACTIVE


async def test_what_is_longer_than_anybody_reads_is_refused(here: Here) -> None:
    with pytest.raises(Invalid) as problem:
        await about.write(await here.opened_by("Ola"), 0, "x" * 200_000)
    assert set(problem.value.fields) == {"text"}


@pytest.mark.feature("F214")
async def test_rich_text_is_made_harmless(here: Here) -> None:
    sent = "<ul><li onclick=alert(1)>Hest<script>alert(1)</script></li></ul>"
    await about.write(await here.opened_by("Ola"), 0, sent)
    assert await text_seen_by(here, "Kari") == "<ul><li>Hest</li></ul>"
