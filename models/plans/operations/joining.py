"""What coming into a plan and going out of it share: operations call these after they have demanded, and log."""

from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.operations.proposing import take_back_all
from models.plans.proof import OpenPlan
from models.plans.queries.audience import accounts_of
from models.plans.queries.participants import last_span
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Participant


async def welcome(plan: OpenPlan, participant: Participant) -> None:
    """Tell a new participant (F105); in a plan that is not in use yet, they are told when it is."""
    if plan.state is PlanState.ACTIVE:
        accounts = await accounts_of(plan.session, [participant.id], plan.today)
        await notices.queue(plan, Notice.ADDED_TO_PLAN, accounts)


async def depart(plan: OpenPlan, participant: Participant, *, for_good: bool = False) -> None:
    """Out from today; somebody who was to come never does. The last span of the role remembers the end that was
    planned, so that it can be taken back; when it is `for_good`, the role ends too, and nobody takes it back."""
    await take_back_all(plan, participant)
    span = await last_span(plan, participant)
    if for_good or span.valid_to is None:
        span.valid_to = plan.today if for_good else participant.valid_to
    if participant.valid_from > plan.today:
        participant.valid_from = span.valid_from = plan.today
    participant.valid_to = plan.today
    await plan.session.flush()


def has_left(plan: OpenPlan, participant: Participant) -> bool:
    return participant.valid_to is not None and participant.valid_to <= plan.today
