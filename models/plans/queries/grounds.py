"""What the plan rests on today: a consent to it, and a legal basis."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, exists
from sqlmodel import col

from models.base import pick
from models.plans.proof import OpenPlan
from models.plans.rules.access import ConsentEntry, consent_reason
from models.plans.tables.consent import Consent, ConsentSignature, ConsentSigner, LegalBasis
from models.refusals import Reason


async def has_consent(plan: OpenPlan) -> bool:
    """Whether somebody's consent to the plan holds today; one for everybody counts before those for one alone."""
    ledgers: dict[UUID | None, list[ConsentEntry]] = defaultdict(list)
    for row in await plan.session.execute(_entries(plan)):
        entry = ConsentEntry(row.number, row.act, row.valid_from, row.valid_to, signed=row.signed)
        ledgers[row.participant_id].append(entry)
    deciding = [ledgers[None]] if None in ledgers else list(ledgers.values())
    return any(consent_reason(ledger, plan.today) is Reason.OPEN for ledger in deciding)


def _entries(plan: OpenPlan) -> Select[Any]:
    waiting = (
        pick(ConsentSigner.id)
        .outerjoin(ConsentSignature, col(ConsentSignature.signer_id) == ConsentSigner.id)
        .where(col(ConsentSigner.consent_id) == Consent.id, col(ConsentSignature.id).is_(None))
        .correlate(Consent)
    )
    columns = (Consent.participant_id, Consent.number, Consent.act, Consent.valid_from, Consent.valid_to)
    counts = and_(~exists(waiting), col(Consent.provisional).is_(False), col(Consent.cancelled_at).is_(None))
    return pick(*columns, counts.label("signed")).where(col(Consent.plan_id) == plan.plan_id)


async def has_basis(plan: OpenPlan) -> bool:
    bases = pick(LegalBasis.valid_from, LegalBasis.valid_to).where(
        col(LegalBasis.plan_id) == plan.plan_id, col(LegalBasis.participant_id).is_(None)
    )
    return any(
        row.valid_from <= plan.today and (row.valid_to is None or plan.today <= row.valid_to)
        for row in await plan.session.execute(bases)
    )
