"""What a route asks for: the request's session, its viewer, and an opened plan."""

from contextlib import suppress
from uuid import UUID

from starlette.requests import Request

from models.accounts.proof import OpenProfile, Viewer
from models.base import HouseSession
from models.log.operations import record, record_opening
from models.log.queries import THROUGH_OTHERS, is_opening_logged
from models.log.rules import Event
from models.plans.proof import OpenConsent, OpenPlan
from models.refusals import NotFound, NotSignedIn, Reason, Refusal, Refused, TermsNotAccepted
from permissions.administering import open_administration
from permissions.door import open_plan, open_profile
from permissions.looking import look_as
from permissions.proofs import House
from permissions.sign_in.sessions import TOUCH, touch
from permissions.signing import open_consent
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
    """Who is asking; raises NotSignedIn, and TermsNotAccepted before anything is open to them (F28)."""
    viewer = await signed_in_viewer(request)
    if not viewer.has_accepted_terms:
        raise TermsNotAccepted
    return viewer


async def signed_in_viewer(request: Request, *, is_using: bool = True) -> Viewer:
    """Who is signed in, terms or not; for the terms, and for what a page asks in the background: then not `is_using`,
    and the session is no younger for it (C2). Asked for twice, looked up once."""
    if known := getattr(request.state, "viewer", None):
        viewer: Viewer = known
        return viewer
    token = session_token(request)
    if not token:
        raise NotSignedIn
    work = unit_of_work(request)
    viewer = await viewer_of(work.session, token)
    if is_using and viewer.seen_at < work.session.clock.now() - TOUCH:
        work.afterwards.append(lambda session: touch(session, viewer.session_id))
    request.state.viewer = viewer
    return viewer


async def begin_anew(request: Request) -> None:
    """End the request's transaction well; whatever is asked for next begins another, in which doors are opened again.

    For what must not hold a transaction: counting a try for good, or hashing a password.
    """
    await unit_of_work(request).end(well=True)
    request.state.viewer = None


async def opened_profile(request: Request) -> OpenProfile:
    """The viewer's own card and account, opened for them."""
    viewer = await current_viewer(request)
    return await open_profile(unit_of_work(request).session, viewer)


async def opened_plan(request: Request, plan_id: UUID, room: str) -> OpenPlan:
    """Open the plan for the viewer, and log the opening once an hour; a refusal is logged where it is answered."""
    work, viewer = unit_of_work(request), await current_viewer(request)
    plan = await _open(work.session, viewer, plan_id, room)
    shown = plan if plan.administered_until else await _as_another(request, plan)
    place = f"{THROUGH_OTHERS}{room}" if shown.looking_as else room
    await _log_opening(work, plan, place)
    return shown


async def _log_opening(work: UnitOfWork, opened: OpenPlan | OpenConsent, place: str) -> None:
    """Once an hour; later reads write nothing."""
    if not await is_opening_logged(opened, place):
        seen = opened.municipality_id, opened.plan_id, opened.actor_id
        work.afterwards.append(lambda session: record_opening(House(session, *seen), place))


async def _open(session: HouseSession, viewer: Viewer, plan_id: UUID, room: str) -> OpenPlan:
    """As one who takes part; else as a local administrator who has opened the plan's administration (F194)."""
    try:
        return await open_plan(session, viewer, plan_id)
    except NotFound:
        return await open_administration(session, viewer, plan_id, room)


async def opened_consent(request: Request, plan_id: UUID) -> OpenConsent:
    """The plan's consent, for those who give it; each sight of it is logged once an hour. A consent is one's own:
    Refused while the plan is seen through another's eyes."""
    work, viewer = unit_of_work(request), await current_viewer(request)
    await _demand_own_eyes(request, work.session, viewer, plan_id)
    consent = await open_consent(work.session, viewer, plan_id)
    await _log_opening(work, consent, "consent")
    return consent


LOOKING = "medvirk_as_"


def looking_cookie(plan_id: UUID) -> str:
    """The cookie that names the participant through whose eyes the browser's owner sees this plan (N2)."""
    return f"{LOOKING}{plan_id.hex}"


async def _as_another(request: Request, plan: OpenPlan) -> OpenPlan:
    """Through another's eyes, when the viewer has asked for it and may; nothing can be changed meanwhile."""
    wanted = request.cookies.get(looking_cookie(plan.plan_id))
    if not wanted or getattr(request.state, "looks_as_oneself", False):
        return plan
    try:
        seen = await look_as(plan, UUID(wanted))
    except (ValueError, Refusal):
        return plan
    if plan.session.writes:
        raise Refused(Reason.LOOKING_AS, plan.plan_id, plan.municipality_id)
    return seen


async def _demand_own_eyes(request: Request, session: HouseSession, viewer: Viewer, plan_id: UUID) -> None:
    if looking_cookie(plan_id) not in request.cookies:
        return
    with suppress(NotFound):
        try:
            seen = await _as_another(request, await open_plan(session, viewer, plan_id))
        except Refused as refused:
            is_looking = refused.reason is Reason.LOOKING_AS
        else:
            is_looking = seen.looking_as is not None
        if is_looking:
            raise Refused(Reason.LOOKING_AS, plan_id)


def log_refusal(request: Request, refused: Refused) -> None:
    """Who was refused, where and why: written after the rollback, in the log of the plan's own municipality."""
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    if viewer is None:
        return
    place = refused.municipality_id or viewer.municipality_id, refused.plan_id, viewer.account_id

    event = Event.PLAN_REFUSED if refused.plan_id else Event.REGISTER_REFUSED

    async def log(session: HouseSession) -> None:
        record(House(session, *place), event, reason=refused.reason)

    unit_of_work(request).afterwards.append(log)
