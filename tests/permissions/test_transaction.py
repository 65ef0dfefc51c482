"""One request, one transaction: committed before the first byte when the answer is good, else as if never asked."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlmodel import col, select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from models.accounts.rules import SignInMethod
from models.base import HouseSession
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.tables import JobLease
from models.plans.tables.participants import Participant
from models.refusals import NotFound, NotSignedIn, Refused
from models.rights import Profile, Role
from permissions.request import current_session, current_viewer, opened_plan, unit_of_work
from permissions.sign_in.sessions import begin
from permissions.transaction import Transaction
from tests.hamlet import Hamlet


async def write(request: Request) -> Response:
    """Writes a row, leaves an afterthought, and answers with the status asked for."""
    session = await current_session(request)
    session.add(JobLease(name="written"))
    await session.flush()

    async def afterthought(later: HouseSession) -> None:
        later.add(JobLease(name="afterthought"))

    unit_of_work(request).afterwards.append(afterthought)
    status = int(request.query_params["status"])
    if status == 0:
        raise RuntimeError("a fault in the house")
    return PlainTextResponse(str(status), status)


async def stream(request: Request) -> Response:
    (await current_session(request)).add(JobLease(name="written"))

    async def parts() -> AsyncIterator[str]:
        yield "first "
        await asyncio.sleep(0)
        yield "second"

    return StreamingResponse(parts())


async def home(request: Request) -> Response:
    plan = await opened_plan(request, request.path_params["plan_id"], "home")
    return PlainTextResponse(plan.short_name)


async def nothing(request: Request) -> Response:
    return PlainTextResponse("ok")


async def whoever(request: Request) -> Response:
    return PlainTextResponse((await current_viewer(request)).name)


class Glance:
    """Looks into the database as the first byte of an answer passes."""

    def __init__(self, app: Any, database: Database) -> None:
        self.app, self.database, self.seen = app, database, set[str]()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def glancing(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.seen = await names(self.database)
            await send(message)

        await self.app(scope, receive, glancing)


async def names(database: Database) -> set[str]:
    async with database.reading() as session:
        return set(await session.scalars(select(JobLease.name)))


async def events(database: Database) -> list[tuple[Event, Any]]:
    async with database.reading() as session:
        rows = await session.scalars(select(LogRow).where(col(LogRow.plan_id).is_not(None)))
    return [(row.event, row.details) for row in rows]


@pytest.fixture
def glance(database: Database) -> Glance:
    statuses: dict[Any, int] = {NotFound: 404, NotSignedIn: 401, Refused: 403}

    async def refusal(request: Request, problem: Exception) -> Response:
        return PlainTextResponse(type(problem).__name__, statuses[type(problem)])

    routes = [
        Route("/write", write, methods=["GET", "POST"]),
        Route("/stream", stream, methods=["POST"]),
        Route("/nothing", nothing),
        Route("/who", whoever),
        Route("/plans/{plan_id:uuid}", home),
    ]
    app = Starlette(routes=routes, exception_handlers=dict.fromkeys(statuses, refusal))
    app.state.https = False
    app.state.database = database
    app.add_middleware(Transaction)
    return Glance(app, database)


@pytest.fixture
async def client(glance: Glance) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=glance, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://vik.example") as client:
        yield client


@pytest.mark.parametrize(
    ("status", "left"),
    [
        (200, {"written", "afterthought"}),
        (303, {"written", "afterthought"}),
        (400, {"afterthought"}),
        (403, {"afterthought"}),
        (422, {"afterthought"}),
        (500, {"afterthought"}),
    ],
)
async def test_what_was_written_stays_only_when_the_answer_is_good(
    client: httpx.AsyncClient, database: Database, status: int, left: set[str]
) -> None:
    assert (await client.post("/write", params={"status": status})).status_code == status
    assert await names(database) == left


async def test_a_fault_leaves_nothing_but_the_afterthoughts(client: httpx.AsyncClient, database: Database) -> None:
    assert (await client.post("/write", params={"status": 0})).status_code == 500
    assert await names(database) == {"afterthought"}


async def test_a_get_never_saves(client: httpx.AsyncClient, database: Database) -> None:
    assert (await client.get("/write", params={"status": 200})).status_code == 200
    assert await names(database) == {"afterthought"}


async def test_all_is_saved_before_the_first_byte(client: httpx.AsyncClient, glance: Glance) -> None:
    await client.post("/write", params={"status": 200})
    assert glance.seen == {"written", "afterthought"}


async def test_a_long_answer_is_saved_before_it_begins(client: httpx.AsyncClient, glance: Glance) -> None:
    assert (await client.post("/stream")).text == "first second"
    assert glance.seen == {"written"}


async def test_a_request_that_asks_for_nothing_takes_no_connection(
    client: httpx.AsyncClient, database: Database
) -> None:
    await client.get("/nothing")
    assert database.engine.sync_engine.pool.checkedout() == 0  # type: ignore[attr-defined]


async def test_every_connection_is_given_back(client: httpx.AsyncClient, database: Database) -> None:
    for status in (200, 422, 0):
        await client.get("/write", params={"status": status})
    assert database.engine.sync_engine.pool.checkedout() == 0  # type: ignore[attr-defined]


# ---- who is asking, and the opened plan -----------------------------------------------------------------------------


@pytest.fixture
async def plan_url(database: Database, client: httpx.AsyncClient) -> str:
    """The plan that Kari coordinates, with Kari signed in."""
    async with database.writing() as session:
        hamlet = Hamlet(session)
        vik = await hamlet.municipality()
        plan, kari = await hamlet.plan(vik), await hamlet.person(vik, "Kari")
        await hamlet.participant(plan, kari, Role.COORDINATOR)
        assert kari.account_id
        client.cookies.set("medvirk", (await begin(session, kari.account_id, SignInMethod.EMAIL)).token)
    return f"/plans/{plan.id}"


async def test_the_cookie_tells_who_is_asking(client: httpx.AsyncClient, plan_url: str) -> None:
    assert (await client.get("/who")).text == "Kari Hansen"


@pytest.mark.parametrize("cookie", [None, "", "unknown"])
async def test_without_a_session_nobody_is_asking(client: httpx.AsyncClient, cookie: str | None) -> None:
    if cookie is not None:
        client.cookies.set("medvirk", cookie)
    assert (await client.get("/who")).text == "NotSignedIn"


@pytest.mark.feature("F160")
async def test_opening_a_plan_is_logged_once_an_hour_though_reading_saves_nothing(
    client: httpx.AsyncClient, database: Database, plan_url: str
) -> None:
    for _ in range(3):
        assert (await client.get(plan_url)).text == "AB"
    assert await events(database) == [(Event.PLAN_OPENED, {"room": "home"})]


async def test_a_refusal_is_no_opening(client: httpx.AsyncClient, database: Database, plan_url: str) -> None:
    async with database.writing() as session:
        (await session.scalars(select(Participant))).one().profile = Profile.PERSONAL
    answer = await client.get(plan_url)
    assert (answer.status_code, answer.text) == (403, "Refused")
    assert await events(database) == []


async def test_a_plan_that_is_not_there_leaves_no_trace(
    client: httpx.AsyncClient, database: Database, plan_url: str
) -> None:
    assert (await client.get("/plans/00000000-0000-0000-0000-000000000000")).status_code == 404
    assert await events(database) == []
