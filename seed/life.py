"""The person behind the plan: «Om meg selv», how things are, how they were last, other plans, and who contributes."""

from models.base import seal
from models.log.rules import Event
from models.plans.rules.words import PlanState
from models.plans.tables.life import About, JournalEntry, LifeArea, SubjectPlan
from models.plans.tables.together import Contribution
from seed.plans import Written
from seed.told import Part, ToldArea, ToldJournalEntry, ToldPlan, ToldSubjectPlan

SETTLED = 7
"""Days from when somebody joins until they say what they contribute, and from when another plan is made until it is
known here."""


def write_life(written: Written) -> None:
    """Everything of the kind in the told plan."""
    _about(written)
    for area in written.told.areas:
        _area(written, area)
    for entry in written.told.journal:
        _journal(written, entry)
    for line in written.told.subject_plans:
        _subject_plan(written, line)
    for part in written.told.parts:
        if part.contributes:
            _contribution(written, part)


def _about(written: Written) -> None:
    """In the first days of the plan; with the plan's own id."""
    day, voice = _first_words(written.told)
    at = written.rows.at(day, 16, 20)
    about = written.new(About, at)
    about.id = written.plan.id
    seal(written.vault, about, text=written.told.about)
    written.keep(about, at, voice, Event.ABOUT_CHANGED, fields=["text"])


def _first_words(told: ToldPlan) -> tuple[int, Part]:
    """The owner's, or a guardian's for them, once they are let in; else the coordinator's, on the plan's first day."""
    opened = next((first for state, first in told.states if state is PlanState.ACTIVE), None)
    if opened is None or opened + 1 > told.ends:
        return told.made, told.coordinator(told.made)
    return opened + 1, told.voice(opened + 1)


def _area(written: Written, told: ToldArea) -> None:
    at = written.rows.at(told.day, 12, 14)
    area = written.new(LifeArea, at, area=told.area)
    seal(written.vault, area, text=told.text)
    written.keep(area, at, written.told.coordinator(told.day), Event.LIFE_AREA_ADDED)


def _journal(written: Written, told: ToldJournalEntry) -> None:
    voice = written.told.voice(told.day)
    if voice.human is None:
        raise ValueError("a unit has no voice of its own")
    at = written.rows.at(told.day, 16, 21)
    author = {"author_id": voice.human.person_id, "participant_id": voice.id}
    entry = written.new(JournalEntry, at, **author, mood=told.mood)
    seal(written.vault, entry, text=told.text)
    written.keep(entry, at, voice, Event.JOURNAL_ADDED)


def _subject_plan(written: Written, told: ToldSubjectPlan) -> None:
    day = max(told.established, written.told.made) + SETTLED
    at = written.rows.at(day, 12, 15)
    facts = {"established_on": written.rows.day(told.established), "may_contact": told.may_contact}
    line = written.new(SubjectPlan, at, **facts, contact_id=told.contact.id if told.contact else None)
    seal(written.vault, line, title=told.title, contact=told.outside or None, note=told.note or None)
    written.keep(line, at, written.told.coordinator(day), Event.SUBJECT_PLAN_ADDED)


def _contribution(written: Written, part: Part) -> None:
    """In their own words; of those who do not sign in, the coordinator wrote down what they said."""
    day = part.joined + SETTLED
    by = part if part.account_id else written.told.coordinator(day)
    at = written.rows.at(day, 9, 12)
    contribution = written.new(Contribution, at, participant_id=part.id)
    seal(written.vault, contribution, text=part.contributes)
    written.keep(contribution, at, by, Event.CONTRIBUTION_ADDED)
