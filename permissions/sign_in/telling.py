"""Telling an account's person something about the account itself: a code, a link, or that something was changed."""

from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.base import HouseSession, seal
from models.notices import operations as notices
from models.notices.rules import Channel, Notice
from models.notices.tables import Delivery
from models.organisation.queries import vault
from permissions.proofs import House
from permissions.sign_in.ways import news_way


async def tell(
    session: HouseSession,
    account: Account,
    kind: Notice,
    *,
    payload: str | None = None,
    address: str | None = None,
    channel: Channel | None = None,
    once_key: str | None = None,
) -> None:
    """Queue one delivery in the caller's transaction, unless `once_key` says that it was told already.

    `payload` is the code or the whole link, `address` where it goes when not to the account's own contact: both sealed.
    Without a `channel` it goes the way the person is reached; to another address, by mail.
    """
    way = channel or (Channel.EMAIL if address else news_way(account))
    queued = await notices.queue(House(session), kind, [account.id], once_key=once_key, channel=way)
    if queued is None:
        return
    await session.flush()
    delivery = (await session.scalars(select(Delivery).where(col(Delivery.notice_id) == queued.id))).one()
    seal(await vault(session, account.key_id), delivery, payload=payload, address=address)
