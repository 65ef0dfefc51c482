"""Making a plan (F51): a draft with its owner, coordinated by whoever made it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import col

from models.accounts.proof import OpenMunicipality
from models.base import HouseSession, pick
from models.clock import local_day
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.organisation.operations import new_vault
from models.people.queries import works
from models.people.tables import Person, UnitMembership
from models.plans.operations.assigning import assign
from models.plans.queries.owners import has_individual_plan, kinds_in_use
from models.plans.rules.making import Part, Start, elements_of, problem, why_not
from models.plans.rules.short_name import problem as short_name_problem
from models.plans.rules.words import PlanState, profile_of
from models.plans.tables.participants import Participant
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Invalid, NotFound, Reason, Refused
from models.rights import Right, Role


@dataclass(frozen=True)
class NewPlan:
    """What somebody has filled in; `plan_id` becomes the plan's, so that a form sent twice makes one."""

    start: Start
    short_name: str
    parts: frozenset[Part]
    plan_id: UUID


@dataclass(frozen=True)
class _Made:
    """The new plan, as the log is told of it."""

    session: HouseSession
    municipality_id: UUID
    plan_id: UUID
    actor_id: UUID


async def make(here: OpenMunicipality, owner: Person, wanted: NewPlan) -> Plan:
    """The plan, a draft from today. Raises Invalid, and Refused for who could not coordinate it."""
    here.demand(Right.PLANS_CREATE)
    await _check(here, owner, wanted)
    today = local_day(here.session.clock.now())
    plan = await _plan(here, wanted, today)
    scope = _Made(here.session, here.municipality_id, plan.id, here.actor_id)
    log.record(scope, Event.PLAN_CREATED, kind=wanted.start.kind)
    for person_id, role in ((here.viewer.person_id, Role.COORDINATOR), (owner.id, Role.OWNER)):
        part = Participant(
            municipality_id=here.municipality_id,
            plan_id=plan.id,
            person_id=person_id,
            profile=profile_of(role),
            valid_from=today,
        )
        here.session.add(part)
        await here.session.flush()
        await assign(here.session, part, wanted.start.kind, role, today)
        log.record(scope, Event.PARTICIPANT_ADDED, role=role)
    await here.session.flush()
    return plan


async def _check(here: OpenMunicipality, owner: Person, wanted: NewPlan) -> None:
    if (reason := why_not(here.viewer)) is not Reason.OPEN:
        raise Refused(reason)
    if owner.municipality_id != here.municipality_id or wanted.start.kind not in await kinds_in_use(here):
        raise NotFound
    if owner.id == here.viewer.person_id:
        raise Invalid(person=_("Du kan ikke koordinere din egen plan. Be en kollega lage den."))
    if wanted.start is Start.IP and await has_individual_plan(here, owner):
        raise Invalid(person=_("Personen har en individuell plan i kommunen fra før, og kan bare ha én om gangen."))
    found = {
        "short_name": short_name_problem(wanted.short_name, owner.given_name, owner.family_name),
        "parts": problem(wanted.start, wanted.parts),
    }
    if wrong := {field: sentence for field, sentence in found.items() if sentence}:
        raise Invalid(**wrong)


async def _plan(here: OpenMunicipality, wanted: NewPlan, today: date) -> Plan:
    vault = new_vault(here.session, here.municipality_id)
    await here.session.flush()
    plan = Plan(
        id=wanted.plan_id,
        municipality_id=here.municipality_id,
        key_id=vault.key_id,
        short_name=wanted.short_name.strip(),
        elements=elements_of(wanted.parts),
        made_at=here.session.clock.now(),
    )
    here.session.add(plan)
    await here.session.flush()
    span = PlanSpan(
        municipality_id=here.municipality_id,
        plan_id=plan.id,
        kind=wanted.start.kind,
        state=PlanState.DRAFT,
        unit_id=await _unit(here, today),
        valid_from=today,
    )
    here.session.add(span)
    return plan


async def _unit(here: OpenMunicipality, today: date) -> UUID | None:
    """Where the coordinator works, when that is in one place."""
    mine = pick(UnitMembership.unit_id).where(col(UnitMembership.person_id) == here.viewer.person_id, works(today))
    units = set(await here.session.scalars(mine))
    return units.pop() if len(units) == 1 else None
