"""Coming back works once, within ten minutes, and only in the browser that set out."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from urllib.parse import urlencode, urlsplit

import pytest
from fastapi import FastAPI
from sqlmodel import select

from models.accounts.tables.identity import IdPortenFlow
from models.accounts.tables.sign_in import SignInSession
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from permissions.sign_in.id_porten.client import connect
from tests.client import Page, Visitor, query
from tests.id_porten.conftest import Traveller, link_at_once
from tests.id_porten.provider import Provider

LOST = "Påloggingen ble begynt et annet sted, er brukt før eller tok mer enn ti minutter."
Travel = Callable[..., Traveller]


@pytest.fixture(autouse=True)
async def _linked(town: Database, number: str) -> None:
    await link_at_once(town, number)


def is_lost(page: Page) -> bool:
    return page.status == 400 and LOST in page.words


def changed(address: str, **asked: str | None) -> str:
    """The address, with these of its answers exchanged or, when None, left out."""
    answers = {name: value for name, value in (query(address) | asked).items() if value is not None}
    return f"{urlsplit(address).path}?{urlencode(answers)}"


async def sessions(town: Database) -> int:
    async with town.reading() as session:
        return len(list(await session.scalars(select(SignInSession))))


async def test_a_callback_works_once(travel: Travel, town: Database, number: str) -> None:
    traveller = travel()
    cookies = traveller.visitor.browser.cookies
    back = await traveller.comes_back(await traveller.sets_out(), number)
    secret = cookies["medvirk_trip"]
    assert (await traveller.visitor.get(back)).status == 303
    before = await sessions(town)
    cookies.set("medvirk_trip", secret, domain="medvirk.example")
    cookies.delete("medvirk")
    assert is_lost(await traveller.visitor.get(back))
    assert await sessions(town) == before


async def test_another_browser_cannot_use_it(travel: Travel, number: str) -> None:
    """Nor can an attacker sign somebody in as themselves with a link."""
    mine, theirs = travel(), travel()
    back = await mine.comes_back(await mine.sets_out(), number)
    assert is_lost(await theirs.visitor.get(back))
    await theirs.sets_out()
    assert is_lost(await theirs.visitor.get(back))
    assert (await mine.visitor.get(back)).status == 303


@pytest.mark.parametrize("state", [None, "", "x", "æ", "x" * 5_000])
async def test_a_mangled_state_is_refused(travel: Travel, number: str, state: str | None) -> None:
    traveller = travel()
    back = await traveller.comes_back(await traveller.sets_out(), number)
    assert is_lost(await traveller.visitor.get(changed(back, state=state)))


@pytest.mark.parametrize("iss", [None, "", "https://ond.example"])
async def test_an_answer_from_another_issuer_is_refused(travel: Travel, number: str, iss: str | None) -> None:
    traveller = travel()
    back = await traveller.comes_back(await traveller.sets_out(), number)
    assert is_lost(await traveller.visitor.get(changed(back, iss=iss)))


@pytest.mark.parametrize("code", [None, "", "x", "x" * 5_000])
async def test_a_mangled_code_is_refused(travel: Travel, number: str, code: str | None) -> None:
    traveller = travel()
    back = await traveller.comes_back(await traveller.sets_out(), number)
    page = await traveller.visitor.get(changed(back, code=code))
    assert (page.status, "Vi kunne ikke bruke svaret fra ID-porten." in page.words) == (400, True)


async def test_the_code_of_one_trip_is_no_use_on_another(travel: Travel, number: str) -> None:
    mine, theirs = travel(), travel()
    stolen = query(await theirs.comes_back(await theirs.sets_out(), number))["code"]
    back = await mine.comes_back(await mine.sets_out(), number)
    assert (await mine.visitor.get(changed(back, code=stolen))).status == 400


@pytest.mark.parametrize(("minutes", "status"), [(9, 303), (10, 400)])
async def test_it_works_for_ten_minutes(
    travel: Travel, clock: SteppingClock, number: str, minutes: int, status: int
) -> None:
    traveller = travel()
    back = await traveller.comes_back(await traveller.sets_out(), number)
    clock.move(timedelta(minutes=minutes))
    assert (await traveller.visitor.get(back)).status == status


async def test_who_cancels_is_told_so_and_may_go_on(travel: Travel, town: Database, number: str) -> None:
    page = await travel().travels(number, "/login/idporten?next=/me/switch", cancel=True)
    assert (page.status, "Du avbrøt hos ID-porten." in page.words) == (400, True)
    assert page.link("Prøv igjen med ID-porten") == "/login/idporten?next=/me/switch"
    assert page.link("Logg på med passord") == "/login?next=/me/switch"


async def test_other_errors_from_id_porten_are_one_sentence(travel: Travel, number: str) -> None:
    traveller = travel()
    back = await traveller.comes_back(await traveller.sets_out(), number, cancel=True)
    page = await traveller.visitor.get(changed(back, error="server_error", error_description="<b>Ring 815</b>"))
    assert (page.status, "Ring 815" in page.text) == (400, False)


async def test_who_only_comes_to_the_callback_is_refused(visitor: Visitor) -> None:
    assert is_lost(await visitor.get("/login/idporten/callback"))


async def test_what_came_back_is_sealed_with_what_only_the_browser_has(
    travel: Travel, sign_in: Callable[..., Awaitable[Visitor]], town: Database
) -> None:
    traveller = travel(await sign_in("koordinator"))
    other = "31818012345"
    await traveller.travels(other)
    async with town.reading() as session:
        (flow,) = await session.scalars(select(IdPortenFlow))
        assert flow.id_token
        assert other.encode() not in flow.id_token
    traveller.visitor.browser.cookies.set("medvirk_trip", "another", domain="medvirk.example")
    assert (await traveller.visitor.get("/login/link")).goes_to == "/plans"


async def test_linking_waits_for_ten_minutes(
    travel: Travel, sign_in: Callable[..., Awaitable[Visitor]], clock: SteppingClock
) -> None:
    traveller = travel(await sign_in("koordinator"))
    await traveller.travels("31818012345")
    clock.move(timedelta(minutes=10))
    assert (await traveller.visitor.get("/login/link")).goes_to == "/plans"
    assert is_lost(await traveller.visitor.post("/login/link", {"answer": "yes"}))


@pytest.mark.parametrize("said", [{}, {"answer": "perhaps"}])
async def test_only_yes_and_no_are_answers(
    travel: Travel, sign_in: Callable[..., Awaitable[Visitor]], said: dict[str, str]
) -> None:
    traveller = travel(await sign_in("koordinator"))
    await traveller.travels("31818012345")
    assert is_lost(await traveller.visitor.post("/login/link", said))


async def test_who_was_signed_out_or_became_another_meanwhile_is_not_linked(
    travel: Travel, sign_in: Callable[..., Awaitable[Visitor]]
) -> None:
    traveller = travel(await sign_in("koordinator"))
    back = await traveller.comes_back(await traveller.sets_out(), "31818012345")
    traveller.visitor.hidden = ()
    await traveller.visitor.sign_in("rektor@fjordvik.example")
    assert is_lost(await traveller.visitor.get(back))


async def test_a_refusal_is_logged_without_who_it_was(
    travel: Travel, provider: Provider, town: Database, number: str
) -> None:
    provider.spoils("signature")
    await travel().travels(number)
    async with town.reading() as session:
        failed = select(LogRow).where(LogRow.event == Event.SIGN_IN_FAILED)
        (row,) = await session.scalars(failed)
        assert (row.details, row.actor_id) == ({"step": "id_porten", "address": "127.0.0.x"}, None)


async def test_when_id_porten_does_not_answer_there_is_a_sentence_and_the_password(
    travel: Travel, house: FastAPI, provider: Provider
) -> None:
    away = provider.settings | {"idporten_issuer": "http://127.0.0.1:1"}
    house.state.id_porten = connect(house.state.settings.model_copy(update=away))
    answer = await travel().visitor.browser.get("/login/idporten?next=/me/switch")
    assert answer.status_code == 503
    assert "Vi får ikke kontakt med ID-porten akkurat nå." in answer.text
    assert "/login?next=/me/switch" in answer.text
