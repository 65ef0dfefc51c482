"""What those who consent do: sign, or say no (F118); and taking a plan in use."""

from dataclasses import replace
from typing import Any

from sqlmodel import col, select

from models.base import seal
from models.i18n import _
from models.labels import the_role
from models.log import operations as log
from models.log.rules import Event
from models.plans.operations import tasks
from models.plans.operations.beginning import begin_use, unfinished
from models.plans.operations.demands import demand_coordinating
from models.plans.operations.ledgers import add_signature
from models.plans.operations.tasks import NewTask
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.queries.audience import coordinators
from models.plans.queries.consents import Entry, entry_of
from models.plans.queries.readiness import why_not_in_use
from models.plans.queries.signers import outgrown
from models.plans.rules.consents import remark_problem
from models.plans.rules.words import PlanState, TaskKind
from models.plans.tables.consent import ConsentSigner
from models.refusals import Conflict, Invalid
from models.rights import Element, Level, Role


async def sign(consent: OpenConsent, entry: Entry) -> None:
    """The last signature completes the consent, and a plan that waited for it comes into use. Signing twice is signing
    once. Raises Conflict when the question was taken back, or the owner has come to decide alone."""
    mine = consent.demand_signer(one.participant_id for one in entry.signers)
    _demand_asked(consent, entry)
    if await outgrown(consent, entry):
        told = {"owner": the_role(consent.kind, Role.OWNER)}
        raise Conflict(_("Nå har %(owner)s alderen til å bestemme selv. Koordinatoren må spørre på nytt.") % told)
    signer = entry.signer([mine])
    if signer is None or signer.signed_at:
        return
    asked = col(ConsentSigner.consent_id) == entry.row.id, col(ConsentSigner.participant_id) == mine
    row: ConsentSigner = (await consent.session.scalars(select(ConsentSigner).where(*asked))).one()
    await add_signature(consent, row)
    log.record(consent, Event.CONSENT_SIGNED)
    if not (await entry_of(consent, entry.row.id)).is_pending:
        await _complete(consent, entry)


async def _complete(consent: OpenConsent, entry: Entry) -> None:
    row = entry.row
    days: dict[str, Any] = {"valid_from": row.valid_from, "valid_to": row.valid_to}
    log.record(consent, Event.CONSENT_RECORDED, method=row.method, **days)
    if row.participant_id is None and consent.state is PlanState.AWAITING_SIGNATURES:
        await begin_use(consent)


def _demand_asked(consent: OpenConsent, entry: Entry) -> None:
    """Raises Conflict for what can be answered no more."""
    if entry.row.cancelled_at:
        raise Conflict(_("Forespørselen er trukket tilbake. Du trenger ikke å gjøre noe."))
    if entry.row.valid_to and entry.row.valid_to < consent.today:
        raise Conflict(_("Perioden du ble spurt om, er over. Koordinatoren kan spørre på nytt."))


async def decline(consent: OpenConsent, entry: Entry, remark: str = "") -> None:
    """The question falls for all who were asked, and the coordinators are asked to follow it up. What is in force goes
    on: that is taken back with `withdraw`. Raises Conflict when it can be answered no more."""
    mine = consent.demand_signer(one.participant_id for one in entry.signers)
    _demand_asked(consent, entry)
    if not entry.is_pending:
        raise Conflict(_("Alle har samtykket allerede. Du kan trekke samtykket tilbake."))
    if wrong := remark_problem(remark):
        raise Invalid(remark=wrong)
    told = replace(entry.kept, declined_by=str(mine), declined=remark.strip())
    seal(consent.vault, entry.row, remark=told.text())
    entry.row.cancelled_at = consent.session.clock.now()
    await unfinished(consent, entry.row.participant_id)
    log.record(consent, Event.CONSENT_CANCELLED)
    asked = NewTask(TaskKind.CONSENT_WITHDRAWN, f"consent-declined:{entry.row.id}", facts={"declined": True})
    await tasks.ask(consent, asked, await coordinators(consent.session, consent.plan_id, consent.today))


async def activate(plan: OpenPlan) -> None:
    """A draft is taken in use (F115): when it rests on something, and whoever is to consent has. Raises Invalid."""
    plan.demand(Element.CONSENT, Level.CHANGE)
    demand_coordinating(plan)
    if wrong := await why_not_in_use(plan):
        raise Invalid(plan=wrong)
    await begin_use(plan)
