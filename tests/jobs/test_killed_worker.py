"""`kill -9` in the middle of the work: nothing is lost, and nothing arrives as two."""

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from pathlib import Path

from jobs.deliver_notices import deliver_notices
from jobs.kit import Kit
from models.database import Database
from models.notices.rules import DeliveryState
from tests.jobs.conftest import Home, add_goal, deliveries
from tests.jobs.post_office import PostOffice

ROOT = Path(__file__).parents[2]


async def worker(database: Database, post: str) -> Process:
    url, now = database.engine.url.render_as_string(hide_password=False), database.clock.now().isoformat()
    arguments = ("-m", "tests.jobs.worker", url, post, now)
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, stdin=PIPE, cwd=ROOT)
    assert process.stdin
    process.stdin.write(database.keys.dump().encode())
    process.stdin.close()
    return process


async def killed_when(process: Process, enough: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not enough():
            assert process.returncode is None
            await asyncio.sleep(0.005)
    process.kill()
    await process.wait()


async def test_a_killed_worker_loses_nothing_and_doubles_nothing(
    database: Database, home: Home, kit: Kit, post_office: PostOffice, later: Callable[..., None]
) -> None:
    async with database.writing() as session:
        for _ in range(6):
            await add_goal(session, home)
    post_office.slow = 0.05
    process = await worker(database, post_office.url)
    await killed_when(process, lambda: len(post_office.mails) >= 7)
    states = {row.state for row in await deliveries(database)}
    assert {DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.WAITING} == states
    later(minutes=6)
    await deliver_notices(kit)
    assert {row.state for row in await deliveries(database)} == {DeliveryState.SENT}
    expected = {f"<{row.id}@medvirk.example>" for row in await deliveries(database)}
    assert set(post_office.message_ids()) == expected
    assert len(expected) == 18


async def test_files_are_never_doubled(
    database: Database, home: Home, folder_kit: Kit, tmp_path: Path, later: Callable[..., None]
) -> None:
    async with database.writing() as session:
        for _ in range(6):
            await add_goal(session, home)
    folder = tmp_path / "mail"
    process = await worker(database, str(folder))
    await killed_when(process, lambda: folder.is_dir() and len(list(folder.glob("*.eml"))) >= 2)
    later(minutes=6)
    await deliver_notices(folder_kit)
    assert {file.stem for file in folder.glob("*.eml")} == {str(row.id) for row in await deliveries(database)}
    assert len(list(folder.glob("*.eml"))) == 18
