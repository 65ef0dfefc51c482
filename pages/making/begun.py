"""What the five steps share: finding what was begun, keeping a step, and where one goes from there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from starlette.datastructures import MultiDict
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from models.accounts.proof import OpenMunicipality
from models.clock import local_day
from models.i18n import N_, _, clock_text
from models.people.rules import Card, full_name
from models.people.tables import Person
from models.plans.operations.begun import keep_step
from models.plans.queries.begun import Answers, Begun, find_begun
from models.plans.queries.owners import owner_to_be
from models.plans.rules.making import Start, why_not
from models.refusals import Conflict, Invalid, NotFound, Reason, Refusal, Refused
from models.rights import Right
from pages.making.cards import card_of
from pages.rendering import go
from permissions.door import open_municipality, open_plan
from permissions.request import current_session, current_viewer, signed_in_viewer


class Step(StrEnum):
    """In the order they are gone through; the value stands in the address."""

    PERSON = "person"
    PLAN = "plan"
    CONTENT = "content"
    ACCOUNT = "account"
    SUMMARY = "summary"


WORDS = {
    Step.PERSON: N_("Person"),
    Step.PLAN: N_("Plan"),
    Step.CONTENT: N_("Innhold"),
    Step.ACCOUNT: N_("Bruker"),
    Step.SUMMARY: N_("Oppsummering"),
}
BUTTONS = ("act", "seen", "once")
"""What a browser sends besides the answers."""


async def opened(request: Request) -> OpenMunicipality:
    """Raises Refused for who may not make plans, here and now. What a page sends unasked does not count as using it
    (C2)."""
    await signed_in_viewer(request, is_using=not request.headers.get("x-background"))
    viewer, session = await current_viewer(request), await current_session(request)
    here = await open_municipality(session, viewer, Right.PLANS_CREATE)
    if (reason := why_not(viewer)) is not Reason.OPEN:
        raise Refused(reason)
    return here


Here = Annotated[OpenMunicipality, Depends(opened)]


@dataclass(frozen=True)
class Making:
    """A plan that is being made. `owner` is whom it is for: a card that is there, or one that is made with the plan."""

    request: Request
    here: OpenMunicipality
    begun: Begun
    owner: Person | Card | None = None

    @property
    def url(self) -> str:
        return f"/plans/new/{self.begun.id}"

    @property
    def name(self) -> str:
        return full_name(self.owner.given_name, self.owner.family_name) if self.owner else ""

    @property
    def start(self) -> Start:
        """The kind of plan that was chosen; asked after the step where it is."""
        return Start(self.begun.one(Step.PLAN, "start"))

    @property
    def today(self) -> date:
        return local_day(self.here.session.clock.now())

    @property
    def synthetic(self) -> bool:
        """Whether made-up fødselsnumre are accepted here."""
        settings = self.request.app.state.settings
        return bool(settings.synthetic_people or settings.demo)

    def typed(self, step: Step) -> MultiDict | None:
        """The answers of a step as a form takes them; None when it was never kept."""
        answers = self.begun.answers.get(step)
        if answers is None:
            return None
        return MultiDict([(name, value) for name, values in answers.items() for value in values])

    def missing(self, before: Step | None = None) -> Step | None:
        """The first step that is yet to be gone through, of those before another."""
        steps = list(Step)[: list(Step).index(before) if before else -1]
        passed = self.begun.passed if self.owner else ()
        return next((step for step in steps if step not in passed), None)

    def onwards(self) -> str:
        """The address of what is to be done next."""
        return f"{self.url}/{self.missing() or Step.SUMMARY}"


Answer = Callable[[Making], Awaitable[Response]]


async def at(request: Request, here: OpenMunicipality, begun_id: UUID, step: Step, answer: Answer) -> Response:
    """The answer of a step; or the way to the first one that must be gone through before it, or to the plan when it is
    made already. Raises NotFound."""
    try:
        begun = await find_begun(here, begun_id)
    except NotFound:
        return await _made(here, begun_id)
    making = Making(request, here, begun, await owner_of(here, begun))
    if (first := making.missing(step)) and step is not Step.PERSON:
        return go(f"{making.url}/{first}")
    return await answer(making)


async def _made(here: OpenMunicipality, begun_id: UUID) -> Response:
    try:
        plan = await open_plan(here.session, here.viewer, begun_id)
    except Refusal:
        raise NotFound from None
    return go(f"/plans/{plan.plan_id}")


async def owner_of(here: OpenMunicipality, begun: Begun) -> Person | Card | None:
    """Whom the plan is for; None when nobody is chosen yet, or cannot be any longer."""
    known = begun.one(Step.PERSON, "person_id")
    if not known:
        return card_of(begun) if Step.PERSON in begun.passed else None
    try:
        return await owner_to_be(here, UUID(known))
    except NotFound:
        return None


def answers(data: Any) -> Answers:
    """What was sent, as it is kept."""
    names = [name for name in data if name not in BUTTONS]
    return {name: [str(value) for value in data.getlist(name)] for name in dict.fromkeys(names)} | {"sent": ["yes"]}


def seen_in(data: Any) -> int | None:
    """How often the step had been kept when its form was shown; None when the form does not say."""
    sent = str(data.get("seen", ""))
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None


async def keep(making: Making, step: Step, typed: Answers, *, passed: bool, seen: int | None = None) -> Making:
    """The step as it was sent. Raises Conflict when another window kept something else in it since `seen`."""
    begun = await keep_step(making.here, making.begun, step, typed, passed=passed, seen=seen)
    return replace(making, begun=begun)


async def keep_unasked(making: Making, step: Step, typed: Answers, seen: int | None) -> Response:
    """The step as it is being written, for `static/drafts.js`: nobody is led anywhere by it."""
    try:
        begun = await keep_step(making.here, making.begun, step, typed, passed=False, seen=seen, unasked=True)
    except (Conflict, Invalid):
        return JSONResponse({}, 409)
    time = clock_text(begun.saved_at)
    return JSONResponse({"time": time, "words": _("Utkast lagret kl. %(time)s") % {"time": time}})
