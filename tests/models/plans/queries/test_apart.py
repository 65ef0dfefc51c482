"""Everything that names people leaves out whom the reader is kept apart from (N15), also through another's eyes."""

from dataclasses import replace

import pytest
from sqlmodel import col, update

from models.people.rules import OwnContact
from models.people.tables import KeptApart, Person
from models.plans.queries.apart import pair_of, pairs, persons
from models.plans.queries.contacts import visible_contacts
from models.plans.queries.contributions import contributor
from models.plans.queries.people import choosable, last_visits, named, names_of_accounts, people, picture
from models.plans.tables.participants import Grant, Participant
from models.refusals import NotFound
from models.rights import Element, Level, Role
from permissions.looking import look_as
from permissions.sights import sights
from tests.models.plans.conftest import Here
from tests.models.plans.queries.test_contacts import MAIL, say

pytestmark = pytest.mark.feature("N15")


async def person(here: Here, name: str) -> Person:
    return await here.session.get_one(Person, here.participants[name].person_id)


async def keep_apart(here: Here, first: Person, second: Person) -> KeptApart:
    return await here.hamlet.put(
        KeptApart(
            municipality_id=first.municipality_id,
            first_id=first.id,
            second_id=second.id,
            made_at=here.session.clock.now(),
            made_by=first.id,
        )
    )


@pytest.fixture
def gro(here: Here) -> Participant:
    """The guardian, who is kept apart from Pål."""
    return here.participants["Gro"]


@pytest.fixture
async def pair(here: Here, gro: Participant) -> KeptApart:
    return await keep_apart(here, await person(here, "Pål"), await here.session.get_one(Person, gro.person_id))


async def names(here: Here, reader: str) -> set[str]:
    return {one.name for one in await people(await here.opened_by(reader))}


async def test_each_is_on_no_list_of_the_others(here: Here, pair: KeptApart) -> None:
    assert "Gro Hansen" not in await names(here, "Pål")
    assert "Pål Hansen" not in await names(here, "Gro")
    assert {"Gro Hansen", "Pål Hansen"} <= await names(here, "Kari")


async def test_nothing_is_hidden_once_it_is_ended(here: Here, pair: KeptApart) -> None:
    pair.ended_at = here.session.clock.now()
    await here.session.flush()
    assert "Gro Hansen" in await names(here, "Pål")


async def test_whoever_is_meant_has_no_name(here: Here, gro: Participant, pair: KeptApart) -> None:
    plan = await here.opened_by("Pål")
    somebody = named(await people(plan), gro.id)
    assert somebody
    assert (somebody.name, somebody.role, somebody.words) == ("En annen deltaker", "", "En annen deltaker")
    assert (somebody.hidden, somebody.person_id, somebody.account_id, somebody.has_picture) == (True, None, None, False)
    assert not somebody.speaks_for_owner
    assert named(await people(plan), None) is None


async def test_who_is_chosen_already_can_stay_chosen_and_nobody_else_hidden_is_offered(
    here: Here, gro: Participant, pair: KeptApart
) -> None:
    plan = await here.opened_by("Pål")
    assert [one.participant_id for one in await choosable(plan, gro.id) if one.hidden] == [gro.id]
    assert gro.id not in {one.participant_id for one in await choosable(plan)}


async def test_an_account_that_did_something_is_somebody_else(here: Here, gro: Participant, pair: KeptApart) -> None:
    hidden = await here.session.get_one(Person, gro.person_id)
    assert hidden.account_id
    said = await names_of_accounts(await here.opened_by("Pål"), {hidden.account_id})
    assert said == {hidden.account_id: "En annen deltaker"}
    assert hidden.account_id not in await last_visits(await here.opened_by("Pål"))


async def test_the_picture_and_the_contribution_are_not_there(here: Here, gro: Participant, pair: KeptApart) -> None:
    assert gro.person_id
    plan = await here.opened_by("Pål")
    with pytest.raises(NotFound):
        await picture(plan, gro.person_id)
    with pytest.raises(NotFound):
        await contributor(plan, gro.id)
    assert (await contributor(await here.opened_by("Kari"), gro.id)).id == gro.id


