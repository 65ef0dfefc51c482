"""«Ja, koble sammen» (F21): who has signed in both ways says that both are them; from then on ID-porten is enough."""

from datetime import timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from models.accounts.proof import Viewer
from models.accounts.tables.identity import IdPortenFlow
from models.base import HouseSession
from models.people.rules import masked
from pages.forms import posted
from pages.rendering import go, render
from pages.sign_in import turned_away as no
from pages.sign_in.cookies import forget_trip, let_in, trip_of
from pages.sign_in.next_page import HOME, safe_next
from pages.sign_in.turned_away import turned_away
from permissions.request import current_session, signed_in_viewer, unit_of_work
from permissions.sign_in.id_porten import flows, identities
from permissions.sign_in.id_porten.identities import Blocked
from permissions.sign_in.id_porten.tokens import Proven
from permissions.sign_in.sessions import Begun
from permissions.whence import came, client_address

router = APIRouter()
PAGE = "/login/link"
RECENTLY = timedelta(minutes=15)
"""Long enough for a trip to ID-porten and back."""


async def detour(request: Request, next_: str) -> str:
    """Where to go after an ordinary sign-in: to the question, when somebody has just come back from ID-porten."""
    return PAGE if await is_waiting(request) else next_


async def is_waiting(request: Request) -> bool:
    """Whether whoever came back from ID-porten to this browser waits to be linked to the account they sign in to."""
    trip = trip_of(request)
    if trip is None:
        return False
    async with request.app.state.database.reading() as session:
        return await flows.waiting(session, trip) is not None


@router.get(PAGE)
async def ask(request: Request) -> Response:
    viewer, trip = await signed_in_viewer(request), trip_of(request)
    flow = await flows.waiting(await current_session(request), trip) if trip else None
    if trip is None or flow is None:
        return go(HOME)
    number = masked(flows.proven(trip, flow).pid)
    return render(request, "sign_in/link.html", person=viewer.name, number=number)


@router.post(PAGE)
async def answer(request: Request) -> Response:
    viewer, trip = await signed_in_viewer(request), trip_of(request)
    session, said = await current_session(request), (await posted(request)).get("answer")
    flow = await flows.waiting(session, trip) if trip else None
    if trip is None or flow is None or said not in ("yes", "no"):
        return turned_away(request, no.LOST)
    onward, proven = safe_next(flow.next), flows.proven(trip, flow)
    flows.finish(session, flow)
    if said == "no":
        return _over(request, go(onward))
    try:
        begun = await _link(request, session, viewer, proven)
    except Blocked as blocked:
        return _refused(request, viewer, flow, blocked)
    linked = _over(request, go(onward, "linked"))
    let_in(request, linked, begun)
    return linked


async def _link(request: Request, session: HouseSession, viewer: Viewer, proven: Proven) -> Begun:
    """Linked, and in more surely than before: the session is exchanged for one at the highest level.

    Only by who has just signed in: a session that was left open must not give the account to somebody else's number.
    """
    if viewer.signed_in_at <= session.clock.now() - RECENTLY:
        raise Blocked(identities.Obstacle.TOO_LONG_AGO)
    await identities.link(session, viewer.account_id, proven.pid)
    return await identities.let_in(session, viewer.account_id, proven, came(request), viewer.session_id)


def _refused(request: Request, viewer: Viewer, flow: IdPortenFlow, blocked: Blocked) -> Response:
    """What was begun is undone; that it was refused is logged, and the trip is over."""
    flow_id, onward = flow.id, flow.next

    async def log(session: HouseSession) -> None:
        identities.log_refusal(session, viewer.account_id, blocked.obstacle.value, client_address(request))
        await flows.forget(session, flow_id)

    unit_of_work(request).afterwards.append(log)
    return turned_away(request, no.OBSTACLES[blocked.obstacle], onward)


def _over(request: Request, answer: Response) -> Response:
    forget_trip(request, answer)
    return answer
