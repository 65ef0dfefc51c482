"""Turns a browser's token into a Viewer: the only place where one is minted."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col

from models.accounts.proof import Viewer
from models.accounts.tables import Account, Appointment, SignInSession
from models.base import HouseSession, holds, pick
from models.clock import local_day
from models.organisation.tables import Municipality
from models.people.rules import full_name
from models.people.tables import Person
from models.refusals import NotSignedIn
from models.rights import Assurance, Duty, PlanKind, Profile
from permissions.roles import rights_of

IDLE = timedelta(minutes=35)
"""How long a session lives without a request (C2)."""

LONGEST = timedelta(hours=12)
NO_SESSION = UUID(int=0)


def token_hash(token: str) -> bytes:
    return sha256(token.encode()).digest()


async def viewer_of(session: HouseSession, token: str) -> Viewer:
    """The viewer whose browser holds the token; raises NotSignedIn when the session is unknown, ended or too old."""
    rows = await _rows(session, token)
    if not rows:
        raise NotSignedIn
    row = rows[0]
    return Viewer(
        account_id=row.account_id,
        session_id=row.id,
        municipality_id=row.municipality_id,
        municipality_name=row.municipality_name,
        person_id=row.person_id,
        name=full_name(row.given_name, row.family_name) if row.person_id else row.user_name,
        profile=row.profile,
        assurance=row.assurance,
        language=row.language,
        signed_in_at=row.began_at,
        seen_at=row.seen_at,
        rights=rights_of(_duties(rows)),
    )


def _duties(rows: Sequence[Any]) -> set[tuple[Duty, PlanKind | None]]:
    return {(row.duty, row.plan_kind) for row in rows if row.duty}


async def _rows(session: HouseSession, token: str) -> Sequence[Any]:
    """The session, its account and person card, once for each duty."""
    now = session.clock.now()
    today = local_day(now)
    here = col(SignInSession.municipality_id)
    card = and_(col(Person.account_id) == Account.id, col(Person.municipality_id) == here)
    duty = and_(
        col(Appointment.account_id) == Account.id,
        col(Appointment.municipality_id) == here,
        holds(Appointment.valid_from, Appointment.valid_to, today),
    )
    found = (
        pick(
            *(SignInSession.id, SignInSession.account_id, SignInSession.municipality_id, SignInSession.profile),
            *(SignInSession.assurance, SignInSession.began_at, SignInSession.seen_at),
            *(Account.user_name, Account.language),
            *(col(Municipality.name).label("municipality_name"), col(Person.id).label("person_id")),
            *(Person.given_name, Person.family_name, Appointment.duty, Appointment.plan_kind),
        )
        .join(Account, col(Account.id) == SignInSession.account_id)
        .join(Municipality, col(Municipality.id) == here)
        .outerjoin(Person, card)
        .outerjoin(Appointment, duty)
        .where(
            col(SignInSession.token_hash) == token_hash(token),
            col(SignInSession.ended_at).is_(None),
            col(SignInSession.seen_at) > now - IDLE,
            col(SignInSession.began_at) > now - LONGEST,
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
        pick(
            *(Account.user_name, Account.language, col(Municipality.name).label("municipality_name")),
            *(col(Person.id).label("person_id"), Person.given_name, Person.family_name),
        )
        .select_from(Account)
        .join(Municipality, col(Municipality.id) == municipality_id)
        .outerjoin(Person, card)
        .where(col(Account.id) == account_id, col(Account.disabled_at).is_(None))
    )
    row = (await session.execute(found)).first()
    return row and Viewer(
        account_id=account_id,
        session_id=NO_SESSION,
        municipality_id=municipality_id,
        municipality_name=row.municipality_name,
        person_id=row.person_id,
        name=full_name(row.given_name, row.family_name) if row.person_id else row.user_name,
        profile=profile,
        assurance=Assurance.HIGH,
        language=row.language,
        signed_in_at=session.clock.now(),
        seen_at=session.clock.now(),
        rights={},
    )
