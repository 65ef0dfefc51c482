"""Participants: assigning a role copies the rights of its template, once (F126, F127)."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from models.base import pick
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.people.tables import Person
from models.plans.proof import OpenPlan
from models.plans.rules.words import profile_of
from models.plans.tables.participants import Grant, Participant, RoleSpan
from models.refusals import Invalid, NotFound
from models.rights import Element, Level, Role
from models.templates.tables import RoleTemplate


async def add(
    plan: OpenPlan, person: Person, role: Role, *, position: str | None = None, valid_from: date | None = None
) -> Participant:
    """Add a person of the same municipality, with the standard rights of the role as they are now."""
    plan.demand(Element.PARTICIPANTS, Level.NEW)
    if person.municipality_id != plan.municipality_id:
        raise NotFound
    begins = valid_from or plan.today
    participant = Participant(
        municipality_id=plan.municipality_id,
        plan_id=plan.plan_id,
        person_id=person.id,
        profile=profile_of(role),
        position=position,
        valid_from=begins,
    )
    plan.session.add(participant)
    await plan.session.flush()
    await _assign(plan, participant, role, begins)
    log.record(plan, Event.PARTICIPANT_ADDED, role=role)
    return participant


async def _assign(plan: OpenPlan, participant: Participant, role: Role, begins: date) -> None:
    owned: dict[str, Any] = {"municipality_id": plan.municipality_id, "participant_id": participant.id}
    plan.session.add(RoleSpan(**owned, role=role, valid_from=begins))
    template = await plan.session.scalar(
        select(RoleTemplate).where(
            RoleTemplate.municipality_id == plan.municipality_id,
            RoleTemplate.kind == plan.kind,
            RoleTemplate.role == role,
        )
    )
    if template is None:
        raise NotFound
    plan.session.add_all(Grant(**owned, element=element, level=level) for element, level in template.levels().items())


async def demand_participant(plan: OpenPlan, participant_id: UUID | None) -> None:
    """Raises Invalid beside the field when the responsible person is not in this plan."""
    if participant_id is None:
        return
    mine = pick(Participant.id).where(col(Participant.id) == participant_id, col(Participant.plan_id) == plan.plan_id)
    if await plan.session.scalar(mine) is None:
        raise Invalid(responsible_id=_("Velg en av deltakerne i planen."))
