"""What each contributes: everybody their own, and who has the right, for all."""

import pytest
from sqlmodel import select, update

from models.base import unseal
from models.plans.operations import contributions
from models.plans.operations.bin import restore
from models.plans.operations.drafts import keep_draft
from models.plans.queries.contributions import contributions as read
from models.plans.queries.contributions import contributor, visible_contribution
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Grant, Participant
from models.plans.tables.plan import PlanSpan
from models.plans.tables.together import Contribution
from models.refusals import Conflict, Invalid, NotFound, Reason
from models.rights import Element, Level, Role
from tests.hamlet import refused
from tests.models.plans.conftest import Here


@pytest.fixture
async def own(here: Here) -> Contribution:
    """Pål's, who may only read."""
    return await contributions.add(await here.opened_by("Pål"), here.participants["Pål"], " Jeg øver. ")


async def at_level(here: Here, name: str, level: Level) -> None:
    mine = Grant.participant_id == here.participants[name].id, Grant.element == Element.COOPERATION
    await here.session.execute(update(Grant).where(*mine).values(level=level))


async def test_who_may_only_read_writes_and_changes_their_own(here: Here, own: Contribution) -> None:
    pal = await here.opened_by("Pål")
    await contributions.change(pal, own, 1, "Jeg øver mer.")
    assert unseal(pal.vault, own, "text") == "Jeg øver mer."
    assert [event for event, _ in await here.events(of="contribution")] == [
        "contribution.added",
        "contribution.changed",
    ]
    assert len(await here.revisions(own.id)) == 2


async def test_there_is_one_for_each(here: Here, own: Contribution) -> None:
    with pytest.raises(Conflict):
        await contributions.add(await here.opened_by("Pål"), here.participants["Pål"], "En til")
    assert len((await here.session.scalars(select(Contribution))).all()) == 1


@pytest.mark.parametrize("level", list(Level))
async def test_only_from_the_level_new_does_one_write_for_others(here: Here, level: Level) -> None:
    await at_level(here, "Gro", level)
    deed = contributions.add(await here.opened_by("Gro"), here.participants["Ola"], "Ola øver.")
    if level >= Level.NEW:
        assert (await deed).participant_id == here.participants["Ola"].id
    else:
        assert await refused(deed) is Reason.LEVEL_TOO_LOW


@pytest.mark.parametrize("level", list(Level))
async def test_change_and_delete_of_others_follow_the_level(here: Here, own: Contribution, level: Level) -> None:
    await at_level(here, "Gro", level)
    gro = await here.opened_by("Gro")
    if level >= Level.CHANGE:
        await contributions.change(gro, own, 1, "Påls bidrag, rettet.")
    else:
        assert await refused(contributions.change(gro, own, 1, "Nei")) is Reason.LEVEL_TOO_LOW
    if level is Level.DELETE:
        await contributions.delete(gro, own, own.revision)
    else:
        assert await refused(contributions.delete(gro, own, own.revision)) is Reason.LEVEL_TOO_LOW
    assert (own.deleted_at is not None) == (level is Level.DELETE)


async def test_who_may_not_read_it_may_not_write_their_own(here: Here) -> None:
    deed = contributions.add(await here.opened_by("Else"), here.participants["Else"], "Jeg hjelper.")
    assert await refused(deed) is Reason.LEVEL_TOO_LOW


async def test_a_unit_speaks_through_those_who_work_there(here: Here) -> None:
    unit = await here.hamlet.unit(here.municipality, "Vik habilitering")
    ida = await here.hamlet.person(here.municipality, "Ida", employed=False)
    await here.hamlet.member(ida, unit)
    part = await here.hamlet.participant(here.plan, unit, Role.PROVIDER)
    plan = await here.hamlet.opened(here.plan, "ida")
    made = await contributions.add(plan, part, "Vi veileder.")
    assert (await read(plan))[part.id].id == made.id
    assert await refused(contributions.add(plan, here.participants["Pål"], "Nei")) is Reason.LEVEL_TOO_LOW


async def test_two_at_once_lose_nothing(here: Here, own: Contribution) -> None:
    pal, kari = await here.opened_by("Pål"), await here.opened_by("Kari")
    await contributions.change(kari, own, 1, "Fra Kari")
    with pytest.raises(Conflict):
        await contributions.change(pal, own, 1, "Fra Pål")
    with pytest.raises(Conflict):
        await contributions.delete(kari, own, 1)
    assert unseal(pal.vault, own, "text") == "Fra Kari"


@pytest.mark.parametrize("text", [" ", "a" * 200_000])
async def test_nothing_and_too_much_are_refused(here: Here, own: Contribution, text: str) -> None:
    pal = await here.opened_by("Pål")
    with pytest.raises(Invalid):
        await contributions.change(pal, own, 1, text)
    assert (own.revision, unseal(pal.vault, own, "text")) == (1, "Jeg øver.")


async def test_an_ended_plan_is_read_only_for_ones_own_too(here: Here, own: Contribution) -> None:
    await here.session.execute(update(PlanSpan).values(state=PlanState.INACTIVE))
    pal, ola = await here.opened_by("Pål"), await here.opened_by("Ola")
    assert await refused(contributions.change(pal, own, 1, "Nei")) is Reason.PLAN_IS_INACTIVE
    assert await refused(contributions.add(ola, here.participants["Ola"], "Nei")) is Reason.PLAN_IS_INACTIVE


async def test_nobody_is_found_who_is_not_here(here: Here) -> None:
    kari = await here.opened_by("Kari")
    other = await here.hamlet.plan(here.municipality)
    strangers = [
        await here.hamlet.participant(other, here.people["Ola"], Role.OWNER),
        await _left(here, "Tor"),
    ]
    for stranger in strangers:
        with pytest.raises(NotFound):
            await contributor(kari, stranger.id)
        with pytest.raises(NotFound):
            await keep_draft(kari, f"/cooperation/contributions/{stranger.id}", {"text": "Nei"})


async def _left(here: Here, name: str) -> Participant:
    person = await here.hamlet.person(here.municipality, name)
    return await here.hamlet.participant(here.plan, person, Role.PROVIDER, until=here.hamlet.today)


async def test_what_is_hidden_is_not_read_and_not_found(here: Here, own: Contribution) -> None:
    await here.hamlet.grant(here.participants["Gro"], Element.COOPERATION, own.id, Level.NONE)
    gro = await here.opened_by("Gro")
    assert await read(gro) == {}
    with pytest.raises(NotFound):
        await visible_contribution(gro, own.participant_id)


async def test_what_saving_demands_a_draft_demands(here: Here, own: Contribution) -> None:
    place = f"/cooperation/contributions/{own.participant_id}"
    for name in ("Pål", "Kari"):
        assert await keep_draft(await here.opened_by(name), place, {"text": "Foreløpig"})
    assert await refused(keep_draft(await here.opened_by("Ola"), place, {"text": "Nei"})) is Reason.LEVEL_TOO_LOW
    mine = f"/cooperation/contributions/{here.participants['Ola'].id}"
    assert await keep_draft(await here.opened_by("Ola"), mine, {"text": "Jeg øver"})


async def test_what_was_deleted_comes_back_only_when_it_is_not_written_again(here: Here, own: Contribution) -> None:
    kari = await here.opened_by("Kari")
    await contributions.delete(kari, own, 1)
    again = await contributions.add(kari, here.participants["Pål"], "På nytt")
    with pytest.raises(Conflict):
        await restore(kari, own)
    await contributions.delete(kari, again, 1)
    await restore(kari, own)
    assert [one.id for one in (await read(kari)).values()] == [own.id]
