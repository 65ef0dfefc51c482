"""Making the changes of accounts that two have agreed to, when the person has had a day to stop them (F12, F24)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, update
from sqlmodel import col, select

from models.accounts.rules import ChangeKind, ChangeReason, ChangeState, CodeChannel
from models.accounts.tables.account import Account
from models.accounts.tables.changes import AccountChange
from models.accounts.tables.identity import Identity
from models.accounts.tables.sign_in import OneTimeCode
from models.base import HouseSession, pick, seal, unseal
from models.log import operations as log
from models.log.rules import Event
from models.notices.rules import Notice
from models.organisation.queries import vault
from permissions.proofs import House, HouseRight, OpenHouse
from permissions.sign_in import links, sessions
from permissions.sign_in.changes import CHANNELS
from permissions.sign_in.others import taking_turn
from permissions.sign_in.telling import tell


async def due(house: OpenHouse) -> Sequence[UUID]:
    """The approved changes whose day has come."""
    house.demand(HouseRight.ACCOUNTS_CHANGE)
    return (await house.session.scalars(pick(AccountChange.id).where(_is_due(house.session)))).all()


async def make(house: OpenHouse, change_id: UUID) -> bool:
    """Make one change; False when it was stopped or made in the meantime."""
    house.demand(HouseRight.ACCOUNTS_CHANGE)
    session = house.session
    found = select(AccountChange).where(AccountChange.id == change_id, _is_due(session))
    change = await session.scalar(found.with_for_update())
    if change is None:
        return False
    account = await taking_turn(session, change.account_id)
    await (_set_contacts if change.kind is ChangeKind.CONTACTS else _let_go)(session, account, change)
    await sessions.end_all(session, account.id)
    change.state = ChangeState.DONE
    here = House(session, change.municipality_id)
    log.record(here, Event.CHANGE_MADE, account=str(account.id), kind=change.kind)
    return True


def _is_due(session: HouseSession) -> ColumnElement[bool]:
    return and_(
        col(AccountChange.state) == ChangeState.APPROVED, col(AccountChange.effective_at) <= session.clock.now()
    )


async def _set_contacts(session: HouseSession, account: Account, change: AccountChange) -> None:
    """The new contacts, told at the old ones; codes and links on their way are dead, and the app is kept."""
    opened = await vault(session, account.key_id)
    new = {name: text for name in CHANNELS if (text := unseal(opened, change, name))}
    for name in new:
        if old := unseal(opened, account, name):
            await tell(session, account, Notice.CONTACT_CHANGED, address=old, channel=CHANNELS[name])
    seal(opened, account, **new)
    account.code_channel = _channel(account, change.reason, set(new))
    await links.spend_all(session, account.id)
    unused = and_(col(OneTimeCode.account_id) == account.id, col(OneTimeCode.used_at).is_(None))
    dead = {"used_at": session.clock.now(), "secret": None, "target": None}
    await session.execute(update(OneTimeCode).where(unused).values(dead))


def _channel(account: Account, reason: ChangeReason, new: set[str]) -> CodeChannel:
    """Kept, unless the person no longer gets codes by it, and has got no new address there."""
    offered = {CodeChannel.SMS: "mobile" in new, CodeChannel.EMAIL: "email" in new and not account.password_by_mail}
    if reason is not ChangeReason.LOST_ACCESS or offered.get(account.code_channel):
        return account.code_channel
    return next((channel for channel, is_new in offered.items() if is_new), account.code_channel)


async def _let_go(session: HouseSession, account: Account, change: AccountChange) -> None:
    """The old fødselsnummer opens nothing any more; the next sign-in by password may link the new one."""
    living = select(Identity).where(Identity.account_id == account.id, col(Identity.ended_at).is_(None))
    if identity := await session.scalar(living.with_for_update()):
        identity.ended_at = session.clock.now()
        log.record(House(session, change.municipality_id), Event.IDENTITY_ENDED, reason=change.reason)
