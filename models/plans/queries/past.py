"""The time machine (N10): the plan as it stood on a day, and what became of it between two.

What is shown goes by the viewer's rights today, both to the item as it was and to the item as it is: that somebody
could read more, or less, on the day itself is not known, since rights are not kept with their dates yet. What has been
deleted since is shown only to who may delete such things, or to their author.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_
from sqlmodel import col

from models.base import pick
from models.clock import OSLO, local_day
from models.plans.proof import OpenPlan
from models.plans.queries.goals import all_bare_goals
from models.plans.queries.revisions import COLUMNS, Version, version
from models.plans.tables.goals import Activity, Goal
from models.plans.tables.item import Item
from models.plans.tables.kinds import Kind
from models.plans.tables.plan import Plan, Revision
from models.refusals import NotFound
from models.rights import Level

Stood = Mapping[UUID, Version]
"""The items that stood in a plan, by their ids."""


@dataclass(frozen=True)
class Difference:
    """An item that was added (no `before`), removed (no `after`), or changed between two moments."""

    before: Version | None
    after: Version | None

    @property
    def version(self) -> Version:
        found = self.after or self.before
        assert found is not None  # noqa: S101 - one of them is there
        return found


async def made_on(plan: OpenPlan) -> date:
    """The first day of the plan: there is no earlier one to see."""
    made: datetime = await plan.session.scalar(pick(Plan.made_at).where(col(Plan.id) == plan.plan_id))
    return local_day(made)


async def find_for_history(plan: OpenPlan, kind: Kind, item_id: UUID) -> Item:
    """An item whose versions the viewer may see, deleted or not; raises NotFound."""
    item = await plan.session.get(kind.table, item_id)
    if item is None or item.plan_id != plan.plan_id or not plan.sees(item):
        raise NotFound
    if any(one.deleted_at is not None and not may_see_deleted(plan, one) for one in await with_above(plan, item)):
        raise NotFound
    return item


async def with_above(plan: OpenPlan, item: Item) -> list[Item]:
    """The item, and the goal and the activity that it lies under."""
    above: list[tuple[Any, UUID | None]] = [
        (Goal, getattr(item, "goal_id", None)),
        (Activity, getattr(item, "activity_id", None)),
    ]
    return [item, *[await plan.session.get_one(table, id_) for table, id_ in above if id_]]


async def goal_titles(plan: OpenPlan) -> dict[UUID, str]:
    """Of the goals that the viewer may read."""
    return {goal.id: goal.title for goal in await all_bare_goals(plan)}


def end_of(day: date) -> datetime:
    """The first moment after the day, where the plan is used."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=OSLO)


async def stood(plan: OpenPlan, until: datetime) -> Stood:
    """What stood in the plan just before the moment, nothing without what it lay under; in one query."""
    then, now = dict[UUID, Version](), dict[UUID, Version]()
    for row in await _rows(plan, until):
        found = version(plan, row)
        if row.number == row.then:
            then[row.item_id] = found
        if row.number == row.now:
            now[row.item_id] = found
    seen = {id_ for id_, one in then.items() if not one.is_deleted and _may_see(plan, one.item, now[id_].item)}
    whole = _whole(seen, then)
    return {id_: one for id_, one in then.items() if id_ in whole}


def _whole(seen: set[UUID], then: Stood) -> set[UUID]:
    """Without those that lay under what is not seen: at most a comment under an activity under a goal."""
    for _depth in range(2):
        seen = {id_ for id_ in seen if seen.issuperset(then[id_].above)}
    return seen


async def taken_away(plan: OpenPlan, found: Iterable[Difference], until: datetime) -> Stood:
    """The version that put each removed item in the recycle bin; none of one that only went out of sight."""
    removed = [one.version.item.id for one in found if one.after is None]
    if not removed:
        return {}
    last = _last(plan, until).where(col(Revision.item_id).in_(removed)).subquery()
    newest = pick(*COLUMNS).join(last, and_(last.c.item_id == Revision.item_id, last.c.number == Revision.number))
    rows = await plan.session.execute(newest.where(col(Revision.plan_id) == plan.plan_id))
    versions = (version(plan, row) for row in rows)
    return {one.item.id: one for one in versions if one.is_deleted}


async def _rows(plan: OpenPlan, until: datetime) -> Iterable[Any]:
    then, now = _last(plan, until).subquery(), _last(plan, None).subquery()
    found = (
        pick(*COLUMNS, then.c.number.label("then"), now.c.number.label("now"))
        .join(then, then.c.item_id == Revision.item_id)
        .join(now, now.c.item_id == Revision.item_id)
        .where(
            col(Revision.plan_id) == plan.plan_id,
            or_(col(Revision.number) == then.c.number, col(Revision.number) == now.c.number),
        )
    )
    return await plan.session.execute(found)


def _last(plan: OpenPlan, until: datetime | None) -> Any:
    """The number of each item's last revision before the moment, or of all."""
    mine = col(Revision.plan_id) == plan.plan_id
    found = pick(Revision.item_id, func.max(Revision.number).label("number")).group_by(col(Revision.item_id))
    return found.where(mine, col(Revision.changed_at) < until) if until else found.where(mine)


def _may_see(plan: OpenPlan, then: Item, now: Item) -> bool:
    return plan.sees(then) and plan.sees(now) and (now.deleted_at is None or may_see_deleted(plan, now))


def may_see_deleted(plan: OpenPlan, item: Item) -> bool:
    """Who may delete such items, in an ended plan too, or their author."""
    if plan.wrote(getattr(item, "author_id", None)):
        return True
    element, id_ = item.guarded_by()[0]
    return any(one.narrowed is None and one.level(element, id_) >= Level.DELETE for one in plan.standings)


def differences(before: Stood, after: Stood) -> list[Difference]:
    """Nothing is told of what came or went with what it lies under: that it did is told already."""
    ids = [*before, *(id_ for id_ in after if id_ not in before)]
    found = [Difference(before.get(id_), after.get(id_)) for id_ in ids]
    return [one for one in found if _differs(one) and not _went_along(one, before, after)]


def _differs(one: Difference) -> bool:
    if one.before is None or one.after is None:
        return True
    return one.before.number != one.after.number


def _went_along(one: Difference, before: Stood, after: Stood) -> bool:
    """Its goal or activity was removed too, or added too."""
    if one.after is None:
        return any(id_ not in after for id_ in one.version.above)
    return one.before is None and any(id_ not in before for id_ in one.version.above)
