"""Taking back the last change of an item (N11), and bringing back an older version of it (N10)."""

from datetime import timedelta

from models.i18n import _
from models.log.rules import Event
from models.plans.operations.bin import demand_room
from models.plans.operations.demands import demand_change, demand_delete, demand_living
from models.plans.operations.keeping import changed, demand_fresh, discard, keep, recover
from models.plans.proof import OpenPlan
from models.plans.queries.revisions import Version
from models.plans.queries.undoable import LastChange
from models.plans.tables.goals import Goal
from models.plans.tables.item import Item
from models.plans.tables.kinds import kind_of
from models.refusals import Conflict, Reason, Refused
from models.rights import Level

WITHIN = timedelta(hours=24)
MISSED = frozenset({"missed_at", "missed_by", "missed_note"})
MOVES = frozenset({"place", "goal_id"})
"""Moving changes several items at once, and is done and undone where they are put in order (F76)."""

STAYS = MISSED | MOVES | {"historic_at", "area", "participant_id"}
"""Where an item lies and what has befallen it: no part of what an older version said."""


async def undo(plan: OpenPlan, change: LastChange) -> None:
    """A new change that makes it as it was before. Raises Refused, or Conflict when it can no longer be done."""
    await _demand(plan, change)
    kind, item = change.now.kind, change.item
    if change.is_deletion:
        await recover(plan, item, kind.restored or kind.changed)
    elif change.is_addition or change.is_restoration:
        await discard(plan, item, kind.deleted or kind.changed)
    else:
        await _put_back(plan, change)


async def _demand(plan: OpenPlan, change: LastChange) -> None:
    demand_undo(plan, change)
    if goal_id := getattr(change.item, "goal_id", None):
        demand_living(plan, await plan.session.get_one(Goal, goal_id))
    if change.is_deletion:
        await demand_room(plan, change.item)


def demand_undo(plan: OpenPlan, change: LastChange) -> None:
    """Only their own change of the last day, by who may still do such a thing. Raises Refused or Conflict."""
    plan.demand_active()
    if change.now.by != plan.actor_id:
        raise Refused(Reason.NOT_YOURS, plan.plan_id, plan.municipality_id)
    if change.now.at < plan.session.clock.now() - WITHIN:
        raise Conflict(_("Det er mer enn et døgn siden, så det kan ikke angres herfra."))
    if change.is_addition and not change.is_bare:
        raise Conflict(_("Dette er tatt i bruk etterpå. Slett det på vanlig måte hvis det skal bort."))
    if change.is_deletion or change.is_addition or change.is_restoration:
        _demand_presence(plan, change.item)
    else:
        _demand_content(plan, change)


def _demand_presence(plan: OpenPlan, item: Item) -> None:
    """Who could add it may take it away again while nobody has touched it, and the other way about."""
    if not plan.allows(item.guarded_by()[0][0], Level.NEW, item):
        demand_delete(plan, item)


def _demand_content(plan: OpenPlan, change: LastChange) -> None:
    """What each kind of change demands."""
    element, item = change.item.guarded_by()[0][0], change.item
    if not change.columns or change.columns & MOVES:
        raise Conflict(_("Dette ble flyttet. Flytt det tilbake der du endrer rekkefølgen."))
    if "historic_at" in change.columns:
        plan.demand(element, Level.DELETE, item)
    elif change.columns <= MISSED:
        plan.demand(element, Level.READ, item)
    else:
        demand_change(plan, item)


async def _put_back(plan: OpenPlan, change: LastChange) -> None:
    """The values of the version before, and nobody sees it marked as new.

    Of what stands from the first day, nothing was written before that.
    """
    item, before, columns = change.item, change.before, change.now.kind.columns
    values = before.values(plan) if before else dict.fromkeys(columns)
    fields = changed(plan, item, **{name: values[name] for name in columns if name in change.columns})
    item.changed_at = before.item.changed_at if before else None
    if isinstance(item, Goal) and "historic_at" in fields:
        event = Event.GOAL_TO_HISTORY if item.historic_at else Event.GOAL_FROM_HISTORY
        await keep(plan, item, event, quietly=True)
    else:
        await keep(plan, item, change.now.kind.changed, quietly=True, fields=fields)


async def bring_back(plan: OpenPlan, item: Item, seen: int, version: Version) -> None:
    """Let the item say what it said in an older version of itself; where it lies does not change.

    Raises Refused, or Conflict when somebody changed it after the viewer was shown revision `seen`.
    """
    demand_change(plan, item)
    demand_fresh(item, seen)
    values = {name: value for name, value in version.values(plan).items() if name not in STAYS}
    if fields := changed(plan, item, **values):
        await keep(plan, item, kind_of(item).changed, fields=fields)
