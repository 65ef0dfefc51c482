"""A coordinator gives a participant a way in: a link to a first password, or to ID-porten (F16, F25).

Only who has never signed in can be invited, and who has nothing left to sign in with since two agreed to let their
identity go: everybody else changes their own, or two must agree (`sign_in.changes`).
"""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select

from models.accounts.queries import is_linked, was_linked
from models.accounts.rules import CodeChannel, LinkPurpose, user_name_mistake
from models.accounts.tables.account import Account, Appointment
from models.accounts.tables.identity import JoinRequest
from models.accounts.tables.sign_in import Invitation
from models.base import HouseSession, pick, seal
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices.rules import Notice
from models.organisation.queries import vault
from models.people.queries import is_kept_from
from models.people.rules import contact_mistakes
from models.people.tables import Person
from models.plans.proof import OpenPlan
from models.plans.tables.participants import Participant
from models.refusals import Invalid, NotFound
from models.rights import Element, Level
from permissions.sign_in.invitations import name_taken, new_account
from permissions.sign_in.links import make_link, spend_all
from permissions.sign_in.telling import tell


class Way(StrEnum):
    """How the link gets to the invited, and what it asks for."""

    MAIL = "mail"
    HAND = "hand"
    JOIN_MAIL = "join_mail"
    JOIN_HAND = "join_hand"

    @property
    def is_mailed(self) -> bool:
        return self in (Way.MAIL, Way.JOIN_MAIL)

    @property
    def purpose(self) -> LinkPurpose:
        return LinkPurpose.FIRST_PASSWORD if self in (Way.MAIL, Way.HAND) else LinkPurpose.JOIN


@dataclass(frozen=True)
class Wanted:
    """What a coordinator has filled in; the contacts are where one-time codes are to go."""

    user_name: str
    email: str
    mobile: str
    way: Way


async def invite(plan: OpenPlan, participant_id: UUID, wanted: Wanted, base_url: str) -> str:
    """The address of the new link; earlier ones to the person no longer work. Raises NotFound or Invalid.

    It has been mailed when the way says so; else somebody must hand it over now, for it is nowhere else.
    """
    plan.demand(Element.PARTICIPANTS, Level.CHANGE)
    check_wanted(wanted)
    person = await invitable(plan, participant_id)
    account = await _account(plan, person, wanted)
    email, mobile = wanted.email.strip() or None, "".join(wanted.mobile.split()) or None
    seal(await vault(plan.session, account.key_id), account, email=email, mobile=mobile)
    account.code_channel = CodeChannel.SMS if mobile else CodeChannel.EMAIL
    is_join = wanted.way.purpose is LinkPurpose.JOIN
    person.account_id = None if is_join else account.id
    await _spend(plan.session, person.id)
    await spend_all(plan.session, account.id)
    where = {"person_id": person.id, "municipality_id": plan.municipality_id, "plan_id": plan.plan_id}
    mailed, by = wanted.way.is_mailed, plan.actor_id
    path = await make_link(plan.session, account.id, wanted.way.purpose, mailed=mailed, **where, made_by=by)
    log.record(plan, Event.INVITED, person=str(person.id), mailed=mailed)
    if mailed:
        await tell(plan.session, account, Notice.INVITED, payload=base_url + path)
    return base_url + path


async def invitable(plan: OpenPlan, participant_id: UUID) -> Person:
    """The participant's card. Raises NotFound for who is not in the plan, and Invalid for who needs no invitation."""
    person = await _person(plan, participant_id)
    waiting = pick(JoinRequest.id).where(
        col(JoinRequest.person_id) == person.id, col(JoinRequest.answered_at).is_(None)
    )
    if await plan.session.scalar(waiting.limit(1)):
        raise Invalid(person=_("Noen har svart på en invitasjon. Bekreft eller avvis den først."))
    if person.account_id and not await _is_unused(plan.session, person.account_id, person.id):
        sentence = _("Personen har allerede en bruker. Kommer hun eller han ikke inn, kan kommunen hjelpe.")
        raise Invalid(person=sentence)
    return person


