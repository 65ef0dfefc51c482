"""Whose account a fødselsnummer opens. Accounts and numbers are linked by their person, one to one, and only once."""

from enum import StrEnum
from uuid import UUID

from sqlmodel import col, select

from models.accounts.queries import is_linked
from models.accounts.rules import SignInMethod
from models.accounts.tables.account import Account
from models.accounts.tables.identity import Identity
from models.accounts.tables.sign_in import SignInSession
from models.base import HouseSession, pick, seal
from models.database import insert_or_ignore
from models.log import operations as log
from models.log.rules import Event
from models.notices.rules import Notice
from models.organisation.queries import vault
from models.organisation.tables import Municipality
from models.people.queries import NATIONAL_ID
from models.people.tables import Person
from permissions.proofs import House
from permissions.sign_in import sessions
from permissions.sign_in.failures import Step, log_failure
from permissions.sign_in.id_porten.tokens import Proven
from permissions.sign_in.places import places
from permissions.sign_in.telling import tell

PID = "identity.pid"


class Obstacle(StrEnum):
    """Why a fødselsnummer does not open, or cannot be linked to, an account."""

    NOT_OFFERED = "not_offered"
    CLOSED = "closed"
    OTHER_NUMBER = "other_number"
    HAS_ANOTHER = "has_another"
    IS_ANOTHERS = "is_anothers"
    TOO_LONG_AGO = "too_long_ago"


class Blocked(Exception):
    """The person is who they say, and still does not come in this way."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


async def is_offered(session: HouseSession, municipality_id: UUID | None = None) -> bool:
    """Whether any municipality, or this one, lets its people sign in through ID-porten (F20)."""
    offering = pick(Municipality.id).where(col(Municipality.id_porten)).limit(1)
    if municipality_id:
        offering = offering.where(col(Municipality.id) == municipality_id)
    return await session.scalar(offering) is not None


async def owner(session: HouseSession, pid: str) -> UUID | None:
    """The account that the holder of the number has linked, open or closed."""
    linked: UUID | None = await session.scalar(
        pick(Identity.account_id).where(
            col(Identity.pid_index).in_(session.keys.blind_indexes(PID, pid)), col(Identity.ended_at).is_(None)
        )
    )
    return linked


async def let_in(
    session: HouseSession, account_id: UUID, proven: Proven, came: sessions.Came, instead_of: UUID | None = None
) -> sessions.Begun:
    """A session at the highest level, in place of the one the browser had. Raises Blocked."""
    account = (await session.scalars(select(Account).where(Account.id == account_id))).one()
    if account.disabled_at:
        raise Blocked(Obstacle.CLOSED)
    where = await _offering(session, account_id)
    if not where:
        raise Blocked(Obstacle.NOT_OFFERED)
    begun = await sessions.begin(session, account_id, SignInMethod.ID_PORTEN, came, preferring=where)
    new = (await session.scalars(select(SignInSession).where(SignInSession.id == begun.session_id))).one()
    new.id_porten_sid = proven.sid
    seal(await vault(session, account.key_id), new, id_token=proven.id_token)
    if instead_of:
        await sessions.replace(session, instead_of)
    return begun


async def link(session: HouseSession, account_id: UUID, pid: str) -> None:
    """From now on the number opens the account (F21); its person is told. Raises Blocked."""
    if not await _offering(session, account_id):
        raise Blocked(Obstacle.NOT_OFFERED)
    if await _is_somebody_else(session, account_id, pid):
        raise Blocked(Obstacle.OTHER_NUMBER)
    if await is_linked(session, account_id):
        raise Blocked(Obstacle.HAS_ANOTHER)
    index, now = session.keys.blind_indexes(PID, pid)[0], session.clock.now()
    is_taken = await owner(session, pid) is not None
    if is_taken or not await insert_or_ignore(session, Identity(account_id=account_id, pid_index=index, linked_at=now)):
        raise Blocked(Obstacle.IS_ANOTHERS)
    log.record(House(session, actor_id=account_id), Event.IDENTITY_LINKED)
    account = (await session.scalars(select(Account).where(Account.id == account_id))).one()
    await tell(session, account, Notice.IDENTITY_LINKED)


def log_refusal(session: HouseSession, account_id: UUID | None, why: str, address: str) -> None:
    """That somebody proved who they are and did not come in, or was not linked; `why` is a word, never a number."""
    if account_id:
        log.record(House(session, actor_id=account_id), Event.IDENTITY_REFUSED, reason=why)
    else:
        log_failure(session, Step.ID_PORTEN, None, address)


async def _offering(session: HouseSession, account_id: UUID) -> set[UUID]:
    """The municipalities of the account that let it sign in this way."""
    theirs = {place.municipality_id for place in await places(session, account_id)}
    offering = pick(Municipality.id).where(col(Municipality.id).in_(theirs), col(Municipality.id_porten))
    return set(await session.scalars(offering))


async def _is_somebody_else(session: HouseSession, account_id: UUID, pid: str) -> bool:
    """Whether a card of the account, in any municipality, says another number."""
    indexes = session.keys.blind_indexes(NATIONAL_ID, pid)
    cards = pick(Person.national_id_index).where(
        col(Person.account_id) == account_id, col(Person.national_id_index).is_not(None)
    )
    return any(index not in indexes for index in await session.scalars(cards))
