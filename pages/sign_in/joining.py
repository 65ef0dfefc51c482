"""The page behind a link that asks for ID-porten (F25): who opens it says who they are, there and not here."""

from starlette.requests import Request
from starlette.responses import Response

from models.accounts.rules import FlowPurpose, LinkPurpose
from models.accounts.tables.sign_in import Invitation
from pages.rendering import render
from pages.sign_in.id_porten import begin_trip
from permissions.sign_in.id_porten import identities
from permissions.sign_in.links import living_link


async def join_link(request: Request, token: str) -> Invitation | None:
    """The link, when it asks for ID-porten and can still be used."""
    async with request.app.state.database.reading() as session:
        return await living_link(session, token, LinkPurpose.JOIN)


async def show_join(request: Request, link: Invitation) -> Response:
    """The same for everybody who has the link, and it says no name."""
    return render(request, "sign_in/join.html", offered=await _is_offered(request, link))


async def begin_join(request: Request, link: Invitation) -> Response:
    """To ID-porten; the link is used up when they are back."""
    if not await _is_offered(request, link):
        return render(request, "sign_in/join.html", status=409, offered=False)
    next_ = f"/plans/{link.plan_id}" if link.plan_id else None
    return await begin_trip(request, FlowPurpose.JOIN, next_=next_, invitation_id=link.id)


async def _is_offered(request: Request, link: Invitation) -> bool:
    if request.app.state.id_porten is None:
        return False
    async with request.app.state.database.reading() as session:
        return await identities.is_offered(session, link.municipality_id)
