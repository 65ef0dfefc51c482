"""Two who are kept apart (N15), each in a real browser with its scripts: everything they are sent is listened to."""

import pytest

from models.clock import SystemClock
from models.sealing import KeyRing
from tests.browser.conftest import Overheard, Server, SignIn
from tests.copies import opened
from tests.pages.apart import Two, two_of

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.feature("N15")]
ROOMS = ("", "/timeline", "/participants", "/consent", "/rights", "/baton", "/goals", "/more")


async def the_two(server: Server) -> Two:
    url, keys = (server.environment[f"MEDVIRK_{name}"] for name in ("DATABASE_URL", "DATA_KEYS"))
    async with opened(url, SystemClock(), KeyRing.parse(keys)) as town:
        return await two_of(town)


async def test_neither_is_sent_anything_of_the_other(server: Server, sign_in: SignIn, overheard: Overheard) -> None:
    two = await the_two(server)
    for name in (two.first, two.second):
        assert await server.kept_from(name), "there is something to hide"
        page = await sign_in(name)
        for room in ROOMS:
            await page.goto(f"{two.plan}{room}")
        assert await overheard.check() >= len(ROOMS)


async def test_what_is_told_is_heard(server: Server, sign_in: SignIn, overheard: Overheard) -> None:
    """The coordinator may see them both; a browser that may not be told of the one, would be."""
    two = await the_two(server)
    secrets = await server.kept_from(two.first)
    page = await sign_in(two.coordinator)
    overheard.listen(page.context, secrets)
    await page.goto(f"{two.plan}/participants")
    with pytest.raises(AssertionError, match="kept apart"):
        await overheard.check()
    overheard.heard.clear()
