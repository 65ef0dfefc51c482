"""Children who own plans, and what their guardians have said about their signing in (F23, C17)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_
from sqlalchemy.orm import aliased
from sqlmodel import col

from models.base import holds, pick
from models.i18n import _
from models.organisation.queries import under_15
from models.organisation.rules import OF_AGE, UnderAge
from models.people.queries import is_kept_from
from models.people.rules import age, birthday, full_name
from models.people.tables import Person, YoungSignIn
from models.plans.proof import OpenPlan
from models.plans.queries.people import role_today
from models.plans.tables.participants import Participant, RoleSpan
from models.rights import PlanKind, Role


@dataclass(frozen=True)
class Child:
    """The plan's owner, under 15. `kinds` are those where guardians are asked; `of_age_on` is the 15th birthday.

    `approved_at` is None while no guardian lets the child sign in; `approved_by` is the name of the one who does.
    """

    person_id: UUID
    name: str
    of_age_on: date
    kinds: tuple[PlanKind, ...]
    approved_at: datetime | None
    approved_by: str


async def child(plan: OpenPlan) -> Child | None:
    """None when the owner is 15, or when guardians have no say in this kind of plan."""
    policy = await under_15(plan.session, plan.municipality_id)
    kinds = tuple(kind for kind in PlanKind if policy[kind] is UnderAge.GUARDIAN_APPROVES)
    row = await _owner(plan) if plan.kind in kinds else None
    if row is None or row.birth_date is None or age(row.birth_date, plan.today) >= OF_AGE:
        return None
    return Child(
        person_id=row.id,
        name=full_name(row.given_name, row.family_name),
        of_age_on=birthday(row.birth_date, OF_AGE),
        kinds=kinds,
        approved_at=row.approved_at,
        approved_by=_("En annen deltaker") if row.by_hidden else full_name(row.by_given or "", row.by_family or ""),
    )


async def _owner(plan: OpenPlan) -> Any:
    guardian = aliased(Person)
    approved = and_(col(YoungSignIn.person_id) == Person.id, col(YoungSignIn.withdrawn_at).is_(None))
    by = and_(
        col(guardian.account_id) == YoungSignIn.approved_by, col(guardian.municipality_id) == plan.municipality_id
    )
    found = (
        pick(
            *(Person.id, Person.given_name, Person.family_name, Person.birth_date, YoungSignIn.approved_at),
            *(col(guardian.given_name).label("by_given"), col(guardian.family_name).label("by_family")),
            is_kept_from(guardian.id, plan.readers).label("by_hidden"),
        )
        .join(Participant, col(Participant.person_id) == Person.id)
        .join(RoleSpan, role_today(plan.today))
        .outerjoin(YoungSignIn, approved)
        .outerjoin(guardian, by)
        .where(
            col(Participant.plan_id) == plan.plan_id,
            col(RoleSpan.role) == Role.OWNER,
            holds(Participant.valid_from, Participant.valid_to, plan.today),
            ~is_kept_from(Participant.person_id, plan.readers),
        )
        .order_by(col(Participant.valid_from).desc(), col(YoungSignIn.approved_at))
        .limit(1)
    )
    return (await plan.session.execute(found)).first()
