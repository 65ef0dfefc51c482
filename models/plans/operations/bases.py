"""What a plan, or one participation, rests on: consent, a decision, or a task that the law gives (N1, C21)."""

from models.log import operations as log
from models.log.rules import Event
from models.plans.operations.ledgers import NewBasis, append_basis
from models.plans.operations.participants import demand_participant
from models.plans.proof import OpenPlan
from models.plans.queries.bases import bases, current
from models.plans.rules.consents import Stretch, remark_problem
from models.plans.rules.words import Basis
from models.plans.tables.consent import LegalBasis
from models.refusals import Invalid
from models.rights import Element, Level


async def record(plan: OpenPlan, wanted: NewBasis) -> LegalBasis:
    """It takes over from what was recorded before, on the days it covers. Raises Invalid."""
    plan.demand(Element.CONSENT, Level.CHANGE)
    await demand_participant(plan, wanted.participant_id, "participant")
    if wrong := remark_problem(wanted.remark):
        raise Invalid(remark=wrong)
    row = await append_basis(plan, wanted)
    log.record(plan, Event.LEGAL_BASIS_RECORDED, basis=wanted.basis)
    return row


async def rest_on_consent(plan: OpenPlan, days: Stretch) -> None:
    """A consent opens nothing on days when the plan rests on nothing: there it is made to rest on the consent."""
    plan.demand(Element.CONSENT, Level.CHANGE)
    first = max(days.first, plan.today)
    found = current(await bases(plan), first)
    if found is None:
        await record(plan, NewBasis(days, Basis.CONSENT))
    elif found.row.basis is Basis.CONSENT and _ends_before(found.row, days):
        await record(plan, NewBasis(Stretch(first, days.last), Basis.CONSENT))


def _ends_before(row: LegalBasis, days: Stretch) -> bool:
    return row.valid_to is not None and (days.last is None or row.valid_to < days.last)
