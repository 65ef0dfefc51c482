"""`make bench`: how long the pages that must be fast take, beside the bare query for the same rows in the same run.

Seeds a town of MEDVIRK_BENCH_PLANS plans (5,000) once, under var/bench/. Everything runs in one process and one after
another, so that only the ratio of a page to its bare query is worth remembering: machines differ, and are noisy.
"""

import os
import resource
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from uuid import UUID

import uvloop
from pydantic import SecretStr

from main import create_app, key_ring
from models.accounts.rules import SignInMethod
from models.clock import SystemClock
from models.database import Database, make_engine
from models.migrating import migrate
from models.settings import Settings
from permissions.sign_in.passwords import Passwords
from permissions.sign_in.sessions import begin
from seed.town import seed_demo

PLANS = int(os.environ.get("MEDVIRK_BENCH_PLANS", "5000"))
HOME = Path("var/bench") / str(PLANS)
TIMES = 200
WARM_UP = 20

BUSIEST = """
    SELECT person.account_id AS account, plan.municipality_id AS place, count(*) AS plans
    FROM participant JOIN role_span ON role_span.participant_id = participant.id AND role_span.role = 'coordinator'
    JOIN person ON person.id = participant.person_id JOIN plan ON plan.id = participant.plan_id
    WHERE person.account_id IS NOT NULL AND participant.valid_to IS NULL AND role_span.valid_to IS NULL
    GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 1"""
LIVELIEST = """
    SELECT log_row.plan_id FROM log_row JOIN participant ON participant.plan_id = log_row.plan_id
    JOIN person ON person.id = participant.person_id AND person.account_id = ?
    JOIN plan_span ON plan_span.plan_id = log_row.plan_id AND plan_span.valid_to IS NULL AND plan_span.state = 'active'
    WHERE log_row.element IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC LIMIT 1"""
BARE = {
    "plan list": """
        SELECT plan.id, plan.short_name, plan_span.kind, plan_span.state, role_span.role FROM plan
        JOIN plan_span ON plan_span.plan_id = plan.id AND plan_span.valid_to IS NULL
        JOIN participant ON participant.plan_id = plan.id JOIN role_span ON role_span.participant_id = participant.id
        JOIN person ON person.id = participant.person_id WHERE person.account_id = :account ORDER BY 2 LIMIT 50""",
    "plan home": "SELECT title, progress FROM goal WHERE plan_id = :plan ORDER BY place",
    "timeline": """
        SELECT at, event, actor_id, goal.title, activity.title, comment.text FROM log_row
        LEFT JOIN comment ON comment.id = log_row.item_id
        LEFT JOIN activity ON activity.id = coalesce(comment.activity_id, log_row.item_id)
        LEFT JOIN goal ON goal.id = coalesce(activity.goal_id, comment.goal_id, log_row.item_id)
        WHERE log_row.plan_id = :plan AND goal.id IS NOT NULL ORDER BY at DESC LIMIT 50""",
    "admin list": """
        SELECT given_name, family_name, birth_date, gender FROM person WHERE municipality_id = :place
        ORDER BY family_name, given_name LIMIT 25""",
}


def settings() -> Settings:
    return Settings(
        database_url=f"sqlite+aiosqlite:///{HOME}/town.db",
        data_dir=HOME,
        jobs=False,
        smtp_url=SecretStr("smtp://127.0.0.1:9"),
    )


async def town() -> Database:
    """The seeded database; one that was interrupted while it was seeded is begun again."""
    ready = HOME / "ready"
    HOME.mkdir(parents=True, exist_ok=True)
    if not ready.exists():
        (HOME / "town.db").unlink(missing_ok=True)
    database = Database(make_engine(settings().database_url), SystemClock(), key_ring(settings()))
    if not ready.exists():
        print(f"Seeding {PLANS} plans …", file=sys.stderr)  # noqa: T201
        await migrate(database.engine)
        await seed_demo(database, Passwords(), plans=PLANS, log_rows=150, goals=4)
        ready.touch()
    return database


async def fetch(app: object, path: str, cookie: str) -> None:
    """One request straight into the application, without a network or a client's own cost."""
    answers: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        answers.append(message)

    path, _mark, query = path.partition("?")
    headers = [(b"host", b"127.0.0.1"), (b"cookie", f"medvirk={cookie}".encode()), (b"sec-fetch-site", b"same-origin")]
    scope = {"type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path, "headers": headers}
    scope |= {"raw_path": path.encode(), "query_string": query.encode(), "root_path": "", "server": ("127.0.0.1", 80)}
    await app(scope, receive, send)  # type: ignore[operator]
    if answers[0]["status"] != 200:
        raise SystemExit(f"{path} answered {answers[0]['status']}")


async def measure(work: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """(median, 95th percentile) in milliseconds."""
    times = []
    for turn in range(WARM_UP + TIMES):
        began = perf_counter()
        await work()
        if turn >= WARM_UP:
            times.append((perf_counter() - began) * 1000)
    return median(times), quantiles(times, n=20)[-1]


async def main() -> None:
    database = await town()
    raw = sqlite3.connect(HOME / "town.db")
    account, place, plans = raw.execute(BUSIEST).fetchone()
    plan = raw.execute(LIVELIEST, (account,)).fetchone()[0]
    async with database.writing() as session:
        cookie = (await begin(session, UUID(account), SignInMethod.EMAIL)).token
        admin_id = UUID(
            raw.execute("SELECT id FROM account WHERE user_name = 'superadmin@fjordvik.example'").fetchone()[0]
        )
        admin = (await begin(session, admin_id, SignInMethod.EMAIL)).token
    await database.close()
    app, address = create_app(settings()), f"/plans/{UUID(plan)}"
    pages = {
        "plan list": ("/plans", cookie),
        "plan home": (address, cookie),
        "timeline": (f"{address}/timeline", cookie),
        "admin list": ("/admin/people/list?perPage=25", admin),
    }
    print(f"{PLANS} plans; the list is of {plans}, the busiest coordinator's.")  # noqa: T201
    print(f"{'':<12}{'median':>10}{'p95':>10}{'bare query':>12}{'p95':>10}   (ms)")  # noqa: T201
    for name, (path, who) in pages.items():
        page = await measure(lambda path=path, who=who: fetch(app, path, who))  # type: ignore[misc]
        bare = await measure(lambda name=name: _query(raw, BARE[name], account, plan, place))  # type: ignore[misc]
        print(f"{name:<12}{page[0]:>10.2f}{page[1]:>10.2f}{bare[0]:>12.3f}{bare[1]:>10.3f}")  # noqa: T201
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at the most")  # noqa: T201


async def _query(raw: sqlite3.Connection, statement: str, account: str, plan: str, place: str) -> object:
    return raw.execute(statement, {"account": account, "plan": plan, "place": place}).fetchall()


if __name__ == "__main__":
    uvloop.run(main())  # as the server does
