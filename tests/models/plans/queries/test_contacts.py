"""How to reach the others in a plan: each decides for each field, and private is private."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from models.people import operations
from models.people.queries import own_card
from models.people.rules import OwnContact
from models.plans.queries.contacts import Contact, visible_contacts
from models.rights import Level, Role
from permissions.door import open_profile
from tests.models.plans.conftest import Here
from tests.signing_in import viewer_for

PRIVATE = OwnContact("paal@p.example", "00000001")
MAIL, PHONE = replace(PRIVATE, email_visible=True), replace(PRIVATE, mobile_visible=True)


async def say(here: Here, name: str, contact: OwnContact) -> UUID:
    me = await open_profile(here.session, await viewer_for(here.session, name.lower()))
    await operations.change_own(me, contact, (await own_card(me)).contact.mark)
    await here.session.flush()
    return me.demand_card()


@pytest.mark.feature("F38")
@pytest.mark.parametrize(
    ("contact", "seen"),
    [
        (MAIL, Contact("paal@p.example", None)),
        (PHONE, Contact(None, "00000001")),
        (replace(MAIL, mobile_visible=True), Contact("paal@p.example", "00000001")),
        (PRIVATE, None),
        (OwnContact(mobile_visible=True), Contact(None, None)),
    ],
)
async def test_each_field_is_shown_or_not_as_its_owner_says(
    here: Here, contact: OwnContact, seen: Contact | None
) -> None:
    person = await say(here, "Pål", contact)
    assert (await visible_contacts(await here.opened_by("Kari"))).get(person) == seen


@pytest.mark.feature("F38")
async def test_one_who_has_left_is_no_longer_reached_through_the_plan(here: Here) -> None:
    await say(here, "Pål", MAIL)
    here.participants["Pål"].valid_to = here.hamlet.today - timedelta(days=1)
    await here.session.flush()
    assert await visible_contacts(await here.opened_by("Kari")) == {}


@pytest.mark.feature("F38")
async def test_who_may_not_see_the_participants_sees_no_way_to_reach_them(here: Here) -> None:
    await say(here, "Pål", MAIL)
    stranger = await here.hamlet.person(here.municipality, "Siv")
    await here.hamlet.participant(here.plan, stranger, Role.OTHER, participants=Level.NONE)
    assert await visible_contacts(await here.opened_by("Siv")) == {}


@pytest.mark.feature("F38")
async def test_those_who_work_at_a_unit_are_not_shown_for_it(here: Here) -> None:
    unit = await here.hamlet.unit(here.municipality)
    member = await here.hamlet.person(here.municipality, "Siv")
    await here.hamlet.member(member, unit)
    await here.hamlet.participant(here.plan, unit, Role.PROVIDER)
    await say(here, "Siv", MAIL)
    assert await visible_contacts(await here.opened_by("Kari")) == {}


async def test_those_in_other_plans_are_not_shown(here: Here) -> None:
    other = await here.hamlet.plan(here.municipality)
    stranger = await here.hamlet.person(here.municipality, "Siv")
    await here.hamlet.participant(other, stranger, Role.PROVIDER)
    await say(here, "Siv", MAIL)
    assert await visible_contacts(await here.opened_by("Kari")) == {}
