"""Making a plan (F51, F185): a draft with its owner, coordinated by whoever made it, and what it begins with."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.accounts.proof import OpenMunicipality
from models.base import HouseSession
from models.clock import local_day
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.organisation.operations import new_vault
from models.people.operations import new_card
from models.people.rules import Card
from models.people.tables import Person
from models.plans.operations import goals, life_areas
from models.plans.operations.assigning import assign
from models.plans.operations.ledgers import NewBasis, NewConsent, append_basis, append_consent
from models.plans.proof import OpenPlan
from models.plans.queries.owners import check_owner, kinds_in_use, units
from models.plans.rules.consents import Stretch, remark_problem
from models.plans.rules.consents import problem as days_problem
from models.plans.rules.making import Part, Start, Texts, elements_of, period_problem, place_problems, problem, why_not
from models.plans.rules.short_name import problem as short_name_problem
from models.plans.rules.words import Basis, ConsentMethod, PlanState, profile_of
from models.plans.tables.participants import Participant
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Invalid, NotFound, Reason, Refused
from models.rights import Element, Level, Right, Role


@dataclass(frozen=True)
class NewPlan:
    """What somebody has filled in; `plan_id` becomes the plan's, so that a form sent twice makes one.

    `position` and `workplace` are the owner's, in this plan (F181).
    """

    start: Start
    short_name: str
    parts: frozenset[Part]
    plan_id: UUID
    unit_id: UUID | None = None
    position: str = ""
    workplace: str = ""
    period_from: date | None = None
    period_to: date | None = None


@dataclass(frozen=True)
class NewContent:
    """What a plan begins with, and what it rests on from `days` on."""

    texts: Texts
    basis: Basis
    days: Stretch
    remark: str = ""


@dataclass(frozen=True)
class _Made:
    """The new plan, as the log is told of it."""

    session: HouseSession
    municipality_id: UUID
    plan_id: UUID
    actor_id: UUID


async def make(here: OpenMunicipality, owner: Person | Card, wanted: NewPlan, *, synthetic: bool = False) -> Plan:
    """The plan, a draft from today, and its owner's card when there is none. Raises Invalid, and Refused for who could
    not coordinate it. `synthetic`: whether made-up fødselsnumre are accepted."""
    here.demand(Right.PLANS_CREATE)
    await _check(here, owner, wanted)
    if isinstance(owner, Card):
        owner = await new_card(here, here.municipality_id, owner, synthetic=synthetic)
    today = local_day(here.session.clock.now())
    plan = await _plan(here, wanted, today)
    scope = _Made(here.session, here.municipality_id, plan.id, here.actor_id)
    log.record(scope, Event.PLAN_CREATED, kind=wanted.start.kind)
    await _take_part(scope, here.viewer.person_id, Role.COORDINATOR, wanted, today)
    await _take_part(scope, owner.id, Role.OWNER, wanted, today)
    await here.session.flush()
    return plan


async def fill(plan: OpenPlan, wanted: NewContent) -> None:
    """Goals, life areas, and what the new plan rests on: a consent is provisional, and opens nothing for others (F114).

    Raises Invalid for texts and days that cannot be.
    """
    plan.demand(Element.CONSENT, Level.CHANGE)
    wrong = days_problem(wanted.days, (), plan.today)
    if sentence := remark_problem(wanted.remark):
        wrong |= {"remark": sentence}
    if wrong:
        raise Invalid(**wrong)
    for goal in wanted.texts.goals:
        await goals.add(plan, title=goal.title, description=goal.description)
    for area, text in wanted.texts.areas.items():
        await life_areas.add(plan, area=area, text=text)
    rests_on_consent = wanted.basis is Basis.CONSENT
    days = Stretch(wanted.days.first) if rests_on_consent else wanted.days
    await append_basis(plan, NewBasis(days, wanted.basis, remark=wanted.remark))
    log.record(plan, Event.LEGAL_BASIS_RECORDED, basis=wanted.basis)
    if rests_on_consent:
        consent = NewConsent(wanted.days, ConsentMethod.DIGITAL, provisional=True)
        await append_consent(plan, consent)
        first, last = wanted.days.first, wanted.days.last
        log.record(plan, Event.CONSENT_RECORDED, method=consent.method, valid_from=first, valid_to=last)


async def _take_part(made: _Made, person_id: UUID | None, role: Role, wanted: NewPlan, today: date) -> None:
    is_owner = role is Role.OWNER
    part = Participant(
        municipality_id=made.municipality_id,
        plan_id=made.plan_id,
        person_id=person_id,
        profile=profile_of(role),
        position=wanted.position.strip() or None if is_owner else None,
        workplace=wanted.workplace.strip() or None if is_owner else None,
        valid_from=today,
    )
    made.session.add(part)
    await made.session.flush()
    await assign(made.session, part, wanted.start.kind, role, today)
    log.record(made, Event.PARTICIPANT_ADDED, role=role)


async def _check(here: OpenMunicipality, owner: Person | Card, wanted: NewPlan) -> None:
    if (reason := why_not(here.viewer)) is not Reason.OPEN:
        raise Refused(reason)
    if wanted.start.kind not in await kinds_in_use(here):
        raise NotFound
    if isinstance(owner, Person):
        await check_owner(here, owner, wanted.start)
    found = {
        "short_name": short_name_problem(wanted.short_name, owner.given_name, owner.family_name),
        "parts": problem(wanted.start, wanted.parts),
        "period_to": period_problem(wanted.period_from, wanted.period_to),
    }
    if wanted.unit_id and wanted.unit_id not in {unit.id for unit in await units(here)}:
        found["unit_id"] = _("Velg noe fra listen.")
    wrong = {field: sentence for field, sentence in found.items() if sentence}
    if wrong := wrong | place_problems(wanted.position, wanted.workplace):
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
        period_from=wanted.period_from,
        period_to=wanted.period_to,
        made_at=here.session.clock.now(),
    )
    here.session.add(plan)
    await here.session.flush()
    span = PlanSpan(
        municipality_id=here.municipality_id,
        plan_id=plan.id,
        kind=wanted.start.kind,
        state=PlanState.DRAFT,
        unit_id=wanted.unit_id,
        valid_from=today,
    )
    here.session.add(span)
    return plan
