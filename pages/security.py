"""A shell around the whole house: headers on every answer, no posting from other sites, and no enormous bodies."""

import asyncio
import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from models.i18n import N_, _, speaking
from pages import errors
from pages.language import spoken
from permissions.transaction import SAFE_METHODS

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
BIGGEST = 1_000_000
"""Bytes in a posted form; no text we take is near it."""

WITH_FILE = {
    re.compile(r"/me/picture/change|/plans/[0-9a-f-]{36}/goals/[0-9a-f-]{36}/picture/change"): 6_000_000,
    re.compile(r"/plans/[0-9a-f-]{36}/consent/new/paper"): 12_000_000,
}
"""Where a file may come: with room for what stands around it, so that the page itself says what is too big."""

OPEN = frozenset({"/login/idporten/backchannel"})
"""Where other machines post, with proof of their own instead of a person's cookie."""

PATIENCE = 30
"""Seconds to send a whole form in; longer for a bigger one, as phones send slowly."""

ELSEWHERE = N_("Skjemaet kom fra et annet nettsted og ble ikke tatt imot. Gå tilbake og prøv på nytt.")
TOO_SLOW = N_("Det du sendte, kom ikke helt fram. Sjekk nettforbindelsen, gå tilbake og prøv på nytt.")
TOO_BIG = N_("Det du sendte, er for stort. Det kan være på høyst %(size)s MB.")


class TooBig(Exception):
    """The body is past the limit."""


class _Started:
    """Whether an answer has begun: then it is too late for an error page."""

    def __init__(self, send: Send) -> None:
        self.send, self.yes = send, False

    async def __call__(self, message: Message) -> None:
        self.yes = True
        await self.send(message)


class Security:
    """Sec-Fetch-Site, else Origin against Host, together with SameSite=Lax cookies, keeps other sites from posting.

    `partner`: the origins that a form of ours may lead on to, since who signs out here does so at ID-porten as well.
    """

    def __init__(self, app: ASGIApp, *, https: bool, partner: str = "") -> None:
        self.app, self.https = app, https
        self.targets = f"form-action 'self' {partner}".strip()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}  # the server, which knows what was asked, leaves the body out
        headers = Headers(scope=scope)
        with speaking(spoken(headers)):
            await self._guard(scope, headers, receive, self._with_headers(scope, send))

    async def _guard(self, scope: Scope, headers: Headers, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if scope["method"] not in SAFE_METHODS and scope["path"] not in OPEN and not from_here(headers):
            await errors.not_taken(request, 403, _(ELSEWHERE))(scope, receive, send)
            return
        most = next((size for place, size in WITH_FILE.items() if place.fullmatch(scope["path"])), BIGGEST)
        try:
            body = await _whole(receive, most)
        except TooBig:
            await errors.not_taken(request, 413, _(TOO_BIG) % {"size": most // 1_000_000})(scope, receive, send)
        except TimeoutError:
            await errors.not_taken(request, 408, _(TOO_SLOW))(scope, receive, send)
        else:
            await self._answer(scope, request, body, send)

    async def _answer(self, scope: Scope, request: Request, body: Receive, send: Send) -> None:
        """The application's own answer; a page with a code when it breaks before it has begun to answer."""
        started = _Started(send)
        try:
            await self.app(scope, body, started)
        except Exception as problem:
            if started.yes:
                raise
            await errors.crashed(request, problem)(scope, body, send)

    def _with_headers(self, scope: Scope, send: Send) -> Send:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._set_headers(scope["path"], message["status"], MutableHeaders(scope=message))
            await send(message)

        return sending

    def _set_headers(self, path: str, status: int, headers: MutableHeaders) -> None:
        policy = headers.get("Content-Security-Policy", POLICY)
        headers["Content-Security-Policy"] = policy.replace("form-action 'self'", self.targets)
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Referrer-Policy"] = "same-origin"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
        if self.https:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        is_static = path.startswith(("/static/", "/admin/static/")) and status < 400
        headers["Cache-Control"] = "public, max-age=3600" if is_static else "no-store"


def from_here(headers: Headers) -> bool:
    """Whether the request was made by one of our own pages."""
    if site := headers.get("sec-fetch-site"):
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    try:
        return origin is not None and urlsplit(origin).netloc == headers.get("host")
    except ValueError:
        return False


async def _whole(receive: Receive, most: int) -> Receive:
    """The body, read before anything of ours begins: nobody who sends slowly holds a transaction open meanwhile.

    It is handed on in one piece: whoever sends it sign by sign gives nobody a million pieces to look at.
    """
    body, last = bytearray(), None
    async with asyncio.timeout(PATIENCE * max(1, most // BIGGEST)):
        while last is None:
            message = await receive()
            body += message.get("body", b"")
            last = None if message.get("more_body") else message
            if len(body) > most:
                raise TooBig
    whole: list[Message] = [
        last if last["type"] == "http.disconnect" else {"type": "http.request", "body": bytes(body)}
    ]

    async def receiving() -> Message:
        return whole.pop() if whole else await receive()

    return receiving
