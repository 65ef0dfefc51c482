"""A shelf register of the tests' own with visitors, and the real house with people of the cast."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import col, select

from admin.desks import build_site
from models.accounts.rules import SignInMethod
from models.accounts.tables.account import Account
from models.database import Database
from models.settings import Settings
from pages.house import build, furnish
from permissions.sign_in import sessions
from permissions.sign_in.passwords import Passwords
from tests.admin.shelves import fill, make_app, make_engine

Visit = Callable[..., httpx.AsyncClient]
Enter = Callable[[str], Awaitable[httpx.AsyncClient]]
BUILT: dict[bool, Any] = {}


@pytest.fixture
async def engine() -> AsyncIterator[Any]:
    engine = make_engine()
    yield engine
    await engine.dispose()


@pytest.fixture
async def ids(engine: Any) -> dict[str, UUID]:
    return await fill(engine)


@pytest.fixture
def visit(engine: Any, ids: dict[str, UUID]) -> Visit:
    """A browser of ours, signed in as the named visitor, or as nobody."""

    def as_visitor(name: str = "", *desks: Any) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(make_app(engine, *desks), raise_app_exceptions=False)
        return httpx.AsyncClient(transport=transport, base_url="http://t", cookies={"visitor": name})

    return as_visitor


@pytest.fixture
def rows(engine: Any) -> Callable[[], Any]:
    """Everything the database holds, to compare before and after."""

    async def read() -> dict[str, list[Any]]:
        async with engine.connect() as connection:
            return {
                table: sorted(map(repr, (await connection.execute(text(f"SELECT * FROM {table}"))).all()))  # noqa: S608
                for table in ("shelf", "room", "written")
            }

    return read


async def signed_in(database: Database, user_name: str) -> str:
    """The token that the person's browser would hold."""
    async with database.writing() as session:
        account = (await session.scalars(select(Account).where(col(Account.user_name) == user_name))).one()
        return (await sessions.begin(session, account.id, SignInMethod.EMAIL)).token


def house_of(database: Database, passwords: Passwords, folder: Path, *, id_porten: bool = False) -> Any:
    settings = Settings(_env_file=None, data_dir=folder, jobs=False)
    if id_porten not in BUILT:
        site = build_site(synthetic_people=True, id_porten=id_porten, base_url="https://m.example")
        BUILT[id_porten] = build(settings, database, passwords, lifespan=None, id_porten=None, admin=site)  # type: ignore[arg-type]
    furnish(BUILT[id_porten], settings, database, passwords, id_porten=None)
    return BUILT[id_porten]


@pytest.fixture
def house(any_town: Database, passwords: Passwords, tmp_path: Path) -> Any:
    """The whole application over the demo town, on both databases."""
    return house_of(any_town, passwords, tmp_path)


@pytest.fixture
def enter(house: Any, any_town: Database) -> Enter:
    """`await enter("superadmin@fjordvik")`: that person's browser, signed in."""

    async def as_person(name: str) -> httpx.AsyncClient:
        token = await signed_in(any_town, f"{name}.example")
        transport = httpx.ASGITransport(house, raise_app_exceptions=False)
        headers = {"sec-fetch-site": "same-origin"}
        return httpx.AsyncClient(transport=transport, base_url="http://t", cookies={"medvirk": token}, headers=headers)

    return as_person
