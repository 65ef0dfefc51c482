"""How far each participant of a plan has come towards signing in (F16, F25)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_
from sqlmodel import col

from models.accounts.tables.account import Account
from models.accounts.tables.identity import Identity, JoinRequest
from models.accounts.tables.sign_in import Invitation
from models.base import pick
from models.organisation.queries import under_15
from models.organisation.rules import OF_AGE, UnderAge
from models.people.queries import is_kept_from
from models.people.rules import age, full_name
from models.people.tables import Person
from models.plans.proof import OpenPlan
from models.plans.queries.people import Somebody, people
from models.plans.tables.participants import Participant
from models.refusals import NotFound


class Step(StrEnum):
    NOBODY = "nobody"
    INVITED = "invited"
    ASKS = "asks"
    HAS_ACCOUNT = "has_account"


@dataclass(frozen=True)
class Invited:
    """`expires_at` is until when a link that was made works; `request_id` an answer that waits for a coordinator.

    `is_shut_out`: a child to whom the municipality closes plans of this kind (C17). An account opens nothing here yet.
    """

    somebody: Somebody
    step: Step
    expires_at: datetime | None = None
    request_id: UUID | None = None
    is_shut_out: bool = False


async def invited(plan: OpenPlan) -> list[Invited]:
    """The persons who take part, or are to; units take part through those who work there."""
    not_gone = await _not_gone(plan)
    shown = [one for one in await people(plan) if one.person_id and one.participant_id in not_gone]
    ids = [one.person_id for one in shown if one.person_id]
    with_account = await _with_account(plan, ids)
    open_links, waiting = await _open_links(plan, ids), await _waiting(plan)
    shut_out = await _shut_out(plan, ids)
    found = [_invited(one, with_account, open_links, waiting) for one in shown]
    return [replace(one, is_shut_out=one.somebody.person_id in shut_out) for one in found]


def _invited(
    one: Somebody, with_account: set[UUID], open_links: dict[UUID, datetime], waiting: dict[UUID, UUID]
) -> Invited:
    if one.person_id in waiting:
        return Invited(one, Step.ASKS, request_id=waiting[one.person_id])
    if one.person_id in with_account:
        return Invited(one, Step.HAS_ACCOUNT)
    if one.person_id in open_links:
        return Invited(one, Step.INVITED, expires_at=open_links[one.person_id])
    return Invited(one, Step.NOBODY)


async def _not_gone(plan: OpenPlan) -> set[UUID]:
    stays = or_(col(Participant.valid_to).is_(None), col(Participant.valid_to) > plan.today)
    return set(await plan.session.scalars(pick(Participant.id).where(col(Participant.plan_id) == plan.plan_id, stays)))


async def _with_account(plan: OpenPlan, persons: list[UUID]) -> set[UUID]:
    """Those who have chosen a password, or have linked themselves to ID-porten."""
    linked = pick(Identity.account_id).where(col(Identity.ended_at).is_(None))
    found = (
        pick(Person.id)
        .join(Account, col(Account.id) == Person.account_id)
        .where(col(Person.id).in_(persons), or_(col(Account.password_hash).is_not(None), col(Account.id).in_(linked)))
    )
    return set(await plan.session.scalars(found))


async def _shut_out(plan: OpenPlan, persons: list[UUID]) -> set[UUID]:
    policy = await under_15(plan.session, plan.municipality_id)
    if policy[plan.kind] is not UnderAge.NO_SIGN_IN:
        return set()
    born = pick(Person.id, Person.birth_date).where(col(Person.id).in_(persons), col(Person.birth_date).is_not(None))
    return {row.id for row in await plan.session.execute(born) if age(row.birth_date, plan.today) < OF_AGE}


async def _open_links(plan: OpenPlan, persons: list[UUID]) -> dict[UUID, datetime]:
    found = (
        pick(Invitation.person_id, func.max(Invitation.expires_at).label("expires_at"))
        .where(
            col(Invitation.person_id).in_(persons),
            col(Invitation.used_at).is_(None),
            col(Invitation.expires_at) > plan.session.clock.now(),
        )
        .group_by(col(Invitation.person_id))
    )
    return {row.person_id: row.expires_at for row in await plan.session.execute(found)}


async def _waiting(plan: OpenPlan) -> dict[UUID, UUID]:
    found = pick(JoinRequest.person_id, JoinRequest.id).where(
        col(JoinRequest.plan_id) == plan.plan_id, col(JoinRequest.answered_at).is_(None)
    )
    return {row.person_id: row.id for row in await plan.session.execute(found)}


@dataclass(frozen=True)
class Asking:
    """Somebody who answered the invitation to `name`; `has_number` when the card says another fødselsnummer."""

    request_id: UUID
    name: str
    asked_at: datetime
    has_number: bool


async def asking(plan: OpenPlan, request_id: UUID) -> Asking:
    """Raises NotFound for one of another plan, or one that is answered."""
    found = (
        pick(JoinRequest.asked_at, Person.given_name, Person.family_name, Person.national_id_index)
        .join(Person, col(Person.id) == JoinRequest.person_id)
        .where(
            col(JoinRequest.id) == request_id,
            col(JoinRequest.plan_id) == plan.plan_id,
            col(JoinRequest.answered_at).is_(None),
            ~is_kept_from(Person.id, plan.readers),
        )
    )
    row: Any = (await plan.session.execute(found)).first()
    if row is None:
        raise NotFound
    name = full_name(row.given_name, row.family_name)
    return Asking(request_id, name, row.asked_at, has_number=row.national_id_index is not None)
