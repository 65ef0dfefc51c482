"""Person cards: one for each municipality a human is known in."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from models.base import OwnedRow, Retention, choice, moment, reference, sealed
from models.people.rules import Gender, full_name


class Person(OwnedRow, table=True):
    """A human as one municipality knows them; born or expected, with or without an account.

    `blocked_address`: nobody in a plan sees how to reach them, whatever they have chosen to show (N15).
    """

    __table_args__ = (
        Index("uq_person_national_id", "municipality_id", "national_id_index", unique=True),
        Index("uq_person_account", "municipality_id", "account_id", unique=True),
        Index("ix_person_names", "municipality_id", "family_name", "given_name"),
    )
    keeps: ClassVar = Retention.WITH_PERSON
    key_id: UUID = reference("data_key.id")
    account_id: UUID | None = reference("account.id", default=None)
    given_name: str = Field(max_length=100)
    family_name: str = Field(max_length=100)
    birth_date: date | None = None
    expected_date: date | None = None
    gender: Gender = choice(Gender, default=Gender.UNKNOWN)
    national_id: bytes | None = sealed("person.national_id", default=None)
    national_id_index: str | None = None
    email: bytes | None = sealed("person.email", default=None)
    mobile: bytes | None = sealed("person.mobile", default=None)
    email_visible: bool = False
    mobile_visible: bool = False
    blocked_address: bool = False
    added_at: datetime = moment()

    @property
    def name(self) -> str:
        return full_name(self.given_name, self.family_name)


class Picture(OwnedRow, table=True):
    """A person's picture (F40), made anew by us and sealed with the person's key; `content` is base64 of a JPEG."""

    keeps: ClassVar = Retention.WITH_PERSON
    person_id: UUID = Field(foreign_key="person.id", unique=True)
    content: bytes | None = sealed("picture.content")
    set_at: datetime = moment()


class YoungSignIn(OwnedRow, table=True):
    """That a guardian lets a person under 15 sign in, where the municipality asks them (F23, C17)."""

    keeps: ClassVar = Retention.WITH_PERSON
    person_id: UUID = reference("person.id")
    approved_by: UUID
    approved_at: datetime = moment()
    withdrawn_at: datetime | None = moment(default=None)


class UnitMembership(OwnedRow, table=True):
    """That a person works at a unit for a time, or attends it as a pupil or child; the last day is not included.

    Only those who work there take part in plans through the unit.
    """

    keeps: ClassVar = Retention.WITH_PERSON
    person_id: UUID = reference("person.id")
    unit_id: UUID = reference("unit.id")
    is_staff: bool = True
    position: str | None = Field(default=None, max_length=100)
    valid_from: date
    valid_to: date | None = None


class KeptApart(OwnedRow, table=True):
    """That two persons never see how to reach each other, or that the other takes part (N15), until it is ended."""

    keeps: ClassVar = Retention.WITH_PERSON
    first_id: UUID = reference("person.id")
    second_id: UUID = reference("person.id")
    made_at: datetime = moment()
    made_by: UUID
    ended_at: datetime | None = moment(default=None)
    ended_by: UUID | None = None
