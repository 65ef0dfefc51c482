"""Those who can renew a consent are reminded 30 and 7 days before it ends and on the last day, once each time."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from jobs.consent_reminders import remind_of_consents
from jobs.deliver_notices import deliver_notices
from jobs.kit import Kit
from models.clock import SteppingClock
from models.database import Database
from models.notices.rules import Notice
from models.notices.tables import Delivery, QueuedNotice
from models.plans.rules.words import Basis, ConsentAct, PlanState
from models.plans.tables.plan import PlanSpan
from tests.hamlet import Hamlet
from tests.jobs.conftest import Home
from tests.jobs.post_office import PostOffice, text_of

TODAY = date(2026, 11, 20)


def ends_in(days: int) -> date:
    return TODAY + timedelta(days=days)


async def consent(database: Database, home: Home, until: date, number: int = 2, **how: object) -> None:
    async with database.writing() as session:
        await Hamlet(session).consent(home.plan, number, until=until, **how)  # type: ignore[arg-type]


async def reminded(database: Database) -> set[str]:
    """Who has a reminder in the outbox, by account."""
    async with database.reading() as session:
        found = select(Delivery.account_id).join(QueuedNotice, col(QueuedNotice.id) == Delivery.notice_id)
        return {str(id_) for id_ in await session.scalars(found.where(QueuedNotice.kind == Notice.CONSENT_EXPIRES))}


def accounts(home: Home, *names: str) -> set[str]:
    return {str(home.accounts[name]) for name in names}


@pytest.mark.parametrize(
    ("days", "queued"), [(31, 0), (30, 1), (27, 0), (8, 0), (7, 1), (4, 0), (1, 0), (0, 1), (-1, 0)]
)
@pytest.mark.feature("F120")
async def test_reminds_on_the_days_and_no_other(
    database: Database, home: Home, kit: Kit, days: int, queued: int
) -> None:
    await consent(database, home, ends_in(days))
    assert await remind_of_consents(kit) == f"queued={queued}"
    assert await reminded(database) == (accounts(home, "Kari", "Per", "Gro") if queued else set())


async def test_reminds_three_times_in_all_however_often_it_runs(
    database: Database, home: Home, kit: Kit, clock: SteppingClock
) -> None:
    await consent(database, home, ends_in(32))
    start, queued = clock.now(), []
    for left in (32, 31, 30, 29, 28, 27, 8, 7, 6, 5, 4, 1, 0, -1):
        clock.at = start + timedelta(days=32 - left)
        outcomes = [await remind_of_consents(kit) for _ in range(2)]
        assert outcomes[1] == "queued=0"
        queued += [left] if outcomes[0] == "queued=1" else []
    assert queued == [30, 7, 0]


async def test_a_reminder_that_was_slept_through_is_sent_a_little_late(
    database: Database, home: Home, kit: Kit
) -> None:
    await consent(database, home, ends_in(28))
    assert await remind_of_consents(kit) == "queued=1"


async def test_not_when_a_later_entry_continues(database: Database, home: Home, kit: Kit) -> None:
    await consent(database, home, ends_in(7))
    await consent(database, home, ends_in(300), 3, since=ends_in(8))
    assert await remind_of_consents(kit) == "queued=0"


@pytest.mark.feature("F114")
@pytest.mark.parametrize("unfinished", ["provisional", "cancelled"])
async def test_still_when_the_renewal_counts_for_nothing(
    database: Database, home: Home, kit: Kit, unfinished: str
) -> None:
    await consent(database, home, ends_in(7))
    async with database.writing() as session:
        renewal = await Hamlet(session).consent(home.plan, 3, since=ends_in(8), until=ends_in(300))
        renewal.provisional = unfinished == "provisional"
        renewal.cancelled_at = session.clock.now() if unfinished == "cancelled" else None
    assert await remind_of_consents(kit) == "queued=1"


@pytest.mark.parametrize("unfinished", ["provisional", "cancelled"])
async def test_not_of_a_consent_that_counts_for_nothing(
    database: Database, home: Home, kit: Kit, unfinished: str
) -> None:
    async with database.writing() as session:
        lonely = await Hamlet(session).consent(home.plan, 3, until=ends_in(7))
        lonely.provisional = unfinished == "provisional"
        lonely.cancelled_at = session.clock.now() if unfinished == "cancelled" else None
    assert await remind_of_consents(kit) == "queued=0"


async def test_still_when_the_renewal_leaves_a_gap(database: Database, home: Home, kit: Kit) -> None:
    await consent(database, home, ends_in(7))
    await consent(database, home, ends_in(300), 3, since=ends_in(9))
    assert await remind_of_consents(kit) == "queued=1"


async def test_still_when_the_renewal_is_not_signed(database: Database, home: Home, kit: Kit) -> None:
    await consent(database, home, ends_in(7))
    await consent(database, home, ends_in(300), 3, since=ends_in(8), signers=((home.people["Per"], False),))
    assert await remind_of_consents(kit) == "queued=1"


async def test_not_of_a_consent_that_another_has_replaced(database: Database, home: Home, kit: Kit) -> None:
    await consent(database, home, ends_in(7))
    await consent(database, home, ends_in(300), 3)
    assert await remind_of_consents(kit) == "queued=0"


async def test_not_of_a_withdrawn_consent(database: Database, home: Home, kit: Kit) -> None:
    await consent(database, home, ends_in(7))
    await consent(database, home, ends_in(7), 3, act=ConsentAct.WITHDRAWN)
    assert await remind_of_consents(kit) == "queued=0"


async def test_not_when_access_rests_on_a_decision(database: Database, home: Home, kit: Kit) -> None:
    await consent(database, home, ends_in(7))
    async with database.writing() as session:
        await Hamlet(session).basis(home.plan, Basis.DECISION, 2)
    assert await remind_of_consents(kit) == "queued=0"


async def test_of_one_participants_own_consent_too(database: Database, home: Home, kit: Kit) -> None:
    await consent(database, home, ends_in(7), of=home.people["Tor"])
    assert await remind_of_consents(kit) == "queued=1"
    assert await reminded(database) == accounts(home, "Kari", "Per", "Gro")


async def test_not_of_somebody_who_has_left(database: Database, home: Home, kit: Kit) -> None:
    await consent(database, home, ends_in(7), of=home.people["Tor"])
    async with database.writing() as session:
        home.people["Tor"].valid_to = TODAY
        await session.merge(home.people["Tor"])
    assert await remind_of_consents(kit) == "queued=0"


async def test_not_in_a_plan_that_is_finished(database: Database, home: Home, kit: Kit) -> None:
    await consent(database, home, ends_in(7))
    async with database.writing() as session:
        (await session.scalars(select(PlanSpan))).one().state = PlanState.INACTIVE
    assert await remind_of_consents(kit) == "queued=0"


async def test_not_of_a_consent_shorter_than_the_warning(database: Database, home: Home, kit: Kit) -> None:
    await consent(database, home, ends_in(30), since=TODAY)
    assert await remind_of_consents(kit) == "queued=0"


async def test_the_reminder_reaches_them_by_mail(
    database: Database, home: Home, kit: Kit, post_office: PostOffice
) -> None:
    await consent(database, home, ends_in(0))
    await remind_of_consents(kit)
    assert await deliver_notices(kit) == "sent=3"
    assert "Et samtykke i planen AB går snart ut" in text_of(post_office.mails[0])
