"""That somebody begins to see the plan as another participant sees it (N2)."""

from models.log import operations as log
from models.log.rules import Event
from models.plans.proof import OpenPlan
from models.plans.tables.participants import Participant
from models.refusals import NotFound
from models.rights import Element, Level


async def begin(plan: OpenPlan, participant: Participant) -> None:
    """Nothing but the log is told: it is the viewer's own browser that remembers it."""
    plan.demand(Element.RIGHTS, Level.READ)
    if participant.plan_id != plan.plan_id:
        raise NotFound
    log.record(plan, Event.PLAN_SEEN_AS, participant=str(participant.id))
