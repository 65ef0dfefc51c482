"""What is begun by who is in already, for the table of lifetimes: sessions, and changes of accounts."""

from contextlib import suppress

from sqlmodel import select

from models.accounts.proof import OpenMunicipality, Viewer
from models.accounts.rules import ChangeKind, ChangeReason, SignInMethod
from models.accounts.tables.account import Account
from models.base import HouseSession
from models.organisation.operations import new_vault
from models.people.tables import Person
from models.refusals import Invalid, NotSignedIn
from models.rights import Assurance, Right
from permissions.door import open_municipality
from permissions.house import open_as_house
from permissions.sign_in import changes, changes_made, contact_codes, personal_codes, sessions
from permissions.sign_in.personal_codes import WRONG_AN_HOUR
from permissions.sign_in.step_up import show_again
from permissions.viewer import viewer_of
from tests.permissions.sign_in import begun
from tests.permissions.sign_in.begun import HERE, NAME, Works
from tests.signing_in import viewer_for

OTHER, TEACHER = "rektor@fjordvik.example", "laerer@fjordvik.example"


class Begun(begun.Begun):
    async def a_session_that_nobody_uses(self) -> Works:
        return await self._session(is_used=False)

    async def a_session_that_is_always_used(self) -> Works:
        return await self._session(is_used=True)

    async def _session(self, *, is_used: bool) -> Works:
        async with self.town.writing() as session:
            first = await sessions.begin(session, (await self.account(session)).id, SignInMethod.EMAIL)

        async def works() -> bool:
            async with self.town.writing() as session:
                if is_used:
                    await sessions.touch(session, first.session_id)
                with suppress(NotSignedIn):
                    return bool(await viewer_of(session, first.token))
            return False

        return works

    async def a_code_to_a_new_number(self) -> Works:
        await self._ask_for_contact_code()

        async def works() -> bool:
            async with self.town.reading() as session:
                return await contact_codes.unproved(await self.profile(session)) is not None

        return works

    async def another_code_to_a_new_number(self) -> Works:
        await self._ask_for_contact_code()

        async def works() -> bool:
            with suppress(Invalid):
                async with self.town.writing() as session:
                    await contact_codes.send_another(await self.profile(session))
                return True
            return False

        return works

    async def _ask_for_contact_code(self) -> None:
        async with self.town.writing() as session:
            await contact_codes.send_contact_code(await self.profile(session), "mobile", "00000007")

    async def a_personal_code(self) -> Works:
        async with self.town.writing() as session:
            code, _until = await personal_codes.make(await self.profile(session))
        return lambda: self._redeems(code)

    async def personal_codes_after_an_hours_wrong_ones(self) -> Works:
        async with self.town.writing() as session:
            for _time in range(WRONG_AN_HOUR):
                await personal_codes.count_wrong(session, await self._editor(session))

        async def works() -> bool:
            async with self.town.writing() as session:
                code, _until = await personal_codes.make(await self.profile(session))
            return await self._redeems(code)

        return works

    async def _redeems(self, code: str) -> bool:
        """By somebody in the other municipality, where its owner is not known yet."""
        with suppress(Invalid):
            async with self.town.writing() as session:
                here = await open_municipality(session, await self._editor(session), Right.PEOPLE_EDIT)
                await personal_codes.redeem(here, await self._card(here), code)
            return True
        return False

    async def _editor(self, session: HouseSession) -> Viewer:
        return await viewer_for(session, "koordinator@dalen.example")

    async def _card(self, here: OpenMunicipality) -> Person:
        key = new_vault(here.session, here.municipality_id).key_id
        await here.session.flush()
        named = {"given_name": "Prøve", "family_name": "Prøvesen", "key_id": key}
        made = Person(municipality_id=here.municipality_id, added_at=self.clock.now(), **named)
        here.session.add(made)
        await here.session.flush()
        return made

    async def an_approved_change_of_an_account(self) -> Works:
        async with self.town.writing() as session:
            found = select(Account).where(Account.user_name == TEACHER)
            teacher = (await session.scalars(found)).one()
            wanted = (ChangeKind.CONTACTS, ChangeReason.NEW_ADDRESS)
            change = await changes.ask(await self._people(session, NAME), teacher, *wanted, email="ny@post.example")
            await session.flush()
            await changes.approve(await self._people(session, OTHER), change)

        async def works() -> bool:
            async with self.town.writing() as session:
                return await changes_made.make(open_as_house(session, "account-changes"), change.id)

        return works

    async def _people(self, session: HouseSession, name: str) -> OpenMunicipality:
        return await open_municipality(session, await viewer_for(session, name), Right.PEOPLE_EDIT)

    async def having_shown_oneself_by_id_porten(self) -> Works:
        """For who has no password to show."""
        async with self.town.writing() as session:
            (await self.account(session)).password_hash = None
            viewer = await viewer_for(session, NAME, assurance=Assurance.HIGH)

        async def works() -> bool:
            with suppress(Invalid):
                await show_again(self.town, self.passwords, viewer, "", HERE)
                return True
            return False

        return works
