"""The plan register (F193): who, which kind, how long. No content, and nothing to write.

A plan's administration is opened on a page of its own, with a reason (F194)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, case, func, or_
from sqlmodel import col

from admin.desk import Desk
from admin.facts import Reference
from admin.filters import contains
from admin.row_link import RowLink
from models.base import holds, pick
from models.clock import local_day
from models.i18n import N_
from models.labels import label as word
from models.organisation.tables import Unit
from models.people.tables import Person
from models.plans.queries.coordination import is_coordinated
from models.plans.rules.words import ConsentAct
from models.plans.tables.consent import Consent
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.rights import Right, Role
from permissions.scopes import registered_plans, signed

TODAY: Any = bindparam("today", type_=Date)
"""Filled in for each request: the register shows the plans as they are that day."""


def holder(role: Role) -> Any:
    """The name of whoever has the role in the plan; of several, the one who came last."""
    return (
        pick(func.coalesce(Unit.name, col(Person.family_name) + ", " + col(Person.given_name)))
        .select_from(Participant)
        .join(RoleSpan, and_(col(RoleSpan.participant_id) == Participant.id, col(RoleSpan.role) == role))
        .outerjoin(Person, col(Person.id) == Participant.person_id)
        .outerjoin(Unit, col(Unit.id) == Participant.unit_id)
        .where(
            col(Participant.plan_id) == Plan.id,
            holds(RoleSpan.valid_from, RoleSpan.valid_to, TODAY),
            holds(Participant.valid_from, Participant.valid_to, TODAY),
        )
        .order_by(col(RoleSpan.valid_from).desc(), col(Participant.id))
        .limit(1)
        .correlate(Plan)
        .scalar_subquery()
    )


def consented(day: Any) -> Any:
    """A day of the consent for everybody, if it is not withdrawn; else of the participant's that lasts longest."""
    for_all, given = col(Consent.participant_id).is_(None), col(Consent.act) == ConsentAct.GIVEN
    newest_for_all, longest = case((for_all, col(Consent.number))), col(Consent.valid_to)
    return (
        pick(case((given, day)))
        .where(
            col(Consent.plan_id) == Plan.id,
            col(Consent.valid_from) <= TODAY,
            or_(for_all, given),
            signed(Consent),
        )
        .order_by(for_all.desc(), newest_for_all.desc(), longest.desc().nulls_first())
        .limit(1)
        .correlate(Plan)
        .scalar_subquery()
    )


class Administer(RowLink):
    label = N_("Administrer deltakere")
    address = "/plans/${id}/administration"


class PlanDesk(Desk):
    model = Plan
    right = Right.PLANS_REGISTER
    scope = registered_plans
    label = N_("Planregister")
    slug = "plans"
    hint = N_("Planene av de typene du har ansvar for, også de avsluttede. Innholdet ser bare de som deltar i planen.")
    empty_text = N_("Ingen planer. Endre søket, eller spør superadministratoren hvilke plantyper du har ansvar for.")
    list_display = [
        holder(Role.OWNER).label("owner"),
        *(PlanSpan.kind, PlanSpan.state),
        holder(Role.COORDINATOR).label("coordinator"),
        *(consented(Consent.valid_from).label("consent_from"), consented(Consent.valid_to).label("consent_to")),
        pick(Unit.name).where(col(Unit.id) == PlanSpan.unit_id).scalar_subquery().label("unit"),
    ]
    create_fields = update_fields = []
    actions = [Administer]
    list_filter = [PlanSpan.kind, PlanSpan.state, PlanSpan.unit_id, is_coordinated(TODAY).label("coordinated")]
    search_label = N_("Navn på noen i planen")
    search_fields = [Person.given_name, Person.family_name]
    labels = {
        "owner": N_("Planeier"),
        "kind": N_("Plantype"),
        "state": N_("Tilstand"),
        "coordinator": N_("Koordinator"),
        "coordinated": N_("Har koordinator"),
        "consent_from": N_("Samtykke fra"),
        "consent_to": N_("Samtykke til"),
        "unit": N_("Arbeidssted"),
        "unit_id": N_("Arbeidssted"),
    }
    words = {"kind": word, "state": word}
    references = {"unit_id": Reference(Unit, Unit.name)}

    def select(self, session: Any, viewer: Any, asked: Mapping[str, str]) -> Select[Any]:
        span = and_(col(PlanSpan.plan_id) == Plan.id, holds(PlanSpan.valid_from, PlanSpan.valid_to, TODAY))
        query = super().select(session, viewer, asked).select_from(Plan).join(PlanSpan, span)
        return query.params(today=local_day(session.clock.now()))

    def searched(self, text: str) -> ColumnElement[bool]:
        """The plans that a person of this name takes part in, in any role."""
        name = col(Person.given_name) + " " + col(Person.family_name)
        people = pick(Participant.plan_id).join(Person, col(Person.id) == Participant.person_id)
        return col(Plan.id).in_(people.where(contains(name, text)))
