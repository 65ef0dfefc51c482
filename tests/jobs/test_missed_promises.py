"""That something was not done as promised: the mail says that there is something to read, and no word of it."""

from typing import Any

import pytest
from sqlalchemy import Select
from sqlmodel import col, select

from jobs.deliver_notices import deliver_notices
from jobs.kit import Kit
from models.base import pick
from models.database import Database
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.plans.operations import activities, promises
from models.plans.operations.activities import ActivityContent
from models.plans.tables.goals import Activity
from tests.hamlet import Hamlet
from tests.jobs.conftest import PEOPLE, TITLE, Home, add_goal
from tests.jobs.post_office import PostOffice, text_of

pytestmark = pytest.mark.feature("N8")
WORDS = "Ingen kom, og hun gråt."


async def miss(database: Database, home: Home, *, responsible: str = "Tor") -> None:
    """Per says that what was to be done was not; only that notice is left to send."""
    async with database.writing() as session:
        hamlet = Hamlet(session)
        goal = await add_goal(session, home)
        kari = await hamlet.opened(home.plan, "kari")
        content = ActivityContent(title="Svømme på onsdag", responsible_id=home.people[responsible].id)
        activity: Activity = await activities.add(kari, goal, content)
        await promises.mark_missed(await hamlet.opened(home.plan, "per"), activity, 1, WORDS)
        await session.flush()
        for table in (Delivery, QueuedNotice):
            for row in await session.scalars(_others(table)):
                await session.delete(row)
            await session.flush()


def _others(table: type[Delivery | QueuedNotice]) -> Select[Any]:
    missed = pick(QueuedNotice.id).where(col(QueuedNotice.kind) == Notice.ACTIVITY_MISSED)
    mine = col(Delivery.notice_id) if table is Delivery else col(QueuedNotice.id)
    return select(table).where(mine.not_in(missed))


@pytest.mark.feature("F136")
async def test_the_coordinator_and_the_responsible_get_a_mail_without_a_word_of_it(
    database: Database, home: Home, kit: Kit, post_office: PostOffice
) -> None:
    await miss(database, home)
    assert await deliver_notices(kit) == "sent=2"
    assert {str(mail["To"]) for mail in post_office.mails} == {"kari@vik.example", "tor@vik.example"}
    for mail in post_office.mails:
        whole = "\n".join([str(mail["Subject"]), text_of(mail), text_of(mail, "html")])
        assert [secret for secret in (TITLE, WORDS, "Svømme", "Hansen", "ikke gjort", *PEOPLE) if secret in whole] == []
        assert f"https://medvirk.example/plans/{home.plan.id}" in whole


async def test_who_says_it_of_what_they_were_to_do_themselves_is_not_told(
    database: Database, home: Home, kit: Kit, post_office: PostOffice
) -> None:
    await miss(database, home, responsible="Per")
    assert await deliver_notices(kit) == "sent=1"
    assert [str(mail["To"]) for mail in post_office.mails] == ["kari@vik.example"]
