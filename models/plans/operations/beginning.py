"""How a plan comes into use, and out of it again while it is made ready.

What operations share, after they have demanded.
"""

from uuid import UUID

from sqlmodel import col

from models.base import pick
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.operations.spans import change_span
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.queries.audience import accounts_of
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Participant


async def begin_use(plan: OpenPlan | OpenConsent) -> None:
    """From today; everybody who takes part is told."""
    await change_state(plan, PlanState.ACTIVE)
    everybody = pick(Participant.id).where(col(Participant.plan_id) == plan.plan_id)
    accounts = await accounts_of(plan.session, list(await plan.session.scalars(everybody)), plan.today)
    await notices.queue(plan, Notice.PLAN_ACTIVATED, accounts)


async def unfinished(plan: OpenPlan | OpenConsent, participant_id: UUID | None) -> None:
    """Nothing is waited for any longer, when what was taken back was for everybody: the plan is a draft again."""
    if participant_id is None and plan.state is PlanState.AWAITING_SIGNATURES:
        await change_state(plan, PlanState.DRAFT)


async def change_state(plan: OpenPlan | OpenConsent, state: PlanState) -> None:
    await change_span(plan.session, plan.plan_id, state=state)
    log.record(plan, Event.PLAN_STATE_CHANGED, before=plan.state, after=state)
