"""The door to plans that are deleted and can still be fetched back (C12): for those who coordinate them, and no others.

The proof it mints lets them fetch the plan back, and nothing else: no content, and no list, is reached through it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col

from models.accounts.proof import Viewer
from models.base import HouseSession
from models.clock import local_day
from models.plans.proof import OpenPlan, Standing
from models.plans.rules.words import DeleteReason, PlanState
from models.plans.tables.participants import RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import NotFound, Reason
from models.rights import Element, Level, PlanKind, Role
from permissions.door import outside_of, participations_of
from permissions.scopes import all_participations, inside


@dataclass(frozen=True)
class DeletedPlan:
    """One that the viewer coordinated; from `destroy_on` nobody can fetch it back."""

    plan_id: UUID
    short_name: str
    kind: PlanKind
    elements: frozenset[Element]
    reason: DeleteReason | None
    destroy_on: date


async def deleted_plans(session: HouseSession, viewer: Viewer) -> list[DeletedPlan]:
    """The first to be destroyed first."""
    today = local_day(session.clock.now())
    columns = Plan.id, Plan.short_name, PlanSpan.kind, Plan.elements, Plan.delete_reason, Plan.destroy_on
    found = (
        all_participations(today, *columns)
        .where(
            *inside(viewer, today),
            col(RoleSpan.role) == Role.COORDINATOR,
            col(PlanSpan.state) == PlanState.DELETED,
            col(Plan.destroy_on) > today,
        )
        .order_by(col(Plan.destroy_on), col(Plan.short_name), col(Plan.id))
    )
    rows = {row.id: row for row in await session.execute(found)}
    return [
        DeletedPlan(
            plan_id=row.id,
            short_name=row.short_name,
            kind=row.kind,
            elements=frozenset(map(Element, row.elements)),
            reason=row.delete_reason,
            destroy_on=row.destroy_on,
        )
        for row in rows.values()
    ]


async def open_deleted(session: HouseSession, viewer: Viewer, plan_id: UUID) -> OpenPlan:
    """Raises NotFound for everybody but those who coordinate it, and for plans that are not deleted."""
    today = local_day(session.clock.now())
    rows = await participations_of(session, viewer, plan_id, today)
    mine = [row for row in rows if row.role is Role.COORDINATOR and outside_of(row, viewer, today) is None]
    if not mine or mine[0].state is not PlanState.DELETED:
        raise NotFound
    return _proof(session, viewer, mine, today)


def _proof(session: HouseSession, viewer: Viewer, rows: Sequence[Any], today: date) -> OpenPlan:
    row, only = rows[0], {Element.PLAN: Level.DELETE}
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
        standings=(Standing(row.participant_id, row.role, only, narrowed=Reason.ADMINISTRATION_ONLY),),
        vault=session.keys.vault(row.key_id, row.ring_key, row.wrapped),
        today=today,
    )
