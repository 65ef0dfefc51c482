"""Cases in which every two facts about access meet, and what the rules in words say of each."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from models.labels import LABELS
from models.plans.rules.words import PlanState
from models.refusals import Reason
from models.rights import Element, Level, Role
from permissions.access_matrix import HIDDEN, ITEM, OFF, Cell
from tests.permissions.test_access_matrix import answer

SEEN = {"seen": "1"}


class Request(NamedTuple):
    """What is sent under the plan's address; `{…}` are ids of the plan's own things."""

    method: str
    path: str
    sent: Mapping[str, str] = {}


def _writes(room: str, thing: str, typed: dict[str, str]) -> dict[str, Request]:
    return {
        "endre": Request("POST", f"{room}/{thing}/change", SEEN | typed),
        "opprette": Request("POST", f"{room}/new", typed),
        "slette": Request("POST", f"{room}/{thing}/remove", SEEN),
    }


GOAL = {"title": "Nytt mål", "description": "", "life_area": "", "progress": "10"}
ACTIVITY = {"title": "Ny", "description": "", "extent": "", "responsible_id": "", "status": "planned"}
SERVICE = {"title": "NAV", "state": "wanted", "purpose": "", "contact": ""}
LINE = {"title": "Ny fagplan", "established_on": "", "contact_id": "", "contact": "Ola", "note": ""}
AREAS = _writes("/life-areas", "{area}", {"text": "Ny tekst", "area": "housing"})
REQUESTS: dict[Element, dict[str, Request]] = {
    Element.GOALS: {"lese": Request("GET", "/goals/{goal}"), **_writes("/goals", "{goal}", GOAL)},
    Element.ACTIVITIES: {
        "lese": Request("GET", "/goals/{goal}"),
        **_writes("/goals/{goal}/activities", "{activity}", ACTIVITY),
    },
    Element.COMMENTS: {
        "lese": Request("GET", "/goals/{goal}"),
        "opprette": Request("POST", "/goals/{goal}/comments", {"text": "Hei"}),
        "slette": Request("POST", "/goals/{goal}/comments/{comment}/remove", SEEN),
    },
    Element.HOUSING: {"lese": Request("GET", "/life-areas"), **AREAS},
    Element.COOPERATION: {"lese": Request("GET", "/cooperation"), **_writes("/cooperation", "{service}", SERVICE)},
    Element.SUBJECT_PLANS: {"lese": Request("GET", "/subject-plans"), **_writes("/subject-plans", "{line}", LINE)},
    Element.ABOUT: {
        "lese": Request("GET", "/about"),
        "endre": Request("POST", "/about/change", SEEN | {"text": "Ny tekst"}),
    },
    Element.JOURNAL: {
        "lese": Request("GET", "/journal"),
        "opprette": Request("POST", "/journal/new", {"mood": "", "text": "Hei"}),
        "slette": Request("POST", "/journal/{entry}/remove", SEEN),
    },
    Element.PARTICIPANTS: {"endre": Request("GET", "/invitations")},
    Element.PLAN: {"endre": Request("GET", "/settings")},
}
ITEMS = {
    Element.GOALS: "goal",
    Element.ACTIVITIES: "activity",
    Element.HOUSING: "area",
    Element.COOPERATION: "service",
    Element.SUBJECT_PLANS: "line",
}
"""Those whose single things have levels of their own here, by the names in addresses."""


@dataclass(frozen=True)
class Rest:
    """A plan that rests on something, as the rules name it, and as rows."""

    state: PlanState
    basis: str
    consent: str
    otherwise: str = ""


STATES = (PlanState.ACTIVE, PlanState.INACTIVE)
CONSENTS = (
    *("ingen", "gitt", "siste dag er i dag", "gått ut", "begynner i morgen", "trukket tilbake", "mangler signatur"),
    *("trukket tilbake for deltakeren", "gitt bare for deltakeren", "foreløpig", "avlyst"),
)
CLOSING = (
    *("annen kommune", "annen profil", "for lavt sikkerhetsnivå", "deltar fra i morgen", "sluttet i dag"),
    *("venter på planeieren", "under 15, og planen er lukket for barn"),
    "under 15, og ingen foresatt har godtatt det",
)
RESTS = (
    *(Rest(PlanState.ACTIVE, "Samtykke", consent) for consent in CONSENTS),
    *(Rest(state, "Vedtak", "ingen") for state in STATES),
    *(Rest(state, "ingen", "ingen") for state in STATES),
    Rest(PlanState.ACTIVE, "Lovpålagt oppgave", "ingen"),
    Rest(PlanState.ACTIVE, "Vedtak, men Samtykke for deltakeren", "ingen"),
    Rest(PlanState.ACTIVE, "Samtykke, men Vedtak for deltakeren", "ingen"),
    Rest(PlanState.INACTIVE, "Samtykke", "gått ut"),
    Rest(PlanState.DRAFT, "ingen", "ingen"),
    Rest(PlanState.AWAITING_SIGNATURES, "Samtykke", "mangler signatur"),
    *(Rest(PlanState.ACTIVE, "Vedtak", "ingen", closing) for closing in CLOSING),
)
OVERRIDES = ("", OFF, HIDDEN, *(f"{ITEM}{LABELS[Level][level]}" for level in Level))


class Case(NamedTuple):
    role: Role
    level: Level
    rest: Rest
    element: Element
    verb: str
    override: str


def is_possible(case: Case) -> bool:
    """Whether there is such a request, and such a thing to override."""
    if case.verb not in REQUESTS[case.element]:
        return False
    if case.override == HIDDEN:
        return case.element is Element.ACTIVITIES
    return not case.override.startswith(ITEM) or (case.element in ITEMS and case.verb != "opprette")


def pairs(case: Case) -> set[tuple[int, Any, int, Any]]:
    return {(one, case[one], other, case[other]) for one, other in combinations(range(len(case)), 2)}


def chosen(seed: int = 2026) -> list[Case]:
    """Few cases in which every possible pair is met: the best of some made at random around a pair that is left."""
    dice = random.Random(seed)
    values = (tuple(Role), tuple(Level), RESTS, tuple(REQUESTS), ("lese", "endre", "opprette", "slette"), OVERRIDES)
    left = {pair: None for case in _all(values) for pair in sorted(pairs(case), key=repr)}
    found = []
    while left:
        one, first, other, second = next(iter(left))
        tries = [_around({one: first, other: second}, values, dice) for _ in range(20)]
        best = max(tries, key=lambda case: len(pairs(case) & left.keys()))
        found.append(best)
        for pair in pairs(best):
            left.pop(pair, None)
    return found


def _all(values: tuple[tuple[Any, ...], ...]) -> Iterator[Case]:
    """Enough cases that every possible pair is in one: those of part, verb and override are the only impossible."""
    roles, levels, rests, elements, verbs, overrides = values
    for place in ((e, v, o) for e in elements for v in verbs for o in overrides):
        if is_possible(Case(roles[0], levels[0], rests[0], *place)):
            yield from (Case(role, levels[0], rests[0], *place) for role in roles)
            yield from (Case(roles[0], level, rests[0], *place) for level in levels)
            yield from (Case(roles[0], levels[0], rest, *place) for rest in rests)
    yield from (Case(r, lv, rest, elements[0], "lese", "") for r in roles for lv in levels for rest in rests)


def _around(fixed: dict[int, Any], values: tuple[tuple[Any, ...], ...], dice: random.Random) -> Case:
    while True:
        case = Case(*(fixed.get(place, dice.choice(options)) for place, options in enumerate(values)))
        if is_possible(case):
            return case


CASES = chosen()
REASONS = (
    *(Reason.OPEN, Reason.PLAN_IS_DRAFT, Reason.AWAITING_SIGNATURES, Reason.PLAN_IS_INACTIVE, Reason.NO_LEGAL_BASIS),
    *(Reason.NO_CONSENT, Reason.CONSENT_NOT_STARTED, Reason.CONSENT_EXPIRED, Reason.CONSENT_WITHDRAWN),
    *(Reason.NOT_YET_PARTICIPANT, Reason.NO_LONGER_PARTICIPANT, Reason.OTHER_MUNICIPALITY, Reason.OTHER_PROFILE),
    *(Reason.AWAITING_APPROVAL, Reason.ASSURANCE_TOO_LOW, Reason.TOO_YOUNG, Reason.GUARDIAN_MUST_APPROVE),
    *(Reason.ELEMENT_OFF, Reason.LEVEL_TOO_LOW),
)
"""Those that a knock can be answered with."""


def words_of(element: Element) -> str:
    """What is written in the part."""
    return f"Hest og vogn {element.value}"


def expected(case: Case) -> tuple[str, str]:
    rest, role = case.rest, LABELS[Role][case.role]
    asked = LABELS[Element][case.element], LABELS[Level][case.level], LABELS[PlanState][rest.state]
    found = answer(Cell(role, *asked, rest.basis, rest.consent, rest.otherwise, case.override, case.verb, "", ""))
    assert found[0] in ("ja", "nei"), (case, found)
    return found
