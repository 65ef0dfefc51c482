"""What a route asks for: the request's session, its viewer, and an opened plan."""

from uuid import UUID

from starlette.requests import Request

from models.accounts.proof import Viewer
from models.base import HouseSession
from models.log.operations import record, record_opening
from models.log.rules import Event
from models.plans.proof import OpenPlan
from models.refusals import NotSignedIn, Refused
from permissions.door import open_plan
from permissions.proofs import House
from permissions.sign_in.sessions import touch
from permissions.transaction import UnitOfWork
from permissions.viewer import viewer_of


def unit_of_work(request: Request) -> UnitOfWork:
    work: UnitOfWork = request.state.work
    return work


def cookie_name(request: Request) -> str:
    """With https the browser itself guards the cookie's origin and path by its name."""
    return "__Host-medvirk" if request.app.state.https else "medvirk"


def session_token(request: Request) -> str | None:
    return request.cookies.get(cookie_name(request))


async def current_session(request: Request) -> HouseSession:
    return unit_of_work(request).session


async def current_viewer(request: Request) -> Viewer:
    """Who is asking; raises NotSignedIn. Asked for twice, looked up once."""
    if known := getattr(request.state, "viewer", None):
        viewer: Viewer = known
        return viewer
    token = session_token(request)
    if not token:
        raise NotSignedIn
    work = unit_of_work(request)
    viewer = await viewer_of(work.session, token)
    work.afterwards.append(lambda session: touch(session, viewer.session_id))
    request.state.viewer = viewer
    return viewer


async def opened_plan(request: Request, plan_id: UUID, room: str) -> OpenPlan:
    """Open the plan for the viewer, and log it: the opening, or the refusal with its reason."""
    work, viewer = unit_of_work(request), await current_viewer(request)
    try:
        plan = await open_plan(work.session, viewer, plan_id)
    except Refused as refused:
        reason = refused.reason
        house = viewer.municipality_id, plan_id, viewer.account_id

        async def log_refusal(session: HouseSession) -> None:
            record(House(session, *house), Event.PLAN_REFUSED, reason=reason)

        work.afterwards.append(log_refusal)
        raise
    seen = plan.municipality_id, plan.plan_id, plan.actor_id
    work.afterwards.append(lambda session: record_opening(House(session, *seen), room))
    return plan
