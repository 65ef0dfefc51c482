"""A forgotten password (F15): a link by mail, for who gets codes by another way than mail.

One mailbox is never both factors: to who has nothing but mail goes a letter that says whom to ask for an invitation.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func
from sqlmodel import col, select

from models.accounts.rules import LinkPurpose
from models.accounts.tables.account import Account
from models.base import HouseSession, pick
from models.database import Database
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.refusals import Invalid, NotFound
from permissions.proofs import House
from permissions.sign_in.attempts import count_address, give_back
from permissions.sign_in.failures import Step, log_failure, log_locked
from permissions.sign_in.lifetimes import RESETS_AN_HOUR
from permissions.sign_in.links import living_link, make_link
from permissions.sign_in.passwords import Passwords, choose_password, known_about, plain
from permissions.sign_in.telling import tell
from permissions.sign_in.ways import has_another_than_mail


async def count_ask(database: Database, address: str) -> None:
    """Before anything is looked up: raises Locked when the address has asked, or failed, too often."""
    async with database.writing() as session:
        if await count_address(session, address):
            log_locked(session, None, address)


async def mail_link(database: Database, user_name: str, base_url: str) -> None:
    """Mail what helps the account of that name, if there is one, it has an address, and it was not mailed just now.

    To be called after the answer has been given, so that the time it takes tells nothing.
    """
    async with database.writing() as session:
        found = select(Account).where(Account.user_name == plain(user_name), col(Account.disabled_at).is_(None))
        account = await session.scalar(found.with_for_update())
        if account is None or not account.email or await _has_had_enough(session, account.id):
            return
        log.record(House(session, actor_id=account.id), Event.PASSWORD_FORGOTTEN)
        link = None
        if has_another_than_mail(account):
            link = base_url + await make_link(session, account.id, LinkPurpose.RESET, mailed=True)
        await tell(session, account, Notice.PASSWORD_RESET, payload=link)


async def _has_had_enough(session: HouseSession, account_id: UUID) -> bool:
    mails = (
        pick(func.count())
        .select_from(QueuedNotice)
        .join(Delivery, col(Delivery.notice_id) == QueuedNotice.id)
        .where(
            col(Delivery.account_id) == account_id,
            col(QueuedNotice.kind) == Notice.PASSWORD_RESET,
            col(QueuedNotice.made_at) > session.clock.now() - timedelta(hours=1),
        )
    )
    return (await session.scalar(mails) or 0) >= RESETS_AN_HOUR


async def is_open(session: HouseSession, token: str) -> bool:
    return await living_link(session, token, LinkPurpose.RESET) is not None


async def choose_again(
    database: Database, passwords: Passwords, token: str, user_name: str, password: str, again: str, address: str
) -> None:
    """Choose a new password and use up the link. Raises NotFound for a spent link, Invalid, and Locked by address.

    The link does not tell whose it is: who holds it must know the user name, and each try is counted.
    """
    await count_ask(database, address)
    async with database.reading() as session:
        account = await _owner(session, token)
        about = await known_about(session, account.id)
    if account.user_name != plain(user_name):
        async with database.writing() as session:
            log_failure(session, Step.RESET, account.id, address)
        raise Invalid(username=_("Brukernavnet hører ikke til denne lenken."))
    async with database.writing() as session:
        await give_back(session, address)
    await passwords.check_new(password, again, about)
    hashed = await passwords.hash(password)
    async with database.writing() as session:
        account = await _owner(session, token)
        await choose_password(session, account, hashed, by_mail=True)
        log.record(House(session, actor_id=account.id), Event.PASSWORD_CHOSEN)
        await tell(session, account, Notice.PASSWORD_CHANGED)


async def _owner(session: HouseSession, token: str) -> Account:
    link = await living_link(session, token, LinkPurpose.RESET)
    account = await session.get(Account, link.account_id) if link else None
    if account is None or account.disabled_at:
        raise NotFound
    return account
