"""Turns a browser's token into a Viewer: the only place where one is minted."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col

from models.accounts.proof import Viewer
from models.accounts.rules import TERMS
from models.accounts.tables.account import Account, Appointment, TermsAcceptance
from models.accounts.tables.sign_in import SignInSession
from models.base import HouseSession, holds, pick
from models.clock import local_day
from models.organisation.queries import under_15
from models.organisation.rules import OF_AGE, UnderAge
from models.organisation.tables import Municipality
from models.people.queries import is_approved
from models.people.rules import age, full_name
from models.people.tables import Person
from models.refusals import NotSignedIn, Reason
from models.rights import Assurance, Duty, PlanKind, Profile
from permissions.roles import rights_of

LONGEST = timedelta(hours=12)
NO_SESSION = UUID(int=0)

WHO: tuple[Any, ...] = (
    *(Account.user_name, Account.language, col(Municipality.name).label("municipality_name")),
    *(col(Person.id).label("person_id"), Person.given_name, Person.family_name, Person.birth_date),
)


def token_hash(token: str) -> bytes:
    return sha256(token.encode()).digest()


async def viewer_of(session: HouseSession, token: str) -> Viewer:
    """The viewer whose browser holds the token; raises NotSignedIn when the session is unknown, ended or too old."""
    now = session.clock.now()
    rows = await _rows(session, token, now)
    if not rows or (ends_at := _end(rows[0])) <= now:
        raise NotSignedIn
    row, is_young = rows[0], _is_young(rows[0], local_day(now))
    is_assured = row.demands <= (Assurance.HIGH if is_young else row.assurance)
    return Viewer(
        account_id=row.account_id,
        session_id=row.id,
        municipality_id=row.municipality_id,
        municipality_name=row.municipality_name,
        person_id=row.person_id,
        name=_name(row),
        profile=row.profile,
        assurance=row.assurance,
        demanded=row.demands,
        is_young=is_young,
        closed_to_young=await _closed_to_young(session, row) if is_young else {},
        has_accepted_terms=row.accepted is not None,
        language=row.language,
        signed_in_at=row.began_at,
        seen_at=row.seen_at,
        ends_at=ends_at,
        rights=rights_of(_duties(rows)) if is_assured else {},
    )


def _end(row: Any) -> datetime:
    """When the session ends unless it is used again, and at the latest."""
    ends: datetime = min(row.seen_at + timedelta(minutes=row.idle_minutes), row.began_at + LONGEST)
    return ends


def _name(row: Any) -> str:
    return full_name(row.given_name, row.family_name) if row.person_id else row.user_name


def _is_young(row: Any, today: date) -> bool:
    return row.birth_date is not None and age(row.birth_date, today) < OF_AGE


async def _closed_to_young(session: HouseSession, row: Any) -> Mapping[PlanKind, Reason]:
    """The kinds of plan that somebody under 15 may not open, as the municipality and a guardian have said."""
    policy, approved = await under_15(session, row.municipality_id), await is_approved(session, row.person_id)
    closed = {kind: Reason.TOO_YOUNG for kind, rule in policy.items() if rule is UnderAge.NO_SIGN_IN}
    asks = {kind: Reason.GUARDIAN_MUST_APPROVE for kind, rule in policy.items() if rule is UnderAge.GUARDIAN_APPROVES}
    return closed if approved else closed | asks


def _duties(rows: Sequence[Any]) -> set[tuple[Duty, PlanKind | None]]:
    return {(row.duty, row.plan_kind) for row in rows if row.duty}


async def _rows(session: HouseSession, token: str, now: datetime) -> Sequence[Any]:
    """The session, its account and person card, once for each duty."""
    here = col(SignInSession.municipality_id)
    card = and_(col(Person.account_id) == Account.id, col(Person.municipality_id) == here)
    terms = and_(col(TermsAcceptance.account_id) == Account.id, col(TermsAcceptance.version) == TERMS)
    duty = and_(
        col(Appointment.account_id) == Account.id,
        col(Appointment.municipality_id) == here,
        holds(Appointment.valid_from, Appointment.valid_to, local_day(now)),
    )
    found = (
        pick(
            *(SignInSession.id, SignInSession.account_id, SignInSession.municipality_id, SignInSession.profile),
            *(SignInSession.assurance, SignInSession.began_at, SignInSession.seen_at, *WHO),
            *(Municipality.demands, Municipality.idle_minutes, col(TermsAcceptance.id).label("accepted")),
            *(Appointment.duty, Appointment.plan_kind),
        )
        .join(Account, col(Account.id) == SignInSession.account_id)
        .join(Municipality, col(Municipality.id) == here)
        .outerjoin(Person, card)
        .outerjoin(TermsAcceptance, terms)
        .outerjoin(Appointment, duty)
        .where(
            col(SignInSession.token_hash) == token_hash(token),
            col(SignInSession.ended_at).is_(None),
            col(Account.disabled_at).is_(None),
        )
    )
    rows: Sequence[Any] = (await session.execute(found)).all()
    return rows


async def absent_viewer(
    session: HouseSession, account_id: UUID, municipality_id: UUID, profile: Profile
) -> Viewer | None:
    """As the account would be if it signed in now, as surely as anyone can: for asking a plan's door about it.

    None when the account is closed. It has no session, and no rights outside plans.
    """
    card = and_(col(Person.account_id) == Account.id, col(Person.municipality_id) == Municipality.id)
    found = (
        pick(*WHO, col(Municipality.id).label("municipality_id"))
        .select_from(Account)
        .join(Municipality, col(Municipality.id) == municipality_id)
        .outerjoin(Person, card)
        .where(col(Account.id) == account_id, col(Account.disabled_at).is_(None))
    )
    row, now = (await session.execute(found)).first(), session.clock.now()
    if row is None:
        return None
    is_young = _is_young(row, local_day(now))
    return Viewer(
        account_id=account_id,
        session_id=NO_SESSION,
        municipality_id=municipality_id,
        municipality_name=row.municipality_name,
        person_id=row.person_id,
        name=_name(row),
        profile=profile,
        assurance=Assurance.HIGH,
        demanded=Assurance.HIGH,
        is_young=is_young,
        closed_to_young=await _closed_to_young(session, row) if is_young else {},
        has_accepted_terms=True,
        language=row.language,
        signed_in_at=now,
        seen_at=now,
        ends_at=now,
        rights={},
    )
