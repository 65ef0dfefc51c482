"""Delivers what lies in the outbox: claim, write, send, record, each in a short transaction of its own.

The claim is committed before anything is sent, so that no two workers send the same; a worker that dies leaves a claim
that runs out. It may have died after sending: then the same letter goes out again, under the same Message-ID.
"""

import asyncio
from collections import Counter
from uuid import UUID

from sqlmodel import col, select

from jobs.channels.email import BadAddress, Letter, one_line
from jobs.kit import Kit
from jobs.letters import write
from models.accounts.tables.account import Account
from models.base import HouseSession, pick, unseal
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.queries import due
from models.notices.rules import DeliveryState, Notice
from models.notices.tables import Delivery, QueuedNotice
from models.organisation.queries import vaults
from models.plans.tables.plan import Plan
from permissions.house import may_be_told, open_as_house
from permissions.proofs import House
from permissions.sign_in.one_time_codes import LIFETIME

AT_ONCE = 5
ROUND = 10
"""Seconds after which no new batch is begun: the rest waits for the next run, and nothing is stopped half-way."""

SENDING = 30


class NotToBeSent(Exception):
    """There is no longer anybody who may have this."""


async def deliver_notices(kit: Kit) -> str:
    clock = asyncio.get_running_loop().time
    ends, tally = clock() + ROUND, Counter[str]()
    while clock() < ends and (waiting := await _due(kit)):
        results = await asyncio.gather(*(_deliver(kit, id_) for id_ in waiting), return_exceptions=True)
        if broken := next((result for result in results if isinstance(result, BaseException)), None):
            raise broken
        tally.update(str(result) for result in results)
    return " ".join(f"{word}={count}" for word, count in sorted(tally.items())) or "nothing to send"


async def _due(kit: Kit) -> list[UUID]:
    async with kit.database.reading() as session:
        return list(await due(session, AT_ONCE))


async def _deliver(kit: Kit, delivery_id: UUID) -> str:
    async with kit.database.writing() as session:
        if not await notices.claim(session, delivery_id, kit.worker):
            return "taken"
    failure, final = None, False
    try:
        async with asyncio.timeout(SENDING):
            await kit.post.send(await _letter(kit, delivery_id))
    except (NotToBeSent, BadAddress) as no:
        failure, final = str(no) or "bad_address", True
    except Exception as error:
        failure = _in_short(error)
    async with kit.database.writing() as session:
        return await _record(session, kit.worker, delivery_id, failure, final=final)


def _in_short(error: Exception) -> str:
    """The kind of error and the server's code; never its words, which may name the recipient."""
    return f"{type(error).__name__} {getattr(error, 'code', '')}".strip()


async def _letter(kit: Kit, delivery_id: UUID) -> Letter:
    """Written for a recipient who may be told now. Raises NotToBeSent, with the reason."""
    async with kit.database.reading() as session:
        delivery = (await session.scalars(select(Delivery).where(Delivery.id == delivery_id))).one()
        notice = (await session.scalars(select(QueuedNotice).where(QueuedNotice.id == delivery.notice_id))).one()
        account = await session.scalar(select(Account).where(Account.id == delivery.account_id))
        house = open_as_house(session, "deliver-notices")
        if account is None or account.disabled_at or not await may_be_told(house, account.id, notice):
            raise NotToBeSent("not_allowed")
        vault = (await vaults(session, [account.key_id])).get(account.key_id)
        if vault is None or not account.email:
            raise NotToBeSent("no_address")
        code = unseal(vault, delivery, "payload")
        text = write(notice.kind, account.language, **await _values(session, kit.base_url, notice, code))
        to = unseal(vault, account, "email")
    return Letter(delivery.id, notice.made_at, to, text.language, text.subject, text.plain, text.html)


async def _values(session: HouseSession, base_url: str, notice: QueuedNotice, code: str) -> dict[str, str]:
    if notice.kind is Notice.SIGN_IN_CODE:
        if not code or notice.made_at <= session.clock.now() - LIFETIME:
            raise NotToBeSent("too_late")
        return {"code": code, "minutes": str(int(LIFETIME.total_seconds() // 60))}
    short_name = await session.scalar(pick(Plan.short_name).where(col(Plan.id) == notice.plan_id))
    return {"plan": one_line(short_name or ""), "link": f"{base_url}/plans/{notice.plan_id}"}


async def _record(session: HouseSession, worker: str, delivery_id: UUID, failure: str | None, *, final: bool) -> str:
    """Only while the claim is still this worker's."""
    held = select(Delivery).where(
        Delivery.id == delivery_id, Delivery.claimed_by == worker, Delivery.state == DeliveryState.SENDING
    )
    delivery = await session.scalar(held.with_for_update())
    if delivery is None:
        return "taken"
    if failure is None:
        notices.sent(delivery, session)
        return "sent"
    if final:
        notices.dropped(delivery, failure)
        return "dropped"
    if not notices.failed(delivery, session, failure):
        return "later"
    notice = (await session.scalars(select(QueuedNotice).where(QueuedNotice.id == delivery.notice_id))).one()
    about = House(session, notice.municipality_id, notice.plan_id)
    log.record(about, Event.NOTICE_GIVEN_UP, channel=delivery.channel, attempts=delivery.attempts)
    return "given_up"
