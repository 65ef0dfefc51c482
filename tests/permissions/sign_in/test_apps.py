"""The app's codes and the recovery codes: each works once, whoever tries it, and however often (F10, F12)."""

import asyncio
from datetime import timedelta

import pyotp
import pytest
from sqlmodel import col, select

from models.accounts.proof import OpenProfile
from models.accounts.rules import CodeChannel, SignInMethod
from models.accounts.tables.account import Account, RecoveryCode
from models.base import HouseSession, seal
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import Notice
from models.notices.tables import QueuedNotice
from models.organisation.queries import vault
from models.refusals import Invalid
from permissions.door import open_profile
from permissions.sign_in import apps
from permissions.sign_in.one_time_codes import check_code, send_code
from tests.signing_in import viewer_for

NAME = "koordinator@fjordvik.example"
pytestmark = [pytest.mark.feature("F10"), pytest.mark.feature("F12")]


async def account_of(session: HouseSession, name: str = NAME) -> Account:
    return (await session.scalars(select(Account).where(Account.user_name == name))).one()


async def profile(session: HouseSession) -> OpenProfile:
    return await open_profile(session, await viewer_for(session, NAME))


class Phone:
    """The coordinator's phone: `codes` are the recovery codes that were shown."""

    def __init__(self, database: Database, clock: SteppingClock) -> None:
        self.database, self.clock = database, clock
        self.secret, self.codes = "", list[str]()

    async def enrol(self) -> None:
        async with self.database.writing() as session:
            self.secret = (await apps.begin_app(await profile(session))).secret.replace(" ", "")
        async with self.database.writing() as session:
            self.codes = await apps.confirm_app(await profile(session), self.shows())
        self.clock.move(timedelta(seconds=30))

    def shows(self, *, late: int = 0) -> str:
        return pyotp.TOTP(self.secret).at(self.clock.now() - timedelta(seconds=late))

    async def token(self) -> str:
        async with self.database.writing() as session:
            return await send_code(session, (await account_of(session)).id)

    async def try_(self, code: str, token: str | None = None) -> SignInMethod | None:
        passed = await check_code(self.database, token or await self.token(), code)
        return passed.method if passed else None


@pytest.fixture
async def phone(any_town: Database, clock: SteppingClock) -> Phone:
    phone = Phone(any_town, clock)
    await phone.enrol()
    return phone


async def test_the_apps_code_opens_once(phone: Phone) -> None:
    code = phone.shows()
    assert [await phone.try_(code), await phone.try_(code)] == [SignInMethod.APP, None]


async def test_of_two_who_type_the_same_code_at_once_one_comes_in(phone: Phone) -> None:
    token, code = await phone.token(), phone.shows()
    answers = await asyncio.gather(*(phone.try_(code, token) for _ in range(4)))
    assert sorted(map(str, answers)) == ["None", "None", "None", "app"]


@pytest.mark.parametrize(("late", "method"), [(30, SignInMethod.APP), (-30, SignInMethod.APP), (90, None), (-90, None)])
async def test_a_phones_clock_may_be_half_a_minute_wrong(phone: Phone, late: int, method: SignInMethod | None) -> None:
    phone.clock.move(timedelta(minutes=2))
    assert await phone.try_(phone.shows(late=late)) is method


async def test_a_code_from_before_the_last_one_is_a_replay(phone: Phone) -> None:
    older = phone.shows()
    phone.clock.move(timedelta(seconds=30))
    assert await phone.try_(phone.shows()) is SignInMethod.APP
    assert await phone.try_(older) is None


async def test_the_code_that_confirmed_the_app_does_not_sign_in(any_town: Database, clock: SteppingClock) -> None:
    phone = Phone(any_town, clock)
    await phone.enrol()
    assert await phone.try_(phone.shows(late=30)) is None


async def test_a_recovery_code_opens_once_however_it_is_written(phone: Phone) -> None:
    first, second = phone.codes[0], phone.codes[1].lower().replace("-", " ")
    assert [await phone.try_(code) for code in (first, first, second)] == [
        *(SignInMethod.RECOVERY_CODE, None, SignInMethod.RECOVERY_CODE)
    ]
    async with phone.database.reading() as session:
        assert await apps.recovery_codes_left(session, (await account_of(session)).id) == 8


