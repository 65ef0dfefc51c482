"""Whom to ask about a plan that one's own access to has ended: somebody one has met there."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col

from models.accounts.proof import Viewer
from models.base import HouseSession, holds, pick
from models.clock import local_day
from models.people.rules import full_name
from models.people.tables import Person
from models.plans.queries.coordination import plans_apart_from
from models.plans.queries.people import role_today
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan
from models.refusals import Reason
from models.rights import Element, Level, PlanKind, Role
from permissions.door import grants_of, participations_of, standing

ENDED = frozenset(
    {Reason.NO_LONGER_PARTICIPANT, Reason.CONSENT_EXPIRED, Reason.CONSENT_WITHDRAWN, Reason.NO_LEGAL_BASIS}
)
"""Why a plan is closed to somebody it was open to before."""


@dataclass(frozen=True)
class Known:
    kind: PlanKind
    name: str


async def coordinator_known_before(session: HouseSession, viewer: Viewer, plan_id: UUID) -> Known | None:
    """A coordinator of today who was there while the viewer was, and whom the viewer could read of then.

    To be asked when the door has said that the access has ended. None too when the viewer is signed in elsewhere, or
    less surely than the plan demands, and when they are kept apart from anybody there (N15).
    """
    today = local_day(session.clock.now())
    apart = plans_apart_from([viewer.person_id] if viewer.person_id else [])
    if await session.scalar(pick(Plan.id).where(col(Plan.id) == plan_id, col(Plan.id).in_(apart))):
        return None
    rows = [row for row in await participations_of(session, viewer, plan_id, today) if _was_open(row, viewer, today)]
    grants = await grants_of(session, [row.participant_id for row in rows])
    knew = [row for row in rows if _read_of_others(row, grants[row.participant_id])]
    if not knew:
        return None
    name = await _coordinator(session, plan_id, today, max(row.valid_to or date.max for row in knew))
    return Known(knew[0].kind, name) if name else None


def _was_open(row: Any, viewer: Viewer, today: date) -> bool:
    is_here = row.municipality_id == viewer.municipality_id and row.profile is viewer.profile
    is_let_in = row.demands <= viewer.counts_as and viewer.closed_to_young.get(row.kind) is None
    has_begun = row.valid_from <= today and row.valid_from != row.valid_to and not row.awaits_approval
    return is_here and is_let_in and has_begun and row.state in (PlanState.ACTIVE, PlanState.INACTIVE)


def _read_of_others(row: Any, grants: list[Any]) -> bool:
    return standing(row, grants, None).level(Element.PARTICIPANTS) >= Level.READ


async def _coordinator(session: HouseSession, plan_id: UUID, today: date, before: date) -> str | None:
    """Of several, the one who has coordinated longest."""
    found = (
        pick(Person.given_name, Person.family_name)
        .join(Participant, col(Participant.person_id) == Person.id)
        .join(RoleSpan, role_today(today))
        .where(
            *(col(Participant.plan_id) == plan_id, col(RoleSpan.role) == Role.COORDINATOR),
            *(holds(Participant.valid_from, Participant.valid_to, today), col(Participant.valid_from) < before),
            col(Participant.awaits_approval).is_(False),
        )
        .order_by(col(Participant.valid_from), col(Participant.id))
    )
    row = (await session.execute(found.limit(1))).first()
    return full_name(row.given_name, row.family_name) if row else None
