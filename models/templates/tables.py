"""What administrators prepare: standard rights, texts, what a plan must contain, consent forms and plan templates."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from models.base import OwnedRow, Retention, choice, data, moment, number, reference
from models.rights import Element, Level, PlanKind, Role
from models.templates.rules import TextKind


class RoleTemplate(OwnedRow, table=True):
    """The rights a role gives when it is assigned (F124, F126): one column for each Element, by its value.

    Changing one changes nobody's rights: they were copied at assignment (F127).
    """

    __table_args__ = (UniqueConstraint("municipality_id", "kind", "role"),)
    keeps: ClassVar = Retention.REFERENCE
    kind: PlanKind = choice(PlanKind)
    role: Role = choice(Role)
    label: str = Field(max_length=60)
    plan: Level = number(Level, default=Level.NONE)
    participants: Level = number(Level, default=Level.NONE)
    consent: Level = number(Level, default=Level.NONE)
    rights: Level = number(Level, default=Level.NONE)
    about: Level = number(Level, default=Level.NONE)
    journal: Level = number(Level, default=Level.NONE)
    goals: Level = number(Level, default=Level.NONE)
    activities: Level = number(Level, default=Level.NONE)
    comments: Level = number(Level, default=Level.NONE)
    evaluation: Level = number(Level, default=Level.NONE)
    cooperation: Level = number(Level, default=Level.NONE)
    housing: Level = number(Level, default=Level.NONE)
    daytime: Level = number(Level, default=Level.NONE)
    health: Level = number(Level, default=Level.NONE)
    social: Level = number(Level, default=Level.NONE)
    economy: Level = number(Level, default=Level.NONE)
    leisure: Level = number(Level, default=Level.NONE)
    subject_plans: Level = number(Level, default=Level.NONE)
    messages: Level = number(Level, default=Level.NONE)
    calendar: Level = number(Level, default=Level.NONE)
    documents: Level = number(Level, default=Level.NONE)
    log: Level = number(Level, default=Level.NONE)
    print: Level = number(Level, default=Level.NONE)
    archive: Level = number(Level, default=Level.NONE)

    def levels(self) -> dict[Element, Level]:
        return {element: getattr(self, element.value) for element in Element}


FOR_ALL_KINDS: Any = {"sqlite_where": text("plan_kind IS NULL"), "postgresql_where": text("plan_kind IS NULL")}


class TextTemplate(OwnedRow, table=True):
    """A text to insert; `plan_kind` None means that it is offered in all kinds (F202)."""

    __table_args__ = (
        UniqueConstraint("municipality_id", "name", "plan_kind"),
        Index("uq_text_template_municipality_id_name", "municipality_id", "name", unique=True, **FOR_ALL_KINDS),
    )
    keeps: ClassVar = Retention.REFERENCE
    name: str = Field(max_length=100)
    plan_kind: PlanKind | None = choice(PlanKind, default=None)
    kind: TextKind = choice(TextKind)
    body: str = Field(sa_type=Text, max_length=20_000)


class ContentPoint(OwnedRow, table=True):
    """One thing that a kind of plan must contain, and where that is said (N6): a rule as data.

    `numbered` orders the points; `checked` lists what Medvirk looks for, and all of it must be there. A point without
    checks is one people judge for themselves.
    """

    __table_args__ = (UniqueConstraint("municipality_id", "kind", "numbered"),)
    keeps: ClassVar = Retention.REFERENCE
    kind: PlanKind = choice(PlanKind)
    numbered: int
    title: str = Field(max_length=300)
    source: str = Field(max_length=300)
    checked: list[str] = data(default_factory=list)
    in_use: bool = Field(default=True)


class ConsentForm(OwnedRow, table=True):
    """The municipality's own words of what is consented to (F118). A version is never changed: a new one follows it."""

    __table_args__ = (UniqueConstraint("municipality_id", "kind", "version"),)
    keeps: ClassVar = Retention.REFERENCE
    kind: PlanKind = choice(PlanKind)
    version: int
    title: str = Field(max_length=200)
    body: str = Field(sa_type=Text, max_length=20_000)
    made_at: datetime = moment()
    made_by: UUID | None = None


class PlanTemplate(OwnedRow, table=True):
    """What a new plan can begin with (F182, F203): `parts` are values of `models.plans.rules.making.Part`."""

    __table_args__ = (UniqueConstraint("municipality_id", "kind", "name"),)
    keeps: ClassVar = Retention.REFERENCE
    kind: PlanKind = choice(PlanKind)
    name: str = Field(max_length=100)
    description: str = Field(default="", max_length=500)
    parts: list[str] = data(default_factory=list)
    in_use: bool = True
    changed_at: datetime = moment()
    changed_by: UUID | None = None


class PlanTemplateItem(OwnedRow, table=True):
    """A goal, or the text of a life area, that plans of the template begin with; `numbered` orders the goals."""

    keeps: ClassVar = Retention.REFERENCE
    template_id: UUID = reference("plan_template.id")
    element: Element = choice(Element)
    numbered: int = 1
    title: str = Field(default="", max_length=200)
    body: str = Field(default="", sa_type=Text, max_length=20_000)
