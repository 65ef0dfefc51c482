"""Links with which an account gets its first password (F16), and the operator's appointment (F207)."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlmodel import col, select

from models.accounts.queries import living_identity
from models.accounts.rules import ChangeState, CodeChannel, LinkPurpose
from models.accounts.tables.account import Account
from models.accounts.tables.changes import AccountChange
from models.base import HouseSession, seal
from models.database import Database, insert_or_ignore
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event, Scope
from models.notices.rules import Notice
from models.organisation.operations import new_vault
from models.organisation.queries import vault
from models.organisation.tables import Municipality
from models.people.rules import is_email
from models.refusals import Invalid, NotFound
from permissions.proofs import House
from permissions.sign_in.appointments import appoint_superadministrator
from permissions.sign_in.changes import STANDING
from permissions.sign_in.links import living_link, make_link
from permissions.sign_in.passwords import Passwords, choose_password, known_about
from permissions.sign_in.telling import tell
from permissions.sign_in.ways import has_another_than_mail


@dataclass(frozen=True)
class Invited:
    """Whose link it is. Not `is_ready`: it came by mail, and no code could go by anything but mail afterwards."""

    account_id: UUID
    user_name: str
    is_ready: bool


async def invite_superadministrator(session: HouseSession, email: str, municipality: str) -> str:
    """Appoint by the operator's command only (F207); returns the path of the link. Raises NotFound or Invalid."""
    found = await session.scalar(select(Municipality).where(Municipality.name == municipality))
    if found is None:
        raise NotFound(f"There is no municipality called {municipality!r}. Add it first.")
    account = await _account(House(session, found.id), email.strip().lower())
    await appoint_superadministrator(session, found.id, account.id)
    return await make_link(session, account.id, LinkPurpose.FIRST_PASSWORD, mailed=False, municipality_id=found.id)


async def _account(here: House, email: str) -> Account:
    """The account of that name, or a new one whose codes go to it."""
    if not is_email(email):
        raise Invalid(email="Give an e-mail address.")
    known = await here.session.scalar(select(Account).where(Account.user_name == email))
    if known:
        return await _emptied(here, known, email)
    made = await new_account(here, email)
    seal(await vault(here.session, made.key_id), made, email=email)
    return made


async def _emptied(here: House, account: Account, email: str) -> Account:
    """Whoever made it, and whatever they left in it: the operator's link is now the only way in."""
    session = here.session
    await tell(session, account, Notice.CONTACT_CHANGED)
    await choose_password(session, account, None, by_mail=False)
    seal(await vault(session, account.key_id), account, email=email, mobile=None, totp_secret=None)
    account.totp_step, account.code_channel = None, CodeChannel.EMAIL
    if identity := await session.scalar(living_identity(account.id)):
        identity.ended_at = session.clock.now()
    open_ = col(AccountChange.account_id) == account.id, col(AccountChange.state).in_(STANDING)
    await session.execute(update(AccountChange).where(*open_).values(state=ChangeState.REFUSED))
    return account


async def new_account(here: Scope, user_name: str) -> Account:
    """One without a password and without contacts. Raises Invalid when somebody else has the name."""
    key_id, now = new_vault(here.session, None).key_id, here.session.clock.now()
    await here.session.flush()
    account = Account(id=uuid4(), key_id=key_id, user_name=user_name, made_at=now)
    if not await insert_or_ignore(here.session, account):
        raise name_taken()
    log.record(here, Event.ACCOUNT_ADDED, account=str(account.id))
    return (await here.session.scalars(select(Account).where(Account.id == account.id))).one()


def name_taken() -> Invalid:
    return Invalid(username=_("Brukernavnet er opptatt. Har personen allerede en bruker? Be om personlig kode."))


async def invited(session: HouseSession, token: str) -> Invited:
    """Raises NotFound for a link that is spent, too old, mangled, or no invitation to a password."""
    link = await living_link(session, token, LinkPurpose.FIRST_PASSWORD)
    account = await session.get(Account, link.account_id) if link else None
    if link is None or account is None or account.disabled_at:
        raise NotFound
    return Invited(account.id, account.user_name, not link.mailed or has_another_than_mail(account))


async def accept(database: Database, passwords: Passwords, token: str, password: str, again: str) -> None:
    """Choose the password and use up the link. Raises NotFound, and Invalid."""
    async with database.reading() as session:
        who = await invited(session, token)
        about = await known_about(session, who.account_id)
    if not who.is_ready:
        raise NotFound
    await passwords.check_new(password, again, about)
    hashed = await passwords.hash(password)
    async with database.writing() as session:
        link = await living_link(session, token, LinkPurpose.FIRST_PASSWORD)
        if link is None:
            raise NotFound
        account = (await session.scalars(select(Account).where(Account.id == link.account_id))).one()
        had_one = account.password_hash is not None
        await choose_password(session, account, hashed, by_mail=link.mailed)
        log.record(House(session, actor_id=account.id), Event.PASSWORD_CHOSEN)
        if had_one:
            await tell(session, account, Notice.PASSWORD_CHANGED)
