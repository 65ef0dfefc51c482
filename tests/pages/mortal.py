"""A server that dies when it is told to, for tests: `kill -9` at a moment that a request names, and up again at once.

Arguments: database, data folder, the time. The key ring comes on standard input; the address is answered with.

The header `x-die` arms a request: `statement 12` dies before the twelfth statement, or before what is logged is
committed when that comes first; `committing` dies some time in the commit, or just after; `answer` after it, before the
first byte. Where it died is written to `died` in the folder.
"""

import asyncio
import os
import random
import signal
import socket
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import uvicorn
from argon2 import PasswordHasher
from sqlalchemy import Connection, Engine, event

import admin.desks  # noqa: F401 - heavy: once for all lives
import pages.house  # noqa: F401 - as above
from main import create_app
from models.clock import SteppingClock
from models.settings import Settings
from permissions.sign_in.passwords import Passwords

COMMIT = 0.004
"""Seconds that a commit takes at most, as good as always."""


class Death:
    """What kills the process, and when; nothing does until a request says so."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.moment, self.left, self.has_logged = folder, "", 0, False

    def arm(self, said: str) -> None:
        self.moment, _, number = said.partition(" ")
        self.left, self.has_logged = int(number or 0), False

    def come(self, where: str) -> None:
        Path(self.folder, "died").write_text(where, encoding="utf-8")
        os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, connection: Any, cursor: Any, words: str, *_more: Any) -> None:
        self.left -= 1
        self.has_logged |= words.startswith("INSERT INTO log_row")
        if self.moment == "statement" and self.left <= 0:
            self.come("statement")

    def commit(self, connection: Connection) -> None:
        if self.has_logged and self.moment == "statement":
            self.come("commit")
        if self.has_logged and self.moment == "committing":
            threading.Thread(target=self.soon, daemon=True).start()

    def soon(self) -> None:
        time.sleep(random.random() * COMMIT)  # any moment will do
        self.come("committing")

    def answer(self) -> None:
        if self.moment in ("answer", "committing"):
            self.come("answer")


class Mortal:
    """The house, whose answers may never come."""

    def __init__(self, house: Any, death: Death) -> None:
        self.house, self.death = house, death

    async def __call__(self, scope: Any, receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
        async def sent(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.death.answer()
            await send(message)

        said = dict(scope.get("headers", ())).get(b"x-die", b"").decode()
        if said:
            self.death.arm(said)
        await self.house(scope, receive, sent if said else send)


def live(settings: Settings, now: datetime, door: socket.socket) -> None:
    """One life: served until it is killed."""
    death = Death(settings.data_dir)
    event.listen(Engine, "before_cursor_execute", death.statement)
    event.listen(Engine, "commit", death.commit)
    cheap = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    house = Mortal(create_app(settings, clock=SteppingClock(now), passwords=cheap), death)
    server = uvicorn.Server(uvicorn.Config(house, log_level="error", server_header=False, proxy_headers=False))
    asyncio.run(server.serve(sockets=[door]))


def lives(url: str, folder: str, now: str, keys: str) -> None:
    """Life after life; who comes between two waits at the door, which stays open as long as there are lives."""
    door = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{door.getsockname()[1]}"
    settings = Settings(
        _env_file=None, database_url=url, data_dir=Path(folder), data_keys=keys, base_url=address, jobs=False
    )
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    while True:
        child = os.fork()
        if not child:
            live(settings, datetime.fromisoformat(now), door)
            return
        signal.signal(signal.SIGTERM, lambda *_signal, child=child: (os.kill(child, signal.SIGKILL), os._exit(0)))
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != -signal.SIGKILL:
            sys.exit("it died of something else")


if __name__ == "__main__":
    lives(sys.argv[1], sys.argv[2], sys.argv[3], sys.stdin.read())
