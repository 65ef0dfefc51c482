"""Finding the person a new plan is for, by somebody who may make plans (F180). Nobody is listed."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select

from models.accounts.proof import OpenMunicipality
from models.base import holds, pick
from models.clock import local_day
from models.i18n import _
from models.people.queries import NATIONAL_ID
from models.people.tables import Person
from models.plans.queries.people import role_today
from models.plans.rules.words import PlanState
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan
from models.refusals import Invalid, NotFound
from models.rights import Element, PlanKind, Right, Role
from models.templates.tables import RoleTemplate


@dataclass(frozen=True)
class Sought:
    """A fødselsnummer, or else a whole name with the day of birth or the expected day."""

    national_id: str = ""
    name: str = ""
    birth_date: date | None = None


async def find_owner(here: OpenMunicipality, sought: Sought) -> UUID:
    """The one person in the municipality who fits exactly. Raises Invalid when nobody does, or several."""
    here.demand(Right.PLANS_CREATE)
    if sought.national_id:
        found = await _by_number(here, sought.national_id)
        if not found:
            raise Invalid(national_id=_("Vi fant ingen i kommunen med dette nummeret."))
        return found[0]
    if not sought.name.strip() or sought.birth_date is None:
        raise Invalid(name=_("Skriv fødselsnummeret, eller både navn og fødselsdato."))
    found = await _by_name(here, sought.name, sought.birth_date)
    if len(found) != 1:
        several = _("Flere i kommunen har dette navnet og denne datoen. Bruk fødselsnummeret.")
        raise Invalid(name=several if found else _("Vi fant ingen i kommunen med dette navnet og denne datoen."))
    return found[0]


async def owner_to_be(here: OpenMunicipality, person_id: UUID) -> Person:
    """Somebody of the municipality; raises NotFound for others. Locked in a writing session: makers take turns."""
    here.demand(Right.PLANS_CREATE)
    found = select(Person).where(col(Person.id) == person_id, col(Person.municipality_id) == here.municipality_id)
    person: Person | None = await here.session.scalar(found.with_for_update() if here.session.writes else found)
    if person is None:
        raise NotFound
    return person


async def kinds_in_use(here: OpenMunicipality) -> frozenset[PlanKind]:
    """Those the municipality has roles for, of the kinds the viewer may make."""
    kinds = pick(RoleTemplate.kind).where(
        col(RoleTemplate.municipality_id) == here.municipality_id, col(RoleTemplate.role) == Role.OWNER
    )
    return here.kinds & frozenset(await here.session.scalars(kinds))


async def has_individual_plan(here: OpenMunicipality, person: Person) -> bool:
    """Whether the person owns a living individual plan in the municipality; one of coordination alone is none."""
    today = local_day(here.session.clock.now())
    owned = (
        pick(Plan.elements)
        .join(PlanSpan, col(PlanSpan.plan_id) == Plan.id)
        .join(Participant, col(Participant.plan_id) == Plan.id)
        .join(RoleSpan, role_today(today))
        .where(
            col(Plan.municipality_id) == here.municipality_id,
            col(Participant.person_id) == person.id,
            holds(Participant.valid_from, Participant.valid_to, today),
            holds(PlanSpan.valid_from, PlanSpan.valid_to, today),
            col(RoleSpan.role) == Role.OWNER,
            col(PlanSpan.kind) == PlanKind.IP,
            col(PlanSpan.state).not_in((PlanState.INACTIVE, PlanState.DELETED)),
        )
    )
    return any(Element.GOALS.value in elements for elements in await here.session.scalars(owned))


async def _by_number(here: OpenMunicipality, national_id: str) -> list[UUID]:
    indexes = here.session.keys.blind_indexes(NATIONAL_ID, national_id)
    found = pick(Person.id).where(
        col(Person.municipality_id) == here.municipality_id, col(Person.national_id_index).in_(indexes)
    )
    return list(await here.session.scalars(found))


async def _by_name(here: OpenMunicipality, name: str, born: date) -> list[UUID]:
    found = pick(Person.id, Person.given_name, Person.family_name).where(
        col(Person.municipality_id) == here.municipality_id,
        or_(col(Person.birth_date) == born, col(Person.expected_date) == born),
    )
    wanted = _plain(name)
    rows = await here.session.execute(found)
    return [row.id for row in rows if _plain(f"{row.given_name} {row.family_name}") == wanted]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
