"""What a birthday changes (N4), told to the coordinator who is asked to see to it."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from models.database import Database
from models.plans.rules.words import TaskKind
from models.plans.tables.baton import Task
from models.plans.tables.participants import Participant, RoleSpan
from models.plans.tables.plan import Plan
from models.rights import Role
from tests.client import Visitor
from tests.pages.conftest import SignIn

pytestmark = pytest.mark.feature("N4")


async def asked(town: Database, plan: str, kind: TaskKind, years: int = 16, day: str = "2027-01-10") -> str:
    """The address under the plan of a task like those the job makes, about its owner."""
    plan_id = UUID(plan.removeprefix("/plans/"))
    async with town.writing() as session:
        owned = select(Participant).join(RoleSpan, RoleSpan.participant_id == Participant.id)  # type: ignore[arg-type]
        owner = (await session.scalars(owned.where(Participant.plan_id == plan_id, RoleSpan.role == Role.OWNER))).one()
        plan_row = (await session.scalars(select(Plan).where(Plan.id == plan_id))).one()
        task = Task(
            municipality_id=plan_row.municipality_id,
            plan_id=plan_id,
            kind=kind,
            participant_id=owner.id,
            facts={"age": years, "on": day},
            due_on=date.fromisoformat(day),
            once_key=f"test:{uuid4()}",
            made_at=session.clock.now(),
        )
        session.add(task)
    return f"{plan}/age/{task.id}"


async def test_a_new_consent_is_explained_and_leads_to_the_consent(
    coordinator: Visitor, town: Database, relay: str
) -> None:
    page = await coordinator.get(await asked(town, relay, TaskKind.NEW_CONSENT))
    assert "Tiril Aasheim fyller 16 år søndag 10. januar 2027" in page.words
    assert "Fra fødselsdagen samtykker Tiril Aasheim selv." in page.words
    assert "Kilde: pasient- og brukerrettighetsloven § 4-3 og § 3-4" in page.words
    assert page.link("Gå til samtykke") == f"{relay}/consent"


async def test_a_review_names_each_guardian_and_leads_to_what_they_see(
    coordinator: Visitor, town: Database, relay: str
) -> None:
    page = await coordinator.get(await asked(town, relay, TaskKind.GUARDIAN_REVIEW, 18, "2026-11-01"))
    assert "Tiril Aasheim fylte 18 år søndag 1. november" in page.words
    assert "Foreldreansvaret er slutt." in page.words
    assert "Sunniva Aasheim, Foresatt/pårørende" in page.words
    assert page.link("Se hva Sunniva Aasheim ser").startswith(f"{relay}/rights/")


async def test_an_owner_who_has_been_followed_by_another_is_not_named(
    coordinator: Visitor, town: Database, relay: str
) -> None:
    address = await asked(town, relay, TaskKind.NEW_CONSENT)
    async with town.writing() as session:
        task = (await session.scalars(select(Task).where(Task.id == UUID(address[-36:])))).one()
        task.participant_id = None
    page = await coordinator.get(address)
    assert "Planen har fått en annen eier" in page.words
    assert "Tiril" not in page.words


@pytest.mark.parametrize("name", ["foresatt", "helsesykepleier"])
async def test_only_who_administers_the_participants_sees_it(
    sign_in: SignIn, town: Database, relay: str, name: str
) -> None:
    assert (await (await sign_in(name)).get(await asked(town, relay, TaskKind.NEW_CONSENT))).status == 403


async def test_a_task_of_another_plan_or_about_something_else_is_not_there(
    coordinator: Visitor, sign_in: SignIn, town: Database, relay: str, ip: str
) -> None:
    address = await asked(town, relay, TaskKind.NEW_CONSENT)
    assert (await coordinator.get(address.replace(relay, ip))).status == 404
    assert (await coordinator.get(f"{relay}/age/{uuid4()}")).status == 404
    assert (await (await sign_in("koordinator@dalen.example")).get(address)).status == 404
    async with town.writing() as session:
        task = (await session.scalars(select(Task).where(Task.id == UUID(address[-36:])))).one()
        task.facts, task.kind = {}, TaskKind.CONSENT_WITHDRAWN
    assert (await coordinator.get(address)).status == 404
