"""«Å følge opp»: what a plan's coordinators are asked to see to, on the first page and in «Mine frister»."""

from datetime import date
from uuid import UUID

import pytest

from models.database import Database
from models.plans.operations import tasks
from models.plans.operations.tasks import NewTask
from models.plans.rules.words import TaskKind
from models.plans.tables.plan import Plan
from models.rights import Element, Level
from permissions.proofs import House
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.test_baton import HOLDER
from tests.plan_rows import end, give, id_of

WORDS = "Samtykket er trukket"


async def make(town: Database, plan: str, kind: TaskKind = TaskKind.CONSENT_WITHDRAWN, due: date | None = None) -> UUID:
    async with town.writing() as session:
        row = await session.get_one(Plan, id_of(plan))
        made = await tasks.ask(
            House(session, row.municipality_id, row.id), NewTask(kind, f"{plan}:{kind}", due_on=due), []
        )
        assert made
        return made.id


async def test_a_task_is_on_the_coordinators_first_page_until_it_is_done(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str
) -> None:
    assert "Å følge opp" not in (await coordinator.get(ip)).words
    task = await make(town, ip)
    page = await coordinator.get(ip)
    assert page.link(WORDS) == f"{ip}/consent"
    for name in ("planeier", "tjenesteyter", "assistent"):
        assert WORDS not in (await (await sign_in(name)).get(ip)).words
    page = await coordinator.follow(await coordinator.post(f"{ip}/tasks/{task}/done"))
    assert "Merket som ferdig." in page.words
    assert "Å følge opp" not in page.words
    assert (await coordinator.post(f"{ip}/tasks/{task}/done")).status == 303


async def test_it_is_in_my_deadlines_too(coordinator: Visitor, sign_in: SignIn, town: Database, ip: str) -> None:
    await make(town, ip, TaskKind.NEW_CONSENT, date(2026, 11, 1))
    page = await coordinator.get("/promises")
    assert "Å følge opp i planer du koordinerer (1)" in page.words
    assert "Plan: R.S." in page.words
    assert "Fristen var" in page.words
    assert "1 er forsinket" in (await coordinator.get("/plans")).words
    assert "Å følge opp" not in (await (await sign_in("tjenesteyter")).get("/promises")).words


async def test_who_may_not_see_to_participants_is_not_told(coordinator: Visitor, town: Database, ip: str) -> None:
    task = await make(town, ip, due=date(2026, 11, 1))
    await give(town, ip, HOLDER, Element.PARTICIPANTS, Level.READ)
    assert WORDS not in (await coordinator.get(ip)).words
    assert WORDS not in (await coordinator.get("/promises")).words
    assert (await coordinator.post(f"{ip}/tasks/{task}/done")).status == 403


@pytest.mark.parametrize("name", ["planeier", "tjenesteyter", "assistent"])
async def test_others_tick_nothing_off(sign_in: SignIn, town: Database, ip: str, name: str) -> None:
    task = await make(town, ip)
    assert (await (await sign_in(name)).post(f"{ip}/tasks/{task}/done")).status == 403


async def test_a_task_is_found_in_its_own_plan_alone(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str, relay: str
) -> None:
    task = await make(town, ip)
    assert (await coordinator.post(f"{relay}/tasks/{task}/done")).status == 404
    assert (await coordinator.post(f"{ip}/tasks/00000000-0000-4000-8000-000000000000/done")).status == 404
    assert (await (await sign_in("rektor")).post(f"{ip}/tasks/{task}/done")).status == 404
    assert WORDS in (await coordinator.get(ip)).words


async def test_what_is_left_of_an_ended_plan_can_still_be_ticked_off(
    coordinator: Visitor, town: Database, ip: str
) -> None:
    task = await make(town, ip)
    await end(town, ip)
    assert (await coordinator.post(f"{ip}/tasks/{task}/done")).status == 303