async def test_a_contact_that_is_shown_is_not_shown_to_one_who_is_kept_apart(here: Here, pair: KeptApart) -> None:
    shown = await say(here, "Pål", MAIL)
    assert shown not in await visible_contacts(await here.opened_by("Gro"))
    assert shown in await visible_contacts(await here.opened_by("Kari"))


@pytest.mark.parametrize(
    "contact", [MAIL, replace(MAIL, mobile_visible=True), OwnContact(mobile="00000001", mobile_visible=True)]
)
async def test_a_blocked_address_is_seen_by_who_administers_the_participants_alone(
    here: Here, gro: Participant, contact: OwnContact
) -> None:
    shown = await say(here, "Pål", contact)
    (await person(here, "Pål")).blocked_address = True
    await here.session.flush()
    assert shown in await visible_contacts(await here.opened_by("Kari"))
    assert shown not in await visible_contacts(await here.opened_by("Gro"))


async def let_ask(here: Here, one: Participant) -> None:
    """What others see, and to look through their eyes."""
    mine = col(Grant.participant_id) == one.id, col(Grant.element) == Element.RIGHTS
    await here.session.execute(update(Grant).where(*mine).values(level=Level.READ))


async def test_who_asks_what_others_see_is_not_told_of_them(here: Here, gro: Participant, pair: KeptApart) -> None:
    await let_ask(here, gro)
    hidden = here.participants["Pål"].id
    assert hidden not in {sight.participant_id for sight in await sights(await here.opened_by("Gro"))}
    assert hidden in {sight.participant_id for sight in await sights(await here.opened_by("Kari"))}
    with pytest.raises(NotFound):
        await look_as(await here.opened_by("Gro"), hidden)


async def test_nobody_finds_them_through_the_eyes_of_a_third(here: Here, gro: Participant, pair: KeptApart) -> None:
    """Neither what the looker may not see, nor what the one looked as may not."""
    await let_ask(here, gro)
    through = await look_as(await here.opened_by("Gro"), here.participants["Kari"].id)
    assert "Pål Hansen" not in {one.name for one in await people(through)}
    through = await look_as(await here.opened_by("Kari"), gro.id)
    assert "Pål Hansen" not in {one.name for one in await people(through)}


async def test_the_pair_is_listed_for_who_is_in_neither_end(here: Here, gro: Participant, pair: KeptApart) -> None:
    (found,) = await pairs(await here.opened_by("Kari"))
    assert {found.first.name, found.second.name} == {"Pål Hansen", "Gro Hansen"}
    assert (await pair_of(await here.opened_by("Kari"), pair.id)).row is pair


async def test_a_pair_that_the_coordinator_is_in_is_not_listed(here: Here, gro: Participant) -> None:
    mine = await keep_apart(here, await person(here, "Kari"), await here.session.get_one(Person, gro.person_id))
    plan = await here.opened_by("Kari")
    assert await pairs(plan) == []
    with pytest.raises(NotFound):
        await pair_of(plan, mine.id)


async def test_a_pair_with_somebody_of_another_plan_is_not_listed(here: Here) -> None:
    away = await here.hamlet.person(here.municipality, "Ute")
    await keep_apart(here, await person(here, "Pål"), away)
    assert await pairs(await here.opened_by("Kari")) == []


async def test_units_are_not_persons_and_nobody_is_there_twice(here: Here, gro: Participant) -> None:
    again = await here.hamlet.participant(here.plan, await here.session.get_one(Person, gro.person_id), Role.OTHER)
    await here.hamlet.participant(here.plan, await here.hamlet.unit(here.municipality), Role.PROVIDER)
    found = await persons(await here.opened_by("Kari"))
    assert [one.person_id for one in found].count(again.person_id) == 1
    assert all(one.person_id for one in found)
