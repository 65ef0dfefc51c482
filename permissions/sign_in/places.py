"""Where an account can be: its municipalities, and the two profiles in each (F37, F53, F201)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, select

from models.accounts.proof import Viewer
from models.accounts.tables.account import Account, Appointment
from models.accounts.tables.sign_in import SignInSession
from models.base import HouseSession, holds, pick
from models.clock import local_day
from models.log import operations as log
from models.log.rules import Event
from models.organisation.tables import Municipality
from models.people.queries import works
from models.people.tables import Person, UnitMembership
from models.plans.tables.participants import Participant
from models.plans.tables.plan import Plan
from models.refusals import NotFound
from models.rights import Profile
from permissions.proofs import House
from permissions.scopes import mine


@dataclass(frozen=True)
class Place:
    """A municipality and a profile; `plans` is how many the account takes part in there."""

    municipality_id: UUID
    municipality: str
    profile: Profile
    plans: int


async def places(session: HouseSession, account_id: UUID) -> list[Place]:
    """Everywhere the account has a plan, a duty or a job; by municipality, work before personal."""
    today = local_day(session.clock.now())
    plans = await _plans(session, account_id, today)
    where = set(plans) | {(municipality, Profile.WORK) for municipality in await _works(session, account_id, today)}
    names = pick(Municipality.id, Municipality.name).where(col(Municipality.id).in_({one for one, _ in where}))
    named = {row.id: row.name for row in await session.execute(names)}
    found = [Place(one, named[one], profile, plans.get((one, profile), 0)) for one, profile in where]
    return sorted(found, key=lambda place: (place.municipality, list(Profile).index(place.profile)))


async def first_place(session: HouseSession, account: Account, preferring: Collection[UUID] = ()) -> Place | None:
    """Where the account was last, if it may still be there; else the first with plans, or the first of all.

    Rather in one of the municipalities preferred, when some are.
    """
    found = await places(session, account.id)

    def worth(place: Place) -> tuple[bool, ...]:
        return (
            bool(preferring) and place.municipality_id not in preferring,
            *_unlike_last(account, place),
            not place.plans,
        )

    return min(found, key=worth, default=None)


def _unlike_last(account: Account, place: Place) -> tuple[bool, bool]:
    """Who has not chosen a profile yet may still have a municipality that they were given."""
    elsewhere = place.municipality_id != account.last_municipality_id
    return elsewhere or place.profile is not account.last_profile, elsewhere


async def _plans(session: HouseSession, account_id: UUID, today: date) -> dict[tuple[UUID, Profile], int]:
    found = (
        pick(Plan.municipality_id, Participant.profile, func.count(col(Plan.id).distinct()).label("plans"))
        .join(Participant, col(Participant.plan_id) == Plan.id)
        .where(mine(account_id, today), _not_left(today))
        .group_by(col(Plan.municipality_id), col(Participant.profile))
    )
    return {(row.municipality_id, row.profile): row.plans for row in await session.execute(found)}


async def _works(session: HouseSession, account_id: UUID, today: date) -> set[UUID]:
    duties = pick(Appointment.municipality_id).where(
        col(Appointment.account_id) == account_id, holds(Appointment.valid_from, Appointment.valid_to, today)
    )
    jobs = (
        pick(UnitMembership.municipality_id)
        .join(Person, col(Person.id) == UnitMembership.person_id)
        .where(col(Person.account_id) == account_id, works(today))
    )
    return {*await session.scalars(duties), *await session.scalars(jobs)}


async def must_choose(session: HouseSession, account_id: UUID) -> bool:
    """Whether somebody with places in several municipalities has never said where they want to begin (F53)."""
    chosen = await session.scalar(pick(Account.last_profile).where(col(Account.id) == account_id))
    return chosen is None and len({place.municipality_id for place in await places(session, account_id)}) > 1


async def has_plans_elsewhere(session: HouseSession, viewer: Viewer) -> bool:
    """Whether some of the viewer's plans lie under their other profile, or in another municipality (F37)."""
    today = local_day(session.clock.now())
    here = and_(col(Plan.municipality_id) == viewer.municipality_id, col(Participant.profile) == viewer.profile)
    found = (
        pick(Plan.id)
        .join(Participant, col(Participant.plan_id) == Plan.id)
        .where(mine(viewer.account_id, today), _not_left(today), ~here)
    )
    return await session.scalar(found.limit(1)) is not None


def _not_left(today: date) -> ColumnElement[bool]:
    return or_(col(Participant.valid_to).is_(None), col(Participant.valid_to) > today)


async def switch(session: HouseSession, viewer: Viewer, municipality_id: UUID, profile: Profile) -> None:
    """Move the viewer's session, and begin there next time (F201). Raises NotFound for a place that is not theirs."""
    if not any(
        place.municipality_id == municipality_id and place.profile is profile
        for place in await places(session, viewer.account_id)
    ):
        raise NotFound
    current = (await session.scalars(select(SignInSession).where(SignInSession.id == viewer.session_id))).one()
    account = (await session.scalars(select(Account).where(Account.id == viewer.account_id))).one()
    current.municipality_id = account.last_municipality_id = municipality_id
    current.profile = account.last_profile = profile
    log.record(House(session, municipality_id, actor_id=account.id), Event.PLACE_CHOSEN, profile=profile)
