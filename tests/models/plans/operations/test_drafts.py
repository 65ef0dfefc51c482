"""Drafts, on both databases: one for each person and form, and nothing but theirs."""

from datetime import timedelta

import pytest
from sqlmodel import select, update

from models.base import unseal
from models.clock import SteppingClock
from models.plans.operations import goals
from models.plans.operations.drafts import drop_draft, keep_draft
from models.plans.queries.drafts import draft_of
from models.plans.rules.drafts import page_of
from models.plans.rules.words import PlanState
from models.plans.tables.drafts import Draft
from models.plans.tables.plan import PlanSpan
from models.refusals import NotFound, Reason
from tests.hamlet import refused
from tests.models.plans.conftest import Here

pytestmark = pytest.mark.feature("F26")
NEW = "/goals/new"


async def test_a_draft_is_kept_again_and_found_as_it_was_left(here: Here, clock: SteppingClock) -> None:
    kari = await here.opened_by("Kari")
    await keep_draft(kari, NEW, {"title": "Først"})
    clock.move(timedelta(minutes=1))
    await keep_draft(kari, NEW, {"title": "Så", "seen": "3", "other": "nei"})
    found = await draft_of(kari, NEW)
    assert found
    assert (found.fields, found.seen, found.saved_at) == ({"title": "Så", "seen": "3"}, 3, clock.now())
    assert len((await here.session.scalars(select(Draft))).all()) == 1


async def test_each_has_their_own(here: Here) -> None:
    kari, pal = await here.opened_by("Kari"), await here.opened_by("Pål")
    goal = await goals.add(kari, title="Sove")
    place = f"/goals/{goal.id}/comments"
    for plan, text in ((kari, "Karis"), (pal, "Påls")):
        await keep_draft(plan, place, {"text": text})
    await drop_draft(pal, place)
    found, none = await draft_of(kari, place), await draft_of(pal, place)
    assert (found and found.fields, none) == ({"text": "Karis"}, None)


async def test_it_is_sealed_with_the_plans_key(here: Here) -> None:
    kari = await here.opened_by("Kari")
    draft = await keep_draft(kari, NEW, {"title": "Sove i egen seng"})
    assert draft
    assert draft.content
    assert b"Sove i egen seng" not in draft.content
    assert "Sove i egen seng" in unseal(kari.vault, draft, "content")


async def test_nothing_is_told_or_logged(here: Here) -> None:
    await keep_draft(await here.opened_by("Kari"), NEW, {"title": "Sove"})
    assert (await here.events(of=""), await here.told()) == ([], set())


async def test_who_may_not_save_may_not_keep(here: Here) -> None:
    kari, otto = await here.opened_by("Kari"), await here.opened_by("Else")
    goal = await goals.add(kari, title="Sove")
    assert await refused(keep_draft(otto, f"/goals/{goal.id}/change", {"title": "Nei"})) is Reason.LEVEL_TOO_LOW
    await here.session.execute(update(PlanSpan).values(state=PlanState.INACTIVE))
    closed = await here.opened_by("Kari")
    assert await refused(keep_draft(closed, NEW, {"title": "Nei"})) is Reason.PLAN_IS_INACTIVE


async def test_what_was_deleted_has_no_form(here: Here) -> None:
    kari = await here.opened_by("Kari")
    goal = await goals.add(kari, title="Sove")
    await goals.delete(kari, goal)
    with pytest.raises(NotFound):
        await keep_draft(kari, f"/goals/{goal.id}/change", {"title": "Nei"})


async def test_dropping_what_is_not_there_changes_nothing(here: Here) -> None:
    kari = await here.opened_by("Kari")
    assert await keep_draft(kari, NEW, {"title": ""}) is None
    await drop_draft(kari, NEW)


@pytest.mark.parametrize(
    ("place", "page"),
    [
        *(("/goals/new", "/goals/new"), ("/goals/1/change", "/goals/1/change"), ("/goals/1/comments", "/goals/1")),
        ("/goals/1/activities/2/comments/new", "/goals/1/activities/2/comments/new"),
    ],
)
def test_a_form_stands_on_a_page_that_can_be_opened(place: str, page: str) -> None:
    assert page_of(place) == page
