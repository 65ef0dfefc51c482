"""What is begun outside, on the way in, for the table of lifetimes: codes, links, lockouts."""

from collections.abc import Awaitable, Callable
from contextlib import suppress

from sqlmodel import select

from models.accounts.proof import OpenProfile
from models.accounts.rules import FlowPurpose, LinkPurpose
from models.accounts.tables.account import Account
from models.base import HouseSession, seal
from models.clock import SteppingClock
from models.database import Database
from models.notices.rules import Notice
from models.notices.tables import QueuedNotice
from models.organisation.queries import vault
from models.refusals import Invalid
from permissions.door import open_profile
from permissions.sign_in import apps, forgotten
from permissions.sign_in.attempts import NAME_LOCKED, NAME_TRIES, Locked
from permissions.sign_in.id_porten import flows
from permissions.sign_in.id_porten.trips import Trip
from permissions.sign_in.lifetimes import CODE_TRIES, CODES_A_DAY, WRONG_A_DAY, WRONG_PASSWORDS_A_DAY
from permissions.sign_in.links import living_link, make_link
from permissions.sign_in.one_time_codes import TooMany, TooSoon, check_code, send_another
from permissions.sign_in.passwords import Passwords, check_password
from seed.cast import PASSWORD
from tests.signing_in import code_sent, viewer_for

NAME = "koordinator@fjordvik.example"
HERE, WRONG = "192.0.2.7", "Feil-passord-2026"
Works = Callable[[], Awaitable[bool]]


class Begun:
    """Each sentence of the table: it is begun now, and tells later whether it works."""

    def __init__(self, town: Database, passwords: Passwords, clock: SteppingClock) -> None:
        self.town, self.passwords, self.clock = town, passwords, clock

    async def account(self, session: HouseSession) -> Account:
        return (await session.scalars(select(Account).where(Account.user_name == NAME))).one()

    async def profile(self, session: HouseSession) -> OpenProfile:
        return await open_profile(session, await viewer_for(session, NAME))

    async def a_code_by_mail(self) -> Works:
        sent = await self._send()

        async def works() -> bool:
            return await check_code(self.town, *sent) is not None

        return works

    async def _send(self) -> tuple[str, str]:
        async with self.town.writing() as session:
            return await code_sent(session, (await self.account(session)).id)

    async def another_code_at_once(self) -> Works:
        token, _code = await self._send()

        async def works() -> bool:
            with suppress(TooSoon):
                async with self.town.writing() as session:
                    return await send_another(session, token) is not None
            return False

        return works

    async def codes_after_a_days_ceiling(self) -> Works:
        for _time in range(CODES_A_DAY):
            await self._send()
        return self._gets_a_code

    async def codes_after_a_days_wrong_ones(self) -> Works:
        for _code in range(WRONG_A_DAY // CODE_TRIES):
            token, _right = await self._send()
            for _time in range(CODE_TRIES):
                assert await check_code(self.town, token, "tull") is None
        return self._gets_a_code

    async def _gets_a_code(self) -> bool:
        with suppress(TooMany):
            return bool(await self._send())
        return False

    async def a_trip_to_id_porten(self) -> Works:
        trip = Trip.fresh()
        async with self.town.writing() as session:
            flows.begin(session, trip, FlowPurpose.SIGN_IN)

        async def works() -> bool:
            return await flows.returned(self.town, trip) is not None

        return works

    async def _try(self, password: str, name: str = NAME, address: str = "") -> bool:
        try:
            return await check_password(self.town, self.passwords, name, password, address) is not None
        except Locked:
            return False

    async def a_name_after_three_failures(self) -> Works:
        for _time in range(3):
            await self._try(WRONG)
        return lambda: self._try(PASSWORD)

    async def a_name_after_a_days_wrong_passwords(self) -> Works:
        await self._guess(WRONG_PASSWORDS_A_DAY)
        return lambda: self._try(PASSWORD)

    async def a_name_whose_wrong_passwords_are_old(self) -> Works:
        """One more is the last of the same day, or the first of a new one."""
        first = self.clock.now()
        await self._guess(WRONG_PASSWORDS_A_DAY - 1)
        self.clock.move(first - self.clock.now())

        async def works() -> bool:
            await self._try(WRONG)
            self.clock.move(NAME_LOCKED)
            return await self._try(PASSWORD)

        return works

    async def _guess(self, times: int) -> None:
        """As quickly as one can; the clock stands at the last of them."""
        for number in range(times):
            if number and number % NAME_TRIES == 0:
                self.clock.move(NAME_LOCKED)
            assert not await self._try(WRONG)

    async def an_address_after_twenty_failures(self) -> Works:
        for number in range(20):
            await self._try(WRONG, f"{number}@vik.example", HERE)
        return lambda: self._try(PASSWORD, NAME, HERE)

    async def an_address_whose_nineteen_failures_are_old(self) -> Works:
        for number in range(19):
            await self._try(WRONG, f"{number}@vik.example", HERE)

        async def works() -> bool:
            await self._try(WRONG, "another@vik.example", HERE)
            return await self._try(PASSWORD, NAME, HERE)

        return works

    async def _link(self, purpose: LinkPurpose) -> Works:
        async with self.town.writing() as session:
            path = await make_link(session, (await self.account(session)).id, purpose, mailed=True)

        async def works() -> bool:
            async with self.town.reading() as session:
                return await living_link(session, path.rpartition("/")[2], purpose) is not None

        return works

    async def a_link_to_a_first_password(self) -> Works:
        return await self._link(LinkPurpose.FIRST_PASSWORD)

    async def a_link_to_a_plan(self) -> Works:
        return await self._link(LinkPurpose.JOIN)

    async def a_link_after_a_forgotten_password(self) -> Works:
        return await self._link(LinkPurpose.RESET)

    async def an_app_being_set_up(self) -> Works:
        async with self.town.writing() as session:
            secret = (await apps.begin_app(await self.profile(session))).secret.replace(" ", "")

        async def works() -> bool:
            with suppress(Invalid):
                async with self.town.writing() as session:
                    code = apps.shown_code(secret, self.clock.now(), None)
                    return bool(await apps.confirm_app(await self.profile(session), code))
            return False

        return works

    async def a_fourth_mail_about_a_forgotten_password(self) -> Works:
        async with self.town.writing() as session:
            account = await self.account(session)
            seal(await vault(session, account.key_id), account, mobile="00000001")
        for _time in range(3):
            await forgotten.mail_link(self.town, NAME, "https://medvirk.example")

        async def works() -> bool:
            await forgotten.mail_link(self.town, NAME, "https://medvirk.example")
            async with self.town.reading() as session:
                kinds = list(await session.scalars(select(QueuedNotice.kind)))
            return kinds.count(Notice.PASSWORD_RESET) == 4

        return works
