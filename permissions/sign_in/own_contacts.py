"""Where one's codes go (F12): a new address that was proved, one that is no more, and the way that is used."""

from hmac import compare_digest
from uuid import UUID

from models.accounts.proof import OpenProfile
from models.accounts.rules import CodeChannel
from models.accounts.tables.account import Account
from models.base import seal, unseal
from models.i18n import _
from models.log import operations as log
from models.log.rules import Event
from models.notices.rules import Channel, Notice
from models.organisation.queries import vault
from models.refusals import Invalid, NotFound
from models.sealing import Vault
from permissions.sign_in import sessions
from permissions.sign_in.contact_codes import living, right_code
from permissions.sign_in.lifetimes import CODE_TRIES
from permissions.sign_in.links import shut
from permissions.sign_in.own_account import own_row
from permissions.sign_in.telling import tell
from permissions.sign_in.ways import COLUMNS, WAYS, ways


async def confirm_contact(me: OpenProfile, counted: UUID | None, code: str) -> str:
    """The code, as `count_try` let it through, shows that the address is one's own; returns which contact was changed.

    The old address is told, and all others who are in as this person are signed out. Raises Invalid(code=…).
    """
    made, account = await living(me.session, me.actor_id, counted=1), await own_row(me)
    keys = await vault(me.session, account.key_id)
    if made is None or made.id != counted:
        raise Invalid(code=_("Koden gjelder ikke lenger. Be om en ny."))
    if not compare_digest("".join(code.split()).encode(), right_code(keys, made).encode()):
        is_dead = made.wrong_tries >= CODE_TRIES
        again = _("Be om en ny.") if is_dead else _("Sjekk at du bruker den siste du fikk.")
        raise Invalid(code=_("Koden er feil.") + " " + again)
    column, address = COLUMNS[made.channel], unseal(keys, made, "target")
    made.used_at, made.secret, made.target = me.session.clock.now(), None, None
    made.wrong_tries -= 1
    await _set(me, keys, account, column, address)
    return column


async def remove_contact(me: OpenProfile, column: str) -> None:
    """Raises Invalid when codes come there, or when nothing would be left to reach the person by."""
    account = await own_row(me)
    keys = await vault(me.session, account.key_id)
    others = [name for name in WAYS if name != column and getattr(account, name)]
    if getattr(account, column) is None:
        raise NotFound
    if not others:
        raise Invalid(contact=_("Dette er det eneste stedet vi kan nå deg. Legg inn noe annet først."))
    if ways(account)[:1] == [WAYS[column]]:
        raise Invalid(contact=_("Kodene dine kommer hit. Velg først en annen måte å få koder på."))
    await _set(me, keys, account, column, None)


async def choose_channel(me: OpenProfile, channel: CodeChannel) -> None:
    """Raises Invalid(channel=…) for a way that leads nowhere, or that would make one mailbox both factors."""
    account = await own_row(me)
    if channel is CodeChannel.EMAIL and account.password_by_mail:
        why = _("Du laget passordet med en lenke på e-post. Da kan ikke kodene også komme dit. Bytt passord først.")
        raise Invalid(channel=why)
    if channel not in ways(account):
        raise Invalid(channel=_("Velg noe fra listen."))
    if channel is account.code_channel:
        return
    account.code_channel = channel
    log.record(me, Event.CODE_CHANNEL_CHOSEN, channel=channel)
    await shut(me.session, account.id)
    await tell(me.session, account, Notice.CONTACT_CHANGED)


async def _set(me: OpenProfile, keys: Vault, account: Account, column: str, address: str | None) -> None:
    if old := unseal(keys, account, column):
        await tell(me.session, account, Notice.CONTACT_CHANGED, address=old, channel=Channel(WAYS[column]))
    else:
        await tell(me.session, account, Notice.CONTACT_CHANGED)
    seal(keys, account, **{column: address})
    await sessions.end_all(me.session, account.id, but=me.viewer.session_id)
    await shut(me.session, account.id)
    log.record(me, Event.CONTACT_CHANGED, fields=[column])
