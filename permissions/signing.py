"""The door to a plan's consent: for who is to sign, and for who may take back what they said.

It opens also while the plan itself is closed to them.
"""

from typing import Any
from uuid import UUID

from sqlmodel import col

from models.accounts.proof import Viewer
from models.base import HouseSession, pick
from models.clock import local_day
from models.plans.proof import OpenConsent
from models.plans.rules.words import PERSONAL_ROLES, PlanState
from models.plans.tables.consent import Consent, ConsentSigner
from models.refusals import NotFound, Reason, Refused
from models.rights import Element
from permissions.door import outside_of, participations_of


async def open_consent(session: HouseSession, viewer: Viewer, plan_id: UUID) -> OpenConsent:
    """Raises NotFound and Refused as `open_plan` does; a draft is open to nobody here, and while a plan waits for
    signatures only to those who are asked to sign."""
    today = local_day(session.clock.now())
    rows = await participations_of(session, viewer, plan_id, today)
    if not rows or rows[0].state is PlanState.DELETED:
        raise NotFound
    reasons = {row.participant_id: outside_of(row, viewer, today) for row in rows}
    inside = [row for row in rows if reasons[row.participant_id] is None]
    if not inside:
        raise Refused(reasons[rows[0].participant_id] or Reason.NO_RIGHT, plan_id, rows[0].municipality_id)
    asked = await _asked(session, plan_id)
    mine = [row for row in inside if row.participant_id in asked or _is_personal(row)]
    if not mine:
        reason = _closed(inside[0])
        raise Refused(reason, plan_id, rows[0].municipality_id)
    return _proof(session, viewer, mine)


def _is_personal(row: Any) -> bool:
    return row.role in PERSONAL_ROLES and row.state in (PlanState.ACTIVE, PlanState.INACTIVE)


def _closed(row: Any) -> Reason:
    unfinished = {
        PlanState.DRAFT: Reason.PLAN_IS_DRAFT,
        PlanState.AWAITING_SIGNATURES: Reason.AWAITING_SIGNATURES,
    }
    return unfinished.get(row.state, Reason.LEVEL_TOO_LOW)


async def _asked(session: HouseSession, plan_id: UUID) -> set[UUID]:
    """Who has been asked to sign a consent that was not cancelled, whether they have or not."""
    found = (
        pick(ConsentSigner.participant_id)
        .join(Consent, col(Consent.id) == ConsentSigner.consent_id)
        .where(col(Consent.plan_id) == plan_id, col(Consent.cancelled_at).is_(None))
    )
    return set(await session.scalars(found))


def _proof(session: HouseSession, viewer: Viewer, rows: list[Any]) -> OpenConsent:
    row = rows[0]
    return OpenConsent(
        session=session,
        viewer=viewer,
        plan_id=row.id,
        municipality_id=row.municipality_id,
        short_name=row.short_name,
        kind=row.kind,
        state=row.state,
        elements=frozenset(Element(element) for element in row.elements),
        participants=tuple(one.participant_id for one in rows),
        roles=tuple(one.role for one in rows),
        vault=session.keys.vault(row.key_id, row.ring_key, row.wrapped),
        today=local_day(session.clock.now()),
    )
