"""What those who consent take back, in whole or in part (F119, N3): from all, from some, or before the time was up.

Less is always theirs to say, at once and alone; the coordinators are told, and asked to see to what follows.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.operations import tasks
from models.plans.operations.beginning import unfinished
from models.plans.operations.ledgers import NewConsent, add_signature, add_signer, append_consent, cancel_ahead
from models.plans.operations.tasks import NewTask
from models.plans.proof import OpenConsent
from models.plans.queries.audience import coordinators
from models.plans.queries.consents import Entry, entries, told
from models.plans.queries.people import Somebody
from models.plans.rules.consents import Stretch, remark_problem
from models.plans.rules.seen import AS_BEFORE, SHORTER, Kept
from models.plans.rules.shortening import Addition, holds_for_anybody, lasts_beyond, problem, shortened
from models.plans.rules.words import ConsentAct, ConsentMethod, TaskKind
from models.plans.tables.consent import Consent
from models.refusals import Invalid


async def withdraw(consent: OpenConsent, participants: Sequence[Somebody] = (), remark: str = "") -> None:
    """From today: for these, or for everybody. Taking back twice is taking back once. Raises Invalid."""
    consent.demand_signer(consent.participants)
    if wrong := remark_problem(remark):
        raise Invalid(remark=wrong)
    ledger = await entries(consent)
    wanted: list[UUID | None] = [one.participant_id for one in participants] or [None]
    left = [one for one in wanted if not _is_taken_back(consent, ledger, one)]
    if not left:
        return
    if not holds_for_anybody(told(ledger), consent.today):
        raise Invalid(remark=_("Det er ikke gitt noe samtykke som kan trekkes tilbake."))
    rows = [await _take_back(consent, one, remark) for one in left]
    await unfinished(consent, None if None in left else left[0])
    about = NewTask(TaskKind.CONSENT_WITHDRAWN, f"consent-withdrawn:{rows[0].id}", left[0] if len(left) == 1 else None)
    await tasks.ask(consent, about, ())
    told_of = await coordinators(consent.session, consent.plan_id, consent.today)
    await notices.queue(consent, Notice.CONSENT_WITHDRAWN, told_of)


def _is_taken_back(consent: OpenConsent, ledger: list[Entry], participant_id: UUID | None) -> bool:
    """Today already, and nothing was said about it since; to say yes to one of them is to say something about all."""
    stands = (one.row for one in ledger if not (one.row.cancelled_at or one.row.provisional))
    newest = next((row for row in stands if row.participant_id == participant_id or _is_yes(row, participant_id)), None)
    return newest is not None and newest.act is ConsentAct.WITHDRAWN and newest.valid_from == consent.today


def _is_yes(row: Consent, participant_id: UUID | None) -> bool:
    return participant_id is None and row.act is ConsentAct.GIVEN


async def _take_back(consent: OpenConsent, participant_id: UUID | None, remark: str) -> Consent:
    await cancel_ahead(consent, participant_id)
    taken_back = NewConsent(
        days=Stretch(consent.today),
        method=ConsentMethod.DIGITAL,
        act=ConsentAct.WITHDRAWN,
        participant_id=participant_id,
        remark=Kept(remark.strip()).text(),
    )
    row = await append_consent(consent, taken_back)
    log.record(consent, Event.CONSENT_WITHDRAWN)
    return row


async def shorten(consent: OpenConsent, last: date, remark: str = "") -> None:
    """Nothing rests on consent after `last`; until then all is as it was. It is never made longer. Raises Invalid."""
    mine = consent.demand_signer(consent.participants)
    if wrong := remark_problem(remark):
        raise Invalid(remark=wrong)
    ledger = await entries(consent)
    if wrong := problem(told(ledger), last, consent.today):
        if _is_shortened(consent, ledger, last):
            return
        raise Invalid(last=wrong)
    additions = shortened(told(ledger), last, consent.today)
    await cancel_ahead(consent, None)
    for one in additions:
        await _say(consent, one, mine, _given(consent, ledger, one.participant_id), remark)
    if await _reaches_beyond(consent, last):
        raise RuntimeError("a consent was made longer")
    log.record(consent, Event.CONSENT_SHORTENED, valid_to=last)
    told_of = await coordinators(consent.session, consent.plan_id, consent.today)
    asked = NewTask(TaskKind.CONSENT_SHORTENED, f"consent-shortened:{ledger[0].row.id}:{last}", due_on=last)
    await tasks.ask(consent, asked, told_of)


def _is_shortened(consent: OpenConsent, ledger: Sequence[Entry], last: date) -> bool:
    """By this very form, sent before."""
    mine = (one for one in ledger if one.kept.change == SHORTER and one.row.recorded_by == consent.actor_id)
    return any(one.row.valid_to == last and one.row.valid_from == consent.today for one in mine)


async def _reaches_beyond(consent: OpenConsent, last: date) -> bool:
    return lasts_beyond(told(await entries(consent)), last, consent.today)


def _given(consent: OpenConsent, ledger: Sequence[Entry], participant_id: UUID | None) -> Entry | None:
    """What was consented to last, for them or for all."""
    about = (one for one in ledger if one.row.participant_id in (None, participant_id) and one.counts)
    begun = (one for one in about if one.row.act is ConsentAct.GIVEN and one.row.valid_from <= consent.today)
    return next(begun, None)


async def _say(consent: OpenConsent, one: Addition, mine: UUID, given: Entry | None, remark: str) -> None:
    """One entry, signed by who says so; what was consented to is still what it was."""
    seen = given.kept.seen if given else ()
    if one.participant_id:
        seen = tuple(each for each in seen if each.participant_id == str(one.participant_id))
    change = SHORTER if one.is_shorter else AS_BEFORE
    new = NewConsent(
        days=one.days,
        method=ConsentMethod.DIGITAL,
        participant_id=one.participant_id,
        form_id=given.row.form_id if given else None,
        remark=Kept(remark.strip() if one.is_shorter else "", seen, change=change).text(),
        said_again=True,
    )
    row = await append_consent(consent, new)
    await add_signature(consent, await add_signer(consent, row, mine))


async def ask_renewal(consent: OpenConsent, last: date) -> None:
    """The coordinators are asked, once, to renew what ends on the day."""
    consent.demand_signer(consent.participants)
    wanted = NewTask(TaskKind.CONSENT_RENEWAL, f"consent-renewal:{consent.plan_id}:{last}", due_on=last)
    told_of = await coordinators(consent.session, consent.plan_id, consent.today)
    if await tasks.ask(consent, wanted, told_of):
        log.record(consent, Event.CONSENT_RENEWAL_WANTED, valid_to=last)
