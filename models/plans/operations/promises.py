"""«Ble ikke gjort» (N8): the owner, or a guardian on their behalf, says that an activity was not done as promised.

The mark stays whatever else is changed, until whoever set it or the owner takes it back, or the coordinator answers
it: the answer becomes a comment, and the mark is kept in the revisions.
"""

from models.base import unseal
from models.i18n import _
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.operations import comments
from models.plans.operations.demands import demand_owner_side
from models.plans.operations.keeping import changed, demand_fresh, keep
from models.plans.proof import OpenPlan
from models.plans.queries.audience import accounts_of, accounts_that_see, coordinators
from models.plans.rules.promises import check_missed
from models.plans.tables.goals import Activity
from models.refusals import Conflict, Reason, Refused
from models.rights import Element, Level, Role


async def mark_missed(plan: OpenPlan, activity: Activity, seen: int, note: str = "") -> None:
    """Told to the coordinator and the responsible, those of them who may see it. Sent twice, it is said once.

    Raises Refused, Invalid, or Conflict when the activity was changed after revision `seen`, or is marked already.
    """
    mine = demand_owner_side(plan, activity)
    check_missed(activity.status, activity.due_on, plan.today, note)
    said = unseal(plan.vault, activity, "missed_note") if activity.missed_by == mine.participant_id else None
    if said == note.strip():
        return
    demand_fresh(activity, seen)
    if activity.missed_at is not None:
        raise Conflict(_("Det er allerede sagt fra om at dette ikke ble gjort."))
    now = plan.session.clock.now()
    changed(plan, activity, missed_at=now, missed_by=mine.participant_id, missed_note=note.strip())
    await keep(plan, activity, Event.ACTIVITY_MISSED)
    await _tell(plan, activity)


async def take_back(plan: OpenPlan, activity: Activity, seen: int) -> None:
    """By whoever said it, or the owner: a guardian does not take back what the owner said."""
    mine = demand_owner_side(plan, activity)
    if mine.role is not Role.OWNER and activity.missed_by != mine.participant_id:
        raise Refused(Reason.NOT_YOURS, plan.plan_id, plan.municipality_id)
    demand_fresh(activity, seen)
    await _clear(plan, activity)


async def answer(plan: OpenPlan, activity: Activity, seen: int, text: str) -> None:
    """The coordinator's answer, which all who may see the activity's comments can read."""
    plan.demand_coordinator()
    plan.demand(Element.ACTIVITIES, Level.CHANGE, activity)
    demand_fresh(activity, seen)
    await comments.add(plan, activity, text)
    await _clear(plan, activity)


async def _clear(plan: OpenPlan, activity: Activity) -> None:
    if activity.missed_at is None:
        raise Conflict
    fields = changed(plan, activity, missed_at=None, missed_by=None, missed_note="")
    await keep(plan, activity, Event.ACTIVITY_CHANGED, fields=fields)


async def _tell(plan: OpenPlan, activity: Activity) -> None:
    concerned = await coordinators(plan.session, plan.plan_id, plan.today)
    if activity.responsible_id:
        concerned |= await accounts_of(plan.session, [activity.responsible_id], plan.today)
    seeing = await accounts_that_see(plan, activity)
    await notices.queue(plan, Notice.ACTIVITY_MISSED, concerned & seeing, about=activity)
