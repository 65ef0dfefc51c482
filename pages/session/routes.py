"""The session as the browser follows it (F26): when it ends, the warning before, and going on.

A page that asks does not make it last longer; only a person who does something does (C2).
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from models.accounts.proof import Viewer
from pages.rendering import render
from permissions.request import current_session, session_token, signed_in_viewer
from permissions.sign_in.sessions import touch
from permissions.sign_in.time_left import TimeLeft, time_left
from permissions.viewer import viewer_of

router = APIRouter(prefix="/session")


@router.get("")
async def tell(request: Request) -> Response:
    return JSONResponse(await _told(request, await signed_in_viewer(request, is_using=False)))


@router.get("/warning")
async def warn(request: Request) -> Response:
    """The dialog itself, so that it speaks the language chosen last and knows the time left now."""
    viewer = await signed_in_viewer(request, is_using=False)
    return render(request, "session/warning.html", **await _told(request, viewer))


@router.post("/continue")
async def go_on(request: Request) -> Response:
    viewer, session = await signed_in_viewer(request), await current_session(request)
    await touch(session, viewer.session_id)
    return JSONResponse(await _told(request, await viewer_of(session, session_token(request) or "")))


async def _told(request: Request, viewer: Viewer) -> TimeLeft:
    return time_left(viewer, (await current_session(request)).clock.now(), is_using=False)