def check_wanted(wanted: Wanted) -> None:
    """Raises Invalid for what the fields together may not be; who has the user name is asked first by `invite`."""
    name, email, mobile = wanted.user_name.strip().lower(), wanted.email.strip(), wanted.mobile.strip()
    mistake, reaches_nobody = user_name_mistake(name, email), not email and not mobile
    found = (
        ("username", mistake, mistake),
        ("email", not email and wanted.way.is_mailed, _("Skriv e-postadressen som lenken skal sendes til.")),
        (
            "email",
            reaches_nobody and wanted.way is Way.HAND,
            _("Skriv en e-postadresse eller et mobilnummer, så vi vet hvor engangskodene skal sendes."),
        ),
        (
            "email",
            reaches_nobody and wanted.way is Way.JOIN_HAND,
            _("Skriv en e-postadresse eller et mobilnummer, så personen kan få beskjed."),
        ),
        (
            "mobile",
            not mobile and wanted.way is Way.MAIL,
            _("Lenken og kodene kan ikke gå til samme e-post. Skriv et mobilnummer, eller gi lenken selv."),
        ),
    )
    wrong = {field: sentence for field, is_wrong, sentence in found if is_wrong} | contact_mistakes(email, mobile)
    if "email" in wrong and not name:
        del wrong["username"]
    if wrong:
        raise Invalid(**wrong)


async def _person(plan: OpenPlan, participant_id: UUID) -> Person:
    """Locked in a writing session: two coordinators take turns."""
    here = (
        select(Person)
        .join(Participant, col(Participant.person_id) == Person.id)
        .where(
            col(Participant.id) == participant_id,
            col(Participant.plan_id) == plan.plan_id,
            (col(Participant.valid_to).is_(None)) | (col(Participant.valid_to) > plan.today),
            ~is_kept_from(Person.id, plan.readers),
        )
    )
    found = await plan.session.scalar(here.with_for_update(of=Person) if plan.session.writes else here)
    if found is None:
        raise NotFound
    return found


async def _is_unused(session: HouseSession, account_id: UUID, person_id: UUID) -> bool:
    """Whether nobody can sign in with it, and nothing hangs on it but this person's card."""
    account = (await session.scalars(select(Account).where(Account.id == account_id))).one()
    if account.password_hash or account.disabled_at or await is_linked(session, account_id):
        return False
    others = (
        pick(Appointment.id).where(col(Appointment.account_id) == account_id),
        pick(Person.id).where(col(Person.account_id) == account_id, col(Person.id) != person_id),
    )
    return not any([await session.scalar(query.limit(1)) for query in others])


async def _account(plan: OpenPlan, person: Person, wanted: Wanted) -> Account:
    """The one that was made for the person before, or a new one. Raises Invalid when the name is somebody else's."""
    user_name, known = wanted.user_name.strip().lower(), await _made_before(plan.session, person)
    named = await plan.session.scalar(select(Account).where(col(Account.user_name) == user_name))
    if named and (known is None or named.id != known.id):
        raise name_taken()
    if known is None:
        return await new_account(plan, user_name)
    if wanted.way.purpose is LinkPurpose.FIRST_PASSWORD and await was_linked(plan.session, known.id):
        raise Invalid(way=_("Personen har brukt ID-porten før. Velg en lenke med ID-porten."))
    known.user_name = user_name
    return known


async def _made_before(session: HouseSession, person: Person) -> Account | None:
    last = select(Invitation.account_id).where(col(Invitation.person_id) == person.id)
    invited = await session.scalar(last.order_by(col(Invitation.made_at).desc()).limit(1))
    account_id = person.account_id or invited
    if account_id is None or not await _is_unused(session, account_id, person.id):
        return None
    return (await session.scalars(select(Account).where(Account.id == account_id).with_for_update())).one()


async def _spend(session: HouseSession, person_id: UUID) -> None:
    open_ = col(Invitation.person_id) == person_id, col(Invitation.used_at).is_(None)
    await session.execute(update(Invitation).where(*open_).values(used_at=session.clock.now()))
