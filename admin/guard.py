"""The layer in front of everything under `/admin`: who is there, and whether they hold the right.

Pure ASGI, so that it runs before any parsing: a stranger learns nothing from how a form is refused. Posts from other
sites are stopped, and most headers set, by the shell around the whole house; only the content policy is our own.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from admin import errors
from admin.shell import FRAME, STATIC, Frame
from models.refusals import NotFound, Refusal, Refused
from models.rights import Right

SAFE_METHODS = {"GET", "HEAD"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class Guard:
    """Wraps the admin application. `right_for` gives the rights of which one opens an address, or raises NotFound."""

    def __init__(
        self, app: ASGIApp, viewer: Callable[[Request], Awaitable[Any]], right_for: Callable[[str], frozenset[Right]]
    ) -> None:
        self.app, self.viewer, self.right_for = app, viewer, right_for
        self.static = StaticFiles(directory=STATIC)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        request, send = Request(scope, receive), _with_policy(send)
        try:
            if path.startswith("/static/") and request.method in SAFE_METHODS:
                inner = {**scope, "root_path": scope.get("root_path", "") + "/static"}
                await self._serve(inner, receive, send)
                return
            await self._admit(request, path)
        except Refusal as no:
            await errors.refusal(request, no)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _admit(self, request: Request, path: str) -> None:
        """Lets the request on, with what its pages are drawn for; or raises."""
        viewer = await self.viewer(request)
        administers = any(viewer.has(right) for right in self.right_for("/"))
        demo = "app" in request.scope and getattr(request.app.state, "demo", False)
        request.scope[FRAME] = Frame(viewer, administers, demo)
        if not any(viewer.has(right) for right in self.right_for(path)):
            raise Refused(viewer.why_no_right)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.static(scope, receive, send)
        except HTTPException:
            raise NotFound from None


def _with_policy(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["Content-Security-Policy"] = POLICY
        await send(message)

    return sending
