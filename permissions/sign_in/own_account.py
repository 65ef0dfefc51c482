"""One's own account: what it is, its password and its user name (F18, F19). Who asks has just shown who they are."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models.accounts.proof import OpenProfile
from models.accounts.queries import living_identity
from models.accounts.rules import CodeChannel, user_name_mistake
from models.accounts.tables.account import Account
from models.base import unseal
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices.rules import Notice
from models.organisation.queries import vault
from models.refusals import Invalid
from permissions.sign_in.apps import has_app, recovery_codes_left
from permissions.sign_in.passwords import choose_password
from permissions.sign_in.telling import tell
from permissions.sign_in.ways import masked_target, ways


@dataclass(frozen=True)
class OwnAccount:
    """What the security page says. Addresses are masked; `ways` are those that codes can come by, the chosen first."""

    user_name: str
    email: str
    mobile: str
    ways: tuple[CodeChannel, ...]
    has_password: bool
    password_by_mail: bool
    has_app: bool
    recovery_codes: int
    linked_at: datetime | None


async def own_account(me: OpenProfile) -> OwnAccount:
    account = await own_row(me)
    keys = await vault(me.session, account.key_id)
    identity = await me.session.scalar(living_identity(account.id))
    return OwnAccount(
        user_name=account.user_name,
        email=masked_target(keys, account, CodeChannel.EMAIL),
        mobile=masked_target(keys, account, CodeChannel.SMS),
        ways=tuple(ways(account)),
        has_password=account.password_hash is not None,
        password_by_mail=account.password_by_mail,
        has_app=has_app(account),
        recovery_codes=await recovery_codes_left(me.session, account.id),
        linked_at=identity.linked_at if identity else None,
    )


async def own_row(me: OpenProfile) -> Account:
    """The account itself; a writing session takes its turn at it."""
    mine = select(Account).where(Account.id == me.actor_id)
    return (await me.session.scalars(mine.with_for_update(key_share=True) if me.session.writes else mine)).one()


async def change_password(me: OpenProfile, hashed: str) -> None:
    """Everybody else who is in as this person is signed out. Codes may go by mail again: one came in by other means."""
    account = await own_row(me)
    await choose_password(me.session, account, hashed, by_mail=False, but=me.viewer.session_id)
    log.record(me, Event.PASSWORD_CHANGED)
    await tell(me.session, account, Notice.PASSWORD_CHANGED)


async def change_user_name(me: OpenProfile, user_name: str) -> None:
    """Raises Invalid(user_name=…)."""
    account, name = await own_row(me), user_name.strip().lower()
    email = unseal(await vault(me.session, account.key_id), account, "email")
    if mistake := user_name_mistake(name, email):
        raise Invalid(user_name=mistake)
    if name == account.user_name:
        raise Invalid(user_name=_("Dette er brukernavnet du har nå."))
    try:
        async with me.session.begin_nested():
            account.user_name = name
    except IntegrityError:
        raise Invalid(user_name=_("Brukernavnet er opptatt.")) from None
    log.record(me, Event.USER_NAME_CHANGED)
    await tell(me.session, account, Notice.CONTACT_CHANGED)
