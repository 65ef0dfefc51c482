"""Asking for a digital consent (F118, C10), and taking the question back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.plans.operations.bases import rest_on_consent
from models.plans.operations.beginning import change_state, unfinished
from models.plans.operations.ledgers import NewConsent, add_signer, append_consent
from models.plans.operations.participants import demand_participant
from models.plans.proof import OpenPlan
from models.plans.queries.consents import Entry, newest_form, pending
from models.plans.queries.people import Somebody
from models.plans.queries.signers import signers as signers_of
from models.plans.rules.consents import Stretch, remark_problem
from models.plans.rules.seen import Kept, Seen
from models.plans.rules.words import ConsentMethod, PlanState
from models.plans.tables.consent import Consent
from models.refusals import Conflict, Invalid
from models.rights import Element, Level


@dataclass(frozen=True)
class Question:
    """What is asked for: for everybody, or for one participant. `seen` is who sees what, as signers are shown it; `why`
    others are asked than those who usually consent."""

    row_id: UUID
    days: Stretch
    signers: Sequence[UUID]
    participant_id: UUID | None = None
    remark: str = ""
    why: str = ""
    seen: Sequence[Seen] = ()


async def ask(plan: OpenPlan, wanted: Question) -> None:
    """A draft now waits for the signatures; a plan in use goes on under what it has. Raises Invalid."""
    plan.demand(Element.CONSENT, Level.CHANGE)
    if await plan.session.get(Consent, wanted.row_id):
        return
    signers, why = await _signers(plan, wanted)
    form = await newest_form(plan)
    if form is None:
        raise Invalid(form=_("Kommunen har ikke laget noen samtykketekst for denne typen plan ennå."))
    if wanted.participant_id is None:
        await rest_on_consent(plan, wanted.days)
    new = NewConsent(
        days=wanted.days,
        method=ConsentMethod.DIGITAL,
        participant_id=wanted.participant_id,
        form_id=form.id,
        remark=Kept(wanted.remark.strip(), tuple(wanted.seen), why=why).text(),
        row_id=wanted.row_id,
    )
    await _append(plan, new, signers)
    if wanted.participant_id is None and plan.state is PlanState.DRAFT:
        await change_state(plan, PlanState.AWAITING_SIGNATURES)
    days: dict[str, Any] = {"valid_from": wanted.days.first, "valid_to": wanted.days.last}
    log.record(plan, Event.CONSENT_ASKED, signers=len(signers), **days)
    await notices.queue(plan, Notice.CONSENT_ASKED, [one.account_id for one in signers if one.account_id])


async def _append(plan: OpenPlan, new: NewConsent, signers: Sequence[Somebody]) -> None:
    row = await append_consent(plan, new)
    for one in signers:
        await add_signer(plan, row, one.participant_id)


async def _signers(plan: OpenPlan, wanted: Question) -> tuple[list[Somebody], str]:
    """Those who are to sign, and why others than usual. Raises Invalid for what cannot be asked."""
    await demand_participant(plan, wanted.participant_id, "participants")
    they = await signers_of(plan)
    offered = {one.participant_id: one for one in they.offered}
    chosen = [offered[one] for one in dict.fromkeys(wanted.signers) if one in offered]
    strangers = len(chosen) < len(set(wanted.signers))
    found = {
        "signers": _("Velg noen av dem som står her.") if strangers else _without_account(chosen),
        "remark": remark_problem(wanted.remark),
        "days": await _asked_before(plan, wanted),
    }
    wrong = {name: sentence for name, sentence in found.items() if sentence}
    if wrong := they.problem(plan.kind, wanted.signers, wanted.why) | wrong:
        raise Invalid(**wrong)
    return chosen, they.reason(wanted.signers, wanted.why)


def _without_account(signers: Sequence[Somebody]) -> str | None:
    names = [one.name for one in signers if one.account_id is None]
    told = {"name": names[0]} if names else {}
    return _("%(name)s har ikke bruker ennå, og kan ikke signere. Send en invitasjon først.") % told if names else None


async def _asked_before(plan: OpenPlan, wanted: Question) -> str | None:
    if any(entry.row.participant_id == wanted.participant_id for entry in await pending(plan)):
        return _("Dere venter allerede på signaturer. Trekk den forespørselen tilbake først.")
    return None


async def cancel(plan: OpenPlan, entry: Entry) -> None:
    """The question is taken back before all had signed; a plan that waited for it is a draft again. Raises Conflict."""
    plan.demand(Element.CONSENT, Level.CHANGE)
    if entry.row.cancelled_at:
        return
    if not entry.is_pending:
        raise Conflict(_("Alle har signert. Nullstill samtykket hvis det ikke skal gjelde lenger."))
    entry.row.cancelled_at = plan.session.clock.now()
    await unfinished(plan, entry.row.participant_id)
    log.record(plan, Event.CONSENT_CANCELLED)
