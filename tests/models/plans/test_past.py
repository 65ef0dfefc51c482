"""Whatever is done, in whatever order: every state that ever was is found again, and nothing deleted is lost."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from models.base import unseal
from models.clock import SteppingClock
from models.database import Database
from models.plans.operations import activities, comments, goal_history, goals, life_areas, ordering, undoing
from models.plans.operations.activities import ActivityContent
from models.plans.operations.bin import restore
from models.plans.operations.demands import demand_delete
from models.plans.operations.keeping import discard
from models.plans.proof import OpenPlan
from models.plans.queries.bin import binned
from models.plans.queries.past import differences, stood
from models.plans.queries.revisions import versions
from models.plans.queries.undoable import last_change
from models.plans.rules.ordering import Direction
from models.plans.tables import kinds
from models.plans.tables.goals import Activity, Comment, Goal
from models.plans.tables.item import Item
from models.plans.tables.kinds import kind_of
from models.plans.tables.life import LifeArea
from models.refusals import Refusal
from models.rights import LIFE_AREAS, Role
from tests.conftest import NOW
from tests.hamlet import Hamlet

KINDS = (kinds.GOAL, kinds.ACTIVITY, kinds.COMMENT, kinds.LIFE_AREA)
State = dict[UUID, dict[str, Any]]
A_SECOND = timedelta(seconds=1)

VERBS = st.sampled_from(
    [
        *("add_goal", "add_activity", "add_activity", "add_comment", "map_area"),
        *("change", "change", "delete", "delete", "restore", "restore", "undo", "undo", "undo"),
        *("move_goal", "move_activity", "to_history", "from_history", "bring_back"),
    ]
)
STORIES = st.lists(st.tuples(VERBS, st.integers(0, 7)), min_size=6, max_size=24)
FURNISHED = [
    *(("add_goal", 1), ("add_goal", 2), ("add_activity", 0), ("add_activity", 1), ("add_activity", 1)),
    *(("add_comment", 0), ("add_comment", 2), ("add_comment", 3), ("map_area", 2)),
]
quickly = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


@dataclass
class Story:
    """One plan, everything in it, and how it was after each deed."""

    plan: OpenPlan
    clock: SteppingClock
    states: dict[datetime, State] = field(default_factory=dict)
    last: Item | None = None

    async def tell(self, verb: str, number: int) -> None:
        """Do it, unless there is nothing to do it to, or the rules say no: then, as in a request, nothing is kept."""
        self.clock.move(timedelta(minutes=1))
        with suppress(Refusal):
            async with self.plan.session.begin_nested():
                await getattr(self, f"_{verb}")(number)
        self.states[self.clock.now()] = await self.now()

    async def now(self) -> State:
        """What stands in the plan, read from its tables alone."""
        items = {item.id: item for item in await self.all()}
        return {id_: self._values(item) for id_, item in items.items() if _stands(item, items)}

    async def all(self) -> list[Item]:
        found: list[Item] = []
        for kind in KINDS:
            table: Any = kind.table
            mine = select(table).where(col(table.plan_id) == self.plan.plan_id)
            found += list(await self.plan.session.scalars(mine.order_by(table.added_at, table.id)))
        return found

    def _values(self, item: Item) -> dict[str, Any]:
        kind = kind_of(item)
        texts = {name: unseal(self.plan.vault, item, name) for name in kind.texts}
        rest = (*kind.facts, *(name for name in ("place", "goal_id", "activity_id") if hasattr(item, name)))
        return texts | {name: getattr(item, name) for name in rest}

    async def _pick(self, number: int, *tables: type[Item], deleted: bool = False) -> Any:
        """One of those that stand, or lie in the bin."""
        items = {item.id: item for item in await self.all()}
        found = [item for item in items.values() if isinstance(item, tables or Item)]
        chosen = [item for item in found if (item.deleted_at is not None if deleted else _stands(item, items))]
        if not chosen:
            raise Refusal
        return chosen[number % len(chosen)]

    async def _add_goal(self, number: int) -> None:
        self.last = await goals.add(self.plan, title=f"Mål {number}", description="Det vi vil.")

    async def _add_activity(self, number: int) -> None:
        goal = await self._pick(number, Goal)
        self.last = await activities.add(self.plan, goal, ActivityContent(title=f"Tiltak {number}", extent="1 time"))

    async def _add_comment(self, number: int) -> None:
        self.last = await comments.add(self.plan, await self._pick(number, Goal, Activity), f"Sagt {number}")

    async def _map_area(self, number: int) -> None:
        self.last = await life_areas.add(self.plan, area=LIFE_AREAS[number % 6], text=f"Kartlagt {number}")

    async def _change(self, number: int) -> None:
        item = await self._pick(number)
        text = f"Endret {self.clock.now():%H.%M}"
        match item:
            case Goal():
                facts = {"life_area": LIFE_AREAS[number % 6], "progress": number}
                await goals.change(self.plan, item, item.revision, title=text, description="", **facts)
            case Activity():
                content = ActivityContent(title=text, due_on=self.plan.today + timedelta(days=number))
                await activities.change(self.plan, item, item.revision, content)
            case Comment():
                await comments.change(self.plan, item, item.revision, text)
            case LifeArea():
                await life_areas.change(self.plan, item, item.revision, text=text)
        self.last = item

    async def _delete(self, number: int) -> None:
        item = await self._pick(number)
        demand_delete(self.plan, item)
        await discard(self.plan, item, kind_of(item).deleted)  # type: ignore[arg-type]
        self.last = item

    async def _restore(self, number: int) -> None:
        item = await self._pick(number, deleted=True)
        if item.id not in {one.item.id for one in await binned(self.plan)}:
            raise Refusal
        await restore(self.plan, item)
        self.last = item

    async def _undo(self, number: int) -> None:
        """What was done last is as if it had not been; and when that is undone, as if it had; and so on."""
        done = await self.now()
        is_newest = await self._take_back() == max(self.states)
        undone, moments = await self.now(), {self.clock.now(): await self.now()}
        if is_newest:
            assert undone == list(self.states.values())[-2]
        for expected in (done, undone, done)[: number % 4]:
            self.clock.move(timedelta(minutes=1))
            await self._take_back()
            moments[self.clock.now()] = await self.now()
            assert await self.now() == expected
        self.states |= moments

    async def _take_back(self) -> datetime:
        """Returns when that was done which is taken back."""
        if self.last is None:
            raise Refusal
        change = await last_change(self.plan, kind_of(self.last), self.last.id, self.last.revision)
        await undoing.undo(self.plan, change)
        return change.now.at

    async def _move_goal(self, number: int) -> None:
        item = await self._pick(number, Goal)
        await ordering.move_goal(self.plan, item, list(Direction)[number % 2])
        self.last = item

    async def _move_activity(self, number: int) -> None:
        item, goal = await self._pick(number, Activity), await self._pick(number // 2, Goal)
        await ordering.move_to_goal(self.plan, item, goal)
        self.last = item

    async def _to_history(self, number: int) -> None:
        item = await self._pick(number, Goal)
        await goal_history.to_history(self.plan, item, item.revision)
        self.last = item

    async def _from_history(self, number: int) -> None:
        item = await self._pick(number, Goal)
        await goal_history.from_history(self.plan, item)
        self.last = item

    async def _bring_back(self, number: int) -> None:
        item = await self._pick(number)
        found = await versions(self.plan, item)
        await undoing.bring_back(self.plan, item, item.revision, found[number % len(found)])
        self.last = item


def _stands(item: Item, items: dict[UUID, Item]) -> bool:
    above = (getattr(item, name, None) for name in ("goal_id", "activity_id"))
    return item.deleted_at is None and all(items[id_].deleted_at is None for id_ in above if id_)


async def begin(session: Any, clock: SteppingClock) -> Story:
    hamlet = Hamlet(session)
    municipality = await hamlet.municipality()
    plan = await hamlet.plan(municipality)
    await hamlet.participant(plan, await hamlet.person(municipality, "Kari"), Role.COORDINATOR)
    story = Story(await hamlet.opened(plan, "kari"), clock)
    for verb, number in FURNISHED:
        await story.tell(verb, number)
    return story


async def told(story: Story, moment: datetime) -> State:
    """As the time machine shows it."""
    found = await stood(story.plan, moment + A_SECOND)
    return {id_: story._values(one.item) for id_, one in found.items()}


@pytest.mark.feature("N10")
@pytest.mark.feature("N11")
@quickly
@given(steps=STORIES)
async def test_every_state_that_ever_was_is_found_again(
    sqlite_database: Database, clock: SteppingClock, steps: list[tuple[str, int]]
) -> None:
    clock.at = NOW
    async with sqlite_database.writing() as session:
        story = await begin(session, clock)
        for verb, number in steps:
            await story.tell(verb, number)
        await every_state_is_told(story)
        await everything_deleted_is_within_reach(story)
        await nothing_differs_from_itself(story)
        await session.rollback()


async def every_state_is_told(story: Story) -> None:
    """Nobody but who may delete sees what is deleted now; Kari may, but for what others said."""
    for moment, state in story.states.items():
        assert await told(story, moment) == state


async def everything_deleted_is_within_reach(story: Story) -> None:
    items = {item.id: item for item in await story.all()}
    in_bin = {one.item.id for one in await binned(story.plan)}
    for item in items.values():
        if item.deleted_at is not None:
            assert (item.id in in_bin) is _stands_but_for_itself(item, items)
    assert all(items[id_].deleted_at is not None for id_ in in_bin)


def _stands_but_for_itself(item: Item, items: dict[UUID, Item]) -> bool:
    above = [getattr(item, name, None) for name in ("goal_id", "activity_id")]
    return all(items[id_].deleted_at is None for id_ in above if id_)


async def nothing_differs_from_itself(story: Story) -> None:
    """Between two moments, what is told as added, removed or changed is what the states say, and no more."""
    moments = list(story.states)
    first, last = moments[0], moments[-1]
    before, after = await stood(story.plan, first + A_SECOND), await stood(story.plan, last + A_SECOND)
    found = differences(before, after)
    then, now = story.states[first], story.states[last]
    assert {one.version.item.id for one in found if one.before is None} <= now.keys() - then.keys()
    assert {one.version.item.id for one in found if one.after is None} <= then.keys() - now.keys()
    differing = {id_ for id_ in then.keys() & now.keys() if then[id_] != now[id_]}
    assert differing <= {one.version.item.id for one in found if one.before and one.after}
    assert differences(after, after) == []
