"""«Sist jeg var her» (F55): how the owner is, told by the owner or by somebody on their behalf, who signs it."""

from uuid import UUID, uuid4

from models.log.rules import Event
from models.plans.operations.demands import demand_change, demand_delete
from models.plans.operations.keeping import changed, demand_fresh, discard, keep
from models.plans.proof import OpenPlan
from models.plans.rules.journal import check_entry
from models.plans.rules.words import Mood
from models.plans.tables.life import JournalEntry
from models.refusals import Reason, Refused
from models.rights import Element, Level


async def add(plan: OpenPlan, *, mood: Mood | None, text: str, new_id: UUID | None = None) -> JournalEntry:
    """An entry by the viewer. `new_id` is what its form called it. Raises Refused or Invalid."""
    plan.demand(Element.JOURNAL, Level.NEW)
    check_entry(mood, text)
    if plan.viewer.person_id is None:
        raise Refused(Reason.NO_RIGHT, plan.plan_id, plan.municipality_id)
    entry = JournalEntry(
        id=new_id or uuid4(),
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        author_id=plan.viewer.person_id,
        participant_id=plan.participant_id,
        added_at=plan.session.clock.now(),
    )
    changed(plan, entry, text=text.strip(), mood=mood)
    await keep(plan, entry, Event.JOURNAL_ADDED)
    return entry


async def change(plan: OpenPlan, entry: JournalEntry, seen: int, *, mood: Mood | None, text: str) -> None:
    """Only the author's. Raises Refused, Invalid, or Conflict when it was changed after revision `seen`."""
    demand_change(plan, entry)
    check_entry(mood, text)
    demand_fresh(entry, seen)
    if fields := changed(plan, entry, text=text.strip(), mood=mood):
        await keep(plan, entry, Event.JOURNAL_CHANGED, fields=fields)


async def delete(plan: OpenPlan, entry: JournalEntry, seen: int | None = None) -> None:
    """By its author, or by somebody with the right to delete entries.

    Raises Conflict when it was changed after the viewer was shown revision `seen`, if it was shown at all.
    """
    demand_delete(plan, entry)
    if seen is not None:
        demand_fresh(entry, seen)
    await discard(plan, entry, Event.JOURNAL_DELETED)
