"""Showing once more who one is, before anything about one's account is changed."""

import secrets
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col

from models.accounts.proof import OpenProfile, Viewer
from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import SignInSession
from models.base import pick
from models.database import Database
from models.i18n import _
from models.refusals import Invalid
from models.rights import Assurance
from permissions.sign_in.failures import Step, log_failure
from permissions.sign_in.passwords import Passwords, check_password
from permissions.viewer import token_hash

RECENTLY = timedelta(minutes=10)
"""Who has no password has shown who they are when they came by ID-porten no longer ago."""


async def show_again(database: Database, passwords: Passwords, viewer: Viewer, password: str, address: str) -> None:
    """Counted as a try to sign in is. Raises Invalid(current=…), and Locked without looking at the password.

    In transactions of its own: nobody may be in the middle of one.
    """
    async with database.reading() as session:
        mine = pick(Account.user_name, Account.password_hash).where(col(Account.id) == viewer.account_id)
        account, now = (await session.execute(mine)).one(), session.clock.now()
    if account.password_hash is None:
        if viewer.assurance is not Assurance.HIGH or viewer.signed_in_at <= now - RECENTLY:
            raise Invalid(current=_("Logg ut, logg på igjen med ID-porten, og gjør dette med en gang etterpå."))
    elif await check_password(database, passwords, account.user_name, password, address) != viewer.account_id:
        async with database.writing() as session:
            log_failure(session, Step.AGAIN, viewer.account_id, address)
        raise Invalid(current=_("Passordet er feil."))


async def has_password(me: OpenProfile) -> bool:
    """Whether there is one to ask for."""
    chosen = pick(col(Account.password_hash).is_not(None)).where(col(Account.id) == me.actor_id)
    return bool(await me.session.scalar(chosen))


async def rotate(me: OpenProfile) -> str:
    """A new token for the session one is in: the old one, wherever it may have got to, opens nothing."""
    token = secrets.token_urlsafe(32)
    here = col(SignInSession.id) == me.viewer.session_id
    await me.session.execute(update(SignInSession).where(here).values(token_hash=token_hash(token)))
    return token
