"""A worker in a process of its own, for tests to kill: delivers once and ends.

Arguments: database, mail server or folder, the time. The key ring comes on standard input.
"""

import asyncio
import sys
from datetime import datetime
from pathlib import Path

from jobs.channels.email import FolderPost, Post, SmtpPost
from jobs.channels.sms import FolderSms
from jobs.kit import Kit
from jobs.runner import Runner
from models.clock import SteppingClock
from models.database import Database, make_engine
from models.sealing import KeyRing
from tests.jobs.conftest import BASE_URL, SENDER


async def work(database_url: str, post_url: str, now: str, keys: str) -> None:
    database = Database(make_engine(database_url), SteppingClock(datetime.fromisoformat(now)), KeyRing.parse(keys))
    house = "medvirk.example"
    is_server = post_url.startswith("smtp")
    post: Post = SmtpPost(post_url, SENDER, house) if is_server else FolderPost(Path(post_url), SENDER, house)
    await Runner(Kit(database, post, FolderSms(Path(post_url)), BASE_URL)).run_now("deliver-notices")
    await database.close()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2], sys.argv[3], sys.stdin.read()))
