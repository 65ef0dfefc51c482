"""To ID-porten and back (F20, F22, F25): who comes back linked is let in, others are asked to link their account."""

import logging
from contextlib import suppress
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from models.accounts.proof import Viewer
from models.accounts.rules import FlowPurpose
from models.accounts.tables.identity import IdPortenFlow
from models.base import HouseSession
from models.i18n import current_language
from models.journal import tell
from models.refusals import NotFound, NotSignedIn
from pages.rendering import go, render
from pages.sign_in import turned_away as no
from pages.sign_in.cookies import forget_trip, let_in, set_trip, trip_of
from pages.sign_in.next_page import landing, login_url, safe_next
from pages.sign_in.turned_away import turned_away
from permissions import joining
from permissions.request import session_token, signed_in_viewer, unit_of_work
from permissions.sign_in import sessions
from permissions.sign_in.attempts import TRIPS, Locked, count_address
from permissions.sign_in.id_porten import flows, identities
from permissions.sign_in.id_porten.client import IdPorten, NoAnswer
from permissions.sign_in.id_porten.identities import Blocked
from permissions.sign_in.id_porten.issuer import Unreachable
from permissions.sign_in.id_porten.tokens import NotAccepted, Proven
from permissions.sign_in.id_porten.trips import Trip
from permissions.whence import came, client_address

router = APIRouter(prefix="/login/idporten")
JOURNAL = logging.getLogger("medvirk")


class Lost(Exception):
    """The trip that comes back is not one this browser is on."""


@router.get("")
async def start(request: Request) -> Response:
    """From the sign-in page; or by somebody signed in, to link their account or to be let in more surely."""
    if not await is_offered(request):
        raise NotFound
    viewer = await _viewer(request)
    purpose = FlowPurpose.LINK if viewer else FlowPurpose.SIGN_IN
    onward = safe_next(request.query_params.get("next"))
    return await begin_trip(request, purpose, next_=onward, session_id=viewer.session_id if viewer else None)


async def begin_trip(
    request: Request,
    purpose: FlowPurpose,
    *,
    next_: str | None = None,
    session_id: UUID | None = None,
    invitation_id: UUID | None = None,
) -> Response:
    """Send the browser to ID-porten; what it comes back for is written together with the request's own changes."""
    trip = Trip.fresh()
    try:
        async with request.app.state.database.writing() as session:
            await count_address(session, client_address(request), TRIPS)
        address = await _client(request).way_in(trip, current_language())
    except Unreachable as problem:
        tell(JOURNAL, "ID-porten", problem)
        return turned_away(request, no.UNREACHABLE, next_)
    except Locked:
        return turned_away(request, no.TOO_MANY, next_)

    async def begin(session: HouseSession) -> None:
        flows.begin(session, trip, purpose, next_=next_, session_id=session_id, invitation_id=invitation_id)

    unit_of_work(request).afterwards.append(begin)
    answer = RedirectResponse(address, status_code=303)
    set_trip(request, answer, trip)
    return answer


@router.get("/callback")
async def come_back(request: Request) -> Response:
    """Works once for each trip, and only in the browser that began it."""
    client, flow = _client(request), None
    try:
        trip, flow = await _returned(request)
        if request.query_params.get("error"):
            return turned_away(request, _why_not(request), flow.next)
        if not await client.is_from_there(request.query_params.get("iss")):
            raise Lost
        proven = await client.who(trip, request.query_params.get("code", ""))
        return await _welcome(request, trip, flow, proven)
    except Lost:
        return turned_away(request, no.LOST, flow.next if flow else None)
    except (Unreachable, NoAnswer, NotAccepted, Blocked) as problem:
        return await _refused(request, problem, flow.next if flow else None)


async def is_offered(request: Request) -> bool:
    """Whether there is an ID-porten, and a municipality that lets its people in that way (F20)."""
    if request.app.state.id_porten is None:
        return False
    async with request.app.state.database.reading() as session:
        return await identities.is_offered(session)


async def _returned(request: Request) -> tuple[Trip, IdPortenFlow]:
    trip, state = trip_of(request), request.query_params.get("state", "")
    if trip is None or not trip.is_mine(state):
        raise Lost
    flow = await flows.returned(request.app.state.database, trip)
    if flow is None:
        raise Lost
    return trip, flow


async def _welcome(request: Request, trip: Trip, flow: IdPortenFlow, proven: Proven) -> Response:
    if flow.purpose is FlowPurpose.JOIN:
        return await _join(request, flow, proven)
    viewer = await _viewer(request)
    if flow.purpose is FlowPurpose.LINK and (viewer is None or viewer.session_id != flow.session_id):
        raise Lost
    async with request.app.state.database.writing() as session:
        account_id = await identities.owner(session, proven.pid)
        if account_id is None:
            await flows.keep(session, trip, proven)
            return go("/login/link" if viewer else login_url(flow.next))
        if viewer and viewer.account_id != account_id:
            raise Blocked(identities.Obstacle.IS_ANOTHERS)
        old = viewer.session_id if viewer else None
        begun = await identities.let_in(session, account_id, proven, came(request), old)
        onward = await landing(session, account_id, flow.next)
    answer = go(onward)
    let_in(request, answer, begun)
    forget_trip(request, answer)
    return answer


async def _join(request: Request, flow: IdPortenFlow, proven: Proven) -> Response:
    """Answer the invitation: in to the plans, or told that the coordinator must confirm (F25)."""
    async with request.app.state.database.writing() as session:
        if flow.invitation_id is None:
            raise Lost
        account_id = await joining.answer(session, flow.invitation_id, proven.pid)
        begun = await identities.let_in(session, account_id, proven, came(request)) if account_id else None
        if begun and (former := session_token(request)):
            await sessions.end(session, former)
    answer = go(safe_next(flow.next)) if begun else render(request, "sign_in/id_porten_waits.html", address="/")
    if begun:
        let_in(request, answer, begun)
    forget_trip(request, answer)
    return answer


def _why_not(request: Request) -> no.No:
    return no.CANCELLED if request.query_params.get("error") == "access_denied" else no.NO_ANSWER


async def _refused(request: Request, problem: Exception, next_: str | None) -> Response:
    """Logged by what was wrong, never by who it was: a number that opens nothing is nobody's here."""
    if isinstance(problem, Unreachable):
        tell(JOURNAL, "ID-porten", problem)
        return turned_away(request, no.UNREACHABLE, next_)
    viewer = await _viewer(request)
    async with request.app.state.database.writing() as session:
        is_known = isinstance(problem, Blocked) and viewer
        who = viewer.account_id if is_known and viewer else None
        identities.log_refusal(session, who, _reason(problem), client_address(request))
    return turned_away(request, _no(problem), next_)


def _reason(problem: Exception) -> str:
    return problem.obstacle.value if isinstance(problem, Blocked) else "token"


def _no(problem: Exception) -> no.No:
    match problem:
        case Blocked(obstacle=obstacle):
            return no.OBSTACLES[obstacle]
        case NotAccepted(problem=why):
            return no.PROBLEMS[why]
        case _:
            return no.NO_ANSWER


async def _viewer(request: Request) -> Viewer | None:
    with suppress(NotSignedIn):
        return await signed_in_viewer(request)
    return None


def _client(request: Request) -> IdPorten:
    client: IdPorten | None = request.app.state.id_porten
    if client is None:
        raise NotFound
    return client
