"""Rooms of a plan: how a route gets its opened plan, and the frame they all share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import Depends
from starlette.requests import Request
from starlette.responses import HTMLResponse

from models.i18n import N_, _
from models.labels import label, plan_label, plan_words
from models.plans.proof import OpenPlan
from models.plans.queries.news import rooms_with_news
from models.plans.rules.words import PlanState
from models.refusals import SENTENCES
from models.rights import LIFE_AREAS, Element, Level
from pages.plans.undo_offer import undo_address
from pages.rendering import render
from permissions.administering import ROOMS as ADMINISTERED
from permissions.request import opened_plan


@dataclass(frozen=True)
class Room:
    """`under` is the address below the plan's. One of `elements` must be reached to be offered the room, at `level`.

    `says` is what the room is for, where it is listed under «Mer». A plan made without the element it `needs`, has no
    such room.
    """

    name: str
    words: str
    under: str
    drawing: str
    elements: tuple[Element, ...] = ()
    says: str = ""
    level: Level = Level.READ
    needs: Element | None = None

    def is_for(self, plan: OpenPlan) -> bool:
        if self.needs and self.needs not in plan.elements:
            return False
        if self.level > Level.READ:
            return any(plan.allows(element, self.level) for element in self.elements)
        return not self.elements or any(plan.reaches(element) for element in self.elements)


ROOMS = (
    Room("home", N_("Oversikt"), "", "house"),
    Room("timeline", N_("Tidslinje"), "/timeline", "clock"),
    Room("goals", N_("Mål og aktiviteter"), "/goals", "goal", (Element.GOALS,)),
    Room("life-areas", N_("Livsområder"), "/life-areas", "person", LIFE_AREAS),
)
"""Those within the thumb's reach on every page of the plan."""

MORE = (
    Room(
        *("participants", N_("Deltakere"), "/participants", "people", (Element.PARTICIPANTS,)),
        says=N_("Hvem som er med i ansvarsgruppen, og hvordan du når dem."),
    ),
    Room(
        *("baton", N_("Koordinering"), "/baton", "order", (Element.PARTICIPANTS,)),
        says=N_("Hvem som koordinerer planen. Gi ansvaret videre, eller velg en vikar."),
        level=Level.CHANGE,
    ),
    Room(
        *("consent", N_("Samtykke"), "/consent", "done", (Element.CONSENT,)),
        says=N_("Hva planen bygger på, hvem som har samtykket, og hvor lenge det gjelder."),
    ),
    Room(
        *("rights", N_("Hvem ser hva"), "/rights", "person", (Element.RIGHTS,)),
        says=N_("Hva hver deltaker kan se og gjøre, og hvorfor."),
    ),
    Room(
        *("about", N_("Om meg selv"), "/about", "person", (Element.ABOUT,)),
        says=N_("Hvem planen handler om, og hva som er viktig."),
    ),
    Room(
        *("journal", N_("Sist jeg var her"), "/journal", "heart", (Element.JOURNAL,)),
        says=N_("Hvordan det går, fortalt fra dag til dag."),
    ),
    Room(
        *("promises", N_("Frister"), "/promises", "hourglass", (Element.ACTIVITIES,)),
        says=N_("Hva dere har avtalt å gjøre, og hva som er forsinket."),
    ),
    Room(
        *("cooperation", N_("Samarbeid"), "/cooperation", "people", (Element.COOPERATION,)),
        says=N_("Hva hver og en bidrar med, og hvilke andre tjenester dere trenger."),
    ),
    Room(
        *("subject-plans", N_("Fagplaner"), "/subject-plans", "plan", (Element.SUBJECT_PLANS,)),
        says=N_("Andre planer som finnes, og hvem som svarer for dem."),
    ),
    Room(
        *("evaluation", N_("Evaluering"), "/evaluation", "chart", (Element.EVALUATION,)),
        says=N_("Hvordan det har gått, og hva dere ønsker framover."),
    ),
    Room(
        *("completeness", N_("Hva planen skal inneholde"), "/completeness", "done"),
        says=N_("Hva loven og kommunen krever, og hva som mangler ennå."),
        needs=Element.GOALS,
    ),
    Room(
        *("history", N_("Planen slik den var"), "/history", "clock"),
        says=N_("Se planen slik den var en annen dag, og hva som er endret siden."),
    ),
    Room(
        *("bin", N_("Papirkurv"), "/bin", "trash"),
        says=N_("Det som er slettet de siste 30 dagene, og kan hentes tilbake."),
    ),
    Room(
        *("settings", N_("Administrer"), "/settings", "pencil", (Element.PLAN,)),
        says=N_("Navn, periode og innhold, hva oversikten viser, og når planen skal revideres."),
        level=Level.CHANGE,
    ),
)
"""The rest, listed on a page of their own."""


