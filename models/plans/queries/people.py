"""Who takes part in an opened plan, and when they were last here.

Nobody is told of somebody they are kept apart from (N15): such a person is on no list, and what they did or answer for
is somebody else's, without a name. Everything that names people asks here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col

from models.alphabet import alphabetical
from models.base import pick
from models.i18n import _
from models.log.queries import is_visit
from models.log.tables import Opening
from models.organisation.tables import Unit
from models.people.queries import is_kept_from, picture_of
from models.people.rules import full_name
from models.people.tables import Person, Picture
from models.plans.proof import OpenConsent, OpenPlan
from models.plans.tables.participants import Participant, RoleSpan
from models.refusals import NotFound
from models.rights import Role


@dataclass(frozen=True)
class Somebody:
    """A participant as others see them: a person, or a unit (then `person_id` and `account_id` are None).

    `hidden`: somebody the viewer may not know of stands here (see `named`); there is nothing to tell but that.
    """

    participant_id: UUID
    person_id: UUID | None
    account_id: UUID | None
    name: str
    role_code: Role
    role: str
    taking_part: bool
    has_picture: bool
    hidden: bool = False

    @property
    def words(self) -> str:
        """Name and role."""
        return f"{self.name}, {self.role}" if self.role else self.name

    @property
    def speaks_for_owner(self) -> bool:
        """Whether what they say of how it goes for the owner, is said on the owner's behalf, as far as is told."""
        return not self.hidden and self.role_code is not Role.OWNER


NOBODY = UUID(int=0)
UNNAMED = Somebody(NOBODY, None, None, "", Role.OTHER, "", taking_part=True, has_picture=False, hidden=True)


async def people(plan: OpenPlan | OpenConsent) -> list[Somebody]:
    """Everybody who takes part or took part, by role, then by name: old comments need their names too.

    Left out: who the viewer is kept apart from.
    """
    order = list(Role)
    asked = "people", plan.plan_id, plan.today, frozenset(plan.readers)
    found = [_somebody(plan, row) for row in await plan.session.once(asked, lambda: _rows(plan))]
    return sorted(found, key=lambda one: (order.index(one.role_code), alphabetical(one.name)))


def named(everybody: Sequence[Somebody], participant_id: UUID | None) -> Somebody | None:
    """The one of them who is meant; somebody without a name, when the viewer may not know who it is."""
    if participant_id is None:
        return None
    found = next((one for one in everybody if one.participant_id == participant_id), None)
    return found or replace(UNNAMED, participant_id=participant_id, name=_("En annen deltaker"))


async def choosable(plan: OpenPlan, already: UUID | None = None) -> list[Somebody]:
    """Those who take part now, and whoever is chosen already."""
    everybody = await people(plan)
    present = [one for one in everybody if one.taking_part or one.participant_id == already]
    chosen = named(everybody, already)
    return [*present, chosen] if chosen and chosen.hidden else present


def _somebody(plan: OpenPlan | OpenConsent, row: Any) -> Somebody:
    return Somebody(
        participant_id=row.id,
        person_id=row.person_id,
        account_id=row.account_id,
        name=row.unit_name or full_name(row.given_name, row.family_name),
        role_code=row.role,
        role=plan.role_name(row.role),
        taking_part=(
            not row.awaits_approval
            and row.valid_from <= plan.today
            and (row.valid_to is None or plan.today < row.valid_to)
        ),
        has_picture=row.picture_id is not None,
    )


async def _rows(plan: OpenPlan | OpenConsent) -> Sequence[Any]:
    found = (
        pick(
            *(Participant.id, Participant.person_id, Participant.valid_from, Participant.valid_to, RoleSpan.role),
            *(Person.given_name, Person.family_name, Person.account_id, col(Unit.name).label("unit_name")),
            Participant.awaits_approval,
            col(Picture.id).label("picture_id"),
        )
        .select_from(Participant)
        .join(RoleSpan, role_today(plan.today))
        .outerjoin(Person, col(Person.id) == Participant.person_id)
        .outerjoin(Picture, col(Picture.person_id) == Participant.person_id)
        .outerjoin(Unit, col(Unit.id) == Participant.unit_id)
        .where(col(Participant.plan_id) == plan.plan_id, ~is_kept_from(Participant.person_id, plan.readers))
    )
    rows: Sequence[Any] = (await plan.session.execute(found)).all()
    return rows


async def names_of_accounts(plan: OpenPlan, accounts: Collection[UUID]) -> dict[UUID, str]:
    """Of those who did something in the plan without taking part in their own name: through a unit, say."""
    if not accounts:
        return {}
    hidden = is_kept_from(Person.id, plan.readers).label("hidden")
    found = pick(Person.account_id, Person.given_name, Person.family_name, hidden).where(
        col(Person.municipality_id) == plan.municipality_id, col(Person.account_id).in_(accounts)
    )
    return {
        row.account_id: _("En annen deltaker") if row.hidden else full_name(row.given_name, row.family_name)
        for row in await plan.session.execute(found)
    }


async def picture(plan: OpenPlan, person_id: UUID) -> bytes:
    """A JPEG of somebody who takes part or took part in their own name; raises NotFound for all others."""
    takes_part = pick(Participant.id).where(
        *(col(Participant.plan_id) == plan.plan_id, col(Participant.person_id) == person_id),
        ~is_kept_from(Participant.person_id, plan.readers),
    )
    if await plan.session.scalar(takes_part.limit(1)) is None:
        raise NotFound
    return await picture_of(plan.session, person_id)


def role_today(today: date) -> ColumnElement[bool]:
    """Joins a participant with the role it has today, or the first it will have, or the last it had while it was
    here: a role that was given on the day of leaving never was one."""
    here = or_(col(Participant.valid_to).is_(None), col(RoleSpan.valid_from) < col(Participant.valid_to))
    came_with = col(RoleSpan.valid_from) == col(Participant.valid_from)
    begun = or_(and_(col(RoleSpan.valid_from) <= today, here), came_with)
    ended = col(RoleSpan.valid_to) == col(Participant.valid_to)
    lasting = or_(col(RoleSpan.valid_to).is_(None), col(RoleSpan.valid_to) > today, ended)
    return and_(col(RoleSpan.participant_id) == Participant.id, begun, lasting)


async def last_visits(plan: OpenPlan) -> dict[UUID, datetime]:
    """When each account last opened the plan, by account (F58)."""
    kept_from = pick(Person.account_id).where(
        is_kept_from(Person.id, plan.readers), col(Person.account_id).is_not(None)
    )
    found = (
        pick(Opening.account_id, func.max(Opening.at).label("at"))
        .where(col(Opening.plan_id) == plan.plan_id, is_visit(), col(Opening.account_id).not_in(kept_from))
        .group_by(col(Opening.account_id))
    )
    return {row.account_id: row.at for row in await plan.session.execute(found)}


async def my_last_visit(plan: OpenPlan) -> datetime | None:
    """When the viewer was here last before they signed in this time; None on the first visit."""
    found = pick(func.max(Opening.at)).where(
        col(Opening.plan_id) == plan.plan_id,
        col(Opening.account_id) == plan.actor_id,
        col(Opening.at) < plan.viewer.signed_in_at,
        is_visit(),
    )
    at: datetime | None = await plan.session.scalar(found)
    return at
