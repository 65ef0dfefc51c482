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
from models.plans.operations.ledgers import NewConsent, append_consent
from models.plans.operations.participants import demand_participant
from models.plans.proof import OpenPlan
from models.plans.queries.ages import signs_for_oneself
from models.plans.queries.consents import Entry, may_sign, newest_form, pending
from models.plans.queries.people import Somebody
from models.plans.rules.consents import Stretch, remark_problem, who_must_sign
from models.plans.rules.seen import Kept, Seen
from models.plans.rules.words import ConsentMethod, PlanState
from models.plans.tables.consent import Consent, ConsentSigner
from models.refusals import Conflict, Invalid
from models.rights import Element, Level


@dataclass(frozen=True)
class Question:
    """What is asked for: for everybody, or for one participant. `seen` is who sees what, as signers are shown it."""

    row_id: UUID
    days: Stretch
    signers: Sequence[UUID]
    participant_id: UUID | None = None
    remark: str = ""
    seen: Sequence[Seen] = ()


async def ask(plan: OpenPlan, wanted: Question) -> None:
    """A draft now waits for the signatures; a plan in use goes on under what it has. Raises Invalid."""
    plan.demand(Element.CONSENT, Level.CHANGE)
    if await plan.session.get(Consent, wanted.row_id):
        return
    signers = await _signers(plan, wanted)
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
        remark=Kept(wanted.remark.strip(), tuple(wanted.seen)).text(),
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
        owned = {"municipality_id": plan.municipality_id, "consent_id": row.id}
        plan.session.add(ConsentSigner(**owned, participant_id=one.participant_id))
    await plan.session.flush()


async def _signers(plan: OpenPlan, wanted: Question) -> list[Somebody]:
    """Those who are to sign. Raises Invalid for what cannot be asked."""
    await demand_participant(plan, wanted.participant_id, "participants")
    offered = {one.participant_id: one for one in await may_sign(plan)}
    signers = [offered[one] for one in dict.fromkeys(wanted.signers) if one in offered]
    strangers = len(signers) < len(set(wanted.signers))
    roles = [one.role_code for one in signers]
    found = {
        "signers": _("Velg noen av dem som står her.")
        if strangers
        else who_must_sign(plan.kind, roles, for_oneself=await signs_for_oneself(plan)) or _without_account(signers),
        "remark": remark_problem(wanted.remark),
        "days": await _asked_before(plan, wanted),
    }
    if wrong := {name: sentence for name, sentence in found.items() if sentence}:
        raise Invalid(**wrong)
    return signers


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
