"""Sessions live on the server: a browser holds only a random token, and any session can be ended from here."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, or_, update
from sqlmodel import col, select

from models.accounts.rules import SignInMethod
from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import SignInSession
from models.base import HouseSession, pick
from models.log import operations as log
from models.log.rules import Event
from models.organisation.tables import Municipality
from models.refusals import Reason, Refused
from models.rights import Assurance
from permissions.proofs import House, HouseRight, OpenHouse
from permissions.sign_in.places import first_place
from permissions.viewer import LONGEST, token_hash

TOUCH = timedelta(minutes=1)
"""A session's last sight is written at most this often."""


@dataclass(frozen=True)
class Came:
    """Roughly where somebody came from: an address without its last part, and the kind of browser.

    `language` is what they chose on the way in, if anything: from then on the account's own (F30).
    """

    address: str | None = None
    browser: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Begun:
    """What the browser is given: the token, once, and the language to speak."""

    session_id: UUID
    token: str
    language: str


async def begin(
    session: HouseSession,
    account_id: UUID,
    method: SignInMethod,
    came: Came = Came(),
    *,
    preferring: Collection[UUID] = (),
) -> Begun:
    """A new session in the municipality and profile used last, or the first there is; rather in one preferred."""
    account = (await session.scalars(select(Account).where(Account.id == account_id))).one()
    place = await first_place(session, account, preferring)
    if place is None:
        raise Refused(Reason.NO_RIGHT)
    token, now = secrets.token_urlsafe(32), session.clock.now()
    begun = SignInSession(
        account_id=account_id,
        token_hash=token_hash(token),
        municipality_id=place.municipality_id,
        profile=place.profile,
        assurance=Assurance.HIGH if method is SignInMethod.ID_PORTEN else Assurance.PASSWORD_AND_CODE,
        method=method,
        address=came.address,
        browser=came.browser,
        began_at=now,
        seen_at=now,
    )
    session.add(begun)
    here = House(session, place.municipality_id, actor_id=account_id)
    _choose(here, account, came.language or account.language)
    log.record(here, Event.SIGNED_IN, method=method, address=came.address or "")
    return Begun(begun.id, token, account.language)


async def end(session: HouseSession, token: str) -> None:
    """Signing out twice, or of a session that is not there, changes nothing."""
    living = and_(col(SignInSession.token_hash) == token_hash(token), col(SignInSession.ended_at).is_(None))
    if ended := await session.scalar(select(SignInSession).where(living)):
        ended.ended_at = session.clock.now()
        log.record(House(session, ended.municipality_id, actor_id=ended.account_id), Event.SIGNED_OUT)


async def end_run_out(house: OpenHouse) -> int:
    """End and log those that nobody has used for too long, or that have lasted twelve hours; how many there were."""
    house.demand(HouseRight.SESSIONS_END)
    session, now = house.session, house.session.clock.now()
    ended = 0
    for minutes in set(await session.scalars(pick(Municipality.idle_minutes))):
        idle = timedelta(minutes=minutes)
        here = pick(Municipality.id).where(col(Municipality.idle_minutes) == minutes)
        too_old = or_(col(SignInSession.seen_at) <= now - idle, col(SignInSession.began_at) <= now - LONGEST)
        living = and_(col(SignInSession.municipality_id).in_(here), col(SignInSession.ended_at).is_(None))
        for one in await session.scalars(select(SignInSession).where(living, too_old).with_for_update()):
            one.ended_at = min(one.seen_at + idle, one.began_at + LONGEST)
            log.record(House(session, one.municipality_id, actor_id=one.account_id), Event.SIGNED_OUT)
            ended += 1
    return ended


async def replace(session: HouseSession, session_id: UUID) -> None:
    """The browser has been given another session for this one: nobody has signed out."""
    old = and_(col(SignInSession.id) == session_id, col(SignInSession.ended_at).is_(None))
    await session.execute(update(SignInSession).where(old).values(ended_at=session.clock.now()))


async def end_all(session: HouseSession, account_id: UUID, *, but: UUID | None = None) -> int:
    """End every living session of the account, except perhaps one; how many there were."""
    mine = and_(col(SignInSession.account_id) == account_id, col(SignInSession.ended_at).is_(None))
    if but:
        mine = and_(mine, col(SignInSession.id) != but)
    ended = await session.execute(update(SignInSession).where(mine).values(ended_at=session.clock.now()))
    return int(ended.rowcount)  # type: ignore[attr-defined]


async def remember_language(session: HouseSession, token: str, language: str) -> None:
    """The signed-in account's choice (F30); an ended session changes nothing."""
    living = and_(col(SignInSession.token_hash) == token_hash(token), col(SignInSession.ended_at).is_(None))
    if here := await session.scalar(select(SignInSession).where(living)):
        account = (await session.scalars(select(Account).where(Account.id == here.account_id))).one()
        _choose(House(session, here.municipality_id, actor_id=account.id), account, language)


def _choose(here: House, account: Account, language: str) -> None:
    if language != account.language:
        account.language = language
        log.record(here, Event.LANGUAGE_CHOSEN, language=language)


async def touch(session: HouseSession, session_id: UUID) -> None:
    """The session was used now."""
    now = session.clock.now()
    stale = and_(col(SignInSession.id) == session_id, col(SignInSession.seen_at) < now - TOUCH)
    await session.execute(update(SignInSession).where(stale).values(seen_at=now))
