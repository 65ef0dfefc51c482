"""Signing out here and at ID-porten as one: whichever is left first, the other is told."""

from sqlalchemy import and_
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import SignInSession
from models.base import HouseSession, unseal
from models.log import operations as log
from models.log.rules import Event
from models.organisation.queries import vault
from permissions.proofs import House
from permissions.viewer import token_hash


async def id_token(session: HouseSession, token: str) -> str | None:
    """The token from ID-porten with which the browser's living session began; None when it began otherwise."""
    found = select(SignInSession).where(
        col(SignInSession.token_hash) == token_hash(token), col(SignInSession.ended_at).is_(None)
    )
    living = await session.scalar(found)
    if living is None or living.id_token is None:
        return None
    account = (await session.scalars(select(Account).where(Account.id == living.account_id))).one()
    return unseal(await vault(session, account.key_id), living, "id_token")


async def end_there(session: HouseSession, sid: str) -> None:
    """End the sessions that began with the session `sid` at ID-porten. Repeated, it ends none."""
    living = and_(col(SignInSession.id_porten_sid) == sid, col(SignInSession.ended_at).is_(None))
    ended = (await session.scalars(select(SignInSession).where(living).with_for_update())).all()
    for one in ended:
        one.ended_at, one.id_token = session.clock.now(), None
        log.record(House(session, one.municipality_id, actor_id=one.account_id), Event.SIGNED_OUT)
