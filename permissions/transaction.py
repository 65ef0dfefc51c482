"""The ASGI shell around every request: one transaction, committed before the first byte if the answer is below 400.

Reading requests begin a reading transaction, others a writing one; either begins at the first statement. What must be
written whatever comes of the request (refusals, openings, last sight) is done `afterwards`: together with what was
changed when that is kept, else in a short write of its own once the first has ended. Under BEGIN IMMEDIATE a second
connection would wait for the first for ever.
"""

from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.base import HouseSession
from models.database import Database, end

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
Afterthought = Callable[[HouseSession], Awaitable[None]]


class UnitOfWork:
    """One request's session, made when first asked for."""

    def __init__(self, database: Database, *, writes: bool) -> None:
        self.database, self._writes = database, writes
        self._session: HouseSession | None = None
        self.afterwards: list[Afterthought] = []

    @property
    def session(self) -> HouseSession:
        if self._session is None:
            self._session = self.database.new_session(writes=self._writes)
        return self._session

    async def end(self, *, well: bool) -> None:
        """Commit or roll back, and write the afterthoughts: with what was changed, if it was, so that both are kept or
        neither; else in a short write of their own."""
        session, self._session = self._session, None
        waiting, self.afterwards = self.afterwards, []
        if session is not None:
            if well and session.writes:
                while waiting:
                    await waiting.pop(0)(session)
            await end(session, well=well)
        if waiting:
            async with self.database.writing() as own:
                for afterthought in waiting:
                    await afterthought(own)


class Transaction:
    """The shell itself; the unit of work travels in the request's state."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        work = UnitOfWork(scope["app"].state.database, writes=scope["method"] not in SAFE_METHODS)
        scope.setdefault("state", {})["work"] = work

        async def ending(message: Message) -> None:
            if message["type"] == "http.response.start":
                await work.end(well=message["status"] < 400)
            await send(message)

        try:
            await self.app(scope, receive, ending)
        finally:
            await work.end(well=False)
