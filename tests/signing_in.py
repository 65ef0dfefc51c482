"""Signing a named person in, through the same sessions that a browser gets."""

from uuid import UUID

from sqlmodel import col, select

from models.accounts.proof import Viewer
from models.accounts.rules import SignInMethod
from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import SignInSession
from models.base import HouseSession
from models.organisation.tables import Municipality
from models.rights import Assurance, Profile
from permissions.sign_in import one_time_codes, sessions
from permissions.viewer import token_hash, viewer_of


async def viewer_for(
    session: HouseSession,
    user_name: str,
    *,
    municipality: str | None = None,
    profile: Profile | None = None,
    assurance: Assurance = Assurance.PASSWORD_AND_CODE,
) -> Viewer:
    """The viewer of a new session, in the place that sign-in chooses, or moved to any other, theirs or not."""
    method = SignInMethod.ID_PORTEN if assurance is Assurance.HIGH else SignInMethod.EMAIL
    account = (await session.scalars(select(Account).where(Account.user_name == user_name))).one()
    token = (await sessions.begin(session, account.id, method)).token
    mine = col(SignInSession.token_hash) == token_hash(token)
    begun = (await session.scalars(select(SignInSession).where(mine))).one()
    if municipality:
        found = select(Municipality.id).where(col(Municipality.name) == municipality)
        begun.municipality_id = (await session.scalars(found)).one()
    begun.profile = profile or begun.profile
    return await viewer_of(session, token)


async def code_sent(session: HouseSession, account_id: UUID) -> tuple[str, str]:
    """The token and the code of a new one-time code, read where the mail's job would read it."""
    token = await one_time_codes.send_code(session, account_id)
    return token, await one_time_codes.demonstrated_code(session, token) or ""
