"""What the law and the municipality say that the plan must contain, and what is missing (N6)."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from models.i18n import N_, _
from models.labels import plan_words
from models.plans.proof import OpenPlan
from models.plans.queries.completeness import completeness
from models.plans.queries.findings import Lack
from models.plans.rules.completeness import LACKS, Judged, Verdict
from models.refusals import Reason, Refused
from models.rights import Element, Level, Role
from models.templates.rules import Check
from pages.plans.room import address, goal_address, render_room, room

router = APIRouter()
ROOM = "completeness"
MOST = 5
"""Things to mend that are named; the rest are found in the same place."""

LACKING = {
    Check.GOALS: N_("Ingen mål er skrevet ennå."),
    Check.LIFE_AREAS: N_("Ingen livsområder er kartlagt ennå."),
    Check.PARTICIPANTS: N_("Ingen andre enn %(owner)s deltar ennå."),
    Check.COORDINATOR: N_("Ingen er %(coordinator)s nå."),
    Check.CONTRIBUTIONS: N_("Noen har ikke skrevet hva de bidrar med:"),
    Check.MEASURES: N_("Noen aktiviteter mangler omfang eller ansvarlig:"),
    Check.HOW: N_("Noen aktiviteter mangler beskrivelse:"),
    Check.DEADLINES: N_("Noen aktiviteter mangler frist:"),
    Check.PERIOD: N_("Planen mangler periode eller dato for neste revisjon."),
    Check.CONSENT: N_("Det er ikke gitt et samtykke til planen som gjelder nå."),
    Check.COOPERATION: N_("Ingen andre tjenester er ført opp ennå."),
    Check.BASIS: N_("Planen mangler et gyldig grunnlag."),
    Check.EVALUATION: N_("Planen er ikke evaluert det siste året."),
    Check.ABOUT: N_("«Om meg selv» er ikke skrevet ennå."),
}
NO_ACTIVITIES = N_("Ingen aktiviteter er skrevet ennå.")
MENDED: dict[Check, tuple[str, str, Element | None, Level]] = {
    Check.GOALS: ("/goals", N_("Gå til målene"), Element.GOALS, Level.READ),
    Check.LIFE_AREAS: ("/life-areas", N_("Gå til livsområdene"), None, Level.READ),
    Check.PARTICIPANTS: ("/invitations", N_("Gå til deltakerne"), Element.PARTICIPANTS, Level.CHANGE),
    Check.COORDINATOR: ("/invitations", N_("Gå til deltakerne"), Element.PARTICIPANTS, Level.CHANGE),
    Check.CONTRIBUTIONS: ("/cooperation", N_("Gå til samarbeid"), Element.COOPERATION, Level.READ),
    Check.MEASURES: ("/goals", N_("Gå til målene"), Element.GOALS, Level.READ),
    Check.HOW: ("/goals", N_("Gå til målene"), Element.GOALS, Level.READ),
    Check.DEADLINES: ("/goals", N_("Gå til målene"), Element.GOALS, Level.READ),
    Check.PERIOD: ("/settings", N_("Gå til innstillingene"), Element.PLAN, Level.CHANGE),
    Check.COOPERATION: ("/cooperation", N_("Gå til samarbeid"), Element.COOPERATION, Level.READ),
    Check.EVALUATION: ("/evaluation", N_("Gå til evaluering"), Element.EVALUATION, Level.READ),
    Check.ABOUT: ("/about", N_("Gå til «Om meg selv»"), Element.ABOUT, Level.READ),
}
"""Where it is mended: the address below the plan's, and what one must be allowed there to be sent."""


@router.get("/plans/{plan_id}/completeness")
async def show_completeness(request: Request, plan: Annotated[OpenPlan, Depends(room(ROOM))]) -> Response:
    whole = await completeness(plan)
    if whole is None:
        raise Refused(Reason.ELEMENT_OFF, plan.plan_id, plan.municipality_id)
    return render_room(
        *(request, plan, "plans/completeness.html", ROOM),
        meter=whole.meter,
        missing=[_point(plan, one, whole.found.lacks) for one in whole.of(Verdict.MISSING)],
        for_people=[_point(plan, one, {}) for one in whole.of(Verdict.FOR_PEOPLE)],
        fulfilled=[_point(plan, one, {}) for one in whole.of(Verdict.FULFILLED)],
        is_partial=bool(whole.of(Verdict.UNSEEN)),
    )


def _point(plan: OpenPlan, one: Judged, lacks: Mapping[Check, tuple[Lack, ...]]) -> dict[str, Any]:
    return {
        "title": one.point.title,
        "source": one.point.source,
        "missing": [_missing(plan, check, lacks.get(check, ())) for check in one.missing],
    }


def _missing(plan: OpenPlan, check: Check, lacks: tuple[Lack, ...]) -> dict[str, Any]:
    """`words` is what is missing; `named` are the things to mend, and `more` how many others there are."""
    return {
        "words": _sentence(plan, check, bool(lacks)),
        "named": [{"name": lack.name, "url": _place(plan, lack)} for lack in lacks[:MOST]],
        "more": max(0, len(lacks) - MOST),
        "link": _link(plan, check),
    }


def _sentence(plan: OpenPlan, check: Check, names_any: bool) -> str:
    if check in LACKS and not names_any:
        return _(NO_ACTIVITIES)
    words = plan_words(plan.kind) | {"coordinator": plan.role_name(Role.COORDINATOR).lower()}
    return _(LACKING[check]) % words


def _place(plan: OpenPlan, lack: Lack) -> str:
    if lack.goal_id:
        return f"{goal_address(plan, lack.goal_id)}#activity-{lack.activity_id}"
    return f"{address(plan)}/cooperation#contribution-{lack.participant_id}"


def _link(plan: OpenPlan, check: Check) -> dict[str, str] | None:
    if check not in MENDED:
        return None
    under, words, element, level = MENDED[check]
    may_go = element is None or plan.allows(element, level)
    return {"url": address(plan) + under, "words": _(words)} if may_go else None
