"""What every change of an item leaves behind, in the same transaction: a revision, a log row and notices."""

import json

from models.base import Row, is_sealed, seal, snapshot, unseal
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.proof import OpenPlan
from models.plans.queries.audience import accounts_that_see
from models.plans.tables.goals import Goal
from models.plans.tables.item import Item
from models.plans.tables.kinds import kind_of
from models.plans.tables.plan import Revision
from models.refusals import Conflict, Reason, Refused
from models.rich_text import clean

STAYS_HISTORIC = frozenset({Event.GOAL_TO_HISTORY, Event.GOAL_DELETED, Event.GOAL_RESTORED})
"""What may befall a goal in history."""


async def keep(
    plan: OpenPlan, item: Item, event: Event, notice: Notice | None = None, *, quietly: bool = False, **details: object
) -> None:
    """Number the change and keep the item as it now is; log it; tell those who may see it.

    `quietly`: nobody sees it marked as new, as when items only change places. Raises Refused under a goal in history,
    and Conflict under one that somebody has deleted meanwhile.
    """
    await _demand_living_goal(plan, item, event)
    item.revision += 1
    if item.revision > 1 and not quietly:
        item.changed_at = plan.session.clock.now()
    plan.session.add(item)
    await plan.session.flush()
    plan.session.add(_revision(plan, item))
    log.record(plan, event, item, **details)
    if notice:
        await notices.queue(plan, notice, await accounts_that_see(plan, item), about=item)


async def _demand_living_goal(plan: OpenPlan, item: Item, event: Event) -> None:
    goal_id = getattr(item, "goal_id", None)
    goal = item if isinstance(item, Goal) else goal_id and await plan.session.get(Goal, goal_id)
    if not isinstance(goal, Goal):
        return
    if goal is not item and goal.deleted_at is not None:
        raise Conflict(_("Målet er slettet av en annen mens du skrev."))
    if goal.historic_at is not None and event not in STAYS_HISTORIC:
        raise Refused(Reason.IN_HISTORY, plan.plan_id, plan.municipality_id)


async def discard(plan: OpenPlan, item: Item, event: Event) -> None:
    """Into the recycle bin; discarding twice leaves one trace."""
    if item.deleted_at is None:
        item.deleted_at = plan.session.clock.now()
        await keep(plan, item, event, quietly=True)


async def recover(plan: OpenPlan, item: Item, event: Event) -> None:
    """Out of the recycle bin again, as it was: nobody sees it marked as new."""
    if item.deleted_at is not None:
        item.deleted_at = None
        await keep(plan, item, event, quietly=True)


def demand_fresh(item: Item, seen: int) -> None:
    """Raises Conflict when the item was changed after the viewer was shown revision `seen`."""
    if item.revision != seen:
        raise Conflict


def changed(plan: OpenPlan, item: Row, **values: object) -> list[str]:
    """Set the values, sealing texts where the column is sealed; returns the names of those that were new.

    Rich texts are made harmless here, whoever sends them (F214).
    """
    new, rich = [], kind_of(item).rich if isinstance(item, Item) else ()
    for name, value in values.items():
        if not is_sealed(type(item), name):
            if getattr(item, name) != value:
                new.append(name)
                setattr(item, name, value)
            continue
        text = clean(str(value or "")) if name in rich else str(value or "")
        if unseal(plan.vault, item, name) != text:
            new.append(name)
            seal(plan.vault, item, **{name: text or None})
    return new


def _revision(plan: OpenPlan, item: Item) -> Revision:
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
