"""The town as it stands: who is there, what is told of them, and that nothing can reach a real person."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from models.accounts.tables.account import Account, Appointment
from models.base import HouseSession, pick
from models.clock import local_day
from models.database import Database
from models.log.operations import link
from models.log.queries import verify
from models.log.rules import Event
from models.log.tables import LogRow, Opening
from models.organisation.queries import is_demonstration
from models.organisation.tables import Municipality
from models.people.rules import age, is_national_id
from models.people.tables import Person
from models.plans.rules.short_name import problem
from models.plans.rules.words import Basis, ConsentAct, PlanState
from models.plans.tables.consent import Consent, ConsentSignature, ConsentSigner, LegalBasis
from models.plans.tables.goals import Activity
from models.plans.tables.kinds import KINDS
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan, PlanSpan, Revision
from models.rights import PlanKind, Role
from permissions.sign_in.passwords import Passwords, check_password
from seed.cast import PASSWORD, cast
from tests.seed.opened import every_row


async def count(session: HouseSession, table: type, *where: object) -> int:
    return await session.scalar(pick(func.count()).select_from(table).where(*where)) or 0


async def test_it_is_marked_as_a_demonstration(reading: HouseSession) -> None:
    assert await is_demonstration(reading)


async def test_sixty_plans_of_all_four_kinds_most_of_them_in_fjordvik(reading: HouseSession) -> None:
    today = local_day(reading.clock.now())
    current = pick(PlanSpan.kind, Municipality.name).join(Municipality, PlanSpan.municipality_id == Municipality.id)
    open_today = (col(PlanSpan.valid_from) <= today) & (
        col(PlanSpan.valid_to).is_(None) | (col(PlanSpan.valid_to) > today)
    )
    rows = (await reading.execute(current.where(open_today))).all()
    assert len(rows) == 60
    assert {row.kind for row in rows} == set(PlanKind)
    assert 47 <= Counter(row.name for row in rows)["Fjordvik"] <= 53


async def test_plans_are_in_every_state_and_consents_in_every_condition(reading: HouseSession) -> None:
    today = local_day(reading.clock.now())
    states = set(await reading.scalars(pick(PlanSpan.state).where(col(PlanSpan.valid_to).is_(None))))
    assert states == {PlanState.DRAFT, PlanState.AWAITING_SIGNATURES, PlanState.ACTIVE, PlanState.INACTIVE}
    assert await count(reading, Consent, col(Consent.valid_to).between(today, today + timedelta(days=30)))
    assert await count(reading, Consent, col(Consent.act) == ConsentAct.WITHDRAWN)
    assert await count(reading, ConsentSigner) > await count(reading, ConsentSignature) > 0
    assert set(await reading.scalars(pick(LegalBasis.basis))) == set(Basis)


async def test_coordinators_have_changed_and_units_take_part(reading: HouseSession) -> None:
    held = pick(Participant.plan_id).join(RoleSpan, RoleSpan.participant_id == Participant.id)
    coordinated = Counter(await reading.scalars(held.where(col(RoleSpan.role) == Role.COORDINATOR)))
    assert max(coordinated.values()) == 2
    assert await count(reading, Participant, col(Participant.unit_id).is_not(None))


@pytest.mark.feature("F13")
async def test_all_of_the_cast_can_sign_in(town: Database, passwords: Passwords) -> None:
    assert len(cast()) == 19
    for member in cast():
        assert await check_password(town, passwords, member.user_name, PASSWORD), member.user_name


async def test_the_cast_has_its_duties_and_nobody_else_has_any(reading: HouseSession) -> None:
    held = pick(Account.user_name, Appointment.duty, Appointment.plan_kind).join(
        Appointment, Appointment.account_id == Account.id
    )
    told = {(member.user_name, duty, kind) for member in cast() for duty, kind in member.duties}
    assert {tuple(row) for row in await reading.execute(held)} == told


async def test_every_national_id_is_valid_and_synthetic(reading: HouseSession) -> None:
    numbers = [row["national_id"] async for name, row in every_row(reading) if name == "person"]
    assert len(numbers) > 100
    for number in numbers:
        assert is_national_id(number, synthetic=True)
        assert not is_national_id(number, synthetic=False)
        assert 81 <= int(number[2:4]) <= 92


async def test_a_national_id_is_found_through_its_index(reading: HouseSession) -> None:
    async for name, row in every_row(reading):
        if name == "person":
            assert row["national_id_index"] in reading.keys.blind_indexes("person.national_id", row["national_id"])


async def test_no_text_holds_a_telephone_number_or_an_address_outside_example(reading: HouseSession) -> None:
    async for name, row in every_row(reading):
        texts = {key: value for key, value in row.items() if isinstance(value, str) and key not in SECRETS}
        for key, text in texts.items():
            assert not re.search(r"(?<!\d)\d(?:[ .]?\d){7}(?!\d)", text), (name, key, text)
            assert all(address.endswith(".example") for address in re.findall(r"[\w.]+@[\w.]+\w", text)), text
        assert row.get("mobile") is None


SECRETS = {"national_id", "national_id_index", "password_hash", "content", "digest"}
"""Numbers by design, tested on their own; a revision holds what its item holds, sealed."""


async def test_no_short_name_gives_the_owner_away(reading: HouseSession) -> None:
    owners = (
        pick(Plan.short_name, Person.given_name, Person.family_name)
        .join(Participant, Participant.plan_id == Plan.id)
        .join(RoleSpan, (col(RoleSpan.participant_id) == Participant.id) & (col(RoleSpan.role) == Role.OWNER))
        .join(Person, Person.id == Participant.person_id)
    )
    rows = (await reading.execute(owners)).all()
    assert len(rows) == 60
    for row in rows:
        assert problem(*row) is None


async def test_the_log_can_be_linked_and_is_whole(town: Database) -> None:
    async with town.writing() as session:
        linked = await link(session, 100_000)
        assert linked > 2_000
    async with town.reading() as session:
        audit = await verify(session)
    assert (audit.linked, audit.not_linked, audit.broken) == (linked, 0, None)


async def test_every_item_has_a_revision_and_a_log_row_for_each_change(reading: HouseSession) -> None:
    revisions = Counter(await reading.scalars(pick(Revision.item_id)))
    logged = Counter(await reading.scalars(pick(LogRow.item_id).where(col(LogRow.item_id).is_not(None))))
    items = {}
    for table in (kind.table for kind in KINDS):
        items |= {row.id: row.revision for row in (await reading.scalars(select(table))).all()}
    assert len(items) > 400
    assert items == revisions == logged


async def test_every_opening_is_in_the_log_too(reading: HouseSession) -> None:
    opened = pick(LogRow.plan_id, LogRow.actor_id, LogRow.at).where(col(LogRow.event) == Event.PLAN_OPENED)
    kept = pick(Opening.plan_id, Opening.account_id, Opening.at)
    assert Counter(map(tuple, await reading.execute(opened))) == Counter(map(tuple, await reading.execute(kept)))
    assert await count(reading, Opening) > 500


async def test_nothing_is_written_after_now(reading: HouseSession) -> None:
    now = reading.clock.now()
    assert await reading.scalar(pick(func.max(LogRow.at))) < now
    assert await reading.scalar(pick(func.max(Revision.changed_at))) < now


async def test_activities_have_deadlines_behind_us_and_before_us(reading: HouseSession) -> None:
    today = local_day(reading.clock.now())
    assert await count(reading, Activity, col(Activity.due_on) < today)
    assert await count(reading, Activity, col(Activity.due_on) > today)
    assert not await count(reading, Activity, col(Activity.due_on) < col(Activity.starts_on))


async def test_pupils_are_of_the_age_their_story_says(reading: HouseSession) -> None:
    today = local_day(reading.clock.now())
    owners = (
        pick(Person.birth_date)
        .join(Participant, Participant.person_id == Person.id)
        .join(RoleSpan, (col(RoleSpan.participant_id) == Participant.id) & (col(RoleSpan.role) == Role.OWNER))
        .join(PlanSpan, (col(PlanSpan.plan_id) == Participant.plan_id) & (col(PlanSpan.kind) == PlanKind.IUP))
    )
    assert all(2 <= age(born, today) <= 5 for born in await reading.scalars(owners))
