"""The door to a plan that nobody coordinates: for who may appoint a coordinator, and for that alone."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col

from models.accounts.proof import Viewer
from models.base import HouseSession, holds, pick
from models.clock import local_day
from models.i18n import _
from models.organisation.tables import DataKey
from models.plans.proof import OpenPlan, Standing
from models.plans.queries.coordination import GONE, is_coordinated, plans_apart_from
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Conflict, NotFound, Reason, Refused
from models.rights import Element, Level, Right, Role
from models.templates.queries import own_labels
from permissions.door import participations_of

NOBODY = UUID(int=0)
"""The viewer takes no part in the plan."""


async def open_vacant(session: HouseSession, viewer: Viewer, plan_id: UUID) -> OpenPlan:
    """A plan of the viewer's municipality, of a kind they answer for: who takes part may be added to, nothing else.

    Raises NotFound for any other plan, Conflict when somebody coordinates it by now, and Refused for who takes part in
    it: nobody decides who coordinates their own plan. A writing session also takes its turn: the plan's row is locked.
    """
    if not viewer.has(Right.COORDINATION_APPOINT):
        raise Refused(viewer.why_no_right)
    row = await _row(session, viewer, plan_id)
    if row is None:
        raise NotFound
    today = local_day(session.clock.now())
    if await participations_of(session, viewer, plan_id, today):
        raise Refused(Reason.NO_RIGHT, plan_id, row.municipality_id)
    if await session.scalar(pick(Plan.id).where(col(Plan.id) == plan_id, is_coordinated(today))):
        raise Conflict(_("Noen koordinerer planen nå."))
    levels = {Element.PARTICIPANTS: Level.NEW}
    return OpenPlan(
        session=session,
        viewer=viewer,
        plan_id=row.id,
        municipality_id=row.municipality_id,
        short_name=row.short_name,
        kind=row.kind,
        state=row.state,
        unit_id=row.unit_id,
        elements=frozenset(Element(element) for element in row.elements),
        standings=(Standing(NOBODY, Role.OTHER, levels, narrowed=Reason.ADMINISTRATION_ONLY),),
        vault=session.keys.vault(row.key_id, row.ring_key, row.wrapped),
        today=today,
        own_labels=await own_labels(session, row.municipality_id, row.kind),
    )


async def _row(session: HouseSession, viewer: Viewer, plan_id: UUID) -> Any:
    today = local_day(session.clock.now())
    found = (
        pick(
            *(Plan.id, Plan.municipality_id, Plan.short_name, Plan.elements, Plan.key_id),
            *(PlanSpan.kind, PlanSpan.state, PlanSpan.unit_id, DataKey.ring_key, DataKey.wrapped),
        )
        .join(PlanSpan, and_(col(PlanSpan.plan_id) == Plan.id, holds(PlanSpan.valid_from, PlanSpan.valid_to, today)))
        .join(DataKey, and_(col(DataKey.id) == Plan.key_id, col(DataKey.wrapped).is_not(None)))
        .where(
            col(Plan.id) == plan_id,
            col(Plan.municipality_id) == viewer.municipality_id,
            col(PlanSpan.kind).in_(viewer.kinds(Right.COORDINATION_APPOINT)),
            col(PlanSpan.state).not_in(GONE),
            col(Plan.id).not_in(plans_apart_from([viewer.person_id] if viewer.person_id else [])),
        )
    )
    return (await session.execute(found.with_for_update(of=Plan) if session.writes else found)).first()
