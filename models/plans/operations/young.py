"""A guardian lets a child under 15 sign in, and may change their mind (F23, C17)."""

from sqlalchemy import update
from sqlmodel import col

from models.log import operations as log
from models.log.rules import Event
from models.people.tables import YoungSignIn
from models.plans.proof import OpenPlan
from models.plans.queries.young import Child, child
from models.refusals import NotFound, Reason, Refused
from models.rights import Role


def demand_guardian(plan: OpenPlan) -> None:
    """Raises Refused for anybody but a grown-up who is here as a guardian, in their own name."""
    if plan.looking_as:
        raise Refused(Reason.LOOKING_AS, plan.plan_id, plan.municipality_id)
    if plan.viewer.is_young or Role.GUARDIAN not in {standing.role for standing in plan.standings}:
        raise Refused(Reason.LEVEL_TOO_LOW, plan.plan_id, plan.municipality_id)


async def approve(plan: OpenPlan) -> None:
    """Until the 15th birthday, in all plans of the kinds where guardians are asked. Saying it twice changes nothing."""
    demand_guardian(plan)
    known = await _child(plan)
    if known.approved_at:
        return
    plan.session.add(
        YoungSignIn(
            municipality_id=plan.municipality_id,
            person_id=known.person_id,
            approved_by=plan.actor_id,
            approved_at=plan.session.clock.now(),
        )
    )
    log.record(plan, Event.YOUNG_SIGN_IN_APPROVED, person=str(known.person_id))


async def withdraw(plan: OpenPlan) -> None:
    """From now on; whoever of the guardians it was that approved."""
    demand_guardian(plan)
    known = await _child(plan)
    if not known.approved_at:
        return
    living = col(YoungSignIn.person_id) == known.person_id, col(YoungSignIn.withdrawn_at).is_(None)
    await plan.session.execute(update(YoungSignIn).where(*living).values(withdrawn_at=plan.session.clock.now()))
    log.record(plan, Event.YOUNG_SIGN_IN_WITHDRAWN, person=str(known.person_id))


async def _child(plan: OpenPlan) -> Child:
    known = await child(plan)
    if known is None:
        raise NotFound
    return known
