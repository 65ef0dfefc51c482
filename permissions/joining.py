"""Answers to invitations that ask for ID-porten (F25). A link may have been forwarded: it attaches nobody by itself.

Who answers is attached to the invited person's card when the fødselsnummer is the card's own; else a coordinator of
the plan says whether it is them, and until then the link has opened nothing. It works once either way.
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlmodel import col, select

from models.accounts.queries import is_linked
from models.accounts.rules import LinkPurpose
from models.accounts.tables.account import Account
from models.accounts.tables.identity import Identity, JoinRequest
from models.accounts.tables.sign_in import Invitation
from models.base import HouseSession, pick
from models.clock import local_day
from models.i18n import N_, _
from models.log import operations as log
from models.log.rules import Event, Scope
from models.notices import operations as notices
from models.notices.rules import Notice
from models.people.queries import NATIONAL_ID
from models.people.tables import Person
from models.plans.proof import OpenPlan
from models.plans.queries.audience import coordinators
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Element, Level
from permissions.proofs import House
from permissions.sign_in.id_porten.identities import PID
from permissions.sign_in.telling import tell


class Obstacle(StrEnum):
    """Why an account cannot be attached to the card."""

    TAKEN = "taken"
    OTHER_CARD = "other_card"


OBSTACLES = {
    Obstacle.TAKEN: N_("Personen har fått en annen bruker i mellomtiden. Du kan bare avvise."),
    Obstacle.OTHER_CARD: N_("Den som svarte, har et annet personkort i kommunen. Du kan bare avvise."),
}


@dataclass(frozen=True)
class _Who:
    """An account, and the blind index of the fødselsnummer that opens it, or will."""

    account_id: UUID
    pid_index: str
    is_linked: bool


async def answer(session: HouseSession, invitation_id: UUID, pid: str) -> UUID | None:
    """Use up the link for the holder of the fødselsnummer, as ID-porten has told it. Raises NotFound for a spent link.

    Returns the account to sign in to; None when a coordinator must say first who it was. Who has an account that the
    number opens already, keeps it; the one that was made for the invitation is not used.
    """
    link = await _living(session, invitation_id)
    person = await _locked(session, link.person_id)
    link.used_at = session.clock.now()
    who = await _who(session, pid, link.account_id)
    if await _obstacle(session, person, who) is Obstacle.TAKEN:
        raise NotFound
    here = House(session, person.municipality_id, link.plan_id, who.account_id)
    is_theirs = person.national_id_index in session.keys.blind_indexes(NATIONAL_ID, pid)
    if not is_theirs or await _obstacle(session, person, who):
        await _ask(here, person, who)
        return None
    await _attach(here, person, who)
    log.record(here, Event.JOINED, person=str(person.id), how="id_porten")
    return who.account_id


async def confirm(plan: OpenPlan, request_id: UUID) -> None:
    """Yes, it is them: the account is attached to the card, and its person told. Raises Invalid when it cannot be."""
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    request = await _waiting(plan, request_id)
    person = await _locked(plan.session, request.person_id)
    who = await _known(plan.session, [request.pid_index or ""], request.account_id)
    if obstacle := await _obstacle(plan.session, person, who):
        raise Invalid(request=_(OBSTACLES[obstacle]))
    await _attach(plan, person, who)
    _close(plan, request, accepted=True)
    log.record(plan, Event.JOIN_CONFIRMED, person=str(person.id))
    account = (await plan.session.scalars(select(Account).where(Account.id == who.account_id))).one()
    await tell(plan.session, account, Notice.JOIN_CONFIRMED)


async def refuse(plan: OpenPlan, request_id: UUID) -> None:
    """No, it is not: nothing was attached, and the person can be invited anew."""
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    request = await _waiting(plan, request_id)
    _close(plan, request, accepted=False)
    log.record(plan, Event.JOIN_REFUSED, person=str(request.person_id))


async def _living(session: HouseSession, invitation_id: UUID) -> Invitation:
    living = select(Invitation).where(
        col(Invitation.id) == invitation_id,
        col(Invitation.purpose) == LinkPurpose.JOIN,
        col(Invitation.used_at).is_(None),
        col(Invitation.expires_at) > session.clock.now(),
    )
    found = await session.scalar(living.with_for_update())
    if found is None:
        raise NotFound
    return found


async def _locked(session: HouseSession, person_id: UUID | None) -> Person:
    person = await session.scalar(select(Person).where(col(Person.id) == person_id).with_for_update())
    if person is None:
        raise NotFound
    return person


async def _who(session: HouseSession, pid: str, invited: UUID) -> _Who:
    return await _known(session, session.keys.blind_indexes(PID, pid), invited)


async def _known(session: HouseSession, indexes: list[str], invited: UUID) -> _Who:
    """The account that one of the indexes is linked to, else the invited one, to be linked to the first of them."""
    living = col(Identity.pid_index).in_(indexes), col(Identity.ended_at).is_(None)
    row = (await session.execute(pick(Identity.account_id, Identity.pid_index).where(*living))).first()
    return _Who(row.account_id, row.pid_index, is_linked=True) if row else _Who(invited, indexes[0], is_linked=False)


async def _obstacle(session: HouseSession, person: Person, who: _Who) -> Obstacle | None:
    closed = pick(Account.disabled_at).where(col(Account.id) == who.account_id)
    is_anothers = not who.is_linked and await is_linked(session, who.account_id)
    if person.account_id not in (None, who.account_id) or is_anothers or await session.scalar(closed):
        return Obstacle.TAKEN
    other_card = pick(Person.id).where(
        col(Person.account_id) == who.account_id,
        col(Person.municipality_id) == person.municipality_id,
        col(Person.id) != person.id,
    )
    return Obstacle.OTHER_CARD if await session.scalar(other_card) else None


async def _attach(here: Scope, person: Person, who: _Who) -> None:
    person.account_id = who.account_id
    if not who.is_linked:
        linked_at = here.session.clock.now()
        here.session.add(Identity(account_id=who.account_id, pid_index=who.pid_index, linked_at=linked_at))
        log.record(here, Event.IDENTITY_LINKED)
    await here.session.flush()


async def _ask(here: House, person: Person, who: _Who) -> None:
    now = here.session.clock.now()
    here.session.add(
        JoinRequest(
            municipality_id=person.municipality_id,
            person_id=person.id,
            account_id=who.account_id,
            plan_id=here.plan_id,
            pid_index=who.pid_index,
            asked_at=now,
        )
    )
    log.record(here, Event.JOIN_ASKED, person=str(person.id))
    if here.plan_id:
        asked = await coordinators(here.session, here.plan_id, local_day(now))
        await notices.queue(here, Notice.JOIN_ASKED, asked)


async def _waiting(plan: OpenPlan, request_id: UUID) -> JoinRequest:
    """Raises NotFound for another plan's, and Conflict for one that somebody has answered."""
    here = col(JoinRequest.id) == request_id, col(JoinRequest.plan_id) == plan.plan_id
    found = await plan.session.scalar(select(JoinRequest).where(*here).with_for_update())
    if found is None:
        raise NotFound
    if found.answered_at:
        raise Conflict
    return found


def _close(plan: OpenPlan, request: JoinRequest, *, accepted: bool) -> None:
    """What told one fødselsnummer from another is forgotten."""
    request.answered_at, request.answered_by = plan.session.clock.now(), plan.actor_id
    request.accepted, request.pid_index = accepted, None
