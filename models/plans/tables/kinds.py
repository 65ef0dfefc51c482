"""Every kind of item that people write in a plan, and what the recycle bin, undo and the time machine ask of it."""

from dataclasses import dataclass

from models.log.rules import Event
from models.plans.tables.goals import Activity, Comment, Goal, Measurement
from models.plans.tables.item import Item
from models.plans.tables.life import About, JournalEntry, LifeArea, SubjectPlan
from models.plans.tables.together import Contribution, Cooperation, Evaluation
from models.rights import LIFE_AREAS, Element


@dataclass(frozen=True)
class Kind:
    """`name` stands in addresses. `texts` are the sealed columns, the one that tells items apart first; `facts` are
    the other columns that people set. `elements` are those that may guard such an item. `room` is the kind's own part
    of the addresses below the plan's, for kinds that stand alone. `rich` are the texts that may have lists and tables.
    """

    name: str
    table: type[Item]
    texts: tuple[str, ...]
    facts: tuple[str, ...]
    elements: tuple[Element, ...]
    changed: Event
    added: Event | None = None
    deleted: Event | None = None
    restored: Event | None = None
    room: str = ""
    rich: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Everything a revision keeps of what people wrote, in the order it is shown."""
        return self.texts + self.facts


GOAL = Kind(
    "goal",
    Goal,
    ("title", "description", "measure"),
    ("life_area", "progress", "baseline", "target", "scale_low", "scale_high", "measured_by_id", "historic_at"),
    (Element.GOALS,),
    Event.GOAL_CHANGED,
    Event.GOAL_ADDED,
    Event.GOAL_DELETED,
    Event.GOAL_RESTORED,
    rich=("description",),
)
ACTIVITY = Kind(
    "activity",
    Activity,
    ("title", "description", "extent", "cancel_reason", "missed_note"),
    ("status", "responsible_id", "starts_on", "due_on", "goal_id", "missed_at", "missed_by"),
    (Element.ACTIVITIES,),
    Event.ACTIVITY_CHANGED,
    Event.ACTIVITY_ADDED,
    Event.ACTIVITY_DELETED,
    Event.ACTIVITY_RESTORED,
    rich=("description",),
)
COMMENT = Kind(
    "comment",
    Comment,
    ("text",),
    (),
    (Element.COMMENTS,),
    Event.COMMENT_CHANGED,
    Event.COMMENT_ADDED,
    Event.COMMENT_DELETED,
    Event.COMMENT_RESTORED,
)
MEASUREMENT = Kind(
    "measurement",
    Measurement,
    ("note",),
    ("kind", "day", "value"),
    (Element.GOALS,),
    Event.MEASUREMENT_CHANGED,
    Event.MEASUREMENT_ADDED,
    Event.MEASUREMENT_DELETED,
    Event.MEASUREMENT_RESTORED,
)
ABOUT = Kind("about", About, ("text",), (), (Element.ABOUT,), Event.ABOUT_CHANGED, room="about", rich=("text",))
JOURNAL = Kind(
    "journal",
    JournalEntry,
    ("text",),
    ("mood",),
    (Element.JOURNAL,),
    Event.JOURNAL_CHANGED,
    Event.JOURNAL_ADDED,
    Event.JOURNAL_DELETED,
    Event.JOURNAL_RESTORED,
    room="journal",
)
LIFE_AREA = Kind(
    "life-area",
    LifeArea,
    ("text",),
    ("area",),
    LIFE_AREAS,
    Event.LIFE_AREA_CHANGED,
    Event.LIFE_AREA_ADDED,
    Event.LIFE_AREA_DELETED,
    Event.LIFE_AREA_RESTORED,
    room="life-areas",
    rich=("text",),
)
SUBJECT_PLAN = Kind(
    "subject-plan",
    SubjectPlan,
    ("title", "contact", "note"),
    ("established_on", "contact_id", "may_contact"),
    (Element.SUBJECT_PLANS,),
    Event.SUBJECT_PLAN_CHANGED,
    Event.SUBJECT_PLAN_ADDED,
    Event.SUBJECT_PLAN_DELETED,
    Event.SUBJECT_PLAN_RESTORED,
    room="subject-plans",
    rich=("note",),
)
EVALUATION = Kind(
    "evaluation",
    Evaluation,
    ("text", "expectations"),
    ("kind", "goal_id", "period_from", "period_to", "rating"),
    (Element.EVALUATION,),
    Event.EVALUATION_CHANGED,
    Event.EVALUATION_ADDED,
    Event.EVALUATION_DELETED,
    Event.EVALUATION_RESTORED,
    room="evaluation",
    rich=("text", "expectations"),
)
CONTRIBUTION = Kind(
    "contribution",
    Contribution,
    ("text",),
    ("participant_id",),
    (Element.COOPERATION,),
    Event.CONTRIBUTION_CHANGED,
    Event.CONTRIBUTION_ADDED,
    Event.CONTRIBUTION_DELETED,
    Event.CONTRIBUTION_RESTORED,
    room="contributions",
)
COOPERATION = Kind(
    "cooperation",
    Cooperation,
    ("title", "purpose", "contact"),
    ("state",),
    (Element.COOPERATION,),
    Event.COOPERATION_CHANGED,
    Event.COOPERATION_ADDED,
    Event.COOPERATION_DELETED,
    Event.COOPERATION_RESTORED,
    room="cooperation",
)

KINDS = (
    *(ABOUT, GOAL, ACTIVITY, COMMENT, MEASUREMENT, LIFE_AREA, SUBJECT_PLAN),
    *(JOURNAL, EVALUATION, CONTRIBUTION, COOPERATION),
)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_ROOM = {kind.room: kind for kind in KINDS if kind.room}


def kind_of(item: Item) -> Kind:
    return next(kind for kind in KINDS if kind.table is type(item))
