"""Consents that a coordinator records, on paper or by word of mouth (F112, C10), and takes back (F113)."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from models.base import seal
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.operations.bases import rest_on_consent
from models.plans.operations.beginning import unfinished
from models.plans.operations.ledgers import NewConsent, add_signature, add_signer, append_consent, cancel_ahead
from models.plans.proof import OpenPlan
from models.plans.queries.audience import coordinators
from models.plans.queries.consents import only_digital, pending
from models.plans.queries.people import Somebody, people
from models.plans.queries.signers import signers
from models.plans.rules.consents import NAME, Stretch, given_problem, remark_problem
from models.plans.rules.seen import Kept, Seen
from models.plans.rules.words import ConsentAct, ConsentMethod
from models.plans.tables.consent import Consent, ConsentScan
from models.refusals import Invalid
from models.rights import Element, Level


@dataclass(frozen=True)
class Paper:
    """The signed paper as it was uploaded, found to be what it says."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Given:
    """A consent that was not given in Medvirk. Without `participants` it is for everybody.

    `why` others gave it than those who usually consent; `seen` is who sees what of the plan now; `row_id` tells a form
    that is sent twice.
    """

    row_id: UUID
    days: Stretch
    method: ConsentMethod
    given_on: date | None
    givers: Sequence[UUID]
    participants: Sequence[UUID] = ()
    remark: str = ""
    why: str = ""
    paper: Paper | None = None
    seen: Sequence[Seen] = field(default=())


async def record(plan: OpenPlan, given: Given) -> None:
    """One entry for everybody, or one for each of the chosen. Raises Invalid; a form sent twice records once."""
    plan.demand(Element.CONSENT, Level.CHANGE)
    ids: dict[UUID | None, UUID] = {one: uuid5(given.row_id, str(one)) for one in given.participants}
    ids = ids or {None: given.row_id}
    if await plan.session.get(Consent, next(iter(ids.values()))):
        return
    why = await _check(plan, given)
    if not given.participants:
        await rest_on_consent(plan, given.days)
    first = next(iter(ids.values()))
    for participant_id, row_id in ids.items():
        about = [one for one in given.seen if participant_id is None or one.participant_id == str(participant_id)]
        paper = str(first) if given.paper and row_id != first else ""
        told = Kept(given.remark.strip(), tuple(about), paper=paper, why=why)
        await _append(plan, given, row_id, participant_id, told)
    if given.paper:
        _add_paper(plan, first, given.paper)


async def _append(plan: OpenPlan, given: Given, row_id: UUID, participant_id: UUID | None, told: Kept) -> None:
    new = NewConsent(
        days=given.days,
        method=given.method,
        participant_id=participant_id,
        given_on=given.given_on,
        remark=told.text(),
        row_id=row_id,
    )
    row = await append_consent(plan, new)
    for giver in given.givers:
        await add_signature(plan, await add_signer(plan, row, giver), on_behalf=True)
    days: dict[str, Any] = {"valid_from": given.days.first, "valid_to": given.days.last}
    log.record(plan, Event.CONSENT_RECORDED, method=given.method, **days)


def _add_paper(plan: OpenPlan, consent_id: UUID, paper: Paper) -> None:
    row = ConsentScan(
        municipality_id=plan.municipality_id,
        consent_id=consent_id,
        name=paper.name[-NAME:],
        media_type=paper.media_type,
        added_at=plan.session.clock.now(),
        added_by=plan.actor_id,
    )
    seal(plan.vault, row, content=b64encode(paper.content).decode())
    plan.session.add(row)


async def _check(plan: OpenPlan, given: Given) -> str:
    """Why others gave it than usual. Raises Invalid."""
    if await only_digital(plan):
        raise Invalid(method=_("Kommunen krever at samtykke signeres i Medvirk. Be om et digitalt samtykke."))
    if any(entry.row.participant_id is None for entry in await pending(plan)) and not given.participants:
        raise Invalid(method=_("Et samtykke venter på signatur. Trekk forespørselen tilbake først."))
    they = await signers(plan)
    may_give = {one.participant_id for one in they.offered}
    taking_part = {one.participant_id for one in await people(plan)}
    found = {
        "signers": None if given.givers and may_give.issuperset(given.givers) else _("Velg hvem som ga samtykket."),
        "participants": None if taking_part.issuperset(given.participants) else _("Velg noen av deltakerne i planen."),
        "given_on": given_problem(given.given_on, plan.today),
        "remark": remark_problem(given.remark, needed=given.method is ConsentMethod.ORAL),
        "scan": _("Legg ved det signerte papiret.") if _lacks_paper(given) else None,
    }
    wrong = {name: sentence for name, sentence in found.items() if sentence}
    if wrong := they.problem(plan.kind, given.givers, given.why) | wrong:
        raise Invalid(**wrong)
    return they.reason(given.givers, given.why)


def _lacks_paper(given: Given) -> bool:
    return given.method is ConsentMethod.PAPER and given.paper is None


async def reset(plan: OpenPlan, participant: Somebody | None, remark: str = "") -> None:
    """The consent no longer holds from today: for one, or for everybody. What is recorded stays in the ledger."""
    plan.demand(Element.CONSENT, Level.CHANGE)
    if wrong := remark_problem(remark):
        raise Invalid(remark=wrong)
    participant_id = participant.participant_id if participant else None
    await cancel_ahead(plan, participant_id)
    taken_back = NewConsent(
        days=Stretch(plan.today),
        method=ConsentMethod.ORAL,
        act=ConsentAct.WITHDRAWN,
        participant_id=participant_id,
        remark=Kept(remark.strip()).text(),
    )
    await append_consent(plan, taken_back)
    await unfinished(plan, participant_id)
    log.record(plan, Event.CONSENT_WITHDRAWN)
    others = await coordinators(plan.session, plan.plan_id, plan.today)
    await notices.queue(plan, Notice.CONSENT_WITHDRAWN, others)
