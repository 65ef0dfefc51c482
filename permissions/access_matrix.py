"""The published matrix of who may do what (N25): every cell is what the policy itself answers when it is asked.

Whether a plan opens (`judge`) depends on the role, the plan and what it rests on; what may be done in an opened one
(`OpenPlan.why`) on the part, the level there and what overrides it. The first is asked of everything that a plan can
rest on, the second of every kind of opening.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, cast
from uuid import UUID

from models.labels import LABELS
from models.plans.proof import OpenPlan, Standing
from models.plans.rules.access import Verdict, judge
from models.plans.rules.words import PlanState
from models.plans.tables.kinds import KINDS
from models.refusals import SENTENCES, Reason
from models.rights import Element, Level, PlanKind, Role
from permissions.administering import standing as of_administrator
from permissions.situations import ENDED, IN_USE, OPENINGS, OTHERWISE, RESTING, TODAY, Situation

OPEN_THE_PLAN = "åpne planen"
VERBS = {"lese": Level.READ, "endre": Level.CHANGE, "opprette": Level.NEW, "slette": Level.DELETE}
ALL = "alle"
ADMINISTRATOR = "Lokal administrator som ikke er med"
OFF, AS_ANOTHER, HIDDEN = "delen er ikke i bruk", "ser planen som en annen", "det punktet ligger under, er skjult"
ITEM = "punktet er satt til: "
WITH_ITEMS = frozenset(element for kind in KINDS for element in kind.elements)
UNDER_A_GOAL = frozenset({Element.ACTIVITIES, Element.COMMENTS, Element.EVALUATION})
ANY, PLACE, ABOVE = UUID(int=0), UUID(int=1), UUID(int=2)


class Cell(NamedTuple):
    """One question and its answer, in the words of the screen."""

    role: str
    element: str
    level: str
    state: str
    basis: str
    consent: str
    otherwise: str
    override: str
    asked: str
    answer: str
    reason: str


@dataclass(frozen=True)
class _Thing:
    """Something that has a level of its own, under a goal or alone."""

    chain: tuple[tuple[Element, UUID], ...]
    id: UUID = PLACE

    def guarded_by(self) -> tuple[tuple[Element, UUID], ...]:
        return self.chain


def cells() -> Iterator[Cell]:
    """All of it, always in the same order: who comes in, and then what they may do there."""
    for role in Role:
        for situation in (*RESTING, *OTHERWISE):
            yield _door(role, situation)
    for role in Role:
        for situation in OPENINGS:
            yield from _room(role, situation)
    for role in Role:
        for situation in (IN_USE, ENDED):
            yield from _overridden(role, situation)
    yield from _administered(IN_USE)


def _door(role: Role, situation: Situation) -> Cell:
    verdict = judge(situation.facts(role))
    answer = "bare administrasjon" if verdict.narrowed else _word(verdict.reason)
    reason = verdict.narrowed or verdict.reason
    return _cell(_name(role), ALL, ALL, situation, "", OPEN_THE_PLAN, answer, reason)


def _room(role: Role, situation: Situation) -> Iterator[Cell]:
    verdict = judge(situation.facts(role))
    if verdict.reason is not Reason.OPEN:
        yield _cell(_name(role), ALL, ALL, situation, "", ALL, "nei", verdict.reason)
        return
    for element in Element:
        for level in Level:
            plan = _opened(role, situation, {element: level}, verdict)
            yield from _asked(plan, _name(role), element, level, situation)


def _overridden(role: Role, situation: Situation) -> Iterator[Cell]:
    """One thing at a time, in a plan that is otherwise open."""
    verdict = judge(situation.facts(role))
    for element in Element:
        for level in Level:
            own = {element: level}
            off = _opened(role, situation, own, verdict, elements=frozenset(Element) - {element})
            yield from _asked(off, _name(role), element, level, situation, OFF)
            through = _opened(role, situation, own, verdict, looking_as="noen")
            yield from _asked(through, _name(role), element, level, situation, AS_ANOTHER)
            if element in WITH_ITEMS:
                yield from _items(role, situation, verdict, element, level)


def _items(role: Role, situation: Situation, verdict: Verdict, element: Element, level: Level) -> Iterator[Cell]:
    for own in Level:
        plan = _opened(role, situation, {element: level}, verdict, items={(element, PLACE): own})
        thing = _Thing(((element, PLACE),))
        yield from _asked(plan, _name(role), element, level, situation, f"{ITEM}{_name(own)}", thing)
    if element in UNDER_A_GOAL:
        levels = {element: level, Element.GOALS: Level.READ}
        plan = _opened(role, situation, levels, verdict, items={(Element.GOALS, ABOVE): Level.NONE})
        thing = _Thing(((element, PLACE), (Element.GOALS, ABOVE)))
        yield from _asked(plan, _name(role), element, level, situation, HIDDEN, thing)


def _administered(situation: Situation) -> Iterator[Cell]:
    own = of_administrator()
    plan = _with(own, situation)
    for element in Element:
        yield from _asked(plan, ADMINISTRATOR, element, own.level(element), situation)


def _asked(
    plan: OpenPlan,
    who: str,
    element: Element,
    level: Level,
    situation: Situation,
    override: str = "",
    thing: _Thing | None = None,
) -> Iterator[Cell]:
    for verb, wanted in VERBS.items():
        reason = plan.why(element, wanted, thing)
        yield _cell(who, _name(element), _name(level), situation, override, verb, _word(reason), reason)


def _opened(
    role: Role,
    situation: Situation,
    levels: dict[Element, Level],
    verdict: Verdict,
    *,
    items: dict[tuple[Element, UUID], Level] | None = None,
    **more: Any,
) -> OpenPlan:
    return _with(Standing(ANY, role, levels, items or {}, verdict.narrowed), situation, **more)


def _with(standing: Standing, situation: Situation, **more: Any) -> OpenPlan:
    """A plan of nobody's: the policy asks it for nothing but its state, its parts and the standing."""
    nothing = cast("Any", None)
    known: dict[str, Any] = {"elements": frozenset(Element)} | more
    return OpenPlan(
        session=nothing,
        viewer=nothing,
        vault=nothing,
        plan_id=ANY,
        municipality_id=ANY,
        short_name="",
        kind=PlanKind.IP,
        state=situation.state,
        unit_id=None,
        standings=(standing,),
        today=TODAY,
        **known,
    )


def _cell(
    who: str, element: str, level: str, situation: Situation, override: str, asked: str, answer: str, reason: Reason
) -> Cell:
    where = _name(situation.state), situation.basis, situation.consent, situation.otherwise
    return Cell(who, element, level, *where, override, asked, answer, SENTENCES[reason])


def _name(word: Role | Element | Level | PlanState) -> str:
    return LABELS[type(word)][word]


def _word(reason: Reason) -> str:
    return "ja" if reason is Reason.OPEN else "nei"
