"""Whether a plan that is made ready can be taken in use (F115)."""

from models.i18n import _
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.queries.bases import bases, current
from models.plans.queries.consents import Entry, entries
from models.plans.rules.words import Basis, ConsentAct, PlanState

UNFINISHED = (PlanState.DRAFT, PlanState.AWAITING_SIGNATURES)


async def why_not_in_use(plan: OpenPlan) -> str | None:
    """Why the plan cannot be taken in use now, as a sentence; None when it can."""
    if plan.state not in UNFINISHED:
        return _("Planen er i bruk fra før, eller er avsluttet.")
    ledger = await entries(plan)
    if any(one.is_pending and one.row.participant_id is None for one in ledger):
        return _("Vent til alle har signert, eller trekk forespørselen tilbake.")
    basis = current(await bases(plan), plan.today)
    if basis is None:
        return _("Velg først hva planen bygger på.")
    if basis.row.basis is Basis.CONSENT and not is_given(plan, ledger):
        return _("Samtykket mangler. Be om det, eller registrer det, før planen tas i bruk.")
    return None


def is_given(plan: OpenPlan | OpenConsent, ledger: list[Entry]) -> bool:
    """Somebody has consented, on days that are not over, and the newest word for everybody takes nothing back."""
    counting = [one for one in ledger if one.counts]
    whole = next((one for one in counting if one.row.participant_id is None), None)
    if whole:
        return _holds(whole, plan)
    return any(_holds(one, plan) for one in counting)


def _holds(entry: Entry, plan: OpenPlan | OpenConsent) -> bool:
    is_over = entry.row.valid_to is not None and entry.row.valid_to < plan.today
    return entry.row.act is ConsentAct.GIVEN and not is_over
