"""Sessions live on the server: a browser holds only a random token, and any session can be ended from here."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, exists, update
from sqlmodel import col, select

from models.accounts.tables import Account, Appointment, SignInSession
from models.base import HouseSession, pick
from models.log import operations as log
from models.log.rules import Event
from models.people.tables import Person
from models.plans.tables.participants import Participant
from models.refusals import Reason, Refused
from models.rights import Assurance, Profile
from permissions.proofs import House
from permissions.viewer import token_hash

TOUCH = timedelta(minutes=1)
"""A session's last sight is written at most this often."""


@dataclass(frozen=True)
class Begun:
    """What the browser is given: the token, once, and the language to speak."""

    token: str
    language: str


async def begin(session: HouseSession, account_id: UUID, assurance: Assurance) -> Begun:
    """A new session in the municipality and profile used last, or the first there is."""
    account = (await session.scalars(select(Account).where(Account.id == account_id))).one()
    municipality_id = account.last_municipality_id or await _first_municipality(session, account_id)
    if municipality_id is None:
        raise Refused(Reason.NO_RIGHT)
    token, now = secrets.token_urlsafe(32), session.clock.now()
    begun = SignInSession(
        account_id=account_id,
        token_hash=token_hash(token),
        municipality_id=municipality_id,
        profile=account.last_profile or await _first_profile(session, account_id, municipality_id),
        assurance=assurance,
        began_at=now,
        seen_at=now,
    )
    session.add(begun)
    log.record(House(session, municipality_id, actor_id=account_id), Event.SIGNED_IN, method="password")
    return Begun(token, account.language)


async def end(session: HouseSession, token: str) -> None:
    """Signing out twice, or of a session that is not there, changes nothing."""
    living = and_(col(SignInSession.token_hash) == token_hash(token), col(SignInSession.ended_at).is_(None))
    if ended := await session.scalar(select(SignInSession).where(living)):
        ended.ended_at = session.clock.now()
        log.record(House(session, ended.municipality_id, actor_id=ended.account_id), Event.SIGNED_OUT)


async def remember_language(session: HouseSession, token: str, language: str) -> None:
    """The signed-in account's choice (F30); an ended session changes nothing."""
    found = (
        select(Account)
        .join(SignInSession, col(SignInSession.account_id) == Account.id)
        .where(col(SignInSession.token_hash) == token_hash(token), col(SignInSession.ended_at).is_(None))
    )
    if account := await session.scalar(found):
        account.language = language


async def touch(session: HouseSession, session_id: UUID) -> None:
    """The session was used now."""
    now = session.clock.now()
    stale = and_(col(SignInSession.id) == session_id, col(SignInSession.seen_at) < now - TOUCH)
    await session.execute(update(SignInSession).where(stale).values(seen_at=now))


async def _first_municipality(session: HouseSession, account_id: UUID) -> UUID | None:
    persons = pick(Person.municipality_id).where(col(Person.account_id) == account_id)
    duties = pick(Appointment.municipality_id).where(col(Appointment.account_id) == account_id)
    found: UUID | None = await session.scalar(persons.union(duties).order_by("municipality_id").limit(1))
    return found


async def _first_profile(session: HouseSession, account_id: UUID, municipality_id: UUID) -> Profile:
    """Work for those with a duty or a provider's role here; personal for those who have only plans of their own."""
    works = exists().where(
        col(Person.account_id) == account_id,
        col(Person.municipality_id) == municipality_id,
        col(Participant.person_id) == Person.id,
        col(Participant.profile) == Profile.WORK,
    )
    serves = exists().where(
        col(Appointment.account_id) == account_id, col(Appointment.municipality_id) == municipality_id
    )
    has_work = await session.scalar(pick(works | serves))
    return Profile.WORK if has_work else Profile.PERSONAL
