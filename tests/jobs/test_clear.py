"""What is kept short is cleared, and nothing else."""

from datetime import timedelta
from uuid import uuid4

from sqlmodel import SQLModel, func, select

from jobs.clear import RULES, clear_short_lived
from jobs.deliver_notices import deliver_notices
from jobs.kit import Kit
from models.accounts.rules import FlowPurpose
from models.accounts.tables.account import PersonalCode
from models.accounts.tables.identity import IdPortenFlow
from models.accounts.tables.sign_in import Invitation, OneTimeCode, SignInAttempts, SignInSession
from models.base import Retention
from models.clock import SteppingClock
from models.database import Database
from models.notices.rules import Channel
from models.notices.tables import Delivery, QueuedNotice
from models.plans.tables.begun import BegunPlan
from models.rights import Assurance, Profile
from models.tables import AREAS
from permissions.sign_in.one_time_codes import send_code
from tests.jobs.conftest import Home, add_goal


def short_lived() -> set[type[SQLModel]]:
    tables = (table for area in AREAS for table in vars(area).values() if hasattr(table, "__table__"))
    return {table for table in tables if table.keeps is Retention.SHORT}


def test_every_table_that_is_kept_short_has_a_rule() -> None:
    assert set(RULES) == short_lived()


async def counts(database: Database) -> dict[str, int]:
    async with database.reading() as session:
        return {table.__name__: await session.scalar(select(func.count()).select_from(table)) or 0 for table in RULES}


async def fill(database: Database, home: Home, kit: Kit) -> None:
    """One of each, and a notice with a delivery for each of Per, Gro and Tor."""
    async with database.writing() as session:
        now, account_id = session.clock.now(), home.accounts["Per"]
        await add_goal(session, home)
        await send_code(session, account_id)
        for token, ended_at in ((b"living", None), (b"ended", now)):
            session.add(
                SignInSession(
                    account_id=account_id,
                    token_hash=token,
                    municipality_id=home.plan.municipality_id,
                    profile=Profile.PERSONAL,
                    assurance=Assurance.HIGH,
                    began_at=now,
                    seen_at=now,
                    ended_at=ended_at,
                )
            )
        session.add(SignInAttempts(name_index="i1:x", last_at=now))
        session.add(IdPortenFlow(state_hash=b"x", purpose=FlowPurpose.SIGN_IN, made_at=now))
        session.add(PersonalCode(account_id=account_id, code_index="i1:x", made_at=now, expires_at=now))
        session.add(Invitation(account_id=account_id, token_hash=b"x", made_at=now, expires_at=now + timedelta(days=7)))
        begun = {"municipality_id": home.plan.municipality_id, "account_id": account_id, "content": None}
        session.add(BegunPlan(**begun, begun_at=now, saved_at=now))
    await deliver_notices(kit)


async def test_what_is_fresh_stays_and_what_is_old_goes(
    database: Database, home: Home, kit: Kit, clock: SteppingClock
) -> None:
    await fill(database, home, kit)
    full = await counts(database)
    assert full == {
        IdPortenFlow.__name__: 1,
        PersonalCode.__name__: 1,
        OneTimeCode.__name__: 1,
        SignInSession.__name__: 3,
        SignInAttempts.__name__: 1,
        Invitation.__name__: 1,
        Delivery.__name__: 4,
        QueuedNotice.__name__: 2,
        BegunPlan.__name__: 1,
    }
    await clear_short_lived(kit)
    assert await counts(database) == full
    clock.move(timedelta(days=1, minutes=1))
    await clear_short_lived(kit)
    assert await counts(database) == full | {
        **dict.fromkeys(("IdPortenFlow", "PersonalCode", "OneTimeCode", "SignInAttempts"), 0),
        "SignInSession": 2,
    }
    clock.move(timedelta(days=98))
    went = "one_time_code=0 sign_in_session=2 sign_in_attempts=0 invitation=1 delivery=4 queued_notice=2 begun_plan=1"
    assert await clear_short_lived(kit) == f"id_porten_flow=0 personal_code=0 {went}"
    assert not any((await counts(database)).values())


async def test_a_delivery_that_still_waits_is_never_cleared(
    database: Database, home: Home, kit: Kit, clock: SteppingClock
) -> None:
    async with database.writing() as session:
        await add_goal(session, home)
        session.add(
            Delivery(
                municipality_id=None,
                notice_id=(await session.scalars(select(QueuedNotice.id))).one(),
                account_id=uuid4(),
                channel=Channel.EMAIL,
                due_at=session.clock.now(),
            )
        )
    clock.move(timedelta(days=400))
    await clear_short_lived(kit)
    assert (await counts(database))["Delivery"] == 4
    assert (await counts(database))["QueuedNotice"] == 1


async def test_a_trip_to_id_porten_goes_before_the_session_it_was_about(
    database: Database, home: Home, kit: Kit, clock: SteppingClock
) -> None:
    await fill(database, home, kit)
    async with database.writing() as session:
        about = (await session.scalars(select(SignInSession.id).where(SignInSession.token_hash == b"ended"))).one()
        link = (await session.scalars(select(Invitation.id))).one()
        trip = IdPortenFlow(state_hash=b"y", purpose=FlowPurpose.LINK, made_at=session.clock.now())
        trip.session_id, trip.invitation_id = about, link
        session.add(trip)
    clock.move(timedelta(days=100))
    await clear_short_lived(kit)
    assert not any((await counts(database)).values())


async def test_a_lock_that_lasts_is_remembered_though_it_was_long_in_coming(
    database: Database, kit: Kit, clock: SteppingClock
) -> None:
    now = clock.now()
    async with database.writing() as session:
        lasts, over = now + timedelta(days=2), now + timedelta(days=1)
        session.add(SignInAttempts(name_index="i1:lasts", last_at=now, locked_until=lasts))
        session.add(SignInAttempts(name_index="i1:over", last_at=now, locked_until=over))
    clock.move(timedelta(days=1, minutes=1))
    await clear_short_lived(kit)
    async with database.reading() as session:
        assert list(await session.scalars(select(SignInAttempts.name_index))) == ["i1:lasts"]
