"""Asking for a change of an account, answering it, and what came of it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from models.accounts.proof import OpenMunicipality
from models.accounts.rules import ChangeKind, ChangeReason, ChangeState, SignInMethod
from models.accounts.tables.account import Account
from models.accounts.tables.changes import AccountChange
from models.accounts.tables.sign_in import SignInSession
from models.base import HouseSession, unseal
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import Channel, Notice
from models.notices.tables import Delivery, QueuedNotice
from models.organisation.queries import vault
from models.organisation.tables import Municipality
from models.rights import Duty, Right
from permissions.door import open_municipality, open_profile
from permissions.sign_in import changes, sessions
from permissions.sign_in.others import close, reopen
from tests.hamlet import Hamlet
from tests.signing_in import viewer_for

OLD, OLD_MOBILE, NEW, NEW_MOBILE = "gammel@vik.example", "00000001", "ny@vik.example", "00000002"
DAY = timedelta(hours=24)


async def account_of(session: HouseSession, name: str) -> Account:
    return (await session.scalars(select(Account).where(Account.user_name == name))).one()


async def at_work(session: HouseSession, name: str) -> OpenMunicipality:
    viewer = await viewer_for(session, name, municipality="Li" if name == "liv" else "Vik")
    return await open_municipality(session, viewer, Right.PEOPLE_EDIT)


async def place(session: HouseSession, name: str = "Vik") -> Municipality:
    return (await session.scalars(select(Municipality).where(Municipality.name == name))).one()


async def ask(database: Database, by: str = "eva", of: str = "per", **what: Any) -> UUID:
    wanted: dict[str, Any] = {"kind": ChangeKind.CONTACTS, "reason": ChangeReason.NEW_ADDRESS, "email": NEW} | what
    async with database.writing() as session:
        asked = await changes.ask(await at_work(session, by), await account_of(session, of), **wanted)
        return asked.id


async def relink(database: Database, **what: Any) -> UUID:
    of_identity = {"kind": ChangeKind.RELINK, "reason": ChangeReason.NEW_NATIONAL_ID, "email": None}
    return await ask(database, **(of_identity | what))


async def answer(database: Database, change_id: UUID, by: str = "edel", *, well: bool = True) -> None:
    async with database.writing() as session:
        change = (await session.scalars(select(AccountChange).where(AccountChange.id == change_id))).one()
        await (changes.approve if well else changes.refuse)(await at_work(session, by), change)


async def stop(database: Database, by: str = "per") -> None:
    async with database.writing() as session:
        await changes.stop(await open_profile(session, await viewer_for(session, by)))


async def state(database: Database) -> ChangeState:
    async with database.reading() as session:
        return ChangeState((await session.scalars(select(AccountChange.state))).one())


async def contacts(database: Database) -> tuple[str, str]:
    async with database.reading() as session:
        per = await account_of(session, "per")
        opened = await vault(session, per.key_id)
        return unseal(opened, per, "email"), unseal(opened, per, "mobile")


async def told(database: Database) -> set[tuple[Notice, Channel, str]]:
    """What Per is told, by which channel and at which address."""
    async with database.reading() as session:
        opened = await vault(session, (await account_of(session, "per")).key_id)
        found = select(QueuedNotice, Delivery).join(Delivery, col(Delivery.notice_id) == QueuedNotice.id)
        return {
            (notice.kind, delivery.channel, unseal(opened, delivery, "address"))
            for notice, delivery in await session.execute(found)
        }


async def is_in(database: Database, name: str = "per") -> bool:
    async with database.reading() as session:
        per = await account_of(session, name)
        living = select(SignInSession.id).where(
            SignInSession.account_id == per.id, col(SignInSession.ended_at).is_(None)
        )
        return (await session.scalars(living)).first() is not None


async def sign_in(database: Database, name: str = "per") -> None:
    async with database.writing() as session:
        await sessions.begin(session, (await account_of(session, name)).id, SignInMethod.EMAIL)


async def events(database: Database) -> list[tuple[Event, dict[str, object] | None]]:
    of_changes = ("account_change.", "identity.", "invitation.", "register.")
    async with database.reading() as session:
        rows = await session.scalars(select(LogRow).order_by(col(LogRow.at)))
        return [(row.event, row.details) for row in rows if row.event.startswith(of_changes)]


async def administrator(database: Database, name: str, duty: Duty, municipality: str = "Vik") -> None:
    async with database.writing() as session:
        await Hamlet(session).appoint(await account_of(session, name), await place(session, municipality), duty)


async def shut(database: Database, by: str = "eva", of: str = "per", *, well: bool = True) -> None:
    async with database.writing() as session:
        await (close if well else reopen)(await at_work(session, by), await account_of(session, of))
