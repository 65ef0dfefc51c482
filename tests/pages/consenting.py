"""What the tests of the consent's pages share: a stafettlogg that is made ready, and those who consent to it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlmodel import col, select, update

from models.accounts.tables.account import Account
from models.base import HouseSession
from models.clock import local_day
from models.database import Database
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.people.tables import Person
from models.plans.operations.assigning import assign
from models.plans.rules.words import PlanState, TaskKind, profile_of
from models.plans.tables.baton import Task
from models.plans.tables.consent import Consent, LegalBasis
from models.plans.tables.participants import Participant
from models.plans.tables.plan import Plan, PlanSpan
from models.rights import PlanKind, Role
from tests.client import Page, Visitor


def plan_id(address: str) -> UUID:
    return UUID(address.rsplit("/", 1)[-1])


async def state(town: Database, address: str) -> PlanState:
    async with town.reading() as session:
        found = select(PlanSpan.state).where(
            col(PlanSpan.plan_id) == plan_id(address), col(PlanSpan.valid_to).is_(None)
        )
        return PlanState((await session.scalars(found)).one())


async def make_ready(town: Database, address: str, *, basis: bool = False) -> None:
    """The plan is a draft to which nobody has consented; without `basis` it rests on nothing either."""
    async with town.writing() as session:
        here = plan_id(address)
        open_ = col(PlanSpan.plan_id) == here, col(PlanSpan.valid_to).is_(None)
        await session.execute(update(PlanSpan).where(*open_).values(state=PlanState.DRAFT))
        gone = {"cancelled_at": session.clock.now()}
        await session.execute(update(Consent).where(col(Consent.plan_id) == here).values(**gone))
        if not basis:
            ended = local_day(session.clock.now()).replace(year=2020)
            await session.execute(update(LegalBasis).where(col(LegalBasis.plan_id) == here).values(valid_to=ended))


async def person(session: HouseSession, user_name: str) -> Person:
    found = (
        select(Person).join(Account, col(Account.id) == Person.account_id).where(col(Account.user_name) == user_name)
    )
    return (await session.scalars(found)).first()  # type: ignore[return-value]


async def join(town: Database, address: str, user_name: str, role: Role, kind: PlanKind = PlanKind.SL) -> UUID:
    """Somebody takes part from today; returns their participation."""
    async with town.writing() as session:
        plan, who = await session.get(Plan, plan_id(address)), await person(session, user_name)
        assert plan
        today = local_day(session.clock.now())
        part = Participant(
            municipality_id=plan.municipality_id,
            plan_id=plan.id,
            person_id=who.id,
            profile=profile_of(role),
            valid_from=today,
        )
        session.add(part)
        await session.flush()
        await assign(session, part, kind, role, today)
        return part.id


async def participation(town: Database, address: str, user_name: str) -> UUID:
    async with town.reading() as session:
        who = await person(session, user_name)
        found = select(Participant.id).where(
            col(Participant.plan_id) == plan_id(address), col(Participant.person_id) == who.id
        )
        return (await session.scalars(found)).one()


async def ledger(town: Database, address: str) -> list[Consent]:
    """The newest first."""
    async with town.reading() as session:
        found = select(Consent).where(col(Consent.plan_id) == plan_id(address)).order_by(col(Consent.number).desc())
        return list(await session.scalars(found))


async def told(town: Database, kind: Notice) -> set[str]:
    """The user names that a notice of the kind waits for."""
    async with town.reading() as session:
        found = (
            select(Account.user_name)
            .join(Delivery, col(Delivery.account_id) == Account.id)
            .join(QueuedNotice, col(QueuedNotice.id) == Delivery.notice_id)
            .where(col(QueuedNotice.kind) == kind)
        )
        return set(await session.scalars(found))


async def ask(coordinator: Visitor, address: str, *signers: UUID, **typed: Any) -> Page:
    """The form for a digital consent, sent; its answer is not followed."""
    page = await coordinator.get(f"{address}/consent/new/digital")
    return await send(coordinator, page, {"signers": [str(one) for one in signers], **typed})


async def sign(visitor: Visitor, plan: str) -> Page:
    """The question, answered with yes; where that leads is not followed."""
    return await visitor.send(await visitor.get(f"{plan}/consent"), agreed="y")


async def send(visitor: Visitor, page: Page, typed: Mapping[str, Any], **more: Any) -> Page:
    """As `Visitor.send`, where several of a name may be ticked."""
    form = page.form()
    return await visitor.post(form.get("action") or page.url, {**page.typed(), **typed}, **more)


async def is_let_in(visitor: Visitor, short_name: str = "R.S.") -> bool:
    """Whether the plan is on their list: what is in it, is tested not to be shown to some of the town."""
    return any(name.text_content() == short_name for name in (await visitor.get("/plans")).all("//table//a"))


async def tasks(town: Database, kind: TaskKind) -> list[Task]:
    async with town.reading() as session:
        return list(await session.scalars(select(Task).where(col(Task.kind) == kind)))


async def say_yes_to_all(coordinator: Visitor, plan: str, town: Database, last: str) -> None:
    """The owner of the individual plan does, by word of mouth, from today."""
    owner = await participation(town, plan, "planeier@fjordvik.example")
    page = await coordinator.get(f"{plan}/consent/new/oral")
    typed = {"signers": [str(owner)], "remark": "Sa ja.", "valid_from": "2026-11-20", "valid_to": last}
    assert (await send(coordinator, page, typed)).status == 303
