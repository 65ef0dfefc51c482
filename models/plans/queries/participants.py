"""The participants' list and card (F98): each with what is said of them in this plan."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_
from sqlmodel import col, select

from models.alphabet import in_alphabet
from models.base import holds, pick
from models.i18n import _
from models.organisation.tables import Unit
from models.people.queries import is_kept_from, works
from models.people.rules import full_name
from models.people.tables import Person, UnitMembership
from models.plans.proof import OpenPlan
from models.plans.queries.consents import pending
from models.plans.queries.people import Somebody, people, role_today
from models.plans.rules.words import profile_of
from models.plans.tables.participants import Participant, RoleSpan
from models.refusals import NotFound
from models.rights import Profile, Role


@dataclass(frozen=True)
class Participation:
    """`left` is the first day outside; `awaits` while the owner has yet to say yes. Position and workplace are what
    the plan says, else where the person works today."""

    who: Somebody
    unit_id: UUID | None
    position: str
    workplace: str
    first: date
    left: date | None
    awaits: bool

    @property
    def last(self) -> date | None:
        return self.left - timedelta(days=1) if self.left else None

    def has_left(self, today: date) -> bool:
        return self.left is not None and self.left <= today


async def participations(plan: OpenPlan) -> list[Participation]:
    """Everybody who takes part, is to, or took part, in the order of `people`."""
    everybody = await people(plan)
    rows = await _rows(plan, [one.participant_id for one in everybody])
    work = await workplaces(plan, [one.person_id for one in everybody if one.person_id])
    return [_participation(one, rows[one.participant_id], work) for one in everybody if one.participant_id in rows]


async def participation(plan: OpenPlan, participant_id: UUID) -> Participation:
    """One of them. Raises NotFound."""
    found = next((one for one in await participations(plan) if one.who.participant_id == participant_id), None)
    if found is None:
        raise NotFound
    return found


async def participant_of(plan: OpenPlan, one: Participation) -> Participant:
    """The row, to be changed."""
    mine = col(Participant.id) == one.who.participant_id, col(Participant.plan_id) == plan.plan_id
    found: Participant | None = await plan.session.scalar(select(Participant).where(*mine))
    if found is None:
        raise NotFound
    return found


async def workplaces(plan: OpenPlan, persons: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Position and unit of those who work somewhere in the municipality today."""
    found = (
        pick(UnitMembership.person_id, UnitMembership.position, Unit.name)
        .join(Unit, col(Unit.id) == UnitMembership.unit_id)
        .where(col(UnitMembership.person_id).in_(persons), works(plan.today))
        .order_by(col(UnitMembership.valid_from).desc())
    )
    return {row.person_id: (row.position or "", row.name) for row in await plan.session.execute(found)}


async def staff(plan: OpenPlan, unit_id: UUID) -> list[tuple[UUID, str, str]]:
    """Those who take part through the unit today: each person's id, name and position; none the viewer may not know
    of (N15)."""
    found = (
        pick(Person.id, Person.given_name, Person.family_name, UnitMembership.position)
        .join(UnitMembership, col(UnitMembership.person_id) == Person.id)
        .where(
            col(UnitMembership.unit_id) == unit_id,
            col(UnitMembership.municipality_id) == plan.municipality_id,
            works(plan.today),
            ~is_kept_from(Person.id, plan.readers),
        )
        .order_by(in_alphabet(Person.given_name), in_alphabet(Person.family_name))
    )
    rows = await plan.session.execute(found)
    return [(row.id, full_name(row.given_name, row.family_name), row.position or "") for row in rows]


async def coordinates_alone(plan: OpenPlan, participant_id: UUID) -> bool:
    """Whether it coordinates the plan, and nobody else does without an end."""
    coordinating = (
        pick(Participant.id, Participant.valid_to, Participant.awaits_approval)
        .join(RoleSpan, role_today(plan.today))
        .where(
            col(Participant.plan_id) == plan.plan_id,
            holds(Participant.valid_from, Participant.valid_to, plan.today),
            col(RoleSpan.role) == Role.COORDINATOR,
        )
    )
    rows = list(await plan.session.execute(coordinating))
    lasting = {row.id for row in rows if row.valid_to is None and not row.awaits_approval}
    return participant_id in {row.id for row in rows} and lasting <= {participant_id}


