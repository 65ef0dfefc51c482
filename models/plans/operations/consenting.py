"""That a yes to a new participant is a consent to them, too: what operations share, after they have demanded.

Where a consent for everybody covers them already, nothing is added; where none holds for anybody, a new one must be
given to the whole plan first.
"""

from datetime import date, timedelta

from models.log import operations as log
from models.log.rules import Event
from models.plans.operations.ledgers import NewConsent, append_consent
from models.plans.proof import OpenPlan
from models.plans.queries.consents import entries, only_digital, told
from models.plans.queries.proposals import owner_must_approve
from models.plans.rules.access import ConsentEntry, consent_reason, deciding
from models.plans.rules.consents import Stretch
from models.plans.rules.shortening import about, everybody
from models.plans.rules.words import ConsentMethod
from models.plans.tables.participants import Participant
from models.refusals import Reason


async def let_in(plan: OpenPlan, participant: Participant, method: ConsentMethod) -> None:
    """For as long as the participant is to take part, and no longer than those to the others."""
    if not await owner_must_approve(plan, participant.id):
        return
    if method is not ConsentMethod.DIGITAL and await only_digital(plan):
        return
    ledger = told(await entries(plan))
    others = [one for whose in everybody(ledger) for one in _ends(about(ledger, whose), plan.today)]
    if consent_reason(about(ledger, participant.id), plan.today) is Reason.OPEN or not others:
        return
    first, last = max(plan.today, participant.valid_from), _end(participant, others)
    if last is not None and last < first:
        return
    given_on = None if method is ConsentMethod.DIGITAL else plan.today
    days = Stretch(first, last)
    await append_consent(plan, NewConsent(days, method, participant_id=participant.id, given_on=given_on))
    log.record(plan, Event.CONSENT_RECORDED, method=method, valid_from=first, valid_to=last)


def _ends(ledger: list[ConsentEntry], today: date) -> list[date | None]:
    """The last day of what is open today, if anything is."""
    now = deciding(ledger, today) if consent_reason(ledger, today) is Reason.OPEN else None
    return [now.valid_to] if now else []


def _end(participant: Participant, others: list[date | None]) -> date | None:
    """The earlier of the participation's own last day and the last of those that hold."""
    own = participant.valid_to - timedelta(days=1) if participant.valid_to else None
    longest = None if None in others else max(day for day in others if day)
    return min((day for day in (own, longest) if day), default=None)
