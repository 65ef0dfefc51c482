"""Whether the service is up, and what is planned: for anybody, with nothing about anybody (F31)."""

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import current_language
from models.journal import tell
from models.labels import label
from models.organisation.queries import ShownMessage, service_messages
from models.refusals import NotSignedIn
from pages.rendering import render
from permissions.request import signed_in_viewer

router = APIRouter(prefix="/status")
AHEAD = timedelta(days=14)
PATIENCE = 5
"""Seconds the database has to answer."""


@router.get("")
async def show_status(request: Request) -> Response:
    now = request.app.state.database.clock.now()
    try:
        async with asyncio.timeout(PATIENCE):
            messages = await _messages(request, AHEAD)
            with suppress(NotSignedIn):
                await signed_in_viewer(request, is_using=False)
    except (SQLAlchemyError, OSError, TimeoutError) as problem:
        tell(logging.getLogger("medvirk"), "status", problem)
        return render(request, "status.html", status=503, up=False, now=now, present=[], planned=[])
    present = [shown(one) for one in messages if one.shown_from <= now]
    planned = [shown(one) for one in messages if one.shown_from > now]
    return render(request, "status.html", up=True, now=now, present=present, planned=planned)


async def messages_now(request: Request) -> list[dict[str, Any]]:
    """What everybody should know before they sign in, as `components/service_messages.html` shows it."""
    return [shown(one) for one in await _messages(request)]


def shown(message: ShownMessage) -> dict[str, Any]:
    times = {"since": message.shown_from, "until": message.shown_to}
    words = {"severity": message.severity.value, "severity_words": label(message.severity)}
    return words | times | {"text": message.text, "municipality": message.municipality}


async def _messages(request: Request, ahead: timedelta = timedelta()) -> list[ShownMessage]:
    async with request.app.state.database.reading() as session:
        return await service_messages(session, current_language(), ahead)
