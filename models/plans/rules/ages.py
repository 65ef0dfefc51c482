"""Birthdays that change who decides in a plan (N4), which the municipality chooses for each kind of plan. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from models.i18n import _
from models.people.rules import age, birthday
from models.plans.rules.words import TaskKind

AHEAD, LATE = 90, 30
"""Days before such a birthday that the coordinators are told, and after it if they were not."""

YOUNGEST, OLDEST = 1, 30
OF_FULL_AGE = 18
"""From when an owner decides alone, where the municipality has not said anything."""


@dataclass(frozen=True)
class Step:
    """`new_consent`: from then on the owner consents for themselves. `review_guardians`: what the guardians see is to
    be gone through."""

    age: int
    new_consent: bool
    review_guardians: bool


@dataclass(frozen=True)
class Birthday:
    """A day, and the step that is reached on it."""

    on: date
    step: Step

    def asks_for(self, *, rests_on_consent: bool, has_guardians: bool) -> list[TaskKind]:
        """What the coordinators are to see to: only what there is something to see to of."""
        wanted = (
            (TaskKind.NEW_CONSENT, self.step.new_consent and rests_on_consent),
            (TaskKind.GUARDIAN_REVIEW, self.step.review_guardians and has_guardians),
        )
        return [kind for kind, is_wanted in wanted if is_wanted]


def near(born: date | None, steps: Iterable[Step], today: date) -> list[Birthday]:
    """The steps that are reached soon or were just now, the first first; none for who is not born yet, or of whom
    nobody knows how old they are."""
    if born is None:
        return []
    first, last = today - timedelta(days=LATE), today + timedelta(days=AHEAD)
    found = [Birthday(birthday(born, step.age), step) for step in steps]
    return sorted((one for one in found if first <= one.on <= last), key=lambda one: (one.on, one.step.age))


def decides_alone(born: date | None, expected: date | None, ages: Iterable[int], today: date) -> bool:
    """Whether an owner consents for themselves; `ages` are those from which they do. Whose age nobody knows, is taken
    for grown up unless they are yet to be born."""
    if born is None:
        return expected is None
    return age(born, today) >= min(ages, default=OF_FULL_AGE)


def problem(wanted: Step) -> dict[str, str]:
    """Why the municipality cannot have such a step, as a sentence beside the field."""
    if not YOUNGEST <= wanted.age <= OLDEST:
        return {"age": _("Skriv en alder mellom 1 og 30 år.")}
    if not (wanted.new_consent or wanted.review_guardians):
        return {"new_consent": _("Velg minst én ting som skal skje ved denne alderen.")}
    return {}
