"""Who consents for themselves in a plan, and which birthdays matter in it (N4)."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlmodel import col

from models.base import HouseSession, holds, pick
from models.organisation.tables import AgeStep
from models.people.tables import Person
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.queries.people import Somebody, people, role_today
from models.plans.rules.ages import decides_alone
from models.plans.tables.baton import Task
from models.plans.tables.participants import Participant, RoleSpan
from models.refusals import NotFound
from models.rights import Element, Level, PlanKind, Role


async def signs_for_oneself(plan: OpenPlan | OpenConsent, on: date | None = None) -> bool:
    """Whether the plan's owner is old enough to be asked for a consent, today or on a day; else those who speak for
    them are."""
    owner = await _owner(plan)
    if owner is None:
        return False
    ages = pick(AgeStep.age).where(*_of(plan, plan.kind), col(AgeStep.new_consent).is_(True))
    return decides_alone(owner.birth_date, owner.expected_date, await plan.session.scalars(ages), on or plan.today)


async def _owner(plan: OpenPlan | OpenConsent) -> Any:
    found = (
        pick(Person.birth_date, Person.expected_date)
        .join(Participant, col(Participant.person_id) == Person.id)
        .join(RoleSpan, role_today(plan.today))
        .where(
            col(Participant.plan_id) == plan.plan_id,
            holds(Participant.valid_from, Participant.valid_to, plan.today),
            col(RoleSpan.role) == Role.OWNER,
        )
        .order_by(col(Participant.valid_from).desc())
        .limit(1)
    )
    return (await plan.session.execute(found)).first()


def _of(plan: OpenPlan | OpenConsent, kind: PlanKind) -> tuple[Any, ...]:
    in_use = col(AgeStep.in_use).is_(True)
    return col(AgeStep.municipality_id) == plan.municipality_id, col(AgeStep.kind) == kind, in_use


@dataclass(frozen=True)
class ToSee:
    """What a birthday asks of the coordinators: `source` is where that is said, empty when it no longer is."""

    task: Task
    age: int
    on: date
    source: str
    guardians: tuple[Somebody, ...]


async def to_see_to(plan: OpenPlan, task: Task) -> ToSee:
    """Raises NotFound for a task that is about something else."""
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    if "age" not in task.facts:
        raise NotFound
    years = cast(int, task.facts["age"])
    guardians = [one for one in await people(plan) if one.taking_part and one.role_code is Role.GUARDIAN]
    return ToSee(
        task=task,
        age=years,
        on=date.fromisoformat(task.facts["on"]),
        source=await _source(plan.session, plan, years),
        guardians=tuple(guardians),
    )


async def _source(session: HouseSession, plan: OpenPlan, years: int) -> str:
    found = pick(AgeStep.source).where(*_of(plan, plan.kind), col(AgeStep.age) == years)
    return await session.scalar(found) or ""