async def takes_part(plan: OpenPlan, *, person_id: UUID | None = None, unit_id: UUID | None = None) -> bool:
    """Whether the person or the unit is in the plan, or is to be, in their own name."""
    who = col(Participant.person_id) == person_id if person_id else col(Participant.unit_id) == unit_id
    stays = or_(col(Participant.valid_to).is_(None), col(Participant.valid_to) > plan.today)
    found = pick(Participant.id).where(col(Participant.plan_id) == plan.plan_id, who, stays)
    return await plan.session.scalar(found.limit(1)) is not None


async def is_viewer(plan: OpenPlan, who: Person | Unit) -> bool:
    """Whether it is the viewer, or a unit they work at."""
    if isinstance(who, Person):
        return who.account_id == plan.viewer.account_id
    cards = pick(Person.id).where(col(Person.account_id) == plan.viewer.account_id)
    found = pick(UnitMembership.id).where(
        col(UnitMembership.unit_id) == who.id, col(UnitMembership.person_id).in_(cards), works(plan.today)
    )
    return await plan.session.scalar(found.limit(1)) is not None


async def role_of(plan: OpenPlan, participant_id: UUID) -> Role:
    """The role it has today, or is to have, or had last."""
    span = (
        pick(RoleSpan.role)
        .select_from(Participant)
        .join(RoleSpan, role_today(plan.today))
        .where(col(Participant.id) == participant_id)
    )
    role: Role = (await plan.session.scalars(span)).one()
    return role


async def last_span(plan: OpenPlan, participant: Participant) -> RoleSpan:
    spans = select(RoleSpan).where(col(RoleSpan.participant_id) == participant.id)
    return (await plan.session.scalars(spans.order_by(col(RoleSpan.valid_from).desc()).limit(1))).one()


async def may_return(plan: OpenPlan, participant: Participant) -> bool:
    """Whether they were taken out today, by others: with who leaves by themselves, the role ends too (`leaving`)."""
    if participant.plan_id != plan.plan_id or participant.valid_to != plan.today:
        return False
    ends = (await last_span(plan, participant)).valid_to
    return ends is None or ends > plan.today


async def why_stays(plan: OpenPlan, participant_id: UUID) -> str | None:
    """Why the participant cannot leave the plan now; None when they can."""
    if await role_of(plan, participant_id) is Role.OWNER:
        return _("Planen handler om denne personen, som derfor ikke kan fjernes fra den.")
    if await coordinates_alone(plan, participant_id):
        return _("Ingen andre koordinerer planen. Gi stafettpinnen videre først.")
    if any(entry.signer([participant_id]) for entry in await pending(plan)):
        return _("Planen venter på at denne deltakeren signerer et samtykke. Trekk forespørselen først.")
    return None


def _participation(one: Somebody, row: Any, work: dict[UUID, tuple[str, str]]) -> Participation:
    """What the family works with is not what they take part as, and is told only where it is written of them here."""
    at_work = profile_of(one.role_code) is Profile.WORK
    position, workplace = work.get(one.person_id, ("", "")) if one.person_id and at_work else ("", "")
    return Participation(
        who=one,
        unit_id=row.unit_id,
        position=row.position or position,
        workplace=row.workplace or workplace,
        first=row.valid_from,
        left=row.valid_to,
        awaits=row.awaits_approval,
    )


async def _rows(plan: OpenPlan, ids: Collection[UUID]) -> dict[UUID, Any]:
    found = pick(
        *(Participant.id, Participant.unit_id, Participant.position, Participant.workplace),
        *(Participant.valid_from, Participant.valid_to, Participant.awaits_approval),
    ).where(col(Participant.id).in_(ids), col(Participant.plan_id) == plan.plan_id)
    return {row.id: row for row in await plan.session.execute(found)}
