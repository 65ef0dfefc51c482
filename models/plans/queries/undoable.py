"""The last change of an item, for whoever wants to take it back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import literal, union_all
from sqlmodel import col

from models.base import pick
from models.i18n import _
from models.plans.proof import OpenPlan
from models.plans.queries.items import find
from models.plans.queries.revisions import Version, versions
from models.plans.tables.goals import Activity, Comment, Measurement
from models.plans.tables.item import Item
from models.plans.tables.kinds import Kind
from models.plans.tables.together import Evaluation
from models.refusals import Conflict, NotFound

UNDER = {"goal_id": (Activity, Comment, Measurement, Evaluation), "activity_id": (Comment,)}
"""What may lie under a goal, and under an activity."""


@dataclass(frozen=True)
class LastChange:
    """An item, its last version, and the one before; `is_bare`: nothing lies under it."""

    item: Item
    now: Version
    before: Version | None
    is_bare: bool

    @property
    def is_addition(self) -> bool:
        return self.before is None and self.now.kind.deleted is not None

    @property
    def is_deletion(self) -> bool:
        return self.now.is_deleted

    @property
    def is_restoration(self) -> bool:
        return self.before is not None and self.before.is_deleted

    @property
    def columns(self) -> frozenset[str]:
        """Those the change gave other values."""
        then = self.before.item if self.before else None
        names = (*self.now.kind.columns, "place")
        return frozenset(name for name in names if _at(self.now.item, name) != _at(then, name))


def _at(item: Item | None, name: str) -> Any:
    return getattr(item, name, None)


async def last_change(plan: OpenPlan, kind: Kind, item_id: UUID, seen: int) -> LastChange:
    """The change that made the item's revision `seen`.

    Raises NotFound when the viewer cannot see the item, or what it lies under is deleted; Conflict when it was changed
    after that.
    """
    item = await find_anywhere(plan, kind, item_id)
    if item.revision != seen:
        raise Conflict(_("Dette er endret etterpå, så ingenting er angret."))
    found = {version.number: version for version in await versions(plan, item, seen - 1, seen)}
    if seen not in found:
        raise NotFound
    return LastChange(item, found[seen], found.get(seen - 1), not await _has_anything_under(plan, item))


async def find_anywhere(plan: OpenPlan, kind: Kind, item_id: UUID) -> Any:
    """As `find`, in the recycle bin or out of it."""
    try:
        return await find(plan, kind, item_id)
    except NotFound:
        return await find(plan, kind, item_id, deleted=True)


async def _has_anything_under(plan: OpenPlan, item: Item) -> bool:
    lying = [
        pick(literal(1)).where(col(getattr(table, name)) == item.id, col(table.deleted_at).is_(None))
        for name, tables in UNDER.items()
        for table in tables
    ]
    return await plan.session.scalar(union_all(*lying).limit(1)) is not None
