"""What is scheduled and how it went last time, one line each, for the operator."""

from typing import Any

from jobs.runner import Runner


async def listing(runner: Runner) -> list[str]:
    return [f"{job.name:<20} {job.clock:<24} {_last_run(job)}" for job in await runner.listing()]


def _last_run(job: Any) -> str:
    if job.running:
        return f"running since {job.began_at:%Y-%m-%d %H:%M:%S} UTC"
    if job.ended_at is None:
        return "was cut off" if job.began_at else "has not run"
    return f"{job.ended_at:%Y-%m-%d %H:%M:%S} UTC  {job.outcome}"
