"""A person at a desk: their browser, and the clocks of it and of the house, which are moved together."""

import asyncio
from datetime import timedelta

from playwright.async_api import Page
from sqlmodel import col, select

from models.accounts.rules import SignInMethod
from models.accounts.tables.account import Account
from models.clock import SteppingClock
from models.database import Database
from models.plans.tables.drafts import Draft
from permissions.sign_in import one_time_codes, sessions
from seed.cast import PASSWORD
from tests.client import CODE_COOKIE

NAME = "koordinator@fjordvik.example"


class Desk:
    """A person's browser before the house, and the time of both."""

    def __init__(self, page: Page, address: str, town: Database, clock: SteppingClock) -> None:
        self.page, self.address, self.town, self.clock = page, address, town, clock

    async def wait(self, **span: float) -> None:
        self.clock.move(timedelta(**span))
        await self.page.context.clock.fast_forward(int(timedelta(**span).total_seconds() * 1000))

    async def tab(self, address: str) -> Page:
        page = await self.page.context.new_page()
        await page.goto(self.address + address)
        return page

    async def enter(self, user_name: str) -> None:
        """Signed in, without the pages."""
        async with self.town.writing() as session:
            account = (await session.scalars(select(Account).where(col(Account.user_name) == user_name))).one()
            token = (await sessions.begin(session, account.id, SignInMethod.EMAIL)).token
        await self.page.context.add_cookies([{"name": "medvirk", "value": token, "url": self.address}])

    async def sign_in(self) -> None:
        """On the login page that is open."""
        await self.page.get_by_label("Brukernavn").fill(NAME)
        await self.page.get_by_label("Passord").fill(PASSWORD)
        await self.page.get_by_role("button", name="Logg på").click()
        await self.page.wait_for_url("**/login/code**")
        await self.page.get_by_label("Engangskode").fill(await self._code())
        await self.page.get_by_role("button", name="Logg på").click()

    async def _code(self) -> str:
        cookies = await self.page.context.cookies()
        token = next(cookie["value"] for cookie in cookies if cookie["name"] == CODE_COOKIE)
        async with self.town.reading() as session:
            return await one_time_codes.demonstrated_code(session, token) or ""

    async def kept(self) -> None:
        """Waits for a draft that is sent when its page has been left already."""
        for _ in range(100):
            if await self.drafts():
                return
            await asyncio.sleep(0.05)
        raise AssertionError("the draft never came")

    async def drafts(self) -> int:
        async with self.town.reading() as session:
            return len(list(await session.scalars(select(Draft))))
