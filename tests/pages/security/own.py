"""What the tests of the security pages share: the account as it is, what it is told, and sending the pages' forms."""

from datetime import timedelta

from sqlmodel import col, select

from models.accounts.rules import SignInMethod
from models.accounts.tables.account import Account
from models.base import seal, unseal
from models.database import Database
from models.log.tables import LogRow
from models.notices.rules import Channel, Notice
from models.notices.tables import Delivery, QueuedNotice
from models.organisation.queries import vault
from permissions.sign_in.sessions import Came, begin
from seed.cast import PASSWORD
from tests.client import Page, Visitor

NAME = "foresatt@fjordvik.example"
HOME = "/me/security"
GOOD = "Fire ville elger 4 lunsj"
NEW, MOBILE = "ny.adresse@fjordvik.example", "00000007"


async def account(town: Database, name: str = NAME) -> Account:
    async with town.reading() as session:
        return (await session.scalars(select(Account).where(Account.user_name == name))).one()


async def contact(town: Database, column: str = "email") -> str:
    known = await account(town)
    async with town.reading() as session:
        return unseal(await vault(session, known.key_id), known, column)


async def has(town: Database, **values: object) -> None:
    """Give the account these facts, or these contacts, directly."""
    async with town.writing() as session:
        known = (await session.scalars(select(Account).where(Account.user_name == NAME))).one()
        for name, value in values.items():
            if name in ("mobile", "email", "totp_secret"):
                seal(await vault(session, known.key_id), known, **{name: value})  # type: ignore[arg-type]
            else:
                setattr(known, name, value)


async def elsewhere(town: Database) -> str:
    """The token of the same person in another browser."""
    known = await account(town)
    async with town.writing() as session:
        return (await begin(session, known.id, SignInMethod.EMAIL, Came("198.51.100.x", "Firefox, Mac"))).token


async def is_in(visitor: Visitor) -> bool:
    return (await visitor.get("/plans")).status == 200


async def sent(town: Database) -> list[tuple[Notice, Channel, str, str]]:
    """What the account is told: kind, channel, address and code."""
    keys_of = await account(town)
    async with town.reading() as session:
        keys = await vault(session, keys_of.key_id)
        found = (
            select(QueuedNotice.kind, Delivery)
            .join(Delivery, col(Delivery.notice_id) == QueuedNotice.id)
            .where(QueuedNotice.kind != Notice.SIGN_IN_CODE, Delivery.account_id == keys_of.id)
            .order_by(col(QueuedNotice.made_at))
        )
        return [
            (Notice(kind), row.channel, unseal(keys, row, "address"), unseal(keys, row, "payload"))
            for kind, row in await session.execute(found)
        ]


async def code(town: Database) -> str:
    return (await sent(town))[-1][3]


async def events(town: Database) -> list[str]:
    mine = (await account(town)).id
    async with town.reading() as session:
        rows = select(LogRow.event).where(LogRow.actor_id == mine, LogRow.at > session.clock.now() - timedelta(hours=1))
        return [str(event) for event in await session.scalars(rows.order_by(col(LogRow.at)))]


async def post_page(me: Visitor, page: Page, **typed: str) -> Page:
    """Send the form of the page that has fields."""
    (form,) = page.all("//div[@id='main']//form[.//input[not(@type='hidden')]]")
    values = {str(name): str(value) for name, value in form.form_values()}
    return await me.post(form.get("action") or page.url, values | typed)


async def change(me: Visitor, path: str, **typed: str) -> Page:
    return await post_page(me, await me.get(f"{HOME}{path}"), **({"current": PASSWORD} | typed))
