"""Making the changes of accounts that two have agreed to, when the person has had a day to stop them (F12, F24).

A job makes them, but for a new invitation: its link is made when somebody is there to hand it over.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, update
from sqlmodel import col, select

from models.accounts.proof import OpenMunicipality
from models.accounts.queries import living_identity
from models.accounts.rules import ChangeKind, ChangeReason, ChangeState, CodeChannel, LinkPurpose
from models.accounts.tables.account import Account
from models.accounts.tables.changes import AccountChange
from models.accounts.tables.sign_in import OneTimeCode
from models.base import HouseSession, pick, seal, unseal
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices.rules import Channel, Notice
from models.organisation.queries import vault
from models.people.tables import Person
from models.refusals import Conflict
from models.rights import Right
from permissions.proofs import House, HouseRight, OpenHouse
from permissions.sign_in import links, sessions
from permissions.sign_in.changes import as_it_is
from permissions.sign_in.others import demand_may_touch, taking_turn
from permissions.sign_in.telling import tell
from permissions.sign_in.ways import WAYS


async def due(house: OpenHouse) -> Sequence[UUID]:
    """The approved changes whose day has come, and that need nobody's hands."""
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


def is_ready(kind: ChangeKind, state: ChangeState, effective_at: datetime | None, now: datetime) -> bool:
    """Whether it is an invitation that can be handed over."""
    is_approved = kind is ChangeKind.INVITE and state is ChangeState.APPROVED
    return is_approved and effective_at is not None and effective_at <= now


async def hand_over(here: OpenMunicipality, change: AccountChange, base_url: str) -> str:
    """The address of a link to a new password, for whoever has the person before them: it is nowhere else.

    Earlier links no longer work. Raises Conflict before its day, and when it was fetched, stopped or refused.
    """
    here.demand(Right.PEOPLE_EDIT)
    session = here.session
    approved = await as_it_is(session, here.municipality_id, change.id, ChangeState.APPROVED)
    account = await taking_turn(session, approved.account_id)
    await demand_may_touch(here, account)
    if not is_ready(approved.kind, approved.state, approved.effective_at, session.clock.now()):
        raise Conflict(_("Lenken kan ikke hentes ennå. Personen har ett døgn til å stoppe det."))
    if account.disabled_at:
        raise Conflict(_("Kontoen er stengt. Åpne den først."))
    person_id = await _card(here, account)
    await links.spend_all(session, account.id)
    whose = {"person_id": person_id, "municipality_id": here.municipality_id, "made_by": here.actor_id}
    path = await links.make_link(session, account.id, LinkPurpose.FIRST_PASSWORD, mailed=False, **whose)
    approved.state = ChangeState.DONE
    log.record(here, Event.INVITED, person=str(person_id), mailed=False)
    log.record(here, Event.CHANGE_MADE, account=str(account.id), kind=approved.kind)
    return base_url + path


async def _card(here: OpenMunicipality, account: Account) -> UUID:
    card = col(Person.account_id) == account.id, col(Person.municipality_id) == here.municipality_id
    person_id: UUID = (await here.session.scalars(pick(Person.id).where(*card).limit(1))).one()
    return person_id


def _is_due(session: HouseSession) -> ColumnElement[bool]:
    return and_(
        col(AccountChange.kind) != ChangeKind.INVITE,
        col(AccountChange.state) == ChangeState.APPROVED,
        col(AccountChange.effective_at) <= session.clock.now(),
    )


async def _set_contacts(session: HouseSession, account: Account, change: AccountChange) -> None:
    """The new contacts, told at the old ones; codes and links on their way are dead, and the app is kept."""
    opened = await vault(session, account.key_id)
    new = {name: text for name in WAYS if (text := unseal(opened, change, name))}
    for name in new:
        if old := unseal(opened, account, name):
            await tell(session, account, Notice.CONTACT_CHANGED, address=old, channel=Channel(WAYS[name]))
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
    """The old fødselsnummer opens nothing any more.

    The next sign-in by password may link the new one; who has no password can be invited anew (`permissions.inviting`).
    """
    if identity := await session.scalar(living_identity(account.id).with_for_update()):
        identity.ended_at = session.clock.now()
        log.record(House(session, change.municipality_id), Event.IDENTITY_ENDED, reason=change.reason)
