"""Changes of an account that others ask for: two must agree, the person is told, and may stop it (F12, F24).

Somebody asks, somebody else approves, and a day later the change is made (`changes_made`). All three take their turn at
the same row, so that whoever comes second sees what the first has done.
"""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.accounts.proof import OpenMunicipality, OpenProfile
from models.accounts.queries import is_linked
from models.accounts.rules import ChangeKind, ChangeReason, ChangeState
from models.accounts.tables.account import Account
from models.accounts.tables.changes import AccountChange
from models.base import HouseSession, seal, unseal
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices.rules import Channel, Notice
from models.organisation.queries import vault
from models.people.rules import contact_mistakes
from models.refusals import Conflict, Invalid, NotFound, Reason, Refused
from models.rights import Right
from permissions.sign_in import sessions
from permissions.sign_in.others import demand_may_touch, taking_turn
from permissions.sign_in.telling import tell
from permissions.sign_in.ways import WAYS

WAIT = timedelta(hours=24)
STANDING = (ChangeState.WAITING, ChangeState.APPROVED)
REASONS: Mapping[ChangeKind, tuple[ChangeReason, ...]] = {
    ChangeKind.CONTACTS: (ChangeReason.NEW_ADDRESS, ChangeReason.LOST_ACCESS),
    ChangeKind.RELINK: (ChangeReason.NEW_NATIONAL_ID, ChangeReason.WRONG_PERSON),
    ChangeKind.INVITE: (ChangeReason.LOST_ACCESS,),
}


async def ask(
    here: OpenMunicipality,
    account: Account,
    kind: ChangeKind,
    reason: ChangeReason,
    *,
    email: str | None = None,
    mobile: str | None = None,
) -> AccountChange:
    """Ask for new contacts, a new invitation, or the identity to be let go of; somebody else must approve."""
    here.demand(Right.PEOPLE_EDIT)
    known = await taking_turn(here.session, account.id)
    await demand_may_touch(here, known)
    await _demand_askable(here.session, known, kind, reason, email, mobile)
    asked = AccountChange(
        municipality_id=here.municipality_id,
        account_id=known.id,
        kind=kind,
        reason=reason,
        asked_by=here.actor_id,
        asked_at=here.session.clock.now(),
    )
    new_mobile = mobile and "".join(mobile.split())
    seal(await vault(here.session, known.key_id), asked, email=email or None, mobile=new_mobile or None)
    here.session.add(asked)
    log.record(here, Event.CHANGE_ASKED, account=str(known.id), kind=kind, reason=reason)
    return asked


async def approve(here: OpenMunicipality, change: AccountChange) -> None:
    """Agree: everybody is signed out, the known contacts are told, and a day later it can be done."""
    here.demand(Right.PEOPLE_EDIT)
    asked = await as_it_is(here.session, here.municipality_id, change.id, ChangeState.WAITING)
    account = await taking_turn(here.session, asked.account_id)
    await demand_may_touch(here, account)
    if here.actor_id == asked.asked_by:
        raise Refused(Reason.SAME_PERSON)
    now = here.session.clock.now()
    asked.state, asked.answered_by, asked.answered_at = ChangeState.APPROVED, here.actor_id, now
    asked.effective_at = now + WAIT
    await sessions.end_all(here.session, account.id)
    await _tell_known(here.session, account, Notice.CHANGE_APPROVED)
    log.record(here, Event.CHANGE_APPROVED, account=str(account.id))


async def refuse(here: OpenMunicipality, change: AccountChange) -> None:
    """Nothing comes of it; also after it was approved, as long as it is not done."""
    here.demand(Right.PEOPLE_EDIT)
    asked = await as_it_is(here.session, here.municipality_id, change.id, *STANDING)
    if here.actor_id == asked.account_id:
        raise Refused(Reason.OWN_ACCOUNT)
    asked.state, asked.answered_by, asked.answered_at = ChangeState.REFUSED, here.actor_id, here.session.clock.now()
    log.record(here, Event.CHANGE_REFUSED, account=str(asked.account_id))


async def stop(mine: OpenProfile) -> None:
    """The person wants no such thing. Raises NotFound when there is nothing to stop, or it is done already."""
    standing = await mine.session.scalar(_standing(mine.viewer.account_id).with_for_update())
    if standing is None:
        raise NotFound
    standing.state, standing.answered_at = ChangeState.STOPPED, mine.session.clock.now()
    log.record(mine, Event.CHANGE_STOPPED)


async def standing_for(session: HouseSession, account_id: UUID) -> AccountChange | None:
    """The change that waits for approval, or for its day."""
    return (await session.scalars(_standing(account_id))).first()


def _standing(account_id: UUID) -> SelectOfScalar[AccountChange]:
    return select(AccountChange).where(
        col(AccountChange.account_id) == account_id, col(AccountChange.state).in_(STANDING)
    )


async def _demand_askable(
    session: HouseSession,
    account: Account,
    kind: ChangeKind,
    reason: ChangeReason,
    email: str | None,
    mobile: str | None,
) -> None:
    not_linked = kind is ChangeKind.RELINK and not await is_linked(session, account.id)
    no_way = kind is ChangeKind.INVITE and not (account.email or account.mobile or account.totp_secret)
    found = (
        ("reason", reason not in REASONS[kind], _("Velg noe fra listen.")),
        ("reason", account.disabled_at is not None, _("Kontoen er stengt. Åpne den først.")),
        (
            "email",
            kind is ChangeKind.CONTACTS and not email and not mobile,
            _("Skriv en ny e-postadresse, et nytt nummer eller begge deler."),
        ),
        ("reason", await standing_for(session, account.id), _("En annen endring av kontoen venter allerede.")),
        ("reason", not_linked, _("Kontoen er ikke koblet til ID-porten.")),
        ("reason", no_way, _("Vi vet ikke hvor engangskodene skal gå. Be om ny e-post eller mobil først.")),
    )
    wrong = {field: sentence for field, is_wrong, sentence in found if is_wrong} | contact_mistakes(email, mobile)
    if wrong:
        raise Invalid(**wrong)


async def as_it_is(
    session: HouseSession, municipality_id: UUID, change_id: UUID, *states: ChangeState
) -> AccountChange:
    """The change as it is now, ours alone until the transaction ends. Raises Conflict when it has gone further."""
    found = select(AccountChange).where(AccountChange.id == change_id, AccountChange.municipality_id == municipality_id)
    asked = await session.scalar(found.with_for_update().execution_options(populate_existing=True))
    if asked is None:
        raise NotFound
    if asked.state not in states:
        raise Conflict
    return asked


async def _tell_known(session: HouseSession, account: Account, kind: Notice) -> None:
    """At the addresses of now, whatever they may become before the letter leaves."""
    opened = await vault(session, account.key_id)
    for name, way in WAYS.items():
        if address := unseal(opened, account, name):
            await tell(session, account, kind, address=address, channel=Channel(way))
