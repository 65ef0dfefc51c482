"""Single-use links: to a first password, a new one, or a place in a plan (F15, F16, F25). Only a link holds its token.

A link that is spent, too old, mangled or meant for something else is simply not there.
"""

import secrets
from uuid import UUID

from sqlalchemy import ColumnElement, and_, update
from sqlmodel import col, select

from models.accounts.rules import CodePurpose, LinkPurpose
from models.accounts.tables.sign_in import Invitation, OneTimeCode
from models.base import HouseSession
from permissions.sign_in.lifetimes import LINK_LIVES
from permissions.viewer import token_hash

PAGES = {
    LinkPurpose.FIRST_PASSWORD: "/invitation",
    LinkPurpose.JOIN: "/invitation",
    LinkPurpose.RESET: "/forgot-password",
}


async def make_link(
    session: HouseSession,
    account_id: UUID,
    purpose: LinkPurpose,
    *,
    mailed: bool,
    person_id: UUID | None = None,
    municipality_id: UUID | None = None,
    plan_id: UUID | None = None,
    made_by: UUID | None = None,
) -> str:
    """The path of a new link; mailed links begin with `settings.base_url`, never with what a browser says.

    `mailed` False: somebody hands it over, so that codes may go to the mailbox afterwards.
    """
    token, now = secrets.token_urlsafe(32), session.clock.now()
    session.add(
        Invitation(
            account_id=account_id,
            token_hash=token_hash(token),
            purpose=purpose,
            mailed=mailed,
            municipality_id=municipality_id,
            person_id=person_id,
            plan_id=plan_id,
            made_by=made_by,
            made_at=now,
            expires_at=now + LINK_LIVES[purpose],
        )
    )
    await session.flush()
    return f"{PAGES[purpose]}/{token}"


async def living_link(session: HouseSession, token: str, *purposes: LinkPurpose) -> Invitation | None:
    """The link as it can be used now, for one of these purposes; a writing session also takes its turn at it."""
    living = select(Invitation).where(
        Invitation.token_hash == token_hash(token),
        col(Invitation.purpose).in_(purposes),
        col(Invitation.used_at).is_(None),
        col(Invitation.expires_at) > session.clock.now(),
    )
    return (await session.scalars(living.with_for_update() if session.writes else living)).first()


async def spend_all(session: HouseSession, account_id: UUID) -> None:
    """No link to the account works any longer."""
    unused = (col(Invitation.account_id) == account_id) & col(Invitation.used_at).is_(None)
    await session.execute(update(Invitation).where(unused).values(used_at=session.clock.now()))


async def kill_codes(session: HouseSession, account_id: UUID, *which: ColumnElement[bool]) -> None:
    """No code of the account works any longer, nor an app that is being set up; or only those that `which` says."""
    unused = and_(col(OneTimeCode.account_id) == account_id, col(OneTimeCode.used_at).is_(None), *which)
    dead = {"used_at": session.clock.now(), "secret": None, "target": None}
    await session.execute(update(OneTimeCode).where(unused).values(dead))


async def shut(session: HouseSession, account_id: UUID) -> None:
    """What is under way to signing in goes no further: codes that were sent and links that were made.

    For whenever the ways to an account change: who holds the old way holds nothing.
    """
    await kill_codes(session, account_id, col(OneTimeCode.purpose) == CodePurpose.SIGN_IN)
    await spend_all(session, account_id)
