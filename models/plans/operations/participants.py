"""Participants: assigning a role copies the rights of its template, once (F126, F127)."""

from datetime import date
from uuid import UUID

from sqlmodel import col

from models.base import pick
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.people.tables import Person
from models.plans.operations.assigning import assign
from models.plans.proof import OpenPlan
from models.plans.rules.words import profile_of
from models.plans.tables.participants import Participant
from models.refusals import Invalid, NotFound
from models.rights import Element, Level, Role


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
    await assign(plan.session, participant, plan.kind, role, begins)
    log.record(plan, Event.PARTICIPANT_ADDED, role=role)
    return participant


async def demand_participant(plan: OpenPlan, participant_id: UUID | None, field: str = "responsible_id") -> None:
    """Raises Invalid beside the field when whoever is named is not in this plan."""
    if participant_id is None:
        return
    mine = pick(Participant.id).where(col(Participant.id) == participant_id, col(Participant.plan_id) == plan.plan_id)
    if await plan.session.scalar(mine) is None:
        raise Invalid(**{field: _("Velg en av deltakerne i planen.")})
