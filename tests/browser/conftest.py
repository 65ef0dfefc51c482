"""A real server in a process of its own, with its jobs, and a real Chromium: one of each for a worker.

The town is seeded with the machine's own clock, since the server's stands for nobody.
"""

import asyncio
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Error, Page, Response, async_playwright

from models.clock import SystemClock
from models.sealing import KeyRing
from seed.cast import PASSWORD
from tests.apart import leaks, secrets_from
from tests.chromium import QUIET, chromium_path
from tests.copies import FileCopies, Making, opened

ROOT = Path(__file__).parents[2]
PATIENCE = 30
CODE = r"\b\d{6}\b"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
SignIn = Callable[..., Awaitable[Page]]


@dataclass
class Server:
    """Where the house is served, and where its mail ends up."""

    address: str
    data: Path
    environment: dict[str, str] = field(repr=False)
    secrets: dict[str, set[str]] = field(default_factory=dict, repr=False)

    async def kept_from(self, user_name: str) -> set[str]:
        """What nobody tells them of those whom they are kept apart from, as it is when they first sign in (N15)."""
        if user_name not in self.secrets:
            url, keys = (self.environment[f"MEDVIRK_{name}"] for name in ("DATABASE_URL", "DATA_KEYS"))
            async with opened(url, SystemClock(), KeyRing.parse(keys)) as town:
                self.secrets[user_name] = await secrets_from(town, user_name)
        return self.secrets[user_name]

    def mails(self, to: str) -> dict[str, EmailMessage]:
        """What was sent to somebody, by file name."""
        read = {}
        for file in (self.data / "mail").glob("[!.]*.eml"):
            mail = message_from_bytes(file.read_bytes(), policy=policy.default)
            if mail["To"] == to:
                read[file.name] = mail
        return read  # type: ignore[return-value]

    async def next_mail(self, to: str, seen: set[str], saying: str = "") -> str:
        """The words of a mail that was not there before, and that says what the pattern looks for."""
        for _ in range(PATIENCE * 20):
            new = [_words(mail) for name, mail in self.mails(to).items() if name not in seen]
            if found := [words for words in new if re.search(saying, words)]:
                return found[0]
            await asyncio.sleep(0.05)
        raise AssertionError(f"no mail to {to} within {PATIENCE} seconds")

    def command(self, *words: str) -> str:
        """What a command of `main.py` prints."""
        line = [sys.executable, "main.py", *words]
        done = subprocess.run(line, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True)
        return done.stdout.strip()


def _words(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, makings: dict[str, Making], keys: KeyRing) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("house"), makings["town"], keys, free_port()) as server:
        yield server


@contextmanager
def serving(data: Path, town: Making, keys: KeyRing, port: int, **more: str) -> Iterator[Server]:
    """The town, served from a folder of its own; `more` are settings beside the usual."""
    copies = FileCopies(data)
    asyncio.run(copies.make("town", town, SystemClock(), keys))
    address = f"http://127.0.0.1:{port}"
    kept = {"DATABASE_URL": copies.url("town"), "DATA_DIR": str(data), "DATA_KEYS": keys.dump()}
    environment = _environment(**kept, BASE_URL=address, LOG_LEVEL="WARNING", **more)
    line = [sys.executable, "main.py", "serve", "--port", str(port)]
    with subprocess.Popen(line, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(f"{address}/healthz", process)
            yield Server(address, data, environment)
        finally:
            process.terminate()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _environment(**settings: str) -> dict[str, str]:
    """The process's own environment, with no settings but these."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("MEDVIRK_")}
    return plain | {f"MEDVIRK_{name}": value for name, value in settings.items()}


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(PATIENCE * 10):
        assert process.poll() is None, "the server stopped"
        with suppress(httpx.TransportError):
            if httpx.get(address).status_code == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the server did not come up")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path(), args=QUIET)
        yield browser
        await browser.close()


class Overheard:
    """Everything that is said to browsers of people who are kept apart from somebody, until the test has ended."""

    def __init__(self) -> None:
        self.heard: list[tuple[set[str], asyncio.Task[str]]] = []

    def listen(self, context: BrowserContext, secrets: set[str]) -> None:
        if secrets:
            context.on("response", lambda said: self.heard.append((secrets, asyncio.create_task(_said(said)))))

    async def check(self) -> int:
        """How many answers said nothing they should not."""
        told = [(secrets, await said) for secrets, said in self.heard]
        assert [found for secrets, said in told if (found := leaks(said, secrets))] == [], "tells of one kept apart"
        self.heard.clear()
        return sum(bool(said) for _secrets, said in told)


async def _said(answer: Response) -> str:
    """Where it leads and what is in it; nothing when the browser had gone on, or it is no text."""
    if answer.request.resource_type not in ("document", "fetch", "xhr"):
        return ""
    with suppress(Error, UnicodeDecodeError):
        return f"{answer.headers.get('location', '')} {await answer.text()}"
    return answer.headers.get("location", "")


@pytest_asyncio.fixture(loop_scope="session")
async def overheard() -> AsyncIterator[Overheard]:
    heard = Overheard()
    yield heard
    await heard.check()


@pytest_asyncio.fixture(loop_scope="session")
async def open_browser(chromium: Browser, server: Server) -> AsyncIterator[Callable[..., Awaitable[Page]]]:
    """`await open_browser(viewport=PHONE, java_script_enabled=False)`: a fresh browser with one page."""
    contexts: list[BrowserContext] = []

    async def opened(**options: Any) -> Page:
        wanted = {"viewport": DESK, "base_url": server.address, "locale": "nb-NO", "reduced_motion": "reduce"} | options
        contexts.append(await chromium.new_context(**wanted))
        contexts[-1].set_default_timeout(10_000)
        return await contexts[-1].new_page()

    yield opened
    for context in contexts:
        await context.close()


async def sign_in_through_the_pages(page: Page, server: Server, user_name: str) -> None:
    """Password, then the code from the mail that the delivery job wrote."""
    seen = set(server.mails(user_name))
    await page.goto("/login")
    await page.get_by_label("Brukernavn").fill(user_name)
    await page.get_by_label("Passord").fill(PASSWORD)
    await page.get_by_role("button", name="Logg på").click()
    await page.wait_for_url("**/login/code")
    (code,) = re.findall(CODE, await server.next_mail(user_name, seen, CODE))
    await page.get_by_label("Engangskode").fill(code)
    await page.get_by_role("button", name="Logg på").click()
    await page.wait_for_url("**/plans")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def states() -> dict[str, Any]:
    """The cookies of those who have signed in once already."""
    return {}


@pytest_asyncio.fixture(loop_scope="session")
async def sign_in(
    open_browser: Callable[..., Awaitable[Page]], server: Server, states: dict[str, Any], overheard: Overheard
) -> SignIn:
    """`await sign_in("koordinator")`: their page, at the list of plans. It tells of nobody kept from them."""

    async def signed_in(name: str, **options: Any) -> Page:
        user_name = name if "@" in name else f"{name}@fjordvik.example"
        if user_name in states:
            options |= {"storage_state": states[user_name]}
        page = await open_browser(**options)
        overheard.listen(page.context, await server.kept_from(user_name))
        if user_name in states:
            await page.goto("/plans")
            return page
        await sign_in_through_the_pages(page, server, user_name)
        states[user_name] = await page.context.storage_state()
        return page

    return signed_in
