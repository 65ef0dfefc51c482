"""Runs the jobs of `schedule.py`: a scheduler in every process, and the lease that lets one of them do each turn."""

import asyncio
import logging
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlmodel import select

from jobs import lease
from jobs.kit import Kit
from jobs.schedule import DELIVERY, JOBS, Job
from models.clock import OSLO
from models.i18n import _
from models.journal import tell
from models.organisation.tables import JobLease

MARGIN = timedelta(seconds=15)
"""How much longer a lease is than the job: the job is stopped before another may begin."""

GOODBYE = 40
"""Seconds that running jobs get to finish when the process is asked to stop."""

WAKING = 50
"""How often a woken delivery asks again, a tenth of a second apart, while another run is under way."""

journal = logging.getLogger("medvirk.jobs")


class CannotRun(Exception):
    """A reason in one line, for the one who asked for a job by name."""


@dataclass(frozen=True)
class Run:
    well: bool
    outcome: str


@dataclass(frozen=True)
class Listed:
    """A job as `jobs list` shows it; `outcome` is None while it runs, and when its last run was cut off."""

    name: str
    does: str
    clock: str
    running: bool
    began_at: datetime | None
    ended_at: datetime | None
    outcome: str | None


class Runner:
    """One in each process. `start` and `stop` belong in the same event loop."""

    def __init__(self, kit: Kit, jobs: Sequence[Job] = JOBS) -> None:
        self.kit, self.jobs = kit, {job.name: job for job in jobs}
        self._busy: set[Any] = set()
        self._woken = asyncio.Event()
        self._stopping = False
        self._waker: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to keep time. What was missed while nothing ran is done at once."""
        self._stopping = False
        self._scheduler = AsyncIOScheduler(timezone=OSLO)
        for job in self.jobs.values():
            self._scheduler.add_job(
                self._turn, job.clock.trigger(), [job], id=job.name, coalesce=True, misfire_grace_time=None
            )
            self._scheduler.add_job(self._turn, args=[job], misfire_grace_time=None)
        self._scheduler.start()
        self._waker = asyncio.create_task(self._deliver_when_woken())

    async def stop(self) -> None:
        """Take nothing new, and let what runs finish."""
        self._stopping = True
        self._scheduler.pause()
        self._woken.set()
        if unfinished := self._busy | ({self._waker} if self._waker else set()):
            await asyncio.wait(unfinished, timeout=GOODBYE)
        self._scheduler.shutdown(wait=False)

    async def serve(self) -> None:
        """Run until the process is asked to stop: `jobs serve`."""
        asked, loop = asyncio.Event(), asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, asked.set)
        self.start()
        await asked.wait()
        await self.stop()

    def wake(self) -> None:
        """Deliver what was just committed, at once. Costs nothing to call; only from the loop's own thread."""
        self._woken.set()

    async def run_now(self, name: str) -> str:
        """Run one job whatever the clock says; how it went. Raises CannotRun when it cannot be run, or fails."""
        if name not in self.jobs:
            raise CannotRun(_("Det finnes ingen jobb som heter %(name)s.") % {"name": name})
        run = await self._run(self.jobs[name])
        if run is None:
            raise CannotRun(_("Jobben %(name)s kjører allerede.") % {"name": name})
        if not run.well:
            raise CannotRun(_("Jobben %(name)s feilet: %(why)s") % {"name": name, "why": run.outcome})
        return run.outcome

    async def listing(self) -> list[Listed]:
        """Every job, when it last ran, and how it went."""
        async with self.kit.database.reading() as session:
            leases = {row.name: row for row in await session.scalars(select(JobLease))}
            now = session.clock.now()
        return [_listed(job, leases.get(job.name), now) for job in self.jobs.values()]

    async def _turn(self, job: Job) -> None:
        """What the scheduler calls: the job's turn, unless another process had it first."""
        if self._stopping:
            return
        with _logged(job):
            await self._run(job, job.clock.turn(self.kit.database.clock.now()))

    async def _deliver_when_woken(self) -> None:
        while not self._stopping:
            await self._woken.wait()
            self._woken.clear()
            for _again in range(WAKING):
                with _logged(DELIVERY):
                    if self._stopping or await self._run(DELIVERY):
                        break
                await asyncio.sleep(0.1)

    async def _run(self, job: Job, turn: datetime | None = None) -> Run | None:
        """None when the job is not ours to run now."""
        task = asyncio.current_task()
        self._busy.add(task)
        try:
            return await self._under_lease(job, turn)
        finally:
            self._busy.discard(task)

    async def _under_lease(self, job: Job, turn: datetime | None) -> Run | None:
        database, worker = self.kit.database, self.kit.worker
        async with database.writing() as session:
            began = await lease.take(session, job.name, worker, job.longest + MARGIN, turn)
        if began is None:
            return None
        run = await self._work(job)
        async with database.writing() as session:
            await lease.give_back(session, job.name, worker, began, run.outcome)
        return run

    async def _work(self, job: Job) -> Run:
        try:
            async with asyncio.timeout(job.longest.total_seconds()):
                return Run(True, await job.run(self.kit))
        except Exception as error:
            tell(journal, job.name, error)
            return Run(False, f"failed: {type(error).__name__}")


@contextmanager
def _logged(job: Job) -> Iterator[None]:
    """Nothing stops the next run: not even a database that is away."""
    try:
        yield
    except Exception as error:
        tell(journal, job.name, error)


def _listed(job: Job, row: JobLease | None, now: datetime) -> Listed:
    running = bool(row and row.held_until and row.held_until > now)
    facts = (row.began_at, row.ended_at, row.outcome) if row else (None, None, None)
    return Listed(job.name, _(job.does), job.clock.in_words(), running, *facts)
