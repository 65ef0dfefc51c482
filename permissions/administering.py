"""A plan's administration, opened by a local administrator who does not take part: with a reason, and for an hour
(C11, F194). It shows who takes part and what they have consented to, and never any content.

The list of plans knows nothing of it. The owner and the guardians are told at once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col, select

from models.accounts.proof import OpenMunicipality, Viewer
from models.base import HouseSession, holds, pick, seal
from models.clock import local_day
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.rules import Notice
from models.organisation.tables import DataKey
from models.plans.proof import OpenPlan, Standing
from models.plans.queries.audience import accounts_of
from models.plans.queries.people import role_today
from models.plans.rules.words import PERSONAL_ROLES, PlanState
from models.plans.tables.baton import AdministrationVisit
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Invalid, NotFound, Reason, Refused
from models.rights import Element, Level, PlanKind, Right, Role
from models.templates.queries import own_labels
from models.texts import says_something
from permissions.door import participations_of
from permissions.proofs import House
from permissions.scopes import registered_plans

LASTS = timedelta(minutes=60)
ROOMS = frozenset({"administration", "participants", "consent", "rights", "invitations"})
"""The rooms of a plan that administration reaches; all others hold content, or steer the plan itself."""

LEVELS: Mapping[Element, Level] = {
    Element.PARTICIPANTS: Level.NEW,
    Element.CONSENT: Level.NEW,
    Element.RIGHTS: Level.READ,
}
"""To add and change participants and their roles, and to renew the consent; who sees what is the coordinator's."""

LONGEST = 500
NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Registered:
    """What the register tells of a plan before its administration is opened; `until` when it is open already."""

    plan_id: UUID
    short_name: str
    kind: PlanKind
    elements: frozenset[Element]
    state: PlanState
    until: datetime | None


async def registered(here: OpenMunicipality, plan_id: UUID) -> Registered:
    """Raises NotFound for a plan the viewer does not answer for, and Refused for one they are in themselves."""
    here.demand(Right.PLANS_REGISTER)
    row = await _row(here.session, here.viewer, plan_id)
    visit = await _latest(here.session, here.viewer, plan_id)
    until = visit.ends_at if visit and visit.ends_at > here.session.clock.now() else None
    return Registered(row.id, row.short_name, row.kind, _elements(row), row.state, until)


async def begin(here: OpenMunicipality, plan_id: UUID, reason: str) -> None:
    """Open it for an hour; one that is open already stays as it is. Raises as `registered`, and Invalid."""
    here.demand(Right.PLANS_REGISTER)
    known = await registered(here, plan_id)
    if not says_something(reason) or len(reason) > LONGEST:
        raise Invalid(reason=_("Skriv hvorfor du må administrere planen, med høyst 500 tegn. Planeieren får se det."))
    if known.until:
        return
    session, now = here.session, here.session.clock.now()
    row = await _row(session, here.viewer, plan_id)
    visit = AdministrationVisit(
        municipality_id=row.municipality_id,
        plan_id=plan_id,
        account_id=here.actor_id,
        began_at=now,
        ends_at=now + LASTS,
    )
    seal(session.keys.vault(row.key_id, row.ring_key, row.wrapped), visit, reason=reason.strip())
    session.add(visit)
    scope = House(session, row.municipality_id, plan_id, here.actor_id)
    log.record(scope, Event.ADMINISTRATION_BEGUN)
    await notices.queue(scope, Notice.PLAN_ADMINISTERED, await _owner_side(session, plan_id))


async def end(plan: OpenPlan) -> None:
    """Close it before the hour is over."""
    plan.demand(Element.PARTICIPANTS, Level.READ)
    visit = await _latest(plan.session, plan.viewer, plan.plan_id)
    if plan.administered_until is None or visit is None:
        raise NotFound
    visit.ends_at = plan.session.clock.now()
    log.record(plan, Event.ADMINISTRATION_ENDED)


async def open_administration(session: HouseSession, viewer: Viewer, plan_id: UUID, room: str) -> OpenPlan:
    """Raises NotFound for whoever never opened it, and Refused when the hour is over or the room holds content."""
    if not viewer.has(Right.PLANS_REGISTER):
        raise NotFound
    visit = await _latest(session, viewer, plan_id)
    if visit is None:
        raise NotFound
    row = await _row(session, viewer, plan_id)
    if visit.ends_at <= session.clock.now():
        raise Refused(Reason.ADMINISTRATION_CLOSED, plan_id, row.municipality_id)
    if room not in ROOMS:
        raise Refused(Reason.ADMINISTRATION_ONLY, plan_id, row.municipality_id)
    return OpenPlan(
        session=session,
        viewer=viewer,
        plan_id=row.id,
        municipality_id=row.municipality_id,
        short_name=row.short_name,
        kind=row.kind,
        state=row.state,
        unit_id=row.unit_id,
        elements=_elements(row),
        standings=(standing(),),
        vault=session.keys.vault(row.key_id, row.ring_key, row.wrapped),
        today=local_day(session.clock.now()),
        own_labels=await own_labels(session, row.municipality_id, row.kind),
        administered_until=visit.ends_at,
    )


def standing() -> Standing:
    """What administration amounts to; of nobody who takes part."""
    return Standing(NOBODY, Role.COORDINATOR, LEVELS, narrowed=Reason.ADMINISTRATION_ONLY)


async def _row(session: HouseSession, viewer: Viewer, plan_id: UUID) -> Any:
    """A plan of the register that the viewer is not in; locked in a writing session, as when it is opened."""
    today = local_day(session.clock.now())
    span = and_(col(PlanSpan.plan_id) == Plan.id, holds(PlanSpan.valid_from, PlanSpan.valid_to, today))
    found = (
        pick(
            *(Plan.id, Plan.municipality_id, Plan.short_name, Plan.elements, Plan.key_id),
            *(PlanSpan.kind, PlanSpan.state, PlanSpan.unit_id, DataKey.ring_key, DataKey.wrapped),
        )
        .join(PlanSpan, span)
        .join(DataKey, and_(col(DataKey.id) == Plan.key_id, col(DataKey.wrapped).is_not(None)))
        .where(col(Plan.id) == plan_id, registered_plans(viewer, today))
    )
    row: Any = (await session.execute(found.with_for_update(of=Plan) if session.writes else found)).first()
    if row is None:
        raise NotFound
    if await participations_of(session, viewer, plan_id, today):
        raise Refused(Reason.TAKES_PART, plan_id, row.municipality_id)
    return row


def _elements(row: Any) -> frozenset[Element]:
    return frozenset(Element(element) for element in row.elements)


async def _latest(session: HouseSession, viewer: Viewer, plan_id: UUID) -> AdministrationVisit | None:
    visits = select(AdministrationVisit).where(
        col(AdministrationVisit.plan_id) == plan_id, col(AdministrationVisit.account_id) == viewer.account_id
    )
    visit: AdministrationVisit | None = await session.scalar(
        visits.order_by(col(AdministrationVisit.ends_at).desc()).limit(1)
    )
    return visit


async def _owner_side(session: HouseSession, plan_id: UUID) -> set[UUID]:
    """The accounts of the owner and the guardians."""
    today = local_day(session.clock.now())
    theirs = (
        pick(Participant.id)
        .join(RoleSpan, role_today(today))
        .where(col(Participant.plan_id) == plan_id, col(RoleSpan.role).in_(PERSONAL_ROLES))
    )
    return await accounts_of(session, list(await session.scalars(theirs)), today)
