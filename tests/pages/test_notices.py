"""Who is told of what: those who may see it, and no other."""

from uuid import UUID

import pytest
from sqlmodel import col, select

from models.accounts.tables.account import Account
from models.database import Database
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from tests.client import Visitor
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of

GOAL = {"title": "Et nytt mål", "life_area": ""}


async def told(town: Database, kind: Notice) -> set[str]:
    """The user names (before the @) that a notice of this kind waits for."""
    found = (
        select(Account.user_name)
        .join(Delivery, col(Delivery.account_id) == Account.id)
        .join(QueuedNotice, col(QueuedNotice.id) == Delivery.notice_id)
        .where(QueuedNotice.kind == kind)
    )
    async with town.reading() as session:
        return {name.split("@")[0] for name in await session.scalars(found)}


@pytest.mark.feature("F132")
async def test_a_new_goal_is_told_to_those_who_may_see_it(coordinator: Visitor, town: Database, ip: str) -> None:
    assert (await coordinator.post(f"{ip}/goals/new", GOAL)).status == 303
    names = await told(town, Notice.GOAL_ADDED)
    assert {"planeier", "tjenesteyter", "spesialist"} <= names
    assert names.isdisjoint({"koordinator", "assistent", "foresatt"})


@pytest.mark.feature("F132")
async def test_a_comment_is_told_to_the_one_who_may_see_that_goal_only(
    coordinator: Visitor, town: Database, ip: str
) -> None:
    await coordinator.send(await goal_of(coordinator, ip, "Klare meg selv hjemme"), text="Hei")
    assert "assistent" not in await told(town, Notice.COMMENT_ADDED)
    await coordinator.send(await goal_of(coordinator, ip, "Ut på sjøen igjen"), text="Hei")
    assert "assistent" in await told(town, Notice.COMMENT_ADDED)


async def test_a_goal_that_was_not_saved_is_told_to_nobody(coordinator: Visitor, town: Database, ip: str) -> None:
    await coordinator.post(f"{ip}/goals/new", GOAL | {"title": ""})
    assert await told(town, Notice.GOAL_ADDED) == set()


async def test_a_notice_names_the_goal_and_holds_no_words(coordinator: Visitor, town: Database, ip: str) -> None:
    await coordinator.post(f"{ip}/goals/new", GOAL)
    async with town.reading() as session:
        found = select(QueuedNotice).where(QueuedNotice.kind == Notice.GOAL_ADDED)
        notice = (await session.scalars(found)).one()
        payloads = set(await session.scalars(select(Delivery.payload).where(Delivery.notice_id == notice.id)))
    assert (notice.plan_id, payloads) == (UUID(ip.rsplit("/", maxsplit=1)[-1]), {None})


async def test_who_commented_is_not_told_of_it(sign_in: SignIn, town: Database, ip: str) -> None:
    owner = await sign_in("planeier")
    await owner.send(await goal_of(owner, ip, "Ut på sjøen igjen"), text="Hei")
    assert "planeier" not in await told(town, Notice.COMMENT_ADDED)
    assert "koordinator" in await told(town, Notice.COMMENT_ADDED)
