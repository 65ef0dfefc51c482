"""What people do to their own card: contacts, what others see of them, and a picture."""

import asyncio
from typing import Any

import pytest
from sqlmodel import col, select

from models.accounts.proof import OpenProfile
from models.base import HouseSession, snapshot, unseal
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.organisation.queries import vault
from models.organisation.tables import DataKey, Municipality
from models.people import operations, queries
from models.people.rules import Card, OwnContact, is_email
from models.people.tables import Person, Picture
from models.refusals import Conflict, Invalid, NotFound
from models.rights import Duty, Right
from permissions.door import open_municipality, open_profile
from tests.hamlet import Hamlet
from tests.signing_in import viewer_for

SHOWN = OwnContact("kari@p.example", "00000001", email_visible=True)
JPEG = b"\xff\xd8 a picture"


async def at_home(session: HouseSession, name: str = "Kari", place: str = "Vik") -> OpenProfile:
    hamlet = Hamlet(session)
    await hamlet.person(await hamlet.municipality(place), name)
    return await open_profile(session, await viewer_for(session, name.lower()))


async def logged(session: HouseSession, *events: Event) -> list[Any]:
    await session.flush()
    rows = await session.scalars(select(LogRow).where(col(LogRow.event).in_(events)).order_by(col(LogRow.at)))
    return [row.details for row in rows]


async def change(me: OpenProfile, contact: OwnContact) -> list[str]:
    return await operations.change_own(me, contact, (await queries.own_card(me)).contact.mark)


@pytest.mark.feature("F38")
@pytest.mark.feature("F39")
async def test_contacts_are_private_and_left_out_until_their_owner_says_otherwise(database: Database) -> None:
    async with database.writing() as session:
        me = await at_home(session)
        assert (await queries.own_card(me)).contact == OwnContact(None, None, email_visible=False, mobile_visible=False)


@pytest.mark.feature("F36")
@pytest.mark.feature("F38")
async def test_a_change_is_sealed_and_the_log_learns_which_fields_only(database: Database) -> None:
    async with database.writing() as session:
        me = await at_home(session)
        assert await change(me, SHOWN) == ["email", "email_visible", "mobile"]
        assert (await queries.own_card(me)).contact == SHOWN
        assert "kari@p.example" not in str(snapshot(await queries.own_person(me)))
        assert await logged(session, Event.PROFILE_CHANGED) == [{"fields": ["email", "email_visible", "mobile"]}]


async def test_a_change_that_changes_nothing_is_not_logged(database: Database) -> None:
    async with database.writing() as session:
        me = await at_home(session)
        await change(me, SHOWN)
        assert await change(me, SHOWN) == []
        assert len(await logged(session, Event.PROFILE_CHANGED)) == 1


async def test_what_was_changed_meanwhile_is_not_overwritten_unseen(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        me = await at_home(session)
        first_sight = (await queries.own_card(me)).contact.mark
        await operations.change_own(me, SHOWN, first_sight)
        for seen in (first_sight, "", "tull"):
            with pytest.raises(Conflict):
                await operations.change_own(me, OwnContact(mobile="00000002"), seen)
        assert (await queries.own_card(me)).contact == SHOWN


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        (OwnContact(email="kari"), {"email"}),
        (OwnContact(email="<b>@p.example"), {"email"}),
        (OwnContact(email="k" * 200 + "@p.example"), {"email"}),
        (OwnContact(mobile="ring meg"), {"mobile"}),
        (OwnContact("kari@", "123"), {"email", "mobile"}),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field(
    sqlite_database: Database, wrong: OwnContact, fields: set[str]
) -> None:
    async with sqlite_database.writing() as session:
        with pytest.raises(Invalid) as no:
            await change(await at_home(session), wrong)
    assert no.value.fields.keys() == fields


@pytest.mark.parametrize(
    "text", ["Kari <kari@p.example>", "kari@p.example,ola@p.example", '"kari"@p.example', "kari@p.example;x"]
)
def test_one_plain_address_is_an_address(text: str) -> None:
    assert not is_email(text)


@pytest.mark.feature("F38")
async def test_a_contact_that_somebody_else_puts_in_is_private_again(database: Database) -> None:
    async with database.writing() as session:
        me = await at_home(session)
        await change(me, OwnContact(SHOWN.email, SHOWN.mobile, email_visible=True, mobile_visible=True))
        hamlet, person = Hamlet(session), await queries.own_person(me)
        municipality = await session.get_one(Municipality, me.municipality_id)
        await hamlet.appoint(await hamlet.account("editor"), municipality, Duty.PERSON_EDITOR)
        here = await open_municipality(session, await viewer_for(session, "editor"), Right.PEOPLE_EDIT)
        card = await queries.card(here, person)
        await operations.change(here, person, Card(**vars(card) | {"email": "ny@p.example"}), synthetic=False)
        assert (person.email_visible, person.mobile_visible) == (False, True)


@pytest.mark.feature("F40")
async def test_a_picture_is_sealed_under_its_persons_key_and_there_is_only_one(database: Database) -> None:
    async with database.writing() as session:
        me = await at_home(session)
        for jpeg in (b"\xff\xd8 the first", JPEG):
            await operations.set_picture(me, jpeg)
        await session.flush()
        person, picture = await queries.own_person(me), (await session.scalars(select(Picture))).one()
        assert await queries.own_picture(me) == JPEG
        assert unseal(await vault(session, person.key_id), picture, "content")
        assert JPEG not in (picture.content or b"")
        assert await logged(session, Event.PICTURE_SET) == [{}, {}]


@pytest.mark.feature("F40")
async def test_a_picture_that_is_removed_is_gone(database: Database) -> None:
    async with database.writing() as session:
        me = await at_home(session)
        await operations.set_picture(me, JPEG)
        await operations.remove_picture(me)
        assert await logged(session, Event.PICTURE_REMOVED) == [{}]
        assert (await session.scalars(select(Picture))).all() == []
        for attempt in (queries.own_picture(me), operations.remove_picture(me)):
            with pytest.raises(NotFound):
                await attempt


async def test_a_picture_is_never_shown_when_its_key_is_destroyed(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        me = await at_home(session)
        await operations.set_picture(me, JPEG)
        person = await queries.own_person(me)
        (await session.get_one(DataKey, person.key_id)).wrapped = None
        await session.flush()
        with pytest.raises(NotFound):
            await queries.own_picture(me)


async def test_two_who_set_the_first_picture_at_once_take_turns(database: Database) -> None:
    async with database.writing() as session:
        await at_home(session)

    async def set_one(jpeg: bytes) -> None:
        async with database.writing() as session:
            me = await open_profile(session, await viewer_for(session, "kari"))
            await operations.set_picture(me, jpeg)

    await asyncio.gather(*(set_one(b"%d" % number) for number in range(4)))
    async with database.reading() as session:
        assert len((await session.scalars(select(Picture))).all()) == 1


async def test_who_has_no_card_here_has_nothing_to_change(sqlite_database: Database) -> None:
    async with sqlite_database.writing() as session:
        hamlet = Hamlet(session)
        municipality, account = await hamlet.municipality(), await hamlet.account("kari")
        await hamlet.appoint(account, municipality, Duty.SUPERADMINISTRATOR)
        me = await open_profile(session, await viewer_for(session, "kari"))
        assert (await session.scalars(select(Person))).all() == []
        for attempt in (
            queries.own_card(me),
            queries.own_picture(me),
            operations.change_own(me, SHOWN, ""),
            operations.set_picture(me, JPEG),
            operations.remove_picture(me),
        ):
            with pytest.raises(NotFound):
                await attempt
