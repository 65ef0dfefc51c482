"""The house with ID-porten switched on in Fjordvik, the provider beside it, and people who travel between the two."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from lxml import html
from sqlalchemy import update
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.accounts.tables.identity import Identity
from models.base import unseal
from models.clock import SteppingClock
from models.database import Database
from models.organisation.queries import vault
from models.organisation.tables import Municipality
from models.people.tables import Person
from models.sealing import KeyRing
from permissions.sign_in.id_porten.identities import PID
from permissions.sign_in.passwords import Passwords
from tests.client import Page, Visitor
from tests.houses import lent
from tests.id_porten.provider import HIGH, Provider, started_provider
from tests.pages.conftest import ADDRESS, ip, settings, sign_in, visit, visitor

__all__ = ["ip", "sign_in", "visit", "visitor"]
OWNER = "planeier@fjordvik.example"


@pytest.fixture(scope="session")
def running() -> Iterator[Provider]:
    with started_provider(ADDRESS) as provider:
        yield provider


@pytest.fixture
def provider(running: Provider) -> Iterator[Provider]:
    running.spoils(None)
    yield running
    running.spoils(None)


@pytest.fixture
async def house(
    town: Database, clock: SteppingClock, keys: KeyRing, passwords: Passwords, tmp_path: Path, provider: Provider
) -> AsyncIterator[FastAPI]:
    await offer_id_porten(town, "Fjordvik")
    known = settings(town, keys, tmp_path).model_copy(update=provider.settings)
    async with lent(known, clock, passwords) as app:
        yield app


async def offer_id_porten(town: Database, name: str, *, offered: bool = True) -> None:
    async with town.writing() as session:
        await session.execute(update(Municipality).where(col(Municipality.name) == name).values(id_porten=offered))


async def national_id(town: Database, user_name: str) -> str:
    """The synthetic fødselsnummer on the person's card."""
    found = select(Person).join(Account, col(Account.id) == Person.account_id).where(Account.user_name == user_name)
    async with town.reading() as session:
        person = (await session.scalars(found)).first()
        assert person
        return unseal(await vault(session, person.key_id), person, "national_id")


async def link_at_once(town: Database, number: str, user_name: str = OWNER) -> None:
    """As if the person had linked the number long ago."""
    async with town.writing() as session:
        account = (await session.scalars(select(Account).where(Account.user_name == user_name))).one()
        index = session.keys.blind_indexes(PID, number)[0]
        session.add(Identity(account_id=account.id, pid_index=index, linked_at=session.clock.now()))


class Traveller:
    """A browser with cookies in both places. It is `visitor` in our house, and follows the provider's own pages."""

    def __init__(self, visitor: Visitor, there: AsyncClient) -> None:
        self.visitor, self.there = visitor, there

    async def sets_out(self, start: str = "/login/idporten") -> str:
        """Where ID-porten is, for this trip."""
        answer = await self.visitor.browser.get(start)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    async def comes_back(self, address: str, number: str, *, level: str = HIGH, cancel: bool = False) -> str:
        """Through the provider's pages; the address there that leads back to us."""
        answer = await self.there.get(address)
        while not (to := answer.headers.get("location", "")).startswith(ADDRESS):
            if answer.is_redirect:
                answer = await self.there.get(urljoin(str(answer.url), to))
                continue
            (form,) = html.document_fromstring(answer.text).forms
            chosen = {"cancel": "yes"} if cancel else {"person": number, "level": level, "logout": "yes"}
            hidden = {str(name): str(value) for name, value in form.form_values()}
            answer = await self.there.post(urljoin(str(answer.url), form.action), data=hidden | chosen)
        return to.removeprefix(ADDRESS)

    async def travels(self, number: str, start: str = "/login/idporten", **how: Any) -> Page:
        """There and back; what we answered when they came back."""
        return await self.visitor.get(await self.comes_back(await self.sets_out(start), number, **how))


@pytest.fixture
async def travel(visit: Callable[..., Visitor]) -> AsyncIterator[Callable[..., Traveller]]:
    """`travel()` is a fresh browser; `travel(visitor)` one that is in our house already."""
    clients: list[AsyncClient] = []

    def fresh(visitor: Visitor | None = None) -> Traveller:
        clients.append(AsyncClient())
        return Traveller(visitor or visit(), clients[-1])

    yield fresh
    for client in clients:
        await client.aclose()


@pytest.fixture
async def number(town: Database) -> str:
    """The plan owner's."""
    return await national_id(town, OWNER)
