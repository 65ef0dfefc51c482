"""The doors' twins for lists: SQL clauses that let through exactly what the doors would open.

`visible_plans` says in SQL what `models.plans.rules.access.judge` says of one plan.
"""

from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, case, exists, null, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import col

from models.accounts.proof import Viewer
from models.accounts.rules import ChangeState
from models.accounts.tables.account import Account
from models.accounts.tables.changes import AccountChange
from models.base import holds, pick
from models.organisation.tables import AgePolicy, AgeStep, DataKey, Municipality, ServiceMessage, Unit
from models.people.queries import is_kept_from, works
from models.people.tables import Person, UnitMembership
from models.plans.queries.people import role_today
from models.plans.rules.words import Basis, ConsentAct, PlanState
from models.plans.tables.consent import Consent, ConsentSignature, ConsentSigner, LegalBasis
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.rights import Right, Role
from models.templates.tables import (
    ConsentForm,
    ContentPoint,
    PlanTemplate,
    PlanTemplateItem,
    RoleTemplate,
    TextTemplate,
)

Clause = ColumnElement[bool]


NAMED = ("account_id", "municipality_id", "profile", "counts_as", "closed_kinds")
ASKED: Any = SimpleNamespace(**{name: bindparam(name, expanding=name == "closed_kinds") for name in NAMED})
"""A viewer who is named when the statement is run: so that the long ones are built once, not for each page."""

TODAY: Any = bindparam("today", type_=Date())


def naming(viewer: Viewer, today: date) -> dict[str, Any]:
    """The values to run a statement with that was built of ASKED and TODAY."""
    return {name: getattr(viewer, name) for name in NAMED} | {"today": today}


def mine(account_id: UUID, today: date) -> Clause:
    """Participations of an account: in its persons' own names, or through a unit they work at today.

    A union of two searches by index: as one condition with «or» it would look at every plan of the municipality.
    """
    persons = pick(Person.id).where(col(Person.account_id) == account_id)
    units = pick(UnitMembership.unit_id).where(col(UnitMembership.person_id).in_(persons), works(today))
    part = aliased(Participant)
    own = pick(part.id).where(col(part.person_id).in_(persons))
    through_units = pick(part.id).where(col(part.unit_id).in_(units))
    return col(Participant.id).in_(own.union_all(through_units))


def visible_plans(viewer: Viewer, today: date) -> Select[Any]:
    """The ids of the plans that `open_plan` would open for the viewer today."""
    return participations(viewer, today, Plan.id).distinct()


def all_participations(today: date, *columns: Any) -> Select[Any]:
    """Columns of Plan, PlanSpan, Municipality, DataKey, Participant and RoleSpan for each participation there is.

    Both twins begin here. A plan whose key is destroyed is no plan.
    """
    return (
        pick(*columns)
        .select_from(Plan)
        .join(PlanSpan, and_(col(PlanSpan.plan_id) == Plan.id, holds(PlanSpan.valid_from, PlanSpan.valid_to, today)))
        .join(Municipality, col(Municipality.id) == Plan.municipality_id)
        .join(DataKey, and_(col(DataKey.id) == Plan.key_id, col(DataKey.wrapped).is_not(None)))
        .join(Participant, col(Participant.plan_id) == Plan.id)
        .join(RoleSpan, role_today(today))
    )


def participations(viewer: Viewer, today: date, *columns: Any) -> Select[Any]:
    """Columns of Plan, PlanSpan, Participant and RoleSpan, for each participation that opens a plan today."""
    finished = col(PlanSpan.state).in_((PlanState.ACTIVE, PlanState.INACTIVE))
    let_in = or_(
        and_(col(RoleSpan.role) == Role.COORDINATOR, col(PlanSpan.state) != PlanState.DELETED),
        and_(finished, or_(col(RoleSpan.role) == Role.OWNER, grounds(today))),
    )
    return all_participations(today, *columns).where(*inside(viewer, today), let_in)


