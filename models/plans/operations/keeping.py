"""What every change of an item leaves behind, in the same transaction: a revision, a log row and notices."""

import json

from models.base import Row, seal, snapshot, unseal
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.proof import OpenPlan
from models.plans.queries.audience import accounts_that_see
from models.plans.tables.goals import Activity, Comment, Goal
from models.plans.tables.plan import Revision
from models.refusals import Conflict
from models.sealing import Sealed

Kept = Goal | Activity | Comment


async def keep(plan: OpenPlan, item: Kept, event: Event, notice: Notice | None = None, **details: object) -> None:
    """Number the change and keep the item as it now is; log it; tell those who may see it."""
    item.revision += 1
    if item.revision > 1:
        item.changed_at = plan.session.clock.now()
    plan.session.add(item)
    await plan.session.flush()
    plan.session.add(_revision(plan, item))
    log.record(plan, event, item, **details)
    if notice:
        await notices.queue(plan, notice, await accounts_that_see(plan, item), about=item)


async def discard(plan: OpenPlan, item: Kept, event: Event) -> None:
    """Into the recycle bin; discarding twice leaves one trace."""
    if item.deleted_at is None:
        item.deleted_at = plan.session.clock.now()
        await keep(plan, item, event)


async def recover(plan: OpenPlan, item: Kept, event: Event) -> None:
    """Out of the recycle bin again."""
    if item.deleted_at is not None:
        item.deleted_at = None
        await keep(plan, item, event)


def demand_fresh(item: Kept, seen: int) -> None:
    """Raises Conflict when the item was changed after the viewer was shown revision `seen`."""
    if item.revision != seen:
        raise Conflict


def changed(plan: OpenPlan, item: Row, **values: object) -> list[str]:
    """Set the values, sealing texts where the column is sealed; returns the names of those that were new."""
    new = []
    for name, value in values.items():
        is_sealed = isinstance(type(item).__table__.c[name].type, Sealed)  # type: ignore[attr-defined]
        before = unseal(plan.vault, item, name) if is_sealed else getattr(item, name)
        if before == value:
            continue
        new.append(name)
        if is_sealed:
            seal(plan.vault, item, **{name: str(value) or None})
        else:
            setattr(item, name, value)
    return new


def _revision(plan: OpenPlan, item: Kept) -> Revision:
    revision = Revision(
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        element=item.guarded_by()[0][0],
        item_id=item.id,
        number=item.revision,
        changed_at=plan.session.clock.now(),
        changed_by=plan.actor_id,
        content=None,
    )
    seal(plan.vault, revision, content=json.dumps(snapshot(item)))
    return revision
