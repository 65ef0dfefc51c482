"""Other people's accounts: who may touch them, and closing one in a hurry."""

from uuid import UUID

from sqlmodel import col, select

from models.accounts.proof import OpenMunicipality, Viewer
from models.accounts.tables.account import Account, Appointment
from models.base import HouseSession, pick
from models.clock import local_day
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.organisation.tables import Municipality
from models.people.tables import Person
from models.refusals import Conflict, NotFound, Reason, Refused
from models.rights import Duty, Right
from permissions.sign_in import sessions

GUARDED = (Duty.ADMINISTRATOR, Duty.SUPERADMINISTRATOR)


async def close(here: OpenMunicipality, account: Account) -> None:
    """Nobody signs in with it, and whoever was in is out. Raises Conflict when it was closed meanwhile."""
    known = await _closable(here, account)
    if known.disabled_at:
        raise Conflict(_("Kontoen er allerede stengt. Last inn siden på nytt."))
    known.disabled_at = here.session.clock.now()
    await sessions.end_all(here.session, known.id)
    _record(here, known)


async def reopen(here: OpenMunicipality, account: Account) -> None:
    """It works again, with the password and the contacts it had."""
    known = await _closable(here, account)
    if not known.disabled_at:
        raise Conflict(_("Kontoen er allerede åpen. Last inn siden på nytt."))
    known.disabled_at = None
    _record(here, known)


def _record(here: OpenMunicipality, account: Account) -> None:
    log.record(here, Event.REGISTER_CHANGED, register="accounts", row=str(account.id), fields=["disabled_at"])


async def _closable(here: OpenMunicipality, account: Account) -> Account:
    """An account is one for all municipalities (F17): none of them closes it for the others."""
    here.demand(Right.PEOPLE_EDIT)
    known = await taking_turn(here.session, account.id)
    await demand_may_touch(here, known)
    elsewhere = pick(Person.id).where(
        col(Person.account_id) == known.id, col(Person.municipality_id) != here.municipality_id
    )
    if await here.session.scalar(elsewhere.limit(1)):
        raise Refused(Reason.KNOWN_ELSEWHERE)
    return known


async def taking_turn(session: HouseSession, account_id: UUID) -> Account:
    """The account as it is now; others who want to change it wait."""
    found = select(Account).where(Account.id == account_id).execution_options(populate_existing=True)
    return (await session.scalars(found.with_for_update(key_share=True))).one()


async def demand_may_touch(here: OpenMunicipality, account: Account) -> None:
    """Somebody else's account, known here; an administrator's only where the viewer appoints administrators."""
    card = pick(Person.id).where(
        col(Person.account_id) == account.id, col(Person.municipality_id) == here.municipality_id
    )
    if await here.session.scalar(card) is None:
        raise NotFound
    if here.actor_id == account.id:
        raise Refused(Reason.OWN_ACCOUNT)
    guarded = await _where(here.session, account.id, GUARDED)
    if guarded and guarded - await _appoints(here.session, here.viewer):
        raise Refused(Reason.ADMINISTRATORS_ACCOUNT)


async def _appoints(session: HouseSession, viewer: Viewer) -> set[UUID]:
    """The municipalities whose administrators the viewer answers for, as surely as they have signed in."""
    if not viewer.has(Right.ADMINISTRATORS_APPOINT):
        return set()
    held = await _where(session, viewer.account_id, (Duty.SUPERADMINISTRATOR,))
    assured = pick(Municipality.id).where(col(Municipality.id).in_(held), col(Municipality.demands) <= viewer.counts_as)
    return set(await session.scalars(assured))


async def _where(session: HouseSession, account_id: UUID, duties: tuple[Duty, ...]) -> set[UUID]:
    """The municipalities where the account has one of the duties, today or later."""
    today = local_day(session.clock.now())
    held = pick(Appointment.municipality_id).where(
        col(Appointment.account_id) == account_id,
        col(Appointment.duty).in_(duties),
        col(Appointment.valid_to).is_(None) | (col(Appointment.valid_to) > today),
    )
    return set(await session.scalars(held))
