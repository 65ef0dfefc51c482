"""Finding the person a new plan is for, by somebody who may make plans (F180), and what they may make. Nobody is
listed."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, or_
from sqlmodel import col, select

from models.accounts.proof import OpenMunicipality
from models.accounts.queries import is_linked
from models.accounts.tables.account import Account
from models.alphabet import alphabetical
from models.base import holds, pick
from models.clock import local_day
from models.i18n import _
from models.organisation.queries import kinds_not_in_use
from models.organisation.rules import UnitKind
from models.organisation.tables import Unit
from models.people.queries import by_number, is_kept_from, works
from models.people.tables import Person, UnitMembership
from models.plans.queries.people import role_today
from models.plans.rules.making import Start
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


@dataclass(frozen=True)
class Place:
    """A unit that a plan may belong to; `own` where the viewer works."""

    id: UUID
    name: str
    kind: UnitKind
    own: bool


async def find_owner(here: OpenMunicipality, sought: Sought) -> Person | None:
    """The one person in the municipality who fits exactly. Raises Invalid when several do, or too little is asked.

    By name nobody is found who is only known because a plan is theirs (F101), nor whose address is blocked (N15); by
    number everybody, so that nobody gets a second card.
    """
    here.demand(Right.PLANS_CREATE)
    if sought.national_id:
        known = await by_number(here.session, here.municipality_id, sought.national_id)
        return await owner_to_be(here, known.id) if known else None
    if not sought.name.strip() or sought.birth_date is None:
        raise Invalid(name=_("Skriv fødselsnummeret, eller både navn og fødselsdato."))
    found = await _by_name(here, sought.name, sought.birth_date)
    if len(found) > 1:
        raise Invalid(name=_("Flere i kommunen har dette navnet og denne datoen. Bruk fødselsnummeret."))
    return await owner_to_be(here, found[0]) if found else None


async def check_owner(here: OpenMunicipality, owner: Person, start: Start | None = None) -> None:
    """Raises NotFound for somebody of another municipality, and Invalid for who cannot own the plan, of that kind if
    told."""
    if owner.municipality_id != here.municipality_id:
        raise NotFound
    if owner.id == here.viewer.person_id:
        raise Invalid(person=_("Du kan ikke koordinere din egen plan. Be en kollega lage den."))
    if start is Start.IP and await has_individual_plan(here, owner):
        raise Invalid(person=_("Personen har en individuell plan i kommunen fra før, og kan bare ha én om gangen."))


async def owner_to_be(here: OpenMunicipality, person_id: UUID) -> Person:
    """Somebody of the municipality; raises NotFound for others, and for who is kept apart from the viewer (N15).

    Locked in a writing session: makers take turns.
    """
    here.demand(Right.PLANS_CREATE)
    found = select(Person).where(
        col(Person.id) == person_id,
        col(Person.municipality_id) == here.municipality_id,
        ~is_kept_from(Person.id, [here.viewer.person_id] if here.viewer.person_id else []),
    )
    person: Person | None = await here.session.scalar(found.with_for_update() if here.session.writes else found)
    if person is None:
        raise NotFound
    return person


async def kinds_in_use(here: OpenMunicipality) -> frozenset[PlanKind]:
    """Those the municipality uses and has roles for (F1), of the kinds the viewer may make."""
    kinds = pick(RoleTemplate.kind).where(
        col(RoleTemplate.municipality_id) == here.municipality_id, col(RoleTemplate.role) == Role.OWNER
    )
    left_out = await kinds_not_in_use(here.session, here.municipality_id)
    return here.kinds & frozenset(await here.session.scalars(kinds)) - left_out


async def has_account(here: OpenMunicipality, person: Person) -> bool:
    """Whether the person can sign in already: with a password, or through ID-porten."""
    here.demand(Right.PLANS_CREATE)
    account = await here.session.get(Account, person.account_id) if person.account_id else None
    return account is not None and (bool(account.password_hash) or await is_linked(here.session, account.id))


async def units(here: OpenMunicipality) -> list[Place]:
    """Those in use in the municipality, the viewer's own first (F186)."""
    here.demand(Right.PLANS_CREATE)
    today = local_day(here.session.clock.now())
    mine = pick(UnitMembership.unit_id).where(col(UnitMembership.person_id) == here.viewer.person_id, works(today))
    own = set(await here.session.scalars(mine))
    found = pick(Unit.id, Unit.name, Unit.kind).where(
        col(Unit.municipality_id) == here.municipality_id, col(Unit.active)
    )
    places = [Place(row.id, row.name, row.kind, row.id in own) for row in await here.session.execute(found)]
    return sorted(places, key=lambda place: (not place.own, alphabetical(place.name)))


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


async def _by_name(here: OpenMunicipality, name: str, born: date) -> list[UUID]:
    found = pick(Person.id, Person.given_name, Person.family_name).where(
        col(Person.municipality_id) == here.municipality_id,
        or_(col(Person.birth_date) == born, col(Person.expected_date) == born),
        or_(~_takes_part(owning=True), _takes_part(owning=False)),
        col(Person.blocked_address).is_(False),
        ~is_kept_from(Person.id, [here.viewer.person_id] if here.viewer.person_id else []),
    )
    wanted = _plain(name)
    rows = await here.session.execute(found)
    return [row.id for row in rows if _plain(f"{row.given_name} {row.family_name}") == wanted]


def _takes_part(*, owning: bool) -> Any:
    """Somebody who owns a plan, or takes part in one in another role, now or before."""
    is_owner = col(RoleSpan.role) == Role.OWNER if owning else col(RoleSpan.role) != Role.OWNER
    spans = and_(col(RoleSpan.participant_id) == Participant.id, is_owner)
    return exists().where(col(Participant.person_id) == Person.id, spans).correlate(Person)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
