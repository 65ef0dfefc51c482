"""The personal code (F199): shown by its owner to another municipality, which joins its person card to the account.

Only a blind index of it is kept; it works once, for two hours, and a new one kills the old.
"""

import secrets
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, update
from sqlmodel import col, select

from models.accounts.proof import OpenMunicipality, OpenProfile, Viewer
from models.accounts.tables.account import Account, PersonalCode
from models.accounts.tables.sign_in import SignInSession
from models.base import HouseSession, pick
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices.rules import Notice
from models.people.tables import Person
from models.refusals import Invalid, NotFound
from models.rights import Right
from permissions.proofs import House
from permissions.sign_in.attempts import Brake, Locked, count, must_wait
from permissions.sign_in.failures import Step
from permissions.sign_in.telling import tell

LIFETIME = timedelta(hours=2)
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""None that can be taken for another when read aloud or from paper."""

LENGTH = 10
WRONG_AN_HOUR = 10
WRONG = Brake("personal_code.tries", WRONG_AN_HOUR, timedelta(hours=1), timedelta(hours=1))


async def make(me: OpenProfile) -> tuple[str, datetime]:
    """A new code in two groups, and until when it works."""
    now = me.session.clock.now()
    await me.session.execute(update(PersonalCode).where(_living(me)).values(expires_at=now))
    code = "".join(secrets.choice(LETTERS) for _place in range(LENGTH))
    index = me.session.keys.blind_indexes("personal_code", code)[0]
    made = PersonalCode(account_id=me.actor_id, code_index=index, made_at=now, expires_at=now + LIFETIME)
    me.session.add(made)
    log.record(me, Event.PERSONAL_CODE_MADE)
    return f"{code[: LENGTH // 2]} {code[LENGTH // 2 :]}", made.expires_at


async def works_until(me: OpenProfile) -> datetime | None:
    """Until when the code that was made last works; None when there is none."""
    until: datetime | None = await me.session.scalar(pick(PersonalCode.expires_at).where(_living(me)))
    return until


def _living(me: OpenProfile) -> ColumnElement[bool]:
    return and_(
        col(PersonalCode.account_id) == me.actor_id,
        col(PersonalCode.used_at).is_(None),
        col(PersonalCode.expires_at) > me.session.clock.now(),
    )


async def redeem(here: OpenMunicipality, person: Person, code: str) -> None:
    """Join the person card to the account whose code this is, and tell its owner.

    Raises Invalid with a sentence for the field `code`: then the caller has `count_wrong` written, whatever the reason.
    """
    here.demand(Right.PEOPLE_EDIT)
    if person.municipality_id != here.municipality_id:
        raise NotFound
    await _demand_few(here)
    if person.account_id:
        raise Invalid(code=_("Personen er allerede koblet til en bruker."))
    made, account = await _found(here.session, code)
    await _demand_fit(here, person, account)
    made.used_at, person.account_id = here.session.clock.now(), account.id
    await here.session.flush()
    log.record(here, Event.PERSONAL_CODE_USED, person=str(person.id))
    await tell(here.session, account, Notice.JOIN_CONFIRMED)


async def _found(session: HouseSession, code: str) -> tuple[PersonalCode, Account]:
    typed = "".join(sign for sign in code.upper() if sign.isalnum())
    found = (
        select(PersonalCode, Account)
        .join(Account, col(Account.id) == PersonalCode.account_id)
        .where(
            col(PersonalCode.code_index).in_(session.keys.blind_indexes("personal_code", typed)),
            col(PersonalCode.used_at).is_(None),
            col(PersonalCode.expires_at) > session.clock.now(),
            col(Account.disabled_at).is_(None),
        )
        .with_for_update()
    )
    row = (await session.execute(found)).first()
    if row is None:
        raise Invalid(code=_("Koden virker ikke. Sjekk at den er skrevet riktig, eller be personen lage en ny."))
    return row[0], row[1]


async def _demand_fit(here: OpenMunicipality, person: Person, account: Account) -> None:
    """The account has no card here yet, and none elsewhere that is clearly another human's."""
    cards = pick(Person.municipality_id, Person.birth_date).where(col(Person.account_id) == account.id)
    rows = (await here.session.execute(cards)).all()
    if any(row.municipality_id == here.municipality_id for row in rows):
        raise Invalid(code=_("Den som har laget koden, har allerede et personkort i kommunen."))
    born = {row.birth_date for row in rows if row.birth_date}
    if person.birth_date and born and person.birth_date not in born:
        raise Invalid(code=_("Koden passer ikke til denne personen. Sjekk at du har valgt riktig person."))


async def _demand_few(here: OpenMunicipality) -> None:
    if await must_wait(here.session, WRONG, str(here.actor_id)):
        raise Invalid(code=_("Det har vært for mange feil koder. Vent en time, og prøv igjen."))


async def count_wrong(session: HouseSession, viewer: Viewer) -> None:
    """That the viewer typed a code that could not be used; after ten in an hour they wait for one."""
    with suppress(Locked):
        await count(session, WRONG, str(viewer.account_id))
        where = pick(SignInSession.address).where(col(SignInSession.id) == viewer.session_id)
        here = House(session, viewer.municipality_id, actor_id=viewer.account_id)
        address = await session.scalar(where) or ""
        log.record(here, Event.SIGN_IN_FAILED, step=Step.PERSONAL_CODE, address=address)
