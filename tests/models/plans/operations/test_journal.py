"""«Sist jeg var her» (F55): whoever may write there signs it, and only they change their words."""

import pytest
from sqlmodel import update

from models.plans.operations import journal
from models.plans.operations.bin import restore
from models.plans.queries.journal import EntryRead, entries, visible
from models.plans.rules.words import Mood, PlanState
from models.plans.tables.life import JournalEntry
from models.plans.tables.plan import PlanSpan
from models.refusals import Conflict, Invalid, Reason
from models.rights import Element, Level
from tests.hamlet import refused
from tests.models.plans.conftest import Here


@pytest.fixture
async def entry(here: Here) -> JournalEntry:
    """Ola's own."""
    return await journal.add(await here.opened_by("Ola"), mood=Mood.TIRED, text=" Lang dag på skolen. ")


async def seen_by(here: Here, name: str) -> list[EntryRead]:
    await here.session.flush()
    plan = await here.opened_by(name)
    return await entries(plan, await visible(plan))


@pytest.mark.feature("F55")
async def test_an_entry_has_a_face_words_and_who_wrote_it(here: Here, entry: JournalEntry) -> None:
    [read] = await seen_by(here, "Pål")
    assert (read.mood, read.text) == (Mood.TIRED, "Lang dag på skolen.")
    assert (read.author_id, read.participant_id) == (here.people["Ola"].id, here.participants["Ola"].id)
    assert await here.events(of="journal") == [("journal.added", {})]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Ola", Reason.OPEN),
        ("Kari", Reason.OPEN),
        ("Gro", Reason.LEVEL_TOO_LOW),
        ("Pål", Reason.LEVEL_TOO_LOW),
        ("Else", Reason.LEVEL_TOO_LOW),
    ],
)
@pytest.mark.feature("F55")
async def test_who_writes_by_the_role_templates(here: Here, name: str, reason: Reason) -> None:
    plan = await here.opened_by(name)
    if reason is Reason.OPEN:
        assert await journal.add(plan, mood=Mood.CALM, text="")
    else:
        assert await refused(journal.add(plan, mood=Mood.CALM, text="")) is reason


@pytest.mark.feature("F73")
async def test_only_the_author_changes_the_words(here: Here, entry: JournalEntry) -> None:
    for name in ("Kari", "Gro", "Pål"):
        plan = await here.opened_by(name)
        assert await refused(journal.change(plan, entry, 1, mood=None, text="Fin dag")) is Reason.NOT_YOURS
    await journal.change(await here.opened_by("Ola"), entry, 1, mood=None, text="Fin dag")
    [read] = await seen_by(here, "Kari")
    assert (read.mood, read.text) == (None, "Fin dag")
    assert (await here.events(of="journal"))[-1] == ("journal.changed", {"fields": ["text", "mood"]})


async def test_who_cannot_read_it_cannot_delete_it(here: Here, entry: JournalEntry) -> None:
    for name in ("Gro", "Pål"):
        assert await refused(journal.delete(await here.opened_by(name), entry)) is Reason.NOT_YOURS
    assert await refused(journal.delete(await here.opened_by("Else"), entry)) is Reason.LEVEL_TOO_LOW


@pytest.mark.parametrize("name", ["Ola", "Kari"])
async def test_the_author_and_who_may_delete_take_it_away_and_bring_it_back(
    here: Here, entry: JournalEntry, name: str
) -> None:
    await journal.delete(await here.opened_by(name), entry)
    assert await seen_by(here, "Ola") == []
    await restore(await here.opened_by(name), entry)
    assert len(await seen_by(here, "Ola")) == 1
    assert [event for event, _ in await here.events(of="journal")][1:] == ["journal.deleted", "journal.restored"]


async def test_it_is_not_changed_over_somebody_else(here: Here, entry: JournalEntry) -> None:
    plan = await here.opened_by("Ola")
    await journal.change(plan, entry, 1, mood=Mood.HAPPY, text="Bedre")
    with pytest.raises(Conflict):
        await journal.change(plan, entry, 1, mood=Mood.SAD, text="Verre")


async def test_saving_what_it_says_already_leaves_no_trace(here: Here, entry: JournalEntry) -> None:
    await journal.change(await here.opened_by("Ola"), entry, 1, mood=Mood.TIRED, text="Lang dag på skolen.")
    assert len(await here.revisions(entry.id)) == 1


async def test_neither_words_nor_a_face_is_nothing(here: Here, entry: JournalEntry) -> None:
    plan = await here.opened_by("Ola")
    with pytest.raises(Invalid):
        await journal.add(plan, mood=None, text=" ")
    with pytest.raises(Invalid):
        await journal.change(plan, entry, 1, mood=None, text="")


async def test_a_single_entry_may_be_hidden_or_opened(here: Here, entry: JournalEntry) -> None:
    await journal.add(await here.opened_by("Ola"), mood=None, text="For alle")
    await here.hamlet.grant(here.participants["Pål"], Element.JOURNAL, entry.id, Level.NONE)
    await here.hamlet.grant(here.participants["Else"], Element.JOURNAL, entry.id, Level.READ)
    assert [read.text for read in await seen_by(here, "Pål")] == ["For alle"]
    assert [read.text for read in await seen_by(here, "Else")] == ["Lang dag på skolen."]
    else_ = await here.opened_by("Else")
    assert len(await entries(else_, await visible(await here.opened_by("Ola")))) == 1


async def test_not_in_an_ended_plan_and_not_where_it_is_not_in_use(here: Here, entry: JournalEntry) -> None:
    await here.session.execute(update(PlanSpan).values(state=PlanState.INACTIVE))
    plan = await here.opened_by("Ola")
    for deed in (
        journal.add(plan, mood=Mood.HAPPY, text=""),
        journal.change(plan, entry, 1, mood=None, text="Nei"),
        journal.delete(plan, entry),
    ):
        assert await refused(deed) is Reason.PLAN_IS_INACTIVE
    here.plan.elements = [element for element in here.plan.elements if element != Element.JOURNAL.value]
    assert await seen_by(here, "Ola") == []


async def test_the_newest_is_first(here: Here) -> None:
    plan = await here.opened_by("Ola")
    for number in range(3):
        added = await journal.add(plan, mood=None, text=str(number))
        added.added_at = here.session.clock.now().replace(hour=number + 1)
    assert [read.text for read in await seen_by(here, "Ola")] == ["2", "1", "0"]
