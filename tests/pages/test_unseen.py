"""What is hidden from somebody leaves no trace: every page is as it would be if it had never been written (F77)."""

import re
from collections.abc import Collection, Sequence

import pytest
from sqlmodel import col, select

from models.base import HouseSession
from models.database import Database
from models.plans.operations.keeping import changed, discard, keep
from models.plans.proof import OpenPlan
from models.plans.queries.goals import goals
from models.plans.rules.words import CooperationState, EvaluationKind, MeasureKind
from models.plans.tables.item import Item
from models.plans.tables.kinds import (
    ACTIVITY,
    COMMENT,
    COOPERATION,
    EVALUATION,
    GOAL,
    JOURNAL,
    KINDS,
    MEASUREMENT,
    SUBJECT_PLAN,
    kind_of,
)
from models.plans.tables.plan import Revision
from models.rights import Level
from pages.plans.room import MORE, ROOMS
from permissions.door import open_plan
from tests.client import Visitor
from tests.glance import glance, walk
from tests.models.plans.queries.village import DAY, Village
from tests.pages.conftest import SignIn
from tests.pages.life import let
from tests.plan_rows import give, id_of
from tests.signing_in import viewer_for

WORDS = "Hemmelig"
ELEMENTS = {element for kind in KINDS for element in kind.elements}
DOORS = ("", "/timeline?ahead=true", "/goals?finished=true", "/goals/order", "/history?from=2026-11-20&to=2026-11-20")
ONCE = re.compile(r'<input[^>]* name="once"[^>]*>')
PERIOD = {"period_from": DAY, "period_to": DAY}


async def pages(visitor: Visitor, plan: str, near: Collection[str]) -> dict[str, str]:
    """What the pages of the plan say, and the lists across plans."""
    ways_in = ["/plans?sort=-news", "/promises", *(plan + door for door in DOORS)]
    return {address: ONCE.sub("", page.text) for address, page in (await walk(visitor, plan, ways_in, near)).items()}


async def opened(session: HouseSession, name: str, plan: str) -> OpenPlan:
    return await open_plan(session, await viewer_for(session, f"{name}@fjordvik.example"), id_of(plan))


async def neighbours(town: Database, name: str, plan: str) -> set[str]:
    """The goal and the activity beside or under which everything is written: their pages are all read."""
    async with town.reading() as session:
        first = (await goals(await opened(session, name, plan)))[0]
    return {str(first.id), str(first.activities[0].id)}


async def write(plan: OpenPlan) -> tuple[list[Item], list[Item]]:
    """One of each kind that may be hidden alone, changed once; and all of them with what lies under them."""
    put, due = Village.put, {"due_on": DAY, "responsible_id": plan.participant_id}
    here, seen = Village(None, None, plan), (await goals(plan))[0]
    goal = await put(here, GOAL, WORDS)
    activity = await put(here, ACTIVITY, WORDS, goal_id=seen.id, **due)
    alone = [
        *(goal, activity),
        await put(here, COMMENT, WORDS, goal_id=seen.id),
        await put(here, COMMENT, WORDS, goal_id=seen.id, activity_id=seen.activities[0].id),
        await put(here, EVALUATION, WORDS, goal_id=seen.id, kind=EvaluationKind.GOAL, **PERIOD),
        await put(here, EVALUATION, WORDS, kind=EvaluationKind.YEARLY, **PERIOD),
        await put(here, JOURNAL, WORDS),
        await put(here, SUBJECT_PLAN, WORDS),
        await put(here, COOPERATION, WORDS, state=CooperationState.WANTED),
    ]
    under = [
        below := await put(here, ACTIVITY, WORDS, goal_id=goal.id, **due),
        await put(here, COMMENT, WORDS, goal_id=goal.id, activity_id=below.id),
        await put(here, COMMENT, WORDS, goal_id=seen.id, activity_id=activity.id),
        await put(here, MEASUREMENT, WORDS, goal_id=goal.id, kind=MeasureKind.MEASURED, day=DAY, value=3),
        await put(here, EVALUATION, WORDS, goal_id=goal.id, kind=EvaluationKind.GOAL, **PERIOD),
    ]
    for item in (*alone, *under):
        fields = changed(plan, item, **{kind_of(item).texts[0]: f"{WORDS}, og mer"})
        await keep(plan, item, kind_of(item).changed, fields=fields)
    return alone, [*alone, *under]


async def throw_away(plan: OpenPlan, items: Sequence[Item]) -> None:
    for item in reversed(items):
        kind = kind_of(item)
        await discard(plan, item, kind.deleted or kind.changed)


def ways_in(item: Item) -> list[tuple[str, str]]:
    name = f"{kind_of(item).name}/{item.id}"
    token = f"{kind_of(item).name}:{item.id}:{item.revision}"
    ways = [f"/history/{name}/1/restore", f"/bin/{name}/restore", f"/undo?change={token}"]
    return [("GET", f"/history/{name}"), *(("POST", way) for way in ways)]


@pytest.mark.feature("F77", "F125", "N10", "N11")
@pytest.mark.parametrize(
    ("reader", "writer", "deleted"), [("tjenesteyter", "koordinator", False), ("koordinator", "tjenesteyter", True)]
)
async def test_what_is_hidden_changes_no_page(
    sign_in: SignIn, ip: str, town: Database, reader: str, writer: str, *, deleted: bool
) -> None:
    for name in ("Vikan", "Sørdal"):
        await let(town, ip, name, Level.DELETE, *ELEMENTS)
    visitor = await sign_in(reader)
    for room in (*ROOMS, *MORE):
        await glance(visitor, "GET", ip + room.under)
    near = await neighbours(town, writer, ip)
    before = await pages(visitor, ip, near)
    async with town.writing() as session:
        plan = await opened(session, writer, ip)
        alone, everything = await write(plan)
        if deleted:
            await throw_away(plan, everything)
    for item in alone:
        (element, item_id), *_above = item.guarded_by()
        await give(town, ip, f"{reader}@fjordvik.example", element, Level.NONE, item_id)
    after = await pages(visitor, ip, near)
    assert len(before) > 100
    assert [address for address in before.keys() | after.keys() if before.get(address) != after.get(address)] == []
    answers = [(way, (await glance(visitor, way[0], ip + way[1])).status) for one in everything for way in ways_in(one)]
    assert [(way, status) for way, status in answers if status != 404] == []


async def test_the_same_changes_many_pages_when_it_is_not_hidden(sign_in: SignIn, ip: str, town: Database) -> None:
    """So that the test above is one that could fail."""
    visitor = await sign_in("tjenesteyter")
    addresses = [f"{ip}{door}" for door in ("", "/timeline", "/goals", "/history?day=2026-11-20", "/promises")]
    before = [(await visitor.browser.get(address)).text for address in addresses]
    async with town.writing() as session:
        plan = await opened(session, "koordinator", ip)
        _alone, everything = await write(plan)
        kept = select(Revision).where(col(Revision.item_id).in_([item.id for item in everything]))
        assert len((await session.scalars(kept)).all()) == 2 * len(everything)
    after = [(await visitor.browser.get(address)).text for address in addresses]
    assert [WORDS in page for page in before] == [False] * len(addresses)
    assert [WORDS in page for page in after] == [True] * len(addresses)
