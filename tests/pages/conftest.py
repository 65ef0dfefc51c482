"""The whole house on a copy of the town, and the named people in it, each in a browser of their own."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlmodel import col

from models.accounts.tables.account import Account
from models.base import pick
from models.clock import SteppingClock
from models.database import Database
from models.people.tables import Person
from models.plans.tables.participants import Participant
from models.plans.tables.plan import Plan
from models.sealing import KeyRing
from models.settings import Settings
from pages.sign_in import forgotten
from permissions.sign_in.passwords import Passwords
from tests.client import Visitor
from tests.hidden import hidden_from
from tests.houses import lent

ADDRESS = "http://medvirk.example"
SignIn = Callable[..., Awaitable[Visitor]]


def settings(database: Database, keys: KeyRing, folder: Path) -> Settings:
    url = database.engine.url.render_as_string(hide_password=False)
    return Settings(
        _env_file=None, database_url=url, data_dir=folder, data_keys=keys.dump(), base_url=ADDRESS, jobs=False
    )


@pytest.fixture
async def house(
    town: Database,
    clock: SteppingClock,
    keys: KeyRing,
    passwords: Passwords,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[FastAPI]:
    monkeypatch.setattr(forgotten, "SETTLE", 0)
    async with lent(settings(town, keys, tmp_path), clock, passwords) as app:
        yield app


@pytest.fixture
async def visit(house: FastAPI, town: Database) -> AsyncIterator[Callable[..., Visitor]]:
    """`visit()` gives a fresh browser in which nobody has signed in; with a user name, it must show nothing hidden."""
    browsers: list[AsyncClient] = []

    def fresh(user_name: str = "") -> Visitor:
        ours = {"sec-fetch-site": "same-origin", "accept-language": "nb"}
        browsers.append(AsyncClient(transport=ASGITransport(house), base_url=ADDRESS, headers=ours))
        return Visitor(browsers[-1], town, hidden_from(user_name))

    yield fresh
    for browser in browsers:
        await browser.aclose()


@pytest.fixture
def visitor(visit: Callable[..., Visitor]) -> Visitor:
    return visit()


@pytest.fixture
def sign_in(visit: Callable[..., Visitor]) -> SignIn:
    """`await sign_in("koordinator")` of Fjordvik, or with the whole user name, through the real pages."""

    async def signed_in(name: str, *, next_: str = "") -> Visitor:
        user_name = name if "@" in name else f"{name}@fjordvik.example"
        visitor = visit(user_name)
        await visitor.sign_in(user_name, next_=next_)
        return visitor

    return signed_in


@pytest.fixture
async def coordinator(sign_in: SignIn) -> Visitor:
    """Of the IP and the stafettlogg."""
    return await sign_in("koordinator")


@pytest.fixture
async def guardian(sign_in: SignIn) -> Visitor:
    """In the IOP and the stafettlogg."""
    return await sign_in("foresatt")


async def address_of(town: Database, user_name: str, short_name: str) -> str:
    """Of the plan with that name that the person takes part in."""
    found = (
        pick(Plan.id)
        .join(Participant, col(Participant.plan_id) == Plan.id)
        .join(Person, col(Person.id) == Participant.person_id)
        .join(Account, col(Account.id) == Person.account_id)
        .where(col(Account.user_name) == user_name, col(Plan.short_name) == short_name)
    )
    async with town.reading() as session:
        (plan_id,) = await session.scalars(found)
    return f"/plans/{plan_id}"


@pytest.fixture
async def ip(town: Database) -> str:
    """The address of the individual plan in Fjordvik."""
    return await address_of(town, "koordinator@fjordvik.example", "R.S.")


@pytest.fixture
async def iop(town: Database) -> str:
    return await address_of(town, "rektor@fjordvik.example", "I.A.")


@pytest.fixture
async def relay(town: Database) -> str:
    """The stafettlogg in Fjordvik."""
    return await address_of(town, "koordinator@fjordvik.example", "T.A.")


@pytest.fixture
async def ip_in_dalen(town: Database) -> str:
    return await address_of(town, "koordinator@dalen.example", "B.N.")
