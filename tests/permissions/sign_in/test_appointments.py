"""Appointing, asked of the operation itself: whatever a list has offered, it decides."""

from typing import Any

import pytest
from sqlmodel import col, select

from models.accounts.rules import ChangeKind, ChangeReason, ChangeState, LinkPurpose, NewAppointment
from models.accounts.tables.account import Account, Appointment
from models.accounts.tables.changes import AccountChange
from models.base import HouseSession
from models.clock import local_day
from models.database import Database
from models.people.tables import KeptApart, Person
from models.refusals import Invalid, NotFound, Reason
from models.rights import Duty, PlanKind, Right
from permissions.door import open_municipality
from permissions.sign_in import appointments
from permissions.sign_in.links import living_link, make_link
from tests.hamlet import refused
from tests.signing_in import viewer_for

SUPER, TEACHER, AWAY = "superadmin@fjordvik.example", "laerer@fjordvik.example", "planeier@dalen.example"


async def here(session: HouseSession, name: str = SUPER, right: Right = Right.ADMINISTRATORS_APPOINT) -> Any:
    return await open_municipality(session, await viewer_for(session, name), right)


async def card(session: HouseSession, name: str) -> Person:
    found = select(Person).join(Account, col(Account.id) == Person.account_id).where(col(Account.user_name) == name)
    return (await session.scalars(found)).one()


def new(session: HouseSession, duty: Duty = Duty.ANALYST, kind: PlanKind | None = None) -> NewAppointment:
    return NewAppointment(duty, kind, local_day(session.clock.now()))


@pytest.mark.feature("F207")
async def test_only_a_proof_of_that_right_appoints_and_ends(town: Database) -> None:
    async with town.writing() as session:
        editor, teacher = await here(session, right=Right.PEOPLE_EDIT), await card(session, TEACHER)
        made = await appointments.appoint(await here(session), teacher, new(session))
        assert await refused(appointments.appoint(editor, teacher, new(session, Duty.ARCHIVIST))) is Reason.NO_RIGHT
        assert await refused(appointments.end(editor, made)) is Reason.NO_RIGHT
        assert made.valid_to is None


@pytest.mark.feature("F4")
async def test_nobody_is_appointed_or_ended_across_municipalities(town: Database) -> None:
    async with town.writing() as session:
        mine, theirs = await here(session), await here(session, "superadmin@dalen.example")
        with pytest.raises(NotFound):
            await appointments.appoint(mine, await card(session, AWAY), new(session))
        made = await appointments.appoint(theirs, await card(session, AWAY), new(session))
        await session.flush()
        with pytest.raises(NotFound):
            await appointments.end(mine, made)
        assert made.valid_to is None


async def test_nobody_appoints_themselves_to_anything(town: Database) -> None:
    async with town.writing() as session:
        mine, me = await here(session), await card(session, SUPER)
        for duty in set(Duty) - {Duty.ADMINISTRATOR}:
            assert await refused(appointments.appoint(mine, me, new(session, duty))) is Reason.OWN_ACCOUNT


async def test_a_card_without_an_account_is_refused(town: Database) -> None:
    async with town.writing() as session:
        mine = await here(session)
        without = col(Person.account_id).is_(None), col(Person.municipality_id) == mine.municipality_id
        person = (await session.scalars(select(Person).where(*without).limit(1))).one()
        with pytest.raises(Invalid) as no:
            await appointments.appoint(mine, person, new(session))
        assert no.value.fields.keys() == {"person_id"}


@pytest.mark.feature("N15")
async def test_who_one_is_kept_apart_from_is_not_there(town: Database) -> None:
    async with town.writing() as session:
        mine, me, teacher = await here(session), await card(session, SUPER), await card(session, TEACHER)
        now = session.clock.now()
        session.add(
            KeptApart(
                municipality_id=me.municipality_id,
                first_id=teacher.id,
                second_id=me.id,
                made_at=now,
                made_by=mine.actor_id,
            )
        )
        with pytest.raises(NotFound):
            await appointments.appoint(mine, teacher, new(session))


@pytest.mark.feature("F207")
@pytest.mark.parametrize(
    ("duty", "kind", "closes"), [(Duty.ADMINISTRATOR, PlanKind.IP, True), (Duty.ANALYST, None, False)]
)
async def test_what_others_have_begun_with_the_account_does_not_open_an_administrators(
    town: Database, duty: Duty, kind: PlanKind | None, closes: bool
) -> None:
    async with town.writing() as session:
        mine, teacher = await here(session), await card(session, TEACHER)
        assert teacher.account_id
        path = await make_link(session, teacher.account_id, LinkPurpose.FIRST_PASSWORD, mailed=False)
        asked = AccountChange(
            municipality_id=teacher.municipality_id,
            account_id=teacher.account_id,
            kind=ChangeKind.CONTACTS,
            reason=ChangeReason.LOST_ACCESS,
            state=ChangeState.APPROVED,
            asked_by=mine.actor_id,
            asked_at=session.clock.now(),
        )
        session.add(asked)
        await appointments.appoint(mine, teacher, new(session, duty, kind))
        await session.flush()
        await session.refresh(asked)
        link = await living_link(session, path.rsplit("/", 1)[1], LinkPurpose.FIRST_PASSWORD)
        assert (link is None, asked.state is ChangeState.REFUSED) == (closes, closes)


async def test_an_appointment_made_by_the_operator_is_ended_by_no_screen(town: Database) -> None:
    async with town.writing() as session:
        mine, teacher = await here(session), await card(session, TEACHER)
        assert teacher.account_id
        await appointments.appoint_superadministrator(session, teacher.municipality_id, teacher.account_id)
        await session.flush()
        made = select(Appointment).where(
            Appointment.account_id == teacher.account_id, Appointment.duty == Duty.SUPERADMINISTRATOR
        )
        assert await refused(appointments.end(mine, (await session.scalars(made)).one())) is Reason.OPERATOR_ONLY
