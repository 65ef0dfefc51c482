"""Sessions live on the server: they end when idle, when ended, and after a day's work."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlmodel import select

from models.accounts.rules import SignInMethod
from models.accounts.tables.account import Account
from models.accounts.tables.sign_in import SignInSession
from models.clock import SteppingClock
from models.database import Database
from models.log.tables import LogRow
from models.refusals import NotSignedIn, Reason
from models.rights import Assurance, Duty, PlanKind, Profile, Right, Role
from permissions.sign_in.sessions import begin, end, touch
from permissions.viewer import LONGEST, viewer_of
from tests.hamlet import Hamlet, refused

LEVEL = Assurance.PASSWORD_AND_CODE
IDLE = timedelta(minutes=35)


@pytest.fixture
async def kari(database: Database) -> UUID:
    """Kari is employed in Vik and owns nothing."""
    async with database.writing() as session:
        hamlet = Hamlet(session)
        vik = await hamlet.municipality()
        person = await hamlet.person(vik, "Kari")
        await hamlet.participant(await hamlet.plan(vik), person, Role.PROVIDER)
        assert person.account_id
        return person.account_id


@pytest.fixture
async def token(database: Database, kari: UUID) -> str:
    async with database.writing() as session:
        return (await begin(session, kari, SignInMethod.EMAIL)).token


async def is_signed_in(database: Database, token: str) -> bool:
    async with database.reading() as session:
        try:
            await viewer_of(session, token)
        except NotSignedIn:
            return False
    return True


async def test_a_token_tells_who_is_asking(database: Database, kari: UUID, token: str) -> None:
    async with database.reading() as session:
        viewer = await viewer_of(session, token)
    assert (viewer.account_id, viewer.name, viewer.municipality_name) == (kari, "Kari Hansen", "Vik")
    assert (viewer.profile, viewer.assurance, viewer.language) == (Profile.WORK, LEVEL, "nb")
    assert viewer.rights == {}


async def test_an_unknown_token_tells_nothing(database: Database, token: str) -> None:
    assert not await is_signed_in(database, "")
    assert not await is_signed_in(database, token[:-1])


@pytest.mark.feature("F26")
@pytest.mark.parametrize(("waited", "still"), [(IDLE - timedelta(seconds=1), True), (IDLE, False)])
async def test_a_session_ends_when_nobody_uses_it(
    database: Database, clock: SteppingClock, token: str, waited: timedelta, still: bool
) -> None:
    clock.move(waited)
    assert await is_signed_in(database, token) is still


@pytest.mark.feature("F26")
async def test_a_session_that_is_used_lasts_until_the_longest(
    database: Database, clock: SteppingClock, token: str
) -> None:
    step, lasted = timedelta(minutes=30), timedelta()
    while await is_signed_in(database, token):
        async with database.writing() as session:
            await touch(session, (await viewer_of(session, token)).session_id)
        clock.move(step)
        lasted += step
    assert lasted == LONGEST


@pytest.mark.feature("F27")
async def test_signing_out_ends_it_at_once_and_twice_is_once(database: Database, token: str) -> None:
    for _ in range(2):
        async with database.writing() as session:
            await end(session, token)
    assert not await is_signed_in(database, token)
    async with database.reading() as session:
        events = [event.value for event in await session.scalars(select(LogRow.event))]
    assert events == ["sign_in.done", "sign_in.ended"]


async def test_signing_out_of_nothing_changes_nothing(database: Database) -> None:
    async with database.writing() as session:
        await end(session, "unknown")
    async with database.reading() as session:
        assert (await session.scalars(select(LogRow))).all() == []


async def test_one_session_of_two_can_be_ended(database: Database, kari: UUID, token: str) -> None:
    async with database.writing() as session:
        other = (await begin(session, kari, SignInMethod.EMAIL)).token
        await end(session, token)
    assert await is_signed_in(database, other)
    assert not await is_signed_in(database, token)


async def test_a_closed_account_is_signed_out_everywhere(database: Database, clock: SteppingClock, token: str) -> None:
    async with database.writing() as session:
        (await session.scalars(select(Account))).one().disabled_at = clock.now()
    assert not await is_signed_in(database, token)


async def test_the_last_sight_is_written_at_most_once_a_minute(
    database: Database, clock: SteppingClock, token: str
) -> None:
    seen = []
    for seconds in (0, 50, 60, 61):
        clock.move(timedelta(seconds=seconds))
        async with database.writing() as session:
            await touch(session, (await viewer_of(session, token)).session_id)
        async with database.reading() as session:
            seen.append(await session.scalar(select(SignInSession.seen_at)))
    assert len(set(seen)) == 3


async def test_the_token_itself_is_not_kept(database: Database, token: str) -> None:
    async with database.reading() as session:
        kept = (await session.scalars(select(SignInSession.token_hash))).one()
    assert token.encode() not in kept


@pytest.mark.feature("F201")
async def test_the_municipality_used_last_is_chosen_again(database: Database, kari: UUID) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        account = (await session.scalars(select(Account))).one()
        li = await hamlet.municipality("Li")
        await hamlet.person(li, "Kari", account)
        account.last_municipality_id, account.last_profile = li.id, Profile.WORK
        begun = await begin(session, kari, SignInMethod.EMAIL)
        assert (await viewer_of(session, begun.token)).municipality_name == "Li"


async def test_without_a_person_card_the_user_name_is_shown(database: Database) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        vik, admin = await hamlet.municipality(), await hamlet.account("admin")
        await hamlet.appoint(admin, vik, Duty.ADMINISTRATOR)
        viewer = await viewer_of(session, (await begin(session, admin.id, SignInMethod.EMAIL)).token)
    assert (viewer.name, viewer.person_id) == ("admin", None)


async def test_who_belongs_nowhere_cannot_begin(database: Database) -> None:
    async with database.writing() as session:
        nobody = await Hamlet(session).account("nobody")
        assert await refused(begin(session, nobody.id, SignInMethod.EMAIL)) is Reason.NO_RIGHT


@pytest.mark.feature("F37")
async def test_who_has_only_a_plan_of_their_own_begins_in_the_personal_profile(database: Database) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        vik = await hamlet.municipality()
        ola = await hamlet.person(vik, "Ola", employed=False)
        await hamlet.participant(await hamlet.plan(vik), ola, Role.OWNER)
        assert ola.account_id
        begun = await begin(session, ola.account_id, SignInMethod.EMAIL)
        assert (await viewer_of(session, begun.token)).profile is Profile.PERSONAL


@pytest.mark.feature("F197")
@pytest.mark.parametrize(("days", "has"), [(-1, False), (0, True), (9, True), (10, False)])
async def test_a_duty_holds_from_its_first_day_and_not_on_its_last(
    database: Database, clock: SteppingClock, days: int, has: bool
) -> None:
    async with database.writing() as session:
        hamlet = Hamlet(session)
        vik, admin = await hamlet.municipality(), await hamlet.account("admin")
        await hamlet.person(vik, "Ada", admin)
        duty = await hamlet.appoint(admin, vik, Duty.ADMINISTRATOR)
        duty.plan_kind, duty.valid_from = PlanKind.IP, hamlet.today
        duty.valid_to = hamlet.today + timedelta(days=10)
        clock.move(timedelta(days=days))
        viewer = await viewer_of(session, (await begin(session, admin.id, SignInMethod.EMAIL)).token)
    assert viewer.has(Right.TEXTS_ADMINISTER) is has
    assert viewer.kinds(Right.TEXTS_ADMINISTER) == ({PlanKind.IP} if has else set())
