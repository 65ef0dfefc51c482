"""The two ledgers that access rests on: legal bases and consents. Rows are added, never changed.

What operations share, after they have demanded: `append_basis` and `append_consent` number the row, check its days and
seal its remark; whoever calls them writes the log.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import func, or_, update
from sqlmodel import col

from models.base import pick, seal
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.rules.consents import Stretch, problem
from models.plans.rules.words import Basis, ConsentAct, ConsentMethod
from models.plans.tables.consent import Consent, ConsentSignature, ConsentSigner, LegalBasis
from models.refusals import Invalid

Entry = TypeVar("Entry", Consent, LegalBasis)


@dataclass(frozen=True)
class NewConsent:
    """What is to stand in the ledger; `participant_id` None is for everybody, `given_on` where it was not digital.

    `row_id` is told by who must know a form that is sent twice. `said_again`: it opens nothing that the ledger did not
    open before, and no day of it is asked about.
    """

    days: Stretch
    method: ConsentMethod
    act: ConsentAct = ConsentAct.GIVEN
    participant_id: UUID | None = None
    provisional: bool = False
    form_id: UUID | None = None
    given_on: date | None = None
    remark: str = ""
    row_id: UUID | None = None
    said_again: bool = False


@dataclass(frozen=True)
class NewBasis:
    """What the plan, or one participation, rests on."""

    days: Stretch
    basis: Basis
    participant_id: UUID | None = None
    remark: str = ""


async def append_consent(plan: OpenPlan | OpenConsent, wanted: NewConsent) -> Consent:
    """Raises Invalid for days that cannot be; taking back a consent is bound by none."""
    if wanted.act is ConsentAct.GIVEN and not (wanted.provisional or wanted.said_again):
        await _check(plan, Consent, wanted.days, wanted.participant_id)
    row = Consent(
        **await _owned(plan, Consent, wanted),
        act=wanted.act,
        method=wanted.method,
        form_id=wanted.form_id,
        provisional=wanted.provisional,
        given_on=wanted.given_on,
    )
    row.id = wanted.row_id or row.id
    return await _add(plan, row, wanted.remark)


async def add_signer(plan: OpenPlan | OpenConsent, consent: Consent, participant_id: UUID) -> ConsentSigner:
    """Somebody whose signature makes the consent complete."""
    signer = ConsentSigner(municipality_id=plan.municipality_id, consent_id=consent.id, participant_id=participant_id)
    plan.session.add(signer)
    await plan.session.flush()
    return signer


async def add_signature(plan: OpenPlan | OpenConsent, signer: ConsentSigner, *, on_behalf: bool = False) -> None:
    """By who is signed in now. `on_behalf`: it was given to them, on paper or by word of mouth."""
    signed = ConsentSignature(
        municipality_id=plan.municipality_id,
        signer_id=signer.id,
        signed_at=plan.session.clock.now(),
        account_id=plan.actor_id,
        on_behalf=on_behalf,
    )
    plan.session.add(signed)
    await plan.session.flush()


async def cancel_ahead(plan: OpenPlan | OpenConsent, participant_id: UUID | None) -> None:
    """What is taken back is taken back for good: requests that are not fully signed and consents that have not begun,
    those of the participant or of all."""
    waiting = (
        pick(ConsentSigner.consent_id)
        .outerjoin(ConsentSignature, col(ConsentSignature.signer_id) == ConsentSigner.id)
        .where(col(ConsentSignature.id).is_(None))
    )
    ahead = update(Consent).where(
        *(col(Consent.plan_id) == plan.plan_id, col(Consent.cancelled_at).is_(None)),
        *(col(Consent.act) == ConsentAct.GIVEN, col(Consent.provisional).is_(False)),
        or_(col(Consent.valid_from) > plan.today, col(Consent.id).in_(waiting)),
    )
    if participant_id:
        ahead = ahead.where(col(Consent.participant_id) == participant_id)
    await plan.session.execute(ahead.values(cancelled_at=plan.session.clock.now()))


async def append_basis(plan: OpenPlan, wanted: NewBasis) -> LegalBasis:
    """Raises Invalid for days that cannot be."""
    await _check(plan, LegalBasis, wanted.days, wanted.participant_id)
    return await _add(plan, LegalBasis(**await _owned(plan, LegalBasis, wanted), basis=wanted.basis), wanted.remark)


async def _owned(plan: OpenPlan | OpenConsent, table: type[Any], wanted: NewConsent | NewBasis) -> dict[str, Any]:
    newest = await plan.session.scalar(pick(func.max(table.number)).where(col(table.plan_id) == plan.plan_id))
    return {
        "municipality_id": plan.municipality_id,
        "plan_id": plan.plan_id,
        "participant_id": wanted.participant_id,
        "number": (newest or 0) + 1,
        "valid_from": wanted.days.first,
        "valid_to": wanted.days.last,
        "recorded_at": plan.session.clock.now(),
        "recorded_by": plan.actor_id,
    }


async def _add(plan: OpenPlan | OpenConsent, row: Entry, remark: str) -> Entry:
    seal(plan.vault, row, remark=remark.strip() or None)
    plan.session.add(row)
    await plan.session.flush()
    return row


async def _check(plan: OpenPlan | OpenConsent, table: type[Any], days: Stretch, participant_id: UUID | None) -> None:
    """What is recorded for the same participant, or for everybody, and has yet to begin, is not overtaken unseen."""
    same = col(table.participant_id).is_(None) if participant_id is None else table.participant_id == participant_id
    begins_later = pick(table.valid_from).where(
        col(table.plan_id) == plan.plan_id, same, col(table.valid_from) > max(days.first, plan.today)
    )
    if table is Consent:
        counts = col(Consent.act) == ConsentAct.GIVEN, col(Consent.cancelled_at).is_(None)
        begins_later = begins_later.where(*counts, col(Consent.provisional).is_(False))
    later = list(await plan.session.scalars(begins_later))
    if wrong := problem(days, later, plan.today):
        raise Invalid(**wrong)
