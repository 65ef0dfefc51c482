"""What a new plan can begin as, and what it is made with (F51, F181-F183). Pure."""

from collections.abc import Collection
from enum import StrEnum

from models.accounts.proof import Viewer
from models.i18n import _
from models.refusals import Reason
from models.rights import LIFE_AREAS, Element, PlanKind, Profile, Right


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


class Part(StrEnum):
    """What a plan is made with or without: elements that are of no use one by one go together."""

    GOALS = "goals"
    LIFE_AREAS = "life_areas"
    EVALUATION = "evaluation"
    SUBJECT_PLANS = "subject_plans"
    JOURNAL = "journal"
    MESSAGES = "messages"
    CALENDAR = "calendar"
    DOCUMENTS = "documents"
    LOG = "log"


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


def offered(start: Start) -> list[Part]:
    return [part for part in Part if start is not Start.SIMPLE or part is not Part.GOALS]


def problem(start: Start, parts: Collection[Part]) -> str | None:
    """Why the plan cannot be made with these parts; None when it can."""
    if not set(parts) <= set(offered(start)):
        return _("Velg noe fra listen.")
    if start is Start.IP and Part.GOALS not in parts:
        return _("En individuell plan må ha mål. Trenger dere ikke mål, så velg «Enkelt samspill».")
    return None


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
