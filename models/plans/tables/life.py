"""The owner's own words, and how their life is: «Om meg selv», «Sist jeg var her», life areas and other plans."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from models.base import Retention, choice, reference, sealed
from models.plans.rules.chains import Chain
from models.plans.rules.words import Mood
from models.plans.tables.item import Item, SignedItem
from models.rights import Element


class About(Item, table=True):
    """«Om meg selv» (F54): one for each plan, with the plan's own id."""

    keeps: ClassVar = Retention.WITH_PLAN
    text: bytes | None = sealed("plan.about", default=None)

    def guarded_by(self) -> Chain:
        return ((Element.ABOUT, self.id),)


class JournalEntry(SignedItem, table=True):
    """«Sist jeg var her» (F55): how the owner is, in a few words and perhaps a mood."""

    keeps: ClassVar = Retention.WITH_PLAN
    mood: Mood | None = choice(Mood, default=None)
    text: bytes | None = sealed("journal_entry.text", default=None)

    def guarded_by(self) -> Chain:
        return ((Element.JOURNAL, self.id),)


class LifeArea(Item, table=True):
    """One of the six areas, mapped (F63-F66): each is guarded by its own element."""

    __table_args__ = (
        Index(
            "uq_life_area_plan_id_area",
            *("plan_id", "area"),
            unique=True,
            sqlite_where=text("deleted_at IS NULL"),
            postgresql_where=text("deleted_at IS NULL"),
        ),
    )
    keeps: ClassVar = Retention.WITH_PLAN
    area: Element = choice(Element)
    text: bytes | None = sealed("life_area.text")

    def guarded_by(self) -> Chain:
        return ((self.area, self.id),)


class SubjectPlan(Item, table=True):
    """That another plan exists, since when, and whom to ask (F86); the plan itself is not kept here.

    The contact is a participant, or somebody outside named in `contact`. `may_contact`: the owner has agreed that the
    participants ask them directly (F87).
    """

    keeps: ClassVar = Retention.WITH_PLAN
    title: bytes | None = sealed("subject_plan.title")
    established_on: date | None = None
    contact_id: UUID | None = reference("participant.id", default=None, index=False)
    contact: bytes | None = sealed("subject_plan.contact", default=None)
    note: bytes | None = sealed("subject_plan.note", default=None)
    may_contact: bool = Field(default=False)

    def guarded_by(self) -> Chain:
        return ((Element.SUBJECT_PLANS, self.id),)
