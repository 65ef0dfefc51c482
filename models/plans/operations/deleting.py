"""Deleting a plan (C12, F190): it is gone for everybody at once, can be fetched back for a while, then is destroyed.

A plan that is not archived is deleted only with a reason, which is kept: the archives act says that what is done for
people in a municipality is not thrown away by a click.
"""

import json
from dataclasses import dataclass

from models.base import seal, unseal
from models.log import operations as log
from models.log.rules import Event
from models.plans.operations.demands import demand_coordinating, demand_only_individual
from models.plans.operations.spans import change_span
from models.plans.proof import OpenPlan
from models.plans.queries.administration import plan_row
from models.plans.rules.administering import KEPT, deletion_problem, is_individual, parts_of
from models.plans.rules.words import DeleteReason, PlanState
from models.refusals import Invalid, NotFound
from models.rights import Element, Level


@dataclass(frozen=True)
class Deletion:
    """`typed` is the plan's short name, as whoever deletes it wrote it to confirm."""

    reason: DeleteReason | None
    remark: str = ""
    typed: str = ""


async def delete(plan: OpenPlan, wanted: Deletion) -> None:
    """By who coordinates it, whatever state it is in. Raises Refused or Invalid."""
    plan.demand(Element.PLAN, Level.DELETE)
    demand_coordinating(plan)
    if wrong := deletion_problem(wanted.reason, wanted.remark, wanted.typed, plan.short_name):
        raise Invalid(**wrong)
    row = await plan_row(plan)
    row.delete_reason, row.destroy_on = wanted.reason, plan.today + KEPT
    seal(plan.vault, row, delete_remark=json.dumps({"state": plan.state, "remark": wanted.remark.strip()}))
    await change_span(plan.session, plan.plan_id, state=PlanState.DELETED)
    log.record(plan, Event.PLAN_DELETED, reason=wanted.reason)


async def restore(plan: OpenPlan) -> None:
    """As it was before it was deleted. Raises Refused, NotFound for what is not deleted or has been so too long, or
    Invalid when the owner has got another individual plan meanwhile."""
    plan.demand(Element.PLAN, Level.DELETE)
    demand_coordinating(plan)
    row = await plan_row(plan)
    if plan.state is not PlanState.DELETED or row.destroy_on is None or row.destroy_on <= plan.today:
        raise NotFound
    state = PlanState(json.loads(unseal(plan.vault, row, "delete_remark"))["state"])
    if state is not PlanState.INACTIVE and is_individual(plan.kind, parts_of(plan.elements)):
        await demand_only_individual(plan, "plan")
    row.delete_reason = row.destroy_on = None
    seal(plan.vault, row, delete_remark=None)
    await change_span(plan.session, plan.plan_id, state=state)
    log.record(plan, Event.PLAN_RESTORED)
