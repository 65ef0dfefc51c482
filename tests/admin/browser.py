"""A real Chromium before a real server, and what axe says of a page."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.async_api import Page, async_playwright

from tests.chromium import QUIET, chromium_path

AXE = Path("node_modules/axe-core/axe.min.js")
DIALOG = "[role=dialog]"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
MARKS = [pytest.mark.browser]


@cache
def axe() -> str:
    return AXE.read_text("utf-8")


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """The address of the application on a free port."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        running = asyncio.create_task(server.serve(sockets=[door]))
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        server.should_exit = True
        with suppress(asyncio.CancelledError):
            await running


@asynccontextmanager
async def browsing(address: str, width: int, **cookies: str) -> AsyncIterator[Page]:
    """A page in bokmål; fails afterwards when a script broke or the policy stopped something."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        context = await browser.new_context(viewport={"width": width, "height": 900}, locale="nb-NO")
        await context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        page = await context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
        yield page
        assert errors == []
        await browser.close()


async def violations(page: Page, within: str = "html") -> list[str]:
    """What axe finds; of an open dialog alone when `within` is DIALOG, since the page under it has been looked at."""
    await page.wait_for_timeout(400)  # the dialog fades in, and half-faded text has too little contrast
    if await page.evaluate("typeof axe === 'undefined'"):
        await page.evaluate(axe())
    found = await page.evaluate("([within, rules]) => axe.run(within, rules)", [within, RULES])
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]
