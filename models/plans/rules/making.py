"""What a new plan can begin as, and what it is made with (F51, F181-F186). Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from models.accounts.proof import Viewer
from models.i18n import _
from models.organisation.rules import OF_AGE, UnderAge
from models.people.rules import age
from models.plans.rules.consents import Stretch
from models.plans.rules.participants import LONGEST
from models.plans.rules.words import Basis, Part
from models.refusals import Reason
from models.rights import LIFE_AREAS, Element, PlanKind, Profile, Right

__all__ = ["Part"]


class Start(StrEnum):
    """The four kinds of plan, and the individual plan's smaller sister that only coordinates: «Enkelt samspill»."""

    IP = "ip"
    SIMPLE = "simple"
    IOP = "iop"
    IUP = "iup"
    SL = "sl"

    @property
    def kind(self) -> PlanKind:
        return PlanKind.IP if self is Start.SIMPLE else PlanKind(self.value.upper())


ELEMENTS: dict[Part, tuple[Element, ...]] = {
    Part.GOALS: (Element.GOALS, Element.ACTIVITIES, Element.COMMENTS),
    Part.LIFE_AREAS: LIFE_AREAS,
    Part.EVALUATION: (Element.EVALUATION,),
    Part.SUBJECT_PLANS: (Element.SUBJECT_PLANS,),
    Part.JOURNAL: (Element.JOURNAL,),
    Part.MESSAGES: (Element.MESSAGES,),
    Part.CALENDAR: (Element.CALENDAR,),
    Part.DOCUMENTS: (Element.DOCUMENTS,),
    Part.LOG: (Element.LOG,),
}
AROUND = (Part.MESSAGES, Part.CALENDAR, Part.DOCUMENTS, Part.LOG)
AT_SCHOOL = (Part.GOALS, Part.EVALUATION, *AROUND)
USUAL: dict[Start, tuple[Part, ...]] = {
    Start.IP: tuple(Part),
    Start.SIMPLE: AROUND,
    Start.IOP: AT_SCHOOL,
    Start.IUP: AT_SCHOOL,
    Start.SL: tuple(Part),
}
"""What is ticked beforehand (F183)."""

AT_A_SCHOOL = (Start.IOP, Start.IUP)
"""Plans of pupils and of children in kindergarten: where they go belongs to what everybody must know (F181)."""

USUAL_BASIS: dict[Start, Basis] = {
    Start.IP: Basis.CONSENT,
    Start.SIMPLE: Basis.CONSENT,
    Start.IOP: Basis.DECISION,
    Start.IUP: Basis.DECISION,
    Start.SL: Basis.CONSENT,
}
"""What a plan rests on unless its maker says otherwise (C21): the school's and the kindergarten's on a decision."""

MOST_GOALS = 20
"""That a plan begins with; more are added in the plan."""


@dataclass(frozen=True)
class GoalText:
    title: str
    description: str = ""


@dataclass(frozen=True)
class Texts:
    """What a plan is prefilled with (F182)."""

    goals: tuple[GoalText, ...] = ()
    areas: Mapping[Element, str] = field(default_factory=dict)


def offered(start: Start) -> list[Part]:
    return [part for part in Part if start is not Start.SIMPLE or part is not Part.GOALS]


def problem(start: Start, parts: Collection[Part]) -> str | None:
    """Why the plan cannot be made with these parts; None when it can."""
    if not set(parts) <= set(offered(start)):
        return _("Velg noe fra listen.")
    if start is Start.IP and Part.GOALS not in parts:
        return _("En individuell plan må ha mål. Trenger dere ikke mål, så velg «Enkelt samspill».")
    return None


def period_problem(first: date | None, last: date | None) -> str | None:
    """Why the plan cannot have this period; both days are voluntary, and it does not end the plan (F49)."""
    return _("Siste dag kan ikke være før første dag.") if first and last and last < first else None


def place_problem(start: Start, workplace: str, unit: str) -> str | None:
    """A school's plan says where the child goes: the plan's own unit unless something else is written."""
    if start in AT_A_SCHOOL and not workplace.strip() and not unit:
        return _("Skriv navnet på skolen eller barnehagen.")
    return None


def place_problems(position: str, workplace: str) -> dict[str, str]:
    """What is wrong with what is said of the owner in this plan alone, as a sentence beside each field."""
    said = {"position": position, "workplace": workplace}
    return {field: _("Bruk høyst 100 tegn.") for field, text in said.items() if len(text.strip()) > LONGEST}


def unit_problem(start: Start, unit: str, offered: Iterable[str]) -> str | None:
    """A stafettlogg belongs somewhere (F186), where there is anything to belong to."""
    return _("Velg hvor stafettloggen hører til.") if start is Start.SL and not unit and any(offered) else None


def may_sign_in(policy: Mapping[PlanKind, UnderAge], start: Start, born: date | None, today: date) -> UnderAge:
    """What the municipality lets the owner do (F23, C17); nobody signs in before they are born."""
    if born is None:
        return UnderAge.NO_SIGN_IN
    return UnderAge.SIGN_IN if age(born, today) >= OF_AGE else policy[start.kind]


def usual_days(today: date) -> Stretch:
    """A year, unless somebody says otherwise."""
    return Stretch(today, today + timedelta(days=364))


def elements_of(parts: Collection[Part]) -> list[str]:
    """As a plan keeps them, in the order of all elements."""
    chosen = {element for part in parts for element in ELEMENTS[part]}
    return [element.value for element in Element if element in chosen]


def initials(given: str, family: str) -> str:
    """What is proposed as the short name (F50): «R.S.»."""
    return "".join(f"{name.strip()[0].upper()}." for name in (given, family) if name.strip())


def why_not(viewer: Viewer) -> Reason:
    """OPEN, or why the viewer cannot make plans now: whoever makes one coordinates it, in their work."""
    if not viewer.has(Right.PLANS_CREATE):
        return viewer.why_no_right
    if viewer.profile is not Profile.WORK:
        return Reason.OTHER_PROFILE
    return Reason.OPEN if viewer.person_id else Reason.NO_RIGHT