def room(name: str, *, is_page: bool = True) -> Callable[[Request, UUID], Awaitable[OpenPlan]]:
    """The dependency of every route in a room: opens the plan for the viewer and logs it under the room's name.

    Pages also ask in which rooms there is something new (F79), and where the change that the address tells of can be
    undone; what `is_page` not, has no rooms to mark.
    """

    async def opened(request: Request, plan_id: UUID) -> OpenPlan:
        plan = await opened_plan(request, plan_id, name)
        if is_page and not plan.session.writes:
            request.state.rooms_with_news = await rooms_with_news(plan)
            request.state.undo = await undo_address(plan, request.query_params.get("undo", ""))
        return plan

    return opened


HomePlan = Depends(room("home"))
TimelinePlan = Depends(room("timeline"))
GoalsPlan = Depends(room("goals"))


def address(plan: OpenPlan) -> str:
    return f"/plans/{plan.plan_id}"


def goal_address(plan: OpenPlan, goal_id: UUID) -> str:
    return f"{address(plan)}/goals/{goal_id}"


def render_room(
    request: Request, plan: OpenPlan, name: str, here: str, *, status: int = 200, **context: Any
) -> HTMLResponse:
    """A page of the room `here`, with the plan's head and the rooms this viewer may enter."""
    frame: dict[str, Any] = {"plan": _head(plan), "rooms": _rooms(plan, here, with_news(request))}
    frame["undo"] = getattr(request.state, "undo", None)
    return render(request, name, status=status, **frame, **context)


def _head(plan: OpenPlan) -> dict[str, Any]:
    until = plan.consent_until
    return {
        "url": address(plan),
        "short_name": plan.short_name,
        "kind_name": plan_label(plan.kind, plan.elements),
        "my_role": plan.role_name(plan.role),
        "words": plan_words(plan.kind),
        "state": label(plan.state),
        "ended": plan.state is PlanState.INACTIVE,
        "active": plan.state is PlanState.ACTIVE,
        "consent_days": (until - plan.today).days if until else None,
        "looking_as": plan.looking_as,
        "narrowed": _narrowed(plan),
        "administered_until": plan.administered_until,
    }


def _narrowed(plan: OpenPlan) -> str | None:
    """Why the content is closed to all; to an administrator from outside it always is (F194)."""
    reason = plan.standings[0].narrowed
    is_closed = reason and all(one.narrowed for one in plan.standings)
    return _(SENTENCES[reason]) if reason and is_closed and not plan.administered_until else None


def with_news(request: Request) -> frozenset[str]:
    """The names of the rooms in which there is something new; none where a form is shown again."""
    found: frozenset[str] = getattr(request.state, "rooms_with_news", frozenset())
    return found


def _rooms(plan: OpenPlan, here: str, news: frozenset[str]) -> list[tuple[str, str, str, bool, bool]]:
    if plan.administered_until:
        administered = [room for room in MORE if room.name in ADMINISTERED and room.is_for(plan)]
        return [
            (_(room.words), address(plan) + room.under, room.drawing, room.name == here, False) for room in administered
        ]
    near = [(room, room.name == here) for room in ROOMS if room.is_for(plan)]
    under = not any(current for _room, current in near)
    news_under = any(room.name in news for room in MORE if room.is_for(plan))
    more = (_("Mer"), f"{address(plan)}/more", "more", under, news_under)
    rooms = [
        (_(room.words), address(plan) + room.under, room.drawing, current, room.name in news) for room, current in near
    ]
    return [*rooms, more]
