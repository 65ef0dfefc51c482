"""The register of other plans as it is read (F86), sorted by title as Norwegians sort."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import col

from models.alphabet import alphabetical
from models.base import columns, pick, reveal
from models.plans.proof import OpenPlan, Standing, readable
from models.plans.queries.goals import Place
from models.plans.rules.chains import Chain
from models.plans.tables.life import SubjectPlan
from models.rights import Element, Level, Role


@dataclass(frozen=True)
class SubjectPlanRead(Place):
    """`contact`, somebody outside the plan, is empty for a viewer who may not know how to reach them (F87)."""

    title: str
    established_on: date | None
    contact_id: UUID | None
    contact: str
    has_outside_contact: bool
    note: str
    may_contact: bool
    added_at: datetime
    changed_at: datetime | None


async def subject_plans(plan: OpenPlan) -> list[SubjectPlanRead]:
    """Those that the viewer may read."""
    found = pick(*columns(SubjectPlan)).where(
        col(SubjectPlan.plan_id) == plan.plan_id, col(SubjectPlan.deleted_at).is_(None)
    )
    places = [(row, ((Element.SUBJECT_PLANS, row.id),)) for row in await plan.session.execute(found)]
    read = [_read(plan, row, chain) for row, chain in places if readable(plan.standings, plan.elements, chain)]
    return sorted(read, key=lambda one: (alphabetical(one.title), one.id))


def knows_contact(plan: OpenPlan, line_id: UUID) -> bool:
    """Who may change the line, were the plan not ended, knows its contact, and so does the owner, who is to agree;
    nobody else knows it for looking through the owner's eyes."""

    def is_owner(one: Standing) -> bool:
        return one.role is Role.OWNER and not plan.looking_as

    return any(
        one.narrowed is None
        and one.level(Element.SUBJECT_PLANS, line_id) >= (Level.READ if is_owner(one) else Level.CHANGE)
        for one in plan.standings
    )


def _read(plan: OpenPlan, row: Any, chain: Chain) -> SubjectPlanRead:
    def text(column: str) -> str:
        return reveal(plan.vault, SubjectPlan, column, row.id, getattr(row, column))

    may_know = row.may_contact or knows_contact(plan, row.id)
    return SubjectPlanRead(
        id=row.id,
        chain=chain,
        title=text("title"),
        established_on=row.established_on,
        contact_id=row.contact_id,
        contact=text("contact") if may_know else "",
        has_outside_contact=row.contact is not None,
        note=text("note"),
        may_contact=row.may_contact,
        added_at=row.added_at,
        changed_at=row.changed_at,
    )
