"""What the job that watches birthdays may ask (N4): in which plans one is near that changes who decides, and whom to
tell."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import exists
from sqlalchemy.orm import aliased
from sqlmodel import col

from models.base import holds, pick
from models.clock import local_day
from models.organisation.tables import AgeStep
from models.people.tables import Person
from models.plans.queries.audience import coordinators
from models.plans.queries.people import role_today
from models.plans.rules.ages import Birthday, Step, near
from models.plans.rules.words import Basis, PlanState, TaskKind
from models.plans.tables.consent import LegalBasis
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.rights import PlanKind, Role
from permissions.proofs import HouseRight, OpenHouse

Steps = Mapping[tuple[UUID, PlanKind], list[Step]]
"""By municipality and kind of plan."""


@dataclass(frozen=True)
class ComingOfAge:
    """A birthday of a plan's owner, and what is to be seen to for it."""

    plan_id: UUID
    municipality_id: UUID
    participant_id: UUID
    birthday: Birthday
    kinds: tuple[TaskKind, ...]


async def coming_of_age(house: OpenHouse) -> list[ComingOfAge]:
    """In plans that are in use today; an owner who is not born yet has no birthdays."""
    house.demand(HouseRight.AGES_WATCH)
    today = local_day(house.session.clock.now())
    steps = await _steps(house)
    found = [
        ComingOfAge(row.id, row.municipality_id, row.participant_id, one, tuple(kinds))
        for row in await house.session.execute(_owners(today))
        for one in near(row.birth_date, steps.get((row.municipality_id, row.kind), ()), today)
        if (kinds := one.asks_for(rests_on_consent=row.rests_on_consent, has_guardians=row.has_guardians))
    ]
    return sorted(found, key=lambda one: (one.birthday.on, one.plan_id))


async def who_sees_to_it(house: OpenHouse, plan_id: UUID) -> set[UUID]:
    """The accounts of those who coordinate the plan."""
    house.demand(HouseRight.AGES_WATCH)
    return await coordinators(house.session, plan_id, local_day(house.session.clock.now()))


async def _steps(house: OpenHouse) -> Steps:
    columns = (AgeStep.municipality_id, AgeStep.kind, AgeStep.age, AgeStep.new_consent, AgeStep.review_guardians)
    steps: dict[tuple[UUID, PlanKind], list[Step]] = defaultdict(list)
    for row in await house.session.execute(pick(*columns).where(col(AgeStep.in_use).is_(True))):
        steps[row.municipality_id, row.kind].append(Step(row.age, row.new_consent, row.review_guardians))
    return steps


def _owners(today: date) -> Any:
    return (
        pick(
            *(Plan.id, Plan.municipality_id, PlanSpan.kind, Person.birth_date),
            col(Participant.id).label("participant_id"),
            _rests_on_consent().label("rests_on_consent"),
            _has_guardians(today).label("has_guardians"),
        )
        .select_from(Plan)
        .join(PlanSpan, col(PlanSpan.plan_id) == Plan.id)
        .join(Participant, col(Participant.plan_id) == Plan.id)
        .join(RoleSpan, role_today(today))
        .join(Person, col(Person.id) == Participant.person_id)
        .where(
            holds(PlanSpan.valid_from, PlanSpan.valid_to, today),
            col(PlanSpan.state) == PlanState.ACTIVE,
            holds(Participant.valid_from, Participant.valid_to, today),
            col(RoleSpan.role) == Role.OWNER,
            col(Person.birth_date).is_not(None),
        )
    )


def _rests_on_consent() -> Any:
    """The plan's own basis that was recorded last is a consent."""
    newest = (
        pick(LegalBasis.basis)
        .where(col(LegalBasis.plan_id) == Plan.id, col(LegalBasis.participant_id).is_(None))
        .order_by(col(LegalBasis.number).desc())
        .limit(1)
        .correlate(Plan)
        .scalar_subquery()
    )
    return newest == Basis.CONSENT


def _has_guardians(today: date) -> Any:
    other, role = aliased(Participant), aliased(RoleSpan)
    return exists().where(
        col(other.plan_id) == Plan.id,
        holds(other.valid_from, other.valid_to, today),
        col(role.participant_id) == other.id,
        holds(role.valid_from, role.valid_to, today),
        col(role.role) == Role.GUARDIAN,
    )
