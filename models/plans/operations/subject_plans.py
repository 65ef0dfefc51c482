"""What may be done to the lines about other plans (F86-F88)."""

from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID, uuid4

from models.log.rules import Event
from models.plans.operations.demands import demand_change, demand_delete, demand_new
from models.plans.operations.keeping import changed, demand_fresh, discard, keep
from models.plans.operations.participants import demand_participant
from models.plans.proof import OpenPlan
from models.plans.rules.subject_plans import check_one_contact, check_subject_plan
from models.plans.tables import kinds
from models.plans.tables.life import SubjectPlan


@dataclass(frozen=True)
class SubjectPlanContent:
    """Everything a person writes of it. `contact_id` is a participant of the same plan, `contact` somebody outside."""

    title: str
    established_on: date | None = None
    contact_id: UUID | None = None
    contact: str = ""
    note: str = ""
    may_contact: bool = False

    def values(self) -> dict[str, object]:
        return asdict(self) | {"title": self.title.strip(), "contact": self.contact.strip()}


async def add(plan: OpenPlan, content: SubjectPlanContent, new_id: UUID | None = None) -> SubjectPlan:
    """`new_id` is what its form called it. Raises Refused or Invalid."""
    demand_new(plan, kinds.SUBJECT_PLAN)
    await _check(plan, content)
    made = SubjectPlan(
        id=new_id or uuid4(),
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        added_at=plan.session.clock.now(),
    )
    changed(plan, made, **content.values())
    await keep(plan, made, Event.SUBJECT_PLAN_ADDED)
    return made


async def change(plan: OpenPlan, item: SubjectPlan, seen: int, content: SubjectPlanContent) -> None:
    """Raises Refused, Invalid, or Conflict when somebody changed it after revision `seen`."""
    demand_change(plan, item)
    await _check(plan, content)
    demand_fresh(item, seen)
    if fields := changed(plan, item, **content.values()):
        await keep(plan, item, Event.SUBJECT_PLAN_CHANGED, fields=fields)


async def delete(plan: OpenPlan, item: SubjectPlan, seen: int) -> None:
    """Into the recycle bin. Raises as `change` does."""
    demand_delete(plan, item)
    demand_fresh(item, seen)
    await discard(plan, item, Event.SUBJECT_PLAN_DELETED)


async def _check(plan: OpenPlan, content: SubjectPlanContent) -> None:
    check_subject_plan(content.title, content.established_on, content.contact, content.note, plan.today)
    check_one_contact(is_participant=content.contact_id is not None, contact=content.contact)
    await demand_participant(plan, content.contact_id, "contact_id")
