"""Signing out here signs out at ID-porten, and signing out there signs out here: with the browser's help, or without.

ID-porten frames the front-channel page, where browsers send no cookies, and its own machines post to the back channel.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from models.refusals import NotFound
from models.texts import sayable
from pages.forms import posted
from permissions.request import current_session, session_token
from permissions.sign_in.id_porten import leaving
from permissions.sign_in.id_porten.client import IdPorten
from permissions.sign_in.id_porten.issuer import Unreachable
from permissions.sign_in.id_porten.tokens import NotAccepted

router = APIRouter(prefix="/login/idporten")
LONGEST_SID = 200


async def way_out(request: Request) -> str | None:
    """Where to send the browser so that ID-porten ends its session too; None when it did not begin there.

    To be asked before the session is ended here, which happens whether ID-porten answers or not.
    """
    client, token = request.app.state.id_porten, session_token(request)
    if client is None or not token:
        return None
    async with request.app.state.database.reading() as session:
        id_token = await leaving.id_token(session, token)
    try:
        return str(await client.way_out(id_token)) if id_token else None
    except Unreachable:
        return None


@router.get("/frontchannel")
async def left_in_another_window(request: Request) -> Response:
    """Always answers alike: nobody learns which sessions there are."""
    client, asked = _client(request), request.query_params
    if 0 < len(sid := sayable(asked.get("sid", ""))) <= LONGEST_SID and client.issuer.is_named(asked.get("iss")):
        async with request.app.state.database.writing() as session:
            await leaving.end_there(session, sid)
    framed_by = f"default-src 'self'; frame-ancestors {client.origins}"
    return Response(headers={"Content-Security-Policy": framed_by})


@router.post("/backchannel")
async def left_there(request: Request) -> Response:
    """Believed only by its signature; told twice, it changes nothing the second time."""
    client, data = _client(request), await posted(request)
    try:
        sid = await client.who_left(str(data.get("logout_token", "")))
    except (NotAccepted, Unreachable):
        return JSONResponse({"error": "invalid_request"}, status_code=400)
    await leaving.end_there(await current_session(request), sid)
    return Response()


def _client(request: Request) -> IdPorten:
    client: IdPorten | None = request.app.state.id_porten
    if client is None:
        raise NotFound
    return client
