"""What the plan, and each participant, rests on: the ledger of legal bases as it is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col, select

from models.base import unseal
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.tables.consent import LegalBasis


@dataclass(frozen=True)
class BasisRead:
    row: LegalBasis
    remark: str


async def bases(plan: OpenPlan | OpenConsent) -> list[BasisRead]:
    """The newest first."""
    found = select(LegalBasis).where(col(LegalBasis.plan_id) == plan.plan_id).order_by(col(LegalBasis.number).desc())
    return [BasisRead(row, unseal(plan.vault, row, "remark")) for row in await plan.session.scalars(found)]


def current(ledger: Iterable[BasisRead], today: date, participant_id: UUID | None = None) -> BasisRead | None:
    """What holds today for the plan, or for one participant alone; None where nothing is recorded for them."""
    return next((one for one in ledger if one.row.participant_id == participant_id and _covers(one.row, today)), None)


def own(ledger: Iterable[BasisRead], today: date) -> list[BasisRead]:
    """What single participants rest on today, in place of the plan's."""
    found: dict[UUID, BasisRead] = {}
    for one in ledger:
        if one.row.participant_id and _covers(one.row, today):
            found.setdefault(one.row.participant_id, one)
    return list(found.values())


def _covers(row: LegalBasis, today: date) -> bool:
    return row.valid_from <= today and (row.valid_to is None or today <= row.valid_to)
