"""Putting notices in the outbox, and what the delivering job does to them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import or_, update
from sqlmodel import col

from models.base import HouseSession
from models.database import insert_or_ignore
from models.log.rules import Item, Scope
from models.notices.rules import CLAIM, Channel, DeliveryState, Notice, wait_after
from models.notices.tables import Delivery, QueuedNotice


async def queue(
    scope: Scope,
    kind: Notice,
    recipients: Iterable[UUID],
    *,
    about: Item | None = None,
    once_key: str | None = None,
    channel: Channel = Channel.EMAIL,
) -> QueuedNotice | None:
    """Queue a notice to accounts, by one channel, in the caller's transaction; never to the one who acted.

    With `once_key`, a second notice of the same key is not queued and None is returned.
    """
    now = scope.session.clock.now()
    element, item_id = about.guarded_by()[0] if about else (None, None)
    notice = QueuedNotice(
        municipality_id=scope.municipality_id,
        kind=kind,
        made_at=now,
        actor_id=scope.actor_id,
        plan_id=scope.plan_id,
        element=element,
        item_id=item_id,
        once_key=once_key,
    )
    if not await insert_or_ignore(scope.session, notice):
        return None
    for account_id in set(recipients) - {scope.actor_id}:
        scope.session.add(
            Delivery(
                municipality_id=scope.municipality_id,
                notice_id=notice.id,
                account_id=account_id,
                channel=channel,
                due_at=now,
            )
        )
    return notice


async def claim(session: HouseSession, delivery_id: UUID, worker: str) -> bool:
    """Take one due delivery; False when somebody else has it. The claim must be committed before sending."""
    now = session.clock.now()
    abandoned = (col(Delivery.state) == DeliveryState.SENDING) & (col(Delivery.claimed_until) < now)
    taken = await session.execute(
        update(Delivery)
        .where(
            col(Delivery.id) == delivery_id,
            col(Delivery.due_at) <= now,
            or_(col(Delivery.state) == DeliveryState.WAITING, abandoned),
        )
        .values(
            state=DeliveryState.SENDING,
            claimed_by=worker,
            claimed_until=now + CLAIM,
            attempts=col(Delivery.attempts) + 1,
        )
    )
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def sent(delivery: Delivery, session: HouseSession) -> None:
    """Sent for good: a code that travelled with it is forgotten."""
    delivery.state, delivery.sent_at = DeliveryState.SENT, session.clock.now()
    delivery.payload = delivery.failure = None


def failed(delivery: Delivery, session: HouseSession, why: str) -> bool:
    """Try again later, or give up after the last wait; True when given up."""
    wait = wait_after(delivery.attempts)
    delivery.failure = why[:200]
    if wait is None:
        delivery.state, delivery.payload = DeliveryState.GIVEN_UP, None
        return True
    delivery.state, delivery.due_at = DeliveryState.WAITING, session.clock.now() + wait
    return False


def dropped(delivery: Delivery, why: str) -> None:
    """Never to be sent: the recipient may not be told any longer, or it would come too late."""
    delivery.state, delivery.payload, delivery.failure = DeliveryState.GIVEN_UP, None, why[:200]