def inside(viewer: Viewer, today: date) -> tuple[Clause, ...]:
    """The viewer's participations that something may be open to: `access.outside` in SQL."""
    return (
        col(Plan.municipality_id) == viewer.municipality_id,
        col(Municipality.demands) <= viewer.counts_as,
        col(PlanSpan.kind).not_in(viewer.closed_kinds),
        col(Participant.profile) == viewer.profile,
        holds(Participant.valid_from, Participant.valid_to, today),
        col(Participant.awaits_approval).is_(False),
        mine(viewer.account_id, today),
    )


def grounds(today: date) -> Clause:
    """The plan's basis holds for the participant today."""
    basis = _basis(today)
    rests_on_consent = and_(basis == Basis.CONSENT, _consented(today))
    return or_(basis.in_((Basis.DECISION, Basis.STATUTORY_TASK)), rests_on_consent)


def _basis(today: date) -> Any:
    return (
        pick(LegalBasis.basis)
        .where(
            col(LegalBasis.plan_id) == Plan.id,
            or_(col(LegalBasis.participant_id).is_(None), col(LegalBasis.participant_id) == Participant.id),
            col(LegalBasis.valid_from) <= today,
            or_(col(LegalBasis.valid_to).is_(None), col(LegalBasis.valid_to) >= today),
        )
        .order_by(col(LegalBasis.participant_id).is_(None), col(LegalBasis.number).desc())
        .limit(1)
        .correlate(Plan, Participant)
        .scalar_subquery()
    )


def _consented(today: date) -> Clause:
    """The newest complete entry that has begun is a consent, and its last day has not passed."""
    given = aliased(Consent)
    return exists().where(
        col(given.id) == _newest_entry(today, Consent.id),
        col(given.act) == ConsentAct.GIVEN,
        or_(col(given.valid_to).is_(None), col(given.valid_to) >= today),
    )


def consent_until(today: date) -> Any:
    """The last day of the consent that access rests on today; null when it has none, or rests on something else."""
    return case((_basis(today) == Basis.CONSENT, _newest_entry(today, Consent.valid_to)), else_=null())


def _newest_entry(today: date, column: Any) -> Any:
    """The entry that decides, as `models.plans.rules.access.deciding` says it."""
    later = aliased(Consent)
    overtaken = (
        exists()
        .where(
            col(later.plan_id) == Consent.plan_id,
            col(later.participant_id) == Consent.participant_id,
            col(later.number) > Consent.number,
            col(later.valid_from) <= today,
            signed(later),
        )
        .correlate(Consent)
    )
    shut = and_(col(Consent.participant_id).is_not(None), col(Consent.act) == ConsentAct.WITHDRAWN, ~overtaken)
    return (
        pick(column)
        .where(
            col(Consent.plan_id) == Plan.id,
            or_(col(Consent.participant_id).is_(None), col(Consent.participant_id) == Participant.id),
            col(Consent.valid_from) <= today,
            signed(Consent),
        )
        .order_by(case((shut, 0), else_=1), col(Consent.number).desc())
        .limit(1)
        .correlate(Plan, Participant)
        .scalar_subquery()
    )


def signed(consent: type[Consent]) -> Clause:
    """The consent counts: all who were asked have signed, and it is neither provisional nor cancelled."""
    missing = (
        pick(ConsentSigner.id)
        .outerjoin(ConsentSignature, col(ConsentSignature.signer_id) == ConsentSigner.id)
        .where(col(ConsentSigner.consent_id) == consent.id, col(ConsentSignature.id).is_(None))
        .correlate(consent)
    )
    return and_(~exists(missing), col(consent.provisional).is_(False), col(consent.cancelled_at).is_(None))


def administered_municipality(viewer: Viewer) -> Clause:
    return col(Municipality.id) == viewer.municipality_id


def administered_ages(viewer: Viewer) -> Clause:
    return col(AgePolicy.municipality_id) == viewer.municipality_id


def administered_age_steps(viewer: Viewer) -> Clause:
    return col(AgeStep.municipality_id) == viewer.municipality_id


