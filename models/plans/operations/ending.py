"""Ending a plan, which is then read and not written in (F189), and taking it up again."""

from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.plans.operations.demands import demand_coordinating, demand_only_individual
from models.plans.operations.spans import change_span
from models.plans.proof import OpenPlan
from models.plans.rules.administering import is_individual, parts_of
from models.plans.rules.words import PlanState
from models.refusals import Invalid
from models.rights import Element, Level


async def end(plan: OpenPlan) -> None:
    """By who coordinates it. Ending twice leaves one trace. Raises Refused, or Invalid for a plan not in use yet."""
    plan.demand(Element.PLAN, Level.CHANGE)
    demand_coordinating(plan)
    if plan.state is PlanState.INACTIVE:
        return
    if plan.state is not PlanState.ACTIVE:
        raise Invalid(plan=_("Planen er ikke tatt i bruk ennå, og kan ikke avsluttes. Du kan slette den i stedet."))
    await _become(plan, PlanState.INACTIVE)


async def reopen(plan: OpenPlan) -> None:
    """By who coordinates it. Raises Refused, or Invalid when the owner has got another individual plan meanwhile."""
    plan.demand(Element.PLAN, Level.CHANGE)
    demand_coordinating(plan)
    if plan.state is not PlanState.INACTIVE:
        return
    if is_individual(plan.kind, parts_of(plan.elements)):
        await demand_only_individual(plan, "plan")
    await _become(plan, PlanState.ACTIVE)


async def _become(plan: OpenPlan, state: PlanState) -> None:
    await change_span(plan.session, plan.plan_id, state=state)
    log.record(plan, Event.PLAN_STATE_CHANGED, before=plan.state, after=state)
