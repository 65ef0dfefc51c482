"""Somebody coordinates for a while (N7): it begins and ends by itself, and the plan is never without anybody."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from models.clock import SteppingClock, local_day
from models.database import Database
from models.log.rules import Event
from models.notices.rules import Notice
from models.plans.rules.words import Basis
from models.plans.tables.participants import Participant
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_baton import HOLDER, PROVIDER, answer_address, ask, logged, part_of, told
from tests.plan_rows import end, id_of, set_basis

pytestmark = pytest.mark.feature("N7")


@pytest.fixture
def today(clock: SteppingClock) -> date:
    return local_day(clock.now())


async def choose(visitor: Visitor, town: Database, plan: str, first: date, last: date, who: str = PROVIDER) -> Page:
    form = {"who": str(await part_of(town, plan, who)), "first_day": str(first), "last_day": str(last)}
    return await visitor.post(f"{plan}/baton/substitute", form)


async def stand_in(town: Database, plan: str) -> Participant:
    """The newest participation with an end."""
    async with town.reading() as session:
        found = select(Participant).where(
            col(Participant.plan_id) == id_of(plan), col(Participant.valid_to) > col(Participant.valid_from)
        )
        return sorted(await session.scalars(found), key=lambda one: one.valid_from)[-1]


async def may_administer(visitor: Visitor, plan: str) -> bool:
    return (await visitor.get(f"{plan}/settings")).status == 200


async def test_it_begins_and_ends_by_itself(
    coordinator: Visitor, sign_in: SignIn, town: Database, clock: SteppingClock, ip: str, today: date
) -> None:
    page = await coordinator.follow(await choose(coordinator, town, ip, today + timedelta(1), today + timedelta(2)))
    assert "Vikaren er valgt" in page.words
    assert "Torleif Vikan Kommer" in page.words
    start = clock.now()
    for days, can in ((0, False), (1, True), (2, True), (3, False)):
        clock.at = start + timedelta(days=days)
        provider = await sign_in("tjenesteyter")
        assert await may_administer(provider, ip) is can, days
        assert (await provider.get(ip)).status == 200
    assert await may_administer(await sign_in("koordinator"), ip)


async def test_the_list_says_until_when(coordinator: Visitor, town: Database, ip: str, today: date) -> None:
    await choose(coordinator, town, ip, today, date(2026, 12, 12))
    page = await coordinator.get(f"{ip}/baton")
    assert "Vikar til lørdag 12. desember" in page.words
    assert "Vikar nå" in page.words


async def test_the_participants_list_says_who_stands_in_and_until_when(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str, today: date
) -> None:
    await choose(coordinator, town, ip, today, date(2026, 12, 12))
    for visitor in (coordinator, await sign_in("assistent")):
        page = await visitor.get(f"{ip}/participants")
        (substitute,) = [words(one) for one in page.all("//main//li") if "Vikar til" in words(one)]
        assert substitute.startswith("Torleif Vikan")
        assert "Vikar til lørdag 12. desember" in substitute
        assert len([name for name in page.all("//main//li//a") if words(name) == "Torleif Vikan"]) == 2


async def test_all_who_should_know_are_told_and_it_is_logged(
    coordinator: Visitor, town: Database, ip: str, today: date
) -> None:
    await choose(coordinator, town, ip, today, today)
    assert await told(town, Notice.COORDINATOR_CHANGED) == {PROVIDER, "planeier@fjordvik.example"}
    assert await logged(town, ip, Event.SUBSTITUTE_CHOSEN) == ["substitute.chosen"]


async def test_two_at_the_same_time_are_refused(coordinator: Visitor, town: Database, ip: str, today: date) -> None:
    await choose(coordinator, town, ip, today + timedelta(5), today + timedelta(9))
    for first, last in ((9, 9), (1, 5), (6, 7), (0, 30)):
        page = await choose(
            *(coordinator, town, ip, today + timedelta(first), today + timedelta(last)), "spesialist@helse.example"
        )
        assert page.status == 400
        assert "Det er valgt en vikar" in page.error("first_day")
    page = await choose(
        *(coordinator, town, ip, today + timedelta(10), today + timedelta(10)), "spesialist@helse.example"
    )
    assert page.status == 303


async def test_it_can_be_ended_before_the_time(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str, today: date
) -> None:
    provider = await sign_in("tjenesteyter")
    await choose(coordinator, town, ip, today, today + timedelta(9))
    assert await may_administer(provider, ip)
    question = await coordinator.get((await coordinator.get(f"{ip}/baton")).link("Avslutt vikariatet"))
    assert "koordinerer ikke planen fra nå av" in question.words
    page = await coordinator.follow(await coordinator.send(question))
    assert "Vikariatet er avsluttet." in page.words
    assert not await may_administer(provider, ip)
    assert (await provider.get(ip)).status == 200
    address = f"{ip}/baton/substitutes/{(await part_of(town, ip, HOLDER))}/end"
    assert (await coordinator.post(address)).status == 404


async def test_one_that_has_not_begun_never_comes_to_it(
    coordinator: Visitor, sign_in: SignIn, town: Database, clock: SteppingClock, ip: str, today: date
) -> None:
    await choose(coordinator, town, ip, today + timedelta(2), today + timedelta(9))
    row = await stand_in(town, ip)
    assert (await coordinator.post(f"{ip}/baton/substitutes/{row.id}/end")).status == 303
    clock.at += timedelta(days=3)
    assert not await may_administer(await sign_in("tjenesteyter"), ip)


async def test_the_last_who_coordinates_is_never_ended(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str, today: date
) -> None:
    await choose(coordinator, town, ip, today, today + timedelta(9))
    row = await stand_in(town, ip)
    async with town.writing() as session:
        (await session.get_one(Participant, await part_of(town, ip, HOLDER))).valid_to = today
    provider = await sign_in("tjenesteyter")
    page = await provider.post(f"{ip}/baton/substitutes/{row.id}/end")
    assert page.status == 400
    assert "Ingen andre koordinerer planen nå." in page.words
    assert await may_administer(provider, ip)


async def test_who_stands_in_has_nothing_to_hand_over(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str, today: date
) -> None:
    await choose(coordinator, town, ip, today, today + timedelta(9))
    provider = await sign_in("tjenesteyter")
    assert "Spør en annen" not in (await provider.get(f"{ip}/baton")).words
    assert (await ask(provider, town, ip, "spesialist@helse.example")).status == 403


async def test_where_each_is_consented_to_alone_who_stands_in_sees_what_they_saw(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str, today: date
) -> None:
    """The administration is open to them, and of the content what was: nobody has consented to more."""
    provider = await sign_in("tjenesteyter")
    before = set((await provider.get(f"{ip}/goals")).links())
    assert "må det samtykkes til at vikaren ser mer enn før" in (await coordinator.get(f"{ip}/baton/substitute")).words
    await choose(coordinator, town, ip, today, today + timedelta(9))
    home = await provider.get(ip)
    assert "lukket for alle" not in home.words
    after = await provider.get(f"{ip}/goals")
    assert after.status == 200
    assert {link for link in before if "/goals/" in link} <= set(after.links())


async def test_who_is_asked_to_take_over_may_stand_in_meanwhile(
    coordinator: Visitor, sign_in: SignIn, town: Database, ip: str, today: date
) -> None:
    await ask(coordinator, town, ip)
    await choose(coordinator, town, ip, today, today)
    provider = await sign_in("tjenesteyter")
    assert (await provider.post(await answer_address(town, ip, "accept"))).status == 303
    assert await may_administer(provider, ip)
    assert not await may_administer(coordinator, ip)


@pytest.mark.parametrize("who", ["planeier@fjordvik.example", HOLDER, "utlopt@fjordvik.example"])
async def test_only_who_takes_part_and_can_open_the_plan_stands_in(
    coordinator: Visitor, town: Database, ip: str, today: date, who: str
) -> None:
    page = await choose(coordinator, town, ip, today, today, who)
    assert page.status == 400
    assert page.error("who")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_day", "2026-11-19"),
        ("first_day", "2027-12-24"),
        ("first_day", "9999-12-31"),
        ("first_day", "0001-01-01"),
        ("first_day", "tull"),
        ("first_day", ""),
        ("last_day", "2026-11-19"),
        ("last_day", "9999-12-31"),
        ("last_day", ""),
        ("who", ""),
        ("who", "tull"),
    ],
)
async def test_bad_input_is_said_beside_the_field(
    coordinator: Visitor, town: Database, ip: str, field: str, value: str
) -> None:
    form: dict[str, Any] = {
        "who": str(await part_of(town, ip, PROVIDER)),
        "first_day": "2026-11-20",
        "last_day": "2026-11-27",
    }
    page = await coordinator.post(f"{ip}/baton/substitute", form | {field: value})
    assert page.status == 400
    assert page.error("first_day" if field == "first_day" else field)


@pytest.mark.parametrize("name", ["tjenesteyter", "planeier", "assistent"])
async def test_others_choose_nobody(sign_in: SignIn, town: Database, ip: str, today: date, name: str) -> None:
    visitor = await sign_in(name)
    assert (await visitor.get(f"{ip}/baton/substitute")).status == 403
    assert (await choose(visitor, town, ip, today, today)).status == 403


async def test_in_an_ended_plan_nobody_stands_in(coordinator: Visitor, town: Database, ip: str, today: date) -> None:
    await choose(coordinator, town, ip, today, today + timedelta(3))
    row = await stand_in(town, ip)
    await end(town, ip)
    assert (await choose(coordinator, town, ip, today + timedelta(9), today + timedelta(9))).status == 403
    assert (await coordinator.post(f"{ip}/baton/substitutes/{row.id}/end")).status == 403


async def test_another_plans_participation_is_not_found(
    coordinator: Visitor, town: Database, ip: str, relay: str, today: date
) -> None:
    await choose(coordinator, town, ip, today, today + timedelta(3))
    row = await stand_in(town, ip)
    assert (await coordinator.post(f"{relay}/baton/substitutes/{row.id}/end")).status == 404


async def test_when_nobody_fits_the_page_says_what_to_do_and_leads_there_and_back(
    coordinator: Visitor, town: Database, ip: str, relay: str
) -> None:
    """A plan on consent waits for the owner; where the municipality decides, one goes straight on."""
    await set_basis(town, relay, Basis.DECISION)
    form = await coordinator.get(f"{relay}/baton/substitute")
    search = await coordinator.get(form.link("Passer ingen av dem? Legg til en deltaker"))
    found = await coordinator.send(search, name="ingvild molt")
    place = await coordinator.get(found.one("//main//a[contains(., 'Velg') and contains(., 'Ingvild')]/@href"))
    back = await coordinator.follow(await coordinator.send(place, role="provider"))
    assert back.heading == form.heading
    assert back.url.startswith(form.url)
    assert "Ingvild Molt" in back.words


async def test_a_new_participant_the_owner_has_yet_to_say_yes_to_is_no_substitute(
    coordinator: Visitor, ip: str
) -> None:
    search = await coordinator.get(f"{ip}/participants/new?then=substitute")
    found = await coordinator.send(search, name="ingvild molt")
    place = await coordinator.get(found.one("//main//a[contains(., 'Velg') and contains(., 'Ingvild')]/@href"))
    after = await coordinator.send(place, role="provider")
    assert after.goes_to.startswith(f"{ip}/participants")
    assert "Ingvild" not in (await coordinator.get(f"{ip}/baton/substitute")).words


@pytest.mark.parametrize("then", ["https://annet.example", "//annet.example", "settings", "../..", ""])
async def test_one_is_led_nowhere_else(coordinator: Visitor, town: Database, relay: str, then: str) -> None:
    await set_basis(town, relay, Basis.DECISION)
    found = await coordinator.post(f"{relay}/participants/new?then={then}", {"name": "ingvild molt"})
    link = found.one("//main//a[contains(., 'Velg') and contains(., 'Ingvild')]/@href")
    assert "then" not in link
    after = await coordinator.send(await coordinator.get(f"{link}?then={then}"), role="provider")
    assert after.goes_to.split("?")[0] == f"{relay}/participants"


async def test_when_there_is_nobody_at_all_it_is_said_who_must_say_yes(
    coordinator: Visitor, town: Database, ip: str
) -> None:
    async with town.writing() as session:
        others = select(Participant).where(col(Participant.plan_id) == id_of(ip))
        mine = {await part_of(town, ip, one) for one in (HOLDER, "planeier@fjordvik.example")}
        for one in await session.scalars(others):
            one.valid_to = one.valid_to if one.id in mine else local_day(session.clock.now())
    page = await coordinator.get(f"{ip}/baton/substitute")
    assert "Ingen å velge" in page.words
    assert "Når planeieren har sagt ja til det, kan du velge vikaren her." in page.words
    assert (await coordinator.get(page.link("Legg til en deltaker"))).status == 200
