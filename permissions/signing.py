"""The door to a plan's consent: for who is to sign, and for who may take back what they said.

It opens also while the plan itself is closed to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import col

from models.accounts.proof import Viewer
from models.base import HouseSession, pick
from models.clock import local_day
from models.plans.proof import OpenConsent
from models.plans.rules.words import PERSONAL_ROLES, PlanState
from models.plans.tables.consent import Consent, ConsentSignature, ConsentSigner
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import NotFound, Reason, Refused
from models.rights import Element, Role
from models.templates.queries import own_labels
from permissions.door import outside_of, participations_of
from permissions.scopes import all_participations, inside


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
    mine = [row for row in inside if _has_a_say(row, asked)]
    if not mine:
        reason = _closed(inside[0])
        raise Refused(reason, plan_id, rows[0].municipality_id)
    return _proof(session, viewer, mine, await own_labels(session, mine[0].municipality_id, mine[0].kind))


@dataclass(frozen=True)
class ToSign:
    """A plan whose consent waits for the viewer, whether the plan is open to them or not."""

    plan_id: UUID
    short_name: str


async def to_sign(session: HouseSession, viewer: Viewer) -> list[ToSign]:
    """For the plan list: who is asked to sign finds the way there without the mail."""
    today = local_day(session.clock.now())
    found = (
        all_participations(today, Plan.id, Plan.short_name)
        .join(ConsentSigner, col(ConsentSigner.participant_id) == Participant.id)
        .join(Consent, col(Consent.id) == ConsentSigner.consent_id)
        .outerjoin(ConsentSignature, col(ConsentSignature.signer_id) == ConsentSigner.id)
        .where(*inside(viewer, today), col(PlanSpan.state) != PlanState.DELETED)
        .where(col(RoleSpan.role).in_(PERSONAL_ROLES))
        .where(col(ConsentSignature.id).is_(None), col(Consent.cancelled_at).is_(None))
        .distinct()
        .order_by(col(Plan.short_name), col(Plan.id))
    )
    return [ToSign(row.id, row.short_name) for row in await session.execute(found)]


def _has_a_say(row: Any, asked: set[UUID]) -> bool:
    """Who was asked, and is something else by now, speaks for nobody any more."""
    is_in_use = row.state in (PlanState.ACTIVE, PlanState.INACTIVE)
    return row.role in PERSONAL_ROLES and (is_in_use or row.participant_id in asked)


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


def _proof(session: HouseSession, viewer: Viewer, rows: list[Any], labels: Mapping[Role, str]) -> OpenConsent:
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
        own_labels=labels,
    )
