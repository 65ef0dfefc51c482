"""What was measured on the way to a goal, and the owner's check-ins beside it (N24)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import col, select

from models.base import pick, reveal
from models.plans.proof import OpenPlan, readable
from models.plans.queries.goals import Place
from models.plans.queries.items import find
from models.plans.rules.chains import goal_chain
from models.plans.rules.words import MeasureKind
from models.plans.tables import kinds
from models.plans.tables.goals import Goal, Measurement
from models.refusals import NotFound


@dataclass(frozen=True)
class MeasurementRead(Place):
    """Its place is its goal's: whoever reads the goal reads what was measured."""

    kind: MeasureKind
    day: date
    value: float
    note: str
    author_id: UUID
    participant_id: UUID
    added_at: datetime
    changed_at: datetime | None


async def measurements(plan: OpenPlan, goal_id: UUID) -> list[MeasurementRead]:
    """Of both kinds, by day; [] when the viewer may not read the goal."""
    chain = goal_chain(goal_id)
    if not readable(plan.standings, plan.elements, chain):
        return []
    columns = (Measurement.id, Measurement.kind, Measurement.day, Measurement.value, Measurement.note)
    found = (
        pick(*columns, Measurement.author_id, Measurement.participant_id, Measurement.added_at, Measurement.changed_at)
        .where(
            col(Measurement.plan_id) == plan.plan_id,
            col(Measurement.goal_id) == goal_id,
            col(Measurement.deleted_at).is_(None),
        )
        .order_by(col(Measurement.day), col(Measurement.added_at), col(Measurement.id))
    )
    return [
        MeasurementRead(
            chain=chain,
            **{**row._mapping, "note": reveal(plan.vault, Measurement, "note", row.id, row.note)},
        )
        for row in await plan.session.execute(found)
    ]


async def find_measurement(plan: OpenPlan, goal: Goal, measurement_id: UUID) -> Measurement:
    """To change it. Raises NotFound when it is another goal's, hidden, or deleted."""
    found: Measurement = await find(plan, kinds.MEASUREMENT, measurement_id)
    if found.goal_id != goal.id:
        raise NotFound
    return found


async def todays_check_in(plan: OpenPlan, goal: Goal) -> Measurement | None:
    """The viewer's own of today."""
    found = select(Measurement).where(
        col(Measurement.goal_id) == goal.id,
        col(Measurement.author_id) == plan.viewer.person_id,
        col(Measurement.kind) == MeasureKind.CHECK_IN,
        col(Measurement.day) == plan.today,
        col(Measurement.deleted_at).is_(None),
    )
    mine: Measurement | None = await plan.session.scalar(found.limit(1))
    return mine
