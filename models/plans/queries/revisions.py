"""Items as they were: every change of an item left a revision behind."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement
from sqlmodel import col

from models.base import is_sealed, pick, reveal, unseal
from models.plans.proof import OpenPlan
from models.plans.queries.subject_plans import knows_contact
from models.plans.tables.item import Item
from models.plans.tables.kinds import KINDS, Kind
from models.plans.tables.life import SubjectPlan
from models.plans.tables.plan import Revision
from models.rights import Element

COLUMNS = (
    *(Revision.id, Revision.element, Revision.item_id, Revision.number),
    *(Revision.changed_at, Revision.changed_by, Revision.content),
)


@dataclass(frozen=True)
class Version:
    """An item as it was after one change, when that was, and by which account.

    `item` is a row of no session: it is guarded as the real one was then, and nothing can be saved through it.
    """

    kind: Kind
    item: Item
    at: datetime
    by: UUID | None

    @property
    def number(self) -> int:
        return self.item.revision

    @property
    def is_deleted(self) -> bool:
        return self.item.deleted_at is not None

    @property
    def above(self) -> tuple[UUID, ...]:
        """What it lay under: its goal, and its activity."""
        ids = (getattr(self.item, name, None) for name in ("goal_id", "activity_id"))
        return tuple(id_ for id_ in ids if id_)

    def values(self, plan: OpenPlan) -> dict[str, Any]:
        """What people had written, by column, with the texts opened.

        Without the contact of another plan, unless the viewer knows it in any case: what was agreed then may not be now
        (F87).
        """
        texts = {name: unseal(plan.vault, self.item, name) for name in self.kind.texts}
        if isinstance(self.item, SubjectPlan) and not knows_contact(plan, self.item.id):
            texts["contact"] = ""
        return texts | {name: getattr(self.item, name) for name in self.kind.facts}


async def versions(plan: OpenPlan, item: Item, *numbers: int) -> list[Version]:
    """All of the item's, or those with these numbers, oldest first; whether the viewer may see them is not asked."""
    where = col(Revision.item_id) == item.id
    if numbers:
        where &= col(Revision.number).in_(numbers)
    return [version(plan, row) for row in await rows(plan, where)]


async def rows(plan: OpenPlan, where: ColumnElement[bool]) -> Sequence[Any]:
    found = pick(*COLUMNS).where(col(Revision.plan_id) == plan.plan_id, where).order_by(col(Revision.number))
    picked: Sequence[Any] = (await plan.session.execute(found)).all()
    return picked


def version(plan: OpenPlan, row: Any) -> Version:
    """Of a picked row of revisions."""
    content = json.loads(reveal(plan.vault, Revision, "content", row.id, row.content))
    kind = _kind(row.element, content)
    return Version(kind, _as_it_was(kind, content), row.changed_at, row.changed_by)


def _kind(element: Element, content: Mapping[str, Any]) -> Kind:
    """The kind with such columns: some kinds lie under the same element."""
    guarded = [kind for kind in KINDS if element in kind.elements]
    return max(guarded, key=lambda kind: len(kind.table.model_fields.keys() & content.keys()))


def _as_it_was(kind: Kind, content: Mapping[str, Any]) -> Item:
    """Columns that came later are empty, as they were when they came."""
    known = kind.table.model_fields.keys() & content.keys()
    return kind.table(**{name: _value(kind.table, name, content[name]) for name in known})


def _value(table: type[Item], name: str, value: Any) -> Any:
    if is_sealed(table, name):
        return None if value is None else bytes.fromhex(value)
    return _adapter(table, name).validate_python(value)


@cache
def _adapter(table: type[Item], name: str) -> TypeAdapter[Any]:
    annotation: Any = table.model_fields[name].annotation
    return TypeAdapter(annotation)