def administered_messages(viewer: Viewer) -> Clause:
    return col(ServiceMessage.municipality_id) == viewer.municipality_id


def administered_units(viewer: Viewer) -> Clause:
    return col(Unit.municipality_id) == viewer.municipality_id


def administered_roles(viewer: Viewer) -> Clause:
    """Role templates of the kinds of plan the viewer answers for (F198)."""
    return and_(
        col(RoleTemplate.municipality_id) == viewer.municipality_id,
        col(RoleTemplate.kind).in_(viewer.kinds(Right.ROLES_ADMINISTER)),
    )


def administered_texts(viewer: Viewer) -> Clause:
    """Text templates of those kinds, and those for all kinds."""
    kinds = viewer.kinds(Right.TEXTS_ADMINISTER)
    return and_(
        col(TextTemplate.municipality_id) == viewer.municipality_id,
        or_(col(TextTemplate.plan_kind).in_(kinds), col(TextTemplate.plan_kind).is_(None)) if kinds else ~true(),
    )


def administered_points(viewer: Viewer) -> Clause:
    """What plans of those kinds must contain (N6)."""
    return and_(
        col(ContentPoint.municipality_id) == viewer.municipality_id,
        col(ContentPoint.kind).in_(viewer.kinds(Right.TEXTS_ADMINISTER)),
    )


def administered_plan_templates(viewer: Viewer) -> Clause:
    """What plans of those kinds can begin with (F203)."""
    return and_(
        col(PlanTemplate.municipality_id) == viewer.municipality_id,
        col(PlanTemplate.kind).in_(viewer.kinds(Right.TEXTS_ADMINISTER)),
    )


def administered_plan_template_items(viewer: Viewer) -> Clause:
    """What lies in them."""
    mine = pick(PlanTemplate.id).where(administered_plan_templates(viewer))
    return col(PlanTemplateItem.template_id).in_(mine)


def administered_forms(viewer: Viewer) -> Clause:
    """What is consented to in plans of those kinds (F118)."""
    return and_(
        col(ConsentForm.municipality_id) == viewer.municipality_id,
        col(ConsentForm.kind).in_(viewer.kinds(Right.TEXTS_ADMINISTER)),
    )


def administered_people(viewer: Viewer) -> Clause:
    """All but those the viewer is kept apart from (N15)."""
    return and_(col(Person.municipality_id) == viewer.municipality_id, ~is_kept_from(Person.id, _own_card(viewer)))


def _own_card(viewer: Viewer) -> tuple[UUID, ...]:
    return (viewer.person_id,) if viewer.person_id else ()


def administered_accounts(viewer: Viewer) -> Clause:
    """The accounts of those who have a person card there."""
    cards = pick(Person.account_id).where(
        *(col(Person.municipality_id) == viewer.municipality_id, col(Person.account_id).is_not(None)),
        ~is_kept_from(Person.id, _own_card(viewer)),
    )
    return col(Account.id).in_(cards)


def standing_changes(viewer: Viewer) -> Clause:
    """What has been asked for there and is not finished."""
    unfinished = col(AccountChange.state).in_((ChangeState.WAITING, ChangeState.APPROVED))
    return and_(col(AccountChange.municipality_id) == viewer.municipality_id, unfinished)


def registered_plans(viewer: Viewer, today: date) -> Clause:
    """Plans whose metadata an administrator sees: of the kinds they answer for today (F193, F198), and in which nobody
    takes part, or took part, whom they are kept apart from (N15)."""
    kinds = pick(PlanSpan.plan_id).where(
        holds(PlanSpan.valid_from, PlanSpan.valid_to, today),
        col(PlanSpan.kind).in_(viewer.kinds(Right.PLANS_REGISTER)),
        col(PlanSpan.state) != PlanState.DELETED,
    )
    kept_from = pick(Participant.plan_id).where(is_kept_from(Participant.person_id, _own_card(viewer)))
    here = col(Plan.municipality_id) == viewer.municipality_id
    return and_(here, col(Plan.id).in_(kinds), col(Plan.id).not_in(kept_from))
