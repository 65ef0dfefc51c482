"""One process at a time does a job, once in each turn; a failure stops nothing."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import text

from jobs import lease
from jobs.clocks import Daily, Every, Rhythm
from jobs.deliver_notices import ROUND, SENDING
from jobs.kit import Kit
from jobs.runner import CannotRun, Runner
from jobs.schedule import DELIVERY, JOBS, Job
from models.clock import SteppingClock, SystemClock
from models.database import Database
from models.notices.rules import CLAIM
from permissions import house
from permissions.sign_in.one_time_codes import send_code
from tests.copies import opened
from tests.jobs.conftest import Home
from tests.jobs.post_office import PostOffice

MINUTE = timedelta(minutes=1)


def job(run: Callable[[Kit], Awaitable[str]], clock: Rhythm = Every(1), longest: timedelta = MINUTE) -> Job:  # noqa: B008 - frozen
    return Job("count", "Teller.", clock, run, longest)


class Counter:
    """A job that counts its runs, and how many were under way at once."""

    def __init__(self, lasts: float = 0) -> None:
        self.lasts, self.runs, self.now, self.most = lasts, 0, 0, 0

    async def __call__(self, kit: Kit) -> str:
        self.runs, self.now = self.runs + 1, self.now + 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(self.lasts)
        self.now -= 1
        return f"runs={self.runs}"


@pytest.fixture
async def two(database: Database, kit: Kit, clock: SteppingClock) -> AsyncIterator[tuple[Kit, Kit]]:
    """Two workers, each with an engine of its own."""
    url = database.engine.url.render_as_string(hide_password=False)
    async with opened(url, clock, database.keys) as another:
        yield kit, Kit(another, kit.post, kit.sms, kit.base_url)


async def test_eight_turns_and_two_runners_make_eight_runs(two: tuple[Kit, Kit], clock: SteppingClock) -> None:
    counter = Counter()
    counting = job(counter)
    first, second = (Runner(kit, [counting]) for kit in two)
    for _ in range(8):
        await asyncio.gather(first._turn(counting), second._turn(counting))
        clock.move(timedelta(seconds=1))
    assert counter.runs == 8


async def test_two_schedulers_do_each_turn_once(two: tuple[Kit, Kit]) -> None:
    counter, clock = Counter(), SystemClock()
    for kit in two:
        kit.database.clock = clock
    runners = [Runner(kit, [job(counter)]) for kit in two]
    began = clock.now()
    for runner in runners:
        runner.start()
        await asyncio.sleep(0.3)
    await asyncio.sleep(1.6)
    for runner in runners:
        await runner.stop()
    turns = (Every(1).turn(clock.now()) - Every(1).turn(began)) // timedelta(seconds=1) + 1
    assert turns - 1 <= counter.runs <= turns
    assert counter.runs >= 2


async def test_a_job_is_never_under_way_twice(two: tuple[Kit, Kit]) -> None:
    counter = Counter(lasts=0.2)
    runners = [Runner(kit, [job(counter)]) for kit in two]
    outcomes = await asyncio.gather(*(runner.run_now("count") for runner in runners * 3), return_exceptions=True)
    assert counter.most == counter.runs == 1
    assert sum(isinstance(outcome, CannotRun) for outcome in outcomes) == 5


async def test_the_lease_of_a_holder_that_died_runs_out(database: Database, clock: SteppingClock) -> None:
    async def take(worker: str) -> bool:
        async with database.writing() as session:
            return await lease.take(session, "count", worker, MINUTE) is not None

    assert await take("dead")
    assert not await take("heir")
    clock.move(MINUTE)
    assert await take("heir")


async def test_a_holder_whose_lease_ran_out_writes_nothing_over_the_heirs(
    database: Database, kit: Kit, clock: SteppingClock
) -> None:
    async def take_and_end(worker: str, *, end: bool) -> None:
        async with database.writing() as session:
            began = await lease.take(session, "count", worker, MINUTE)
            if began and end:
                await lease.give_back(session, "count", worker, began, "by the heir")

    began = clock.now()
    await take_and_end("slow", end=False)
    clock.move(MINUTE)
    await take_and_end("heir", end=True)
    async with database.writing() as session:
        await lease.give_back(session, "count", "slow", began, "by the slow one")
    (listed,) = await Runner(kit, [job(Counter())]).listing()
    assert listed.outcome == "by the heir"


async def test_a_job_that_fails_is_logged_without_its_words_and_runs_again(
    kit: Kit, clock: SteppingClock, caplog: pytest.LogCaptureFixture
) -> None:
    tries, secret = [], "Per Hansen 31125712345"

    async def failing(kit: Kit) -> str:
        tries.append(1)
        raise ValueError(secret)

    counting = job(failing)
    runner = Runner(kit, [counting])
    with caplog.at_level(logging.ERROR):
        for _ in range(2):
            await runner._turn(counting)
            clock.move(timedelta(seconds=1))
    assert len(tries) == 2
    assert "count: ValueError" in caplog.text
    assert "Hansen" not in caplog.text
    (listed,) = await runner.listing()
    assert (listed.running, listed.outcome) == (False, "failed: ValueError")
    with pytest.raises(CannotRun, match="ValueError"):
        await runner.run_now("count")


async def test_a_job_that_lasts_too_long_is_stopped(kit: Kit) -> None:
    runner = Runner(kit, [job(Counter(lasts=9), longest=timedelta(seconds=0.1))])
    with pytest.raises(CannotRun, match="TimeoutError"):
        await runner.run_now("count")


async def test_a_database_that_is_away_stops_nothing(
    database: Database, kit: Kit, caplog: pytest.LogCaptureFixture
) -> None:
    counter = Counter()
    counting = job(counter)
    async with database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE job_lease RENAME TO away"))
    runner = Runner(kit, [counting])
    await runner._turn(counting)
    assert "count: " in caplog.text
    async with database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE away RENAME TO job_lease"))
    await runner._turn(counting)
    assert counter.runs == 1


async def test_the_list_says_what_is_scheduled_when_it_ran_and_how_it_went(kit: Kit, clock: SteppingClock) -> None:
    runner = Runner(kit)
    assert {(one.name, one.began_at, one.outcome) for one in await runner.listing()} == {
        (job.name, None, None) for job in JOBS
    }
    assert await runner.run_now("link-log") == "linked=0"
    listed = {one.name: one for one in await runner.listing()}["link-log"]
    assert (listed.began_at, listed.ended_at, listed.outcome) == (clock.now(), clock.now(), "linked=0")
    assert (listed.does, listed.clock) == ("Lenker nye rader inn i loggens kjede.", "hvert 60. sekund")


async def test_an_unknown_job_is_refused_in_one_line(kit: Kit) -> None:
    with pytest.raises(CannotRun, match=r"^Det finnes ingen jobb som heter brew-coffee\.$"):
        await Runner(kit).run_now("brew-coffee")


async def test_what_was_missed_while_nothing_ran_is_done_at_the_start_and_once(kit: Kit, clock: SteppingClock) -> None:
    counter = Counter()
    daily = job(counter, Daily(time(7, 0)))
    for _ in range(2):
        runner = Runner(kit, [daily])
        runner.start()
        await asyncio.sleep(0.3)
        await runner.stop()
    assert counter.runs == 1
    clock.move(timedelta(days=1))
    runner = Runner(kit, [daily])
    runner.start()
    await asyncio.sleep(0.3)
    await runner.stop()
    assert counter.runs == 2


async def test_a_woken_runner_delivers_a_code_before_its_clock_says_so(
    database: Database, home: Home, kit: Kit, post_office: PostOffice
) -> None:
    runner = Runner(kit, [replace(DELIVERY, clock=Daily(time(7, 0)))])
    runner.start()
    await asyncio.sleep(0.3)
    async with database.writing() as session:
        await send_code(session, home.accounts["Per"])
    runner.wake()
    async with asyncio.timeout(30):
        await post_office.got_enough.wait()
    await runner.stop()


async def test_stopping_lets_what_runs_finish(kit: Kit) -> None:
    counter = Counter(lasts=0.5)
    runner = Runner(kit, [job(counter, Daily(time(7, 0)))])
    runner.start()
    await asyncio.sleep(0.2)
    await runner.stop()
    (listed,) = await runner.listing()
    assert (counter.now, listed.outcome) == (0, "runs=1")


async def test_serving_ends_when_the_process_is_asked_to_stop(kit: Kit) -> None:
    counter = Counter()
    serving = asyncio.create_task(Runner(kit, [job(counter)]).serve())
    await asyncio.sleep(0.3)
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(5):
        await serving
    assert counter.runs >= 1


def test_a_round_of_delivery_ends_by_itself_before_it_is_stopped() -> None:
    assert timedelta(seconds=ROUND + SENDING) < DELIVERY.longest < CLAIM


def test_every_job_has_rights_of_its_own_and_no_other_has() -> None:
    assert {job.name for job in JOBS} == set(house.JOBS)
    assert all(house.JOBS[job.name] for job in JOBS)
