"""What a plan is before it becomes rows: who takes part, what it rests on, what happened. Day 0 is today."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from models.plans.rules.words import (
    ActivityStatus,
    Basis,
    ConsentAct,
    ConsentMethod,
    EvaluationKind,
    MeasureKind,
    Mood,
    PlanState,
)
from models.rights import Element, PlanKind, Role

YESTERDAY = -1
"""The last day anything has happened: today's hours may still be to come."""


@dataclass(frozen=True)
class Human:
    """A person card that has been written, with the account it signs in with, if any."""

    person_id: UUID
    account_id: UUID | None
    given_name: str
    family_name: str
    unit_id: UUID | None = None
    position: str | None = None


@dataclass(frozen=True)
class Part:
    """A human's part in a plan, or a unit's with its `members`; `sees_to` is the last day they could open it.

    `contributes` is what they do for the plan, in their own words.
    """

    id: UUID
    role: Role
    joined: int
    human: Human | None = None
    unit_id: UUID | None = None
    members: tuple[Human, ...] = ()
    left: int | None = None
    first_role: Role | None = None
    role_since: int | None = None
    only_goal: str = ""
    sees_to: int = YESTERDAY
    contributes: str = ""

    @property
    def account_id(self) -> UUID | None:
        return self.human.account_id if self.human else None

    def roles(self) -> list[tuple[Role, int, int | None]]:
        """Each role with its first day and the day the next one took over."""
        if self.first_role is None:
            return [(self.role, self.joined, None)]
        return [(self.first_role, self.joined, self.role_since), (self.role, self.role_since or self.joined, None)]

    def is_coordinator(self, day: int) -> bool:
        within = self.left is None or day < self.left
        return within and any(
            role is Role.COORDINATOR and first <= day and (until is None or day < until)
            for role, first, until in self.roles()
        )


@dataclass(frozen=True)
class ToldBasis:
    """For the whole plan, or for one `part`."""

    basis: Basis
    first: int
    last: int | None
    recorded: int
    part: Part | None = None


@dataclass(frozen=True)
class ToldConsent:
    """One entry of the ledger; `signed` of its `signers`, from the first, have signed."""

    first: int
    last: int | None
    recorded: int
    part: Part | None = None
    act: ConsentAct = ConsentAct.GIVEN
    signers: tuple[Part, ...] = ()
    signed: int = 9
    method: ConsentMethod = ConsentMethod.DIGITAL


@dataclass(frozen=True)
class ToldComment:
    by: Part
    day: int
    text: str


@dataclass(frozen=True)
class ToldActivity:
    """`missed` is when somebody said that it was not done, after its deadline."""

    title: str
    description: str
    extent: str
    responsible: Part | None
    status: ActivityStatus
    day: int
    due: int
    missed: ToldComment | None = None


@dataclass(frozen=True)
class ToldMeasure:
    """What is measured on the way to a goal, and by whom."""

    words: str
    by: Part
    baseline: float
    target: float
    low: float
    high: float


@dataclass(frozen=True)
class ToldPoint:
    """One measurement, or the owner's own answer from 1 to 5."""

    kind: MeasureKind
    by: Part
    day: int
    value: float
    note: str = ""


@dataclass(frozen=True)
class ToldGoal:
    """`history` is the day it was moved there, if it was."""

    key: str
    title: str
    description: str
    area: Element
    day: int
    progress: int
    activities: Sequence[ToldActivity] = ()
    comments: Sequence[ToldComment] = ()
    history: int | None = None
    measure: ToldMeasure | None = None
    points: Sequence[ToldPoint] = ()


@dataclass(frozen=True)
class ToldEvaluation:
    """A look back on the days from `first` to `last`, at `goal` (its key) when it is of that kind."""

    kind: EvaluationKind
    by: Part
    day: int
    first: int
    last: int
    text: str
    expectations: str = ""
    rating: int | None = None
    goal: str = ""


@dataclass(frozen=True)
class ToldArea:
    area: Element
    day: int
    text: str


@dataclass(frozen=True)
class ToldJournalEntry:
    day: int
    mood: Mood | None
    text: str


@dataclass(frozen=True)
class ToldSubjectPlan:
    """Another plan: who answers for it is a participant, or somebody `outside`."""

    title: str
    established: int
    contact: Part | None = None
    outside: str = ""
    may_contact: bool = False
    note: str = ""


@dataclass(frozen=True)
class ToldPlan:
    """`states` are the plan's states with their first days; `ends` is the last day anything was written in it.

    `revision` is the day it is to be gone through again. `is_simple`: «Enkelt samspill», which only coordinates.
    """

    municipality_id: UUID
    kind: PlanKind
    unit_id: UUID | None
    short_name: str
    about: str
    made: int
    period: tuple[int, int]
    states: Sequence[tuple[PlanState, int]]
    parts: Sequence[Part]
    bases: Sequence[ToldBasis]
    consents: Sequence[ToldConsent] = ()
    goals: Sequence[ToldGoal] = field(default=())
    areas: Sequence[ToldArea] = ()
    journal: Sequence[ToldJournalEntry] = ()
    subject_plans: Sequence[ToldSubjectPlan] = ()
    evaluations: Sequence[ToldEvaluation] = ()
    revision: int | None = None
    ends: int = YESTERDAY
    is_simple: bool = False

    def coordinator(self, day: int) -> Part:
        """Whoever coordinates that day, or did so first."""
        holding = [part for part in self.parts if part.is_coordinator(day)]
        return holding[0] if holding else next(part for part in self.parts if part.is_coordinator(part.joined))

    def voice(self, day: int) -> Part:
        """Who says how it is that day: the owner, or a guardian of one who never signs in, or the coordinator."""
        speaking = [part for part in self.parts if part.account_id and part.joined <= day]
        for role in (Role.OWNER, Role.GUARDIAN):
            if own := [part for part in speaking if part.role is role]:
                return own[0]
        return self.coordinator(day)


def only_coordinated(told: ToldPlan) -> ToldPlan:
    """The plan as «Enkelt samspill»: the same people, and nothing of what only an individual plan has."""
    return replace(told, goals=(), areas=(), journal=(), subject_plans=(), is_simple=True)


def yearly(first: int, last: int) -> list[tuple[int, int]]:
    """The stretch cut into years from its end, so that the newest is the one that lasts: (first day, last day)."""
    starts = [first, *reversed(range(last - 364, first, -365))]
    return [(start, following - 1) for start, following in zip(starts, [*starts[1:], last + 1], strict=True)]
