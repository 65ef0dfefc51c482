"""What a delivery says, and where it goes: asked for when it is sent, so that who may not be told any longer is not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from sqlmodel import col, select

from jobs.channels.email import one_line
from models.accounts.rules import LinkPurpose
from models.accounts.tables.account import Account
from models.base import HouseSession, pick, unseal
from models.notices.rules import Channel, Notice
from models.notices.tables import Delivery, QueuedNotice
from models.organisation.queries import vaults
from models.plans.tables.plan import Plan
from models.sealing import Vault
from permissions.house import may_be_told, open_as_house
from permissions.sign_in.lifetimes import CODE_LIVES, LINK_LIVES

CODES = (Notice.SIGN_IN_CODE, Notice.CONTACT_CODE)
OF_PLANS = (
    *(Notice.ACTIVITY_ADDED, Notice.ACTIVITY_MISSED, Notice.COMMENT_ADDED, Notice.CONSENT_EXPIRES),
    *(Notice.GOAL_ADDED, Notice.REVISION_DUE, Notice.ADDED_TO_PLAN, Notice.CONSENT_ASKED, Notice.CONSENT_WITHDRAWN),
    *(Notice.HANDOVER_ANSWERED, Notice.HANDOVER_OFFERED, Notice.PLAN_ACTIVATED, Notice.PLAN_ADMINISTERED),
    Notice.COORDINATOR_CHANGED,
    *(Notice.PROPOSAL_ANSWERED, Notice.PROPOSAL_MADE, Notice.TASK_MADE),
)
LANDS = {
    Notice.CONSENT_ASKED: "/consent",
    Notice.HANDOVER_ANSWERED: "/baton",
    Notice.HANDOVER_OFFERED: "/baton",
    Notice.PROPOSAL_ANSWERED: "/participants",
    Notice.PROPOSAL_MADE: "/participants",
}
"""Where under the plan one is led; else to its first page."""
APPOINTING = (Notice.APPOINTED, Notice.APPOINTMENT_ENDED)
JOINING = (Notice.JOIN_ASKED, Notice.JOIN_CONFIRMED)
LIVES = {
    **dict.fromkeys(CODES, CODE_LIVES),
    Notice.PASSWORD_RESET: LINK_LIVES[LinkPurpose.RESET],
    Notice.INVITED: LINK_LIVES[LinkPurpose.FIRST_PASSWORD],
}
"""What would be of no use later is not sent later."""


class NotToBeSent(Exception):
    """There is no longer anybody who may have this, nowhere to send it, or it would come too late."""


@dataclass(frozen=True)
class Contents:
    """To one person by one channel; `values` are what the notice's texts may say."""

    delivery_id: UUID
    channel: Channel
    kind: Notice
    written_at: datetime
    to: str
    language: str
    values: dict[str, str]


async def contents_of(session: HouseSession, delivery_id: UUID, base_url: str) -> Contents:
    """Raises NotToBeSent, with the reason. Use a reading session."""
    delivery = (await session.scalars(select(Delivery).where(Delivery.id == delivery_id))).one()
    notice = (await session.scalars(select(QueuedNotice).where(QueuedNotice.id == delivery.notice_id))).one()
    account = await session.scalar(select(Account).where(Account.id == delivery.account_id))
    house = open_as_house(session, "deliver-notices")
    if account is None or account.disabled_at or not await may_be_told(house, account.id, notice):
        raise NotToBeSent("not_allowed")
    keys = (await vaults(session, [account.key_id])).get(account.key_id)
    to = _address(keys, delivery, account) if keys else ""
    if keys is None or not to:
        raise NotToBeSent("no_address")
    values = await _values(session, notice, unseal(keys, delivery, "payload"), base_url)
    return Contents(delivery.id, delivery.channel, notice.kind, notice.made_at, to, account.language, values)


def _address(keys: Vault, delivery: Delivery, account: Account) -> str:
    """Where it was said to go, else to the account's own contact for the channel."""
    own = "mobile" if delivery.channel is Channel.SMS else "email"
    return unseal(keys, delivery, "address") or unseal(keys, account, own)


async def _values(session: HouseSession, notice: QueuedNotice, payload: str, base_url: str) -> dict[str, str]:
    kind, lives = notice.kind, LIVES.get(notice.kind, timedelta.max)
    if session.clock.now() - notice.made_at >= lives or (not payload and kind in (*CODES, Notice.INVITED)):
        raise NotToBeSent("too_late")
    if kind in CODES:
        return {"code": payload, "minutes": _minutes(lives), "house": urlsplit(base_url).hostname or ""}
    if kind is Notice.PASSWORD_RESET:
        return {"link": payload, "minutes": _minutes(lives)}
    if kind is Notice.INVITED:
        return {"link": payload, "days": str(lives.days)}
    if kind in OF_PLANS:
        short_name = await session.scalar(pick(Plan.short_name).where(col(Plan.id) == notice.plan_id))
        return {"plan": one_line(short_name or ""), "link": f"{base_url}/plans/{notice.plan_id}{LANDS.get(kind, '')}"}
    return {"link": base_url + _page(notice)}


def _page(notice: QueuedNotice) -> str:
    if notice.kind in JOINING:
        return f"/plans/{notice.plan_id}" if notice.plan_id else "/plans"
    if notice.kind in APPOINTING:
        return "/me"
    return "/coordination" if notice.kind is Notice.COORDINATOR_MISSING else "/me/security"


def _minutes(lives: timedelta) -> str:
    return str(int(lives.total_seconds() // 60))