async def test_a_recovery_code_typed_by_two_at_once_opens_for_one(phone: Phone) -> None:
    token = await phone.token()
    answers = await asyncio.gather(*(phone.try_(phone.codes[0], token) for _ in range(4)))
    assert sorted(map(str, answers)) == ["None", "None", "None", "recovery_code"]


async def test_the_database_keeps_no_recovery_code_in_the_open(phone: Phone) -> None:
    async with phone.database.reading() as session:
        kept = list(await session.scalars(select(RecoveryCode.code_index)))
    assert len(kept) == len(set(phone.codes)) == 10
    assert not [code for code in phone.codes for index in kept if code.replace("-", "") in index.upper()]


async def test_a_recovery_code_of_one_account_opens_no_other(phone: Phone) -> None:
    async with phone.database.writing() as session:
        other = await account_of(session, "rektor@fjordvik.example")
        assert not await apps.use_recovery_code(session, other.id, phone.codes[0])


async def test_new_recovery_codes_end_the_old(phone: Phone) -> None:
    async with phone.database.writing() as session:
        fresh = await apps.new_recovery_codes(await profile(session))
    assert await phone.try_(phone.codes[0]) is None
    assert await phone.try_(fresh[0]) is SignInMethod.RECOVERY_CODE


async def test_nothing_is_changed_before_the_app_has_shown_that_it_works(any_town: Database) -> None:
    async with any_town.writing() as session:
        begun = await apps.begin_app(await profile(session))
    async with any_town.writing() as session:
        with pytest.raises(Invalid, match="Koden er feil"):
            await apps.confirm_app(await profile(session), "000000")
        account = await account_of(session)
        assert (apps.has_app(account), account.code_channel) == (False, CodeChannel.EMAIL)
        assert await apps.begin_app(await profile(session)) == begun, "a reload shows the same QR code"


async def test_a_new_phone_takes_over_only_when_it_is_confirmed(phone: Phone) -> None:
    async with phone.database.writing() as session:
        secret = (await apps.begin_app(await profile(session))).secret.replace(" ", "")
    assert await phone.try_(phone.shows()) is SignInMethod.APP
    phone.clock.move(timedelta(seconds=30))
    async with phone.database.writing() as session:
        await apps.confirm_app(await profile(session), pyotp.TOTP(secret).at(phone.clock.now()))
    phone.clock.move(timedelta(seconds=30))
    assert await phone.try_(phone.shows()) is None
    phone.secret = secret
    assert await phone.try_(phone.shows()) is SignInMethod.APP


async def test_without_the_app_codes_come_by_mail_again_and_the_person_is_told(phone: Phone) -> None:
    async with phone.database.writing() as session:
        await apps.remove_app(await profile(session))
        account = await account_of(session)
        assert (apps.has_app(account), account.code_channel) == (False, CodeChannel.EMAIL)
        assert await apps.recovery_codes_left(session, account.id) == 0
        kinds = list(await session.scalars(select(QueuedNotice.kind)))
        events = set(await session.scalars(select(LogRow.event).where(col(LogRow.actor_id) == account.id)))
    assert kinds.count(Notice.APP_CHANGED) == 2
    assert {Event.APP_ADDED, Event.APP_REMOVED, Event.RECOVERY_CODES_MADE} <= events


async def test_the_app_is_not_removed_when_no_code_could_reach_the_person(phone: Phone) -> None:
    async with phone.database.writing() as session:
        (await account_of(session)).password_by_mail = True
    async with phone.database.writing() as session:
        with pytest.raises(Invalid):
            await apps.remove_app(await profile(session))
        account = await account_of(session)
        seal(await vault(session, account.key_id), account, mobile="00000001")
        await apps.remove_app(await profile(session))
        assert account.code_channel is CodeChannel.SMS


@pytest.mark.parametrize("typed", ["", "000", "abcdef", "１２３４５６", "-1", "1" * 5_000, "12345\x00"])
async def test_what_is_no_code_is_wrong(phone: Phone, typed: str) -> None:
    assert await phone.try_(typed) is None
