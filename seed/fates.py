"""What becomes of the invented plans: which state they are in, what they rest on, and how the consent stands."""

from dataclasses import dataclass
from enum import Enum, auto
from random import Random

from models.plans.rules.words import Basis, ConsentAct, ConsentMethod, PlanState
from models.rights import PlanKind
from seed.told import YESTERDAY, Part, ToldBasis, ToldConsent, yearly


class Fate(Enum):
    """`ONE_…` is about a single provider; the other fates are the whole plan's."""

    RUNNING = auto()
    EXPIRES_SOON = auto()
    BEING_RENEWED = auto()
    LAPSED = auto()
    ONE_EXPIRED = auto()
    ONE_WITHDRAWN = auto()
    DRAFT = auto()
    AWAITING = auto()
    CLOSED = auto()


FATES = (
    *[Fate.RUNNING] * 9,
    *[Fate.EXPIRES_SOON] * 2,
    *[Fate.CLOSED] * 2,
    *(Fate.BEING_RENEWED, Fate.LAPSED, Fate.ONE_EXPIRED, Fate.ONE_WITHDRAWN, Fate.DRAFT, Fate.AWAITING, Fate.AWAITING),
)
"""Twenty plans' worth, dealt like cards: no town is without each of them."""

UNFINISHED = (Fate.DRAFT, Fate.AWAITING)
ONE_LEFT_OUT = (Fate.ONE_EXPIRED, Fate.ONE_WITHDRAWN)
BASES = {
    PlanKind.IP: [Basis.CONSENT],
    PlanKind.IOP: [Basis.DECISION],
    PlanKind.IUP: [Basis.DECISION, Basis.DECISION, Basis.STATUTORY_TASK],
    PlanKind.SL: [Basis.CONSENT, Basis.CONSENT, Basis.CONSENT, Basis.STATUTORY_TASK],
}
METHODS = [ConsentMethod.DIGITAL] * 8 + [ConsentMethod.PAPER, ConsentMethod.ORAL]


@dataclass(frozen=True)
class Course:
    """A plan's days: `opened` is the first active one, `ends` the last one written in, `last` the grounds' last."""

    fate: Fate
    basis: Basis
    made: int
    opened: int
    ends: int
    last: int
    states: tuple[tuple[PlanState, int], ...]

    @property
    def is_finished(self) -> bool:
        return self.fate not in UNFINISHED


def course(fate: Fate, kind: PlanKind, longest: int, chance: Random) -> Course:
    """A plan at most `longest` days old. Only a plan that rests on consent awaits signatures."""
    basis = chance.choice(BASES[kind])
    if fate is Fate.AWAITING and basis is not Basis.CONSENT:
        fate = Fate.DRAFT
    made = -chance.randint(6, 25) if fate in UNFINISHED else -chance.randint(min(60, longest), longest)
    opened, closed = made + 5, -chance.randint(8, -made // 3) if fate is Fate.CLOSED else None
    last = _last(fate, chance)
    ends = min(YESTERDAY, last if closed is None else closed - 1)
    return Course(fate, basis, made, opened, ends, last, _states(fate, basis, made, opened, closed))


def _last(fate: Fate, chance: Random) -> int:
    if fate is Fate.LAPSED:
        return -chance.randint(2, 20)
    return chance.randint(3, 29) if fate in (Fate.EXPIRES_SOON, Fate.BEING_RENEWED) else chance.randint(45, 330)


def _states(fate: Fate, basis: Basis, made: int, opened: int, closed: int | None) -> tuple[tuple[PlanState, int], ...]:
    awaiting = [(PlanState.AWAITING_SIGNATURES, made + 2)] if basis is Basis.CONSENT and fate is not Fate.DRAFT else []
    active = [(PlanState.ACTIVE, opened)] if fate not in UNFINISHED else []
    inactive = [(PlanState.INACTIVE, closed)] if closed is not None else []
    return ((PlanState.DRAFT, made), *awaiting, *active, *inactive)


def bases(course: Course, left_out: Part | None) -> list[ToldBasis]:
    """What the plan rests on, and the consent that one provider's part rests on in a plan with another basis."""
    if course.basis is Basis.CONSENT:
        return [ToldBasis(Basis.CONSENT, course.made, None, course.made)]
    years = _years(course)
    found = [ToldBasis(course.basis, first, last, max(course.made, first - 10)) for first, last in years]
    if left_out:
        found.append(ToldBasis(Basis.CONSENT, course.opened, None, course.opened, left_out))
    if course.fate is Fate.BEING_RENEWED:
        found.append(ToldBasis(course.basis, course.last + 1, course.last + 365, -3))
    return sorted(found, key=lambda basis: basis.recorded)


def consents(course: Course, signers: tuple[Part, ...], left_out: Part | None, chance: Random) -> list[ToldConsent]:
    """The ledger, oldest first."""
    return [*_for_all(course, signers, chance), *(_for_one(course, left_out, signers) if left_out else ())]


def _for_all(course: Course, signers: tuple[Part, ...], chance: Random) -> list[ToldConsent]:
    if course.basis is not Basis.CONSENT or course.fate is Fate.DRAFT:
        return []
    if course.fate is Fate.AWAITING:
        return [ToldConsent(course.opened, course.last, course.made + 2, signers=signers, signed=len(signers) - 1)]
    given = [_given(course, first, last, signers, chance.choice(METHODS)) for first, last in _years(course)]
    if course.fate is Fate.BEING_RENEWED:
        given.append(ToldConsent(course.last + 1, course.last + 365, -3, signers=signers, signed=len(signers) - 1))
    return given


def _given(course: Course, first: int, last: int, signers: tuple[Part, ...], method: ConsentMethod) -> ToldConsent:
    asked = signers if method is ConsentMethod.DIGITAL else ()
    return ToldConsent(first, last, max(course.made + 2, first - 10), signers=asked, method=method)


def _for_one(course: Course, part: Part, signers: tuple[Part, ...]) -> list[ToldConsent]:
    """A period of its own that has run out, or a consent taken back; either comes after those for everybody."""
    begins = _years(course)[-1][0]
    if course.fate is Fate.ONE_EXPIRED:
        return [ToldConsent(begins, part.sees_to, begins, part, signers=signers)]
    stops = part.sees_to + 1
    given = [] if course.basis is Basis.CONSENT else [ToldConsent(begins, course.last, begins, part, signers=signers)]
    return [*given, ToldConsent(stops, None, stops, part, act=ConsentAct.WITHDRAWN)]


def _years(course: Course) -> list[tuple[int, int]]:
    return yearly(course.opened, course.last)
