"""Delivers what lies in the outbox: claim, write, send, record, each in a short transaction of its own.

The claim is committed before anything is sent, so that no two workers send the same; a worker that dies leaves a claim
that runs out. It may have died after sending: then the same letter goes out again, under the same Message-ID.
"""

import asyncio
from collections import Counter
from uuid import UUID

from sqlmodel import select

from jobs.channels.email import BadAddress, Letter
from jobs.channels.sms import e164
from jobs.contents import NotToBeSent, contents_of
from jobs.kit import Kit
from jobs.letters import write, write_sms
from models.base import HouseSession
from models.log import operations as log
from models.log.rules import Event
from models.notices import operations as notices
from models.notices.queries import due
from models.notices.rules import Channel, DeliveryState
from models.notices.tables import Delivery, QueuedNotice
from permissions.proofs import House

AT_ONCE = 5
ROUND = 10
"""Seconds after which no new batch is begun: the rest waits for the next run, and nothing is stopped half-way."""

SENDING = 30


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
            await _send(kit, delivery_id)
    except (NotToBeSent, BadAddress) as no:
        failure, final = str(no) or "bad_address", True
    except Exception as error:
        failure = _in_short(error)
    async with kit.database.writing() as session:
        return await _record(session, kit.worker, delivery_id, failure, final=final)


def _in_short(error: Exception) -> str:
    """The kind of error and the server's code; never its words, which may name the recipient."""
    return f"{type(error).__name__} {getattr(error, 'code', '')}".strip()


async def _send(kit: Kit, delivery_id: UUID) -> None:
    """Written for a recipient who may be told now. Raises NotToBeSent, with the reason."""
    async with kit.database.reading() as session:
        what = await contents_of(session, delivery_id, kit.base_url)
    if what.channel is Channel.SMS:
        key = str(what.delivery_id)
        await kit.sms.send(e164(what.to), write_sms(what.kind, what.language, **what.values), kit.sms_sender, key, key)
        return
    text = write(what.kind, what.language, **what.values)
    letter = Letter(what.delivery_id, what.written_at, what.to, text.language, text.subject, text.plain, text.html)
    await kit.post.send(letter)


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
