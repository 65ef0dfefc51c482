"""Somebody is about to reach each age that changes who decides (N4), and no child under 15 signs in or is asked."""

from pathlib import Path

import pytest
from sqlmodel import col, select

from jobs.age_watch import watch_ages
from jobs.channels.email import FolderPost
from jobs.channels.sms import FolderSms
from jobs.kit import Kit
from models.base import HouseSession, pick
from models.clock import local_day
from models.database import Database
from models.organisation.rules import OF_AGE
from models.people.rules import age
from models.people.tables import Person
from models.plans.tables.baton import Task
from models.plans.tables.consent import ConsentSigner
from models.plans.tables.participants import Participant, RoleSpan
from models.rights import Role
from tests.pages.apart import person_of

SEES = "barnekoordinator@fjordvik.example"


@pytest.mark.feature("F23")
async def test_nobody_under_15_signs_in_or_is_asked_to_consent(reading: HouseSession) -> None:
    today = local_day(reading.clock.now())
    asked = pick(Participant.person_id).join(ConsentSigner, col(ConsentSigner.participant_id) == Participant.id)
    grown = col(Person.account_id).is_not(None) | col(Person.id).in_(asked)
    found = list(await reading.scalars(select(Person).where(grown)))
    assert len(found) > 100
    assert [one for one in found if one.birth_date and age(one.birth_date, today) < OF_AGE] == []


@pytest.mark.feature("N4")
async def test_a_demo_user_is_told_of_every_age_that_changes_who_decides(town: Database, tmp_path: Path) -> None:
    await watch_ages(Kit(town, FolderPost(tmp_path, "medvirk@example", "medvirk.example"), FolderSms(tmp_path), ""))
    me = (await person_of(town, SEES)).id
    async with town.reading() as session:
        mine = pick(Participant.plan_id).join(RoleSpan).where(col(RoleSpan.role) == Role.COORDINATOR)
        plans = set(await session.scalars(mine.where(col(Participant.person_id) == me)))
        tasks = await session.scalars(select(Task).where(col(Task.plan_id).in_(plans)))
        assert {task.facts["age"] for task in tasks if "age" in task.facts} == {13, 15, 16, 18}
