"""Who is appointed to what in a municipality (F197, F207): the one place where it begins and ends.

Superadministrators are the operator's. Everything else is theirs to give, and nobody gives it to themselves: a duty
opens the people, the plans or the numbers of the whole municipality, and «two must agree» about an account would be one
if an administrator could make the second.
"""

from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select

from models.accounts.proof import OpenMunicipality
from models.accounts.queries import is_linked
from models.accounts.rules import ChangeState, NewAppointment, appointment_mistakes
from models.accounts.tables.account import Account, Appointment
from models.accounts.tables.changes import AccountChange
from models.base import HouseSession, holds, pick
from models.clock import local_day
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event, Scope
from models.notices.rules import Notice
from models.people.queries import is_kept_from
from models.people.tables import Person
from models.refusals import Conflict, Invalid, NotFound, Reason, Refused
from models.rights import Duty, Right
from permissions.proofs import House
from permissions.sign_in.changes import STANDING
from permissions.sign_in.links import spend_all
from permissions.sign_in.others import GUARDED, taking_turn
from permissions.sign_in.telling import tell


async def appoint(here: OpenMunicipality, person: Person, new: NewAppointment) -> Appointment:
    """They have the duty from its first day, and are told. Raises Invalid; two who appoint take turns."""
    here.demand(Right.ADMINISTRATORS_APPOINT)
    account = await _appointable(here, person)
    held = pick(Appointment.valid_from, Appointment.valid_to).where(
        *(col(Appointment.municipality_id) == here.municipality_id, col(Appointment.account_id) == account.id),
        *(col(Appointment.duty) == new.duty, col(Appointment.plan_kind).is_not_distinct_from(new.kind)),
    )
    days = [(row.valid_from, row.valid_to) for row in await here.session.execute(held)]
    if wrong := appointment_mistakes(new, local_day(here.session.clock.now()), days):
        raise Invalid(**wrong)
    if new.duty in GUARDED:
        await _close_old_ways(here.session, account.id)
    made = _begin(here, here.municipality_id, account.id, new)
    await tell(here.session, account, Notice.APPOINTED)
    return made


async def end(here: OpenMunicipality, appointment: Appointment) -> None:
    """The rights stop at once; the row is kept. Raises Conflict when it is over already."""
    here.demand(Right.ADMINISTRATORS_APPOINT)
    row, today = await _as_it_is(here, appointment), local_day(here.session.clock.now())
    if row.duty is Duty.SUPERADMINISTRATOR:
        raise Refused(Reason.OPERATOR_ONLY)
    if row.account_id == here.actor_id:
        raise Refused(Reason.OWN_ACCOUNT)
    if row.valid_to is not None and row.valid_to <= max(today, row.valid_from):
        raise Conflict(_("Oppnevningen er allerede avsluttet. Last inn siden på nytt."))
    row.valid_to = max(today, row.valid_from)
    log.record(here, Event.APPOINTMENT_ENDED, account=str(row.account_id), duty=row.duty, kind=row.plan_kind)
    account = (await here.session.scalars(select(Account).where(Account.id == row.account_id))).one()
    await tell(here.session, account, Notice.APPOINTMENT_ENDED)


async def appoint_superadministrator(session: HouseSession, municipality_id: UUID, account_id: UUID) -> None:
    """For the operator's command alone. Appointed already is appointed enough; a link that somebody else made before
    does not open the new duty."""
    duty, today = Duty.SUPERADMINISTRATOR, local_day(session.clock.now())
    held = pick(Appointment.id).where(
        col(Appointment.municipality_id) == municipality_id,
        col(Appointment.account_id) == account_id,
        col(Appointment.duty) == duty,
        holds(Appointment.valid_from, Appointment.valid_to, today),
    )
    if await session.scalar(held) is None:
        await spend_all(session, account_id)
        _begin(House(session, municipality_id), municipality_id, account_id, NewAppointment(duty, None, today))


def _begin(scope: Scope, municipality_id: UUID, account_id: UUID, new: NewAppointment) -> Appointment:
    made = Appointment(
        municipality_id=municipality_id,
        account_id=account_id,
        duty=new.duty,
        plan_kind=new.kind,
        valid_from=new.first,
        valid_to=new.until,
    )
    scope.session.add(made)
    days = {"valid_from": new.first, "valid_to": new.until}
    log.record(scope, Event.APPOINTED, None, account=str(account_id), duty=new.duty, kind=new.kind, **days)
    return made


async def _appointable(here: OpenMunicipality, person: Person) -> Account:
    """Somebody else who is known here and has taken their account into use: what opens it, is theirs by then."""
    known = pick(Person.account_id).where(
        *(col(Person.id) == person.id, col(Person.municipality_id) == here.municipality_id),
        ~is_kept_from(Person.id, here.readers),
    )
    found = (await here.session.execute(known)).first()
    if found is None:
        raise NotFound
    if found.account_id is None:
        raise Invalid(person_id=_("Personen har ingen konto. Inviter personen først."))
    if found.account_id == here.actor_id:
        raise Refused(Reason.OWN_ACCOUNT)
    account = await taking_turn(here.session, found.account_id)
    if account.disabled_at:
        raise Invalid(person_id=_("Kontoen er stengt. Åpne den først."))
    if account.password_hash is None and not await is_linked(here.session, account.id):
        raise Invalid(person_id=_("Personen har ikke tatt kontoen sin i bruk ennå. Be personen logge på først."))
    return account


async def _as_it_is(here: OpenMunicipality, appointment: Appointment) -> Appointment:
    """The row as it is now, ours alone until the transaction ends."""
    mine = select(Appointment).where(
        Appointment.id == appointment.id, Appointment.municipality_id == here.municipality_id
    )
    found = await here.session.scalar(mine.with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


async def _close_old_ways(session: HouseSession, account_id: UUID) -> None:
    """From now on only who appoints administrators may touch the account: what others asked for before, comes to
    nothing."""
    await spend_all(session, account_id)
    open_ = col(AccountChange.account_id) == account_id, col(AccountChange.state).in_(STANDING)
    await session.execute(update(AccountChange).where(*open_).values(state=ChangeState.REFUSED))
