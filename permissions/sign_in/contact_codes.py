"""Codes that prove a new address to be one's own (F12): as those for signing in, but sent to the new address itself."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from uuid import UUID

import pyotp
from sqlmodel import col, select

from models.accounts.proof import OpenProfile
from models.accounts.rules import CodePurpose
from models.accounts.tables.sign_in import OneTimeCode
from models.base import HouseSession, seal, unseal
from models.database import Database
from models.i18n import _, ngettext
from models.notices.rules import Channel, Notice
from models.organisation.queries import vault
from models.people.rules import contact_mistakes
from models.refusals import Invalid, NotFound
from models.sealing import Vault
from permissions.sign_in.ceilings import has_had_enough
from permissions.sign_in.lifetimes import CODE_LIVES, CODE_TRIES, RESEND_AFTER
from permissions.sign_in.links import kill_codes
from permissions.sign_in.own_account import own_row
from permissions.sign_in.telling import tell
from permissions.sign_in.ways import COLUMNS, WAYS
from permissions.viewer import token_hash

OF_CONTACTS = (col(OneTimeCode.purpose) == CodePurpose.CONTACT, col(OneTimeCode.channel).in_(COLUMNS))
"""Not of an app, which is also proved before it is used."""


@dataclass(frozen=True)
class Unproved:
    """A new address that a code was sent to, and when another may be sent."""

    column: str
    address: str
    resend_at: datetime


async def send_contact_code(me: OpenProfile, column: str, address: str) -> None:
    """Send a code to what is to become the account's `email` or `mobile`. Raises Invalid, beside that field."""
    account, typed = await own_row(me), "".join(address.split())
    keys = await vault(me.session, account.key_id)
    if wrong := contact_mistakes(**{"email": None, "mobile": None, column: typed}):
        raise Invalid(**wrong)
    if typed.lower() == unseal(keys, account, column).lower():
        raise Invalid(**{column: _("Dette har vi lagret fra før.")})
    await _demand_few(me, column)
    await kill_codes(me.session, account.id, *OF_CONTACTS)
    secret, now = pyotp.random_base32(), me.session.clock.now()
    made = OneTimeCode(
        account_id=account.id,
        token_hash=token_hash(secrets.token_urlsafe(32)),
        secret=None,
        channel=WAYS[column],
        purpose=CodePurpose.CONTACT,
        made_at=now,
    )
    seal(keys, made, secret=secret, target=typed)
    me.session.add(made)
    await me.session.flush()
    sent = {"payload": pyotp.HOTP(secret).at(0), "address": typed}
    await tell(me.session, account, Notice.CONTACT_CODE, channel=Channel(WAYS[column]), **sent)


async def send_another(me: OpenProfile) -> None:
    """To the same address. Raises NotFound when nothing waits to be proved, and Invalid(code=…) when it is too soon."""
    waiting = await unproved(me)
    if waiting is None:
        raise NotFound
    try:
        await send_contact_code(me, waiting.column, waiting.address)
    except Invalid as invalid:
        raise Invalid(code=" ".join(invalid.fields.values())) from None


async def unproved(me: OpenProfile) -> Unproved | None:
    made, account = await living(me.session, me.actor_id), await own_row(me)
    if made is None:
        return None
    address = unseal(await vault(me.session, account.key_id), made, "target")
    return Unproved(COLUMNS[made.channel], address, made.made_at + RESEND_AFTER)


async def demonstrated_code(me: OpenProfile) -> str | None:
    """The code that was sent; only for a demonstration, which shows it on the page."""
    made, account = await living(me.session, me.actor_id), await own_row(me)
    return right_code(await vault(me.session, account.key_id), made) if made else None


async def count_try(database: Database, account_id: UUID) -> UUID | None:
    """The code that may be looked at now: counted first, in a transaction of its own. None when it is dead."""
    async with database.writing() as session:
        made = await living(session, account_id)
        if made is None:
            return None
        made.wrong_tries += 1
        return made.id


def right_code(keys: Vault, made: OneTimeCode) -> str:
    return pyotp.HOTP(unseal(keys, made, "secret")).at(0)


async def _demand_few(me: OpenProfile, column: str) -> None:
    if await has_had_enough(me.session, me.actor_id, CodePurpose.CONTACT):
        raise Invalid(**{column: _("Det har vært for mange forsøk i dag. Prøv igjen i morgen.")})
    last, now = await living(me.session, me.actor_id), me.session.clock.now()
    if last and (left := ceil((last.made_at + RESEND_AFTER - now).total_seconds())) > 0:
        words = ngettext(
            "Vent %(count)s sekund, og be om en ny kode.", "Vent %(count)s sekunder, og be om en ny kode.", left
        )
        raise Invalid(**{column: words % {"count": left}})


async def living(session: HouseSession, account_id: UUID, *, counted: int = 0) -> OneTimeCode | None:
    """The code that waits to be typed; `counted` of its tries are this one. A writing session takes its turn at it."""
    found = select(OneTimeCode).where(
        OneTimeCode.account_id == account_id,
        *OF_CONTACTS,
        col(OneTimeCode.used_at).is_(None),
        col(OneTimeCode.wrong_tries) < CODE_TRIES + counted,
        col(OneTimeCode.made_at) > session.clock.now() - CODE_LIVES,
    )
    return (await session.scalars(found.with_for_update() if session.writes else found)).first()
