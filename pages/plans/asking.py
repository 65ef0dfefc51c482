"""Whom to ask when something in a plan is closed to somebody who may be in it."""

from uuid import UUID

from starlette.requests import Request

from models.accounts.proof import Viewer
from models.i18n import _
from models.labels import the_role
from models.plans.queries.people import people
from models.refusals import Refusal, Refused
from models.rights import Element, Level, PlanKind, Role
from permissions.door import open_plan
from permissions.known_before import ENDED, coordinator_known_before


async def whom_to_ask(request: Request, plan_id: UUID | None) -> str | None:
    """A sentence that names the one who coordinates the plan, also to who had access before; None when the viewer may
    not know who it is.

    Read apart from the request, whose transaction is about to be rolled back.
    """
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    if viewer is None or plan_id is None:
        return None
    async with request.app.state.database.reading() as session:
        try:
            plan = await open_plan(session, viewer, plan_id)
        except Refused as refused:
            known = await coordinator_known_before(session, viewer, plan_id) if refused.reason in ENDED else None
            return _ask(known.kind, known.name) if known else None
        except Refusal:
            return None
        if plan.role is Role.COORDINATOR or not plan.allows(Element.PARTICIPANTS, Level.READ):
            return None
        coordinators = [one for one in await people(plan) if one.role_code is Role.COORDINATOR and one.taking_part]
    if not coordinators:
        return None
    return _ask(plan.kind, coordinators[0].name)


def _ask(kind: PlanKind, name: str) -> str:
    known = {"coordinator": the_role(kind, Role.COORDINATOR), "name": name}
    return _("Spør %(coordinator)s, %(name)s, hvis du mener at dette er feil.") % known
