"""That a yes to a new participant is a consent to them, too: what operations share, after they have demanded.

Where a consent for everybody covers them already, nothing is added; where none holds for anybody, a new one must be
given to the whole plan first.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from models.log import operations as log
from models.log.rules import Event
from models.plans.operations.ledgers import NewConsent, append_consent
from models.plans.proof import OpenPlan
from models.plans.queries.consents import Entry, entries, only_digital
from models.plans.queries.proposals import owner_must_approve
from models.plans.rules.access import ConsentEntry, consent_reason
from models.plans.rules.consents import Stretch
from models.plans.rules.words import ConsentAct, ConsentMethod
from models.plans.tables.participants import Participant
from models.refusals import Reason


async def let_in(plan: OpenPlan, participant: Participant, method: ConsentMethod) -> None:
    """For as long as the participant is to take part, and no longer than those to the others."""
    if not await owner_must_approve(plan, participant.id):
        return
    if method is not ConsentMethod.DIGITAL and await only_digital(plan):
        return
    ledger = await entries(plan)
    mine = [_entry(one) for one in ledger if one.row.participant_id in (None, participant.id)]
    others = [one.row.valid_to for one in ledger if one.counts and _holds(one, ledger, plan.today)]
    if consent_reason(mine, plan.today) is Reason.OPEN or not others:
        return
    first, last = max(plan.today, participant.valid_from), _end(participant, others)
    if last is not None and last < first:
        return
    given_on = None if method is ConsentMethod.DIGITAL else plan.today
    days = Stretch(first, last)
    await append_consent(plan, NewConsent(days, method, participant_id=participant.id, given_on=given_on))
    log.record(plan, Event.CONSENT_RECORDED, method=method, valid_from=first, valid_to=last)


def _entry(one: Entry) -> ConsentEntry:
    row = one.row
    is_own = row.participant_id is not None
    return ConsentEntry(row.number, row.act, row.valid_from, row.valid_to, signed=one.counts, own=is_own)


def _holds(one: Entry, ledger: Iterable[Entry], today: date) -> bool:
    row = one.row
    begun = row.act is ConsentAct.GIVEN and row.valid_from <= today
    lasts = begun and (row.valid_to is None or today <= row.valid_to)
    return lasts and not any(_takes_back(later, one) for later in ledger)


def _takes_back(later: Entry, one: Entry) -> bool:
    about = later.row.participant_id in (None, one.row.participant_id)
    return later.counts and later.row.act is ConsentAct.WITHDRAWN and about and later.row.number > one.row.number


def _end(participant: Participant, others: list[date | None]) -> date | None:
    """The earlier of the participation's own last day and the last of those that hold."""
    own = participant.valid_to - timedelta(days=1) if participant.valid_to else None
    longest = None if None in others else max(day for day in others if day)
    return min((day for day in (own, longest) if day), default=None)
