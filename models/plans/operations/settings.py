"""What the coordinator decides about the plan itself: its name, its parts, its first page, and its next revision.

What is open to those who may renew the plan's basis stays open while the content is closed. `seen` is the mark of what
was shown before it was changed: who saves after somebody else is told, and nothing is saved.
"""

from collections.abc import Collection
from datetime import date

from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.plans.operations.demands import demand_only_individual
from models.plans.operations.keeping import changed
from models.plans.operations.spans import change_span
from models.plans.proof import OpenPlan
from models.plans.queries import administration
from models.plans.queries.administration import Facts, owner_names, plan_row
from models.plans.queries.settings import read
from models.plans.rules.administering import is_individual, mark, parts_of, period_problem, with_parts
from models.plans.rules.making import Part
from models.plans.rules.revision import check_revision
from models.plans.rules.short_name import problem as short_name_problem
from models.plans.rules.words import HomeBlock, PlanState
from models.refusals import Conflict, Invalid
from models.rights import Element, Level


async def change(
    plan: OpenPlan, *, shown: Collection[HomeBlock], revise_on: date | None, seen: str | None = None
) -> None:
    """The blocks its first page shows, and the day it is to be gone through. Raises Refused, Invalid or Conflict.

    A day that has passed may stay as it was: it says that the plan is overdue. `seen` None asks for no comparison.
    """
    _demand(plan)
    row = await plan_row(plan)
    if revise_on != row.revise_on:
        check_revision(revise_on, plan.today)
    if seen is not None and seen != (await read(plan)).mark:
        raise Conflict
    hidden = [block.value for block in HomeBlock if block not in shown]
    if fields := changed(plan, row, home_hidden=hidden, revise_on=revise_on):
        log.record(plan, Event.PLAN_CHANGED, fields=fields)


async def revise(plan: OpenPlan, revise_on: date | None) -> None:
    """The plan has been gone through today, and is to be again that day, if decided. Raises Refused or Invalid."""
    _demand(plan)
    check_revision(revise_on, plan.today)
    row = await plan_row(plan)
    row.revised_on, row.revise_on = plan.today, revise_on
    log.record(plan, Event.PLAN_REVISED)


async def change_facts(plan: OpenPlan, wanted: Facts, seen: str) -> None:
    """What it is called, its period, and the unit it belongs to (F188). Raises Refused, Invalid or Conflict."""
    _demand(plan)
    await _check_facts(plan, wanted)
    if seen != (await administration.facts(plan)).mark:
        raise Conflict
    fields = changed(
        plan,
        await plan_row(plan),
        short_name=wanted.short_name.strip(),
        period_from=wanted.period_from,
        period_to=wanted.period_to,
    )
    if wanted.unit_id != plan.unit_id:
        await change_span(plan.session, plan.plan_id, unit_id=wanted.unit_id)
        fields.append("unit")
    if fields:
        log.record(plan, Event.PLAN_CHANGED, fields=fields)


async def change_parts(plan: OpenPlan, parts: Collection[Part], seen: str, *, hides: bool = False) -> None:
    """What the plan is made with (F188). Nothing is deleted: what is taken off is there again when it is put on.

    `hides`: whoever asks knows that something is hidden by it. Raises Refused, Invalid or Conflict.
    """
    _demand(plan)
    before = parts_of(plan.elements)
    if seen != mark(parts=before):
        raise Conflict
    if before - {*parts} and not hides:
        raise Invalid(hides=_("Bekreft at det som er skrevet der, skal skjules for alle."))
    if plan.state is PlanState.AWAITING_SIGNATURES and {*parts} - before:
        raise Invalid(parts=_("Noen leser samtykket nå. Trekk forespørselen før dere legger til mer i planen."))
    if not is_individual(plan.kind, before) and is_individual(plan.kind, parts):
        await demand_only_individual(plan, "parts")
    if fields := changed(plan, await plan_row(plan), elements=with_parts(plan.elements, parts)):
        log.record(plan, Event.PLAN_CHANGED, fields=fields)


async def _check_facts(plan: OpenPlan, wanted: Facts) -> None:
    found = period_problem(wanted.period_from, wanted.period_to, plan.today)
    named = (short_name_problem(wanted.short_name, *names) for names in await owner_names(plan) or [("", "")])
    if (wrong := next(filter(None, named), None)) and wanted.short_name.strip() != plan.short_name:
        found["short_name"] = wrong
    if wanted.unit_id and wanted.unit_id not in {unit.id for unit in await administration.units(plan)}:
        found["unit_id"] = _("Velg en enhet fra listen.")
    if found:
        raise Invalid(**found)


def _demand(plan: OpenPlan) -> None:
    plan.demand(Element.PLAN, Level.CHANGE)
    plan.demand_active()
