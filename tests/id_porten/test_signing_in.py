"""Through ID-porten and in (F20, F21): the first time after an ordinary sign-in, and from then on with nothing else."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from sqlmodel import col, select

from models.accounts.rules import SignInMethod
from models.accounts.tables.account import Account
from models.accounts.tables.identity import Identity, IdPortenFlow
from models.accounts.tables.sign_in import SignInSession
from models.base import pick
from models.clock import SteppingClock
from models.database import Database
from models.log.rules import Event
from models.log.tables import LogRow
from models.notices.rules import Notice
from models.notices.tables import QueuedNotice
from models.organisation.tables import Municipality
from models.people.tables import Person
from models.rights import Assurance
from pages.sign_in import id_porten
from permissions.sign_in.attempts import TRIPS
from tests.client import Page, Visitor, query
from tests.id_porten.conftest import OWNER, Traveller, national_id, offer_id_porten
from tests.id_porten.provider import Provider

Travel = Callable[..., Traveller]
SignIn = Callable[..., Awaitable[Visitor]]


async def living(town: Database, user_name: str = OWNER) -> list[SignInSession]:
    found = select(SignInSession).join(Account, col(Account.id) == SignInSession.account_id)
    async with town.reading() as session:
        mine = found.where(Account.user_name == user_name, col(SignInSession.ended_at).is_(None))
        return list(await session.scalars(mine))


async def logged(town: Database, event: Event) -> list[LogRow]:
    async with town.reading() as session:
        return list(await session.scalars(select(LogRow).where(col(LogRow.event) == event)))


async def says(visitor: Visitor, page: Page, word: str) -> Page:
    """Presses «Ja, koble sammen» or «Ikke nå»."""
    assert page.has(f"//form[@action='/login/link']//button[@value='{word}']")
    return await visitor.post("/login/link", {"answer": word})


async def linked(travel: Travel, sign_in: SignIn, number: str) -> Traveller:
    """The plan owner, who has just linked and is in."""
    traveller = travel(await sign_in("planeier"))
    page = await traveller.visitor.follow(await traveller.travels(number))
    assert (await says(traveller.visitor, page, "yes")).status == 303
    return traveller


@pytest.mark.feature("F21")
async def test_who_is_not_linked_signs_in_as_usual_says_yes_and_is_in_more_surely(
    travel: Travel, town: Database, number: str
) -> None:
    traveller = travel()
    visitor = traveller.visitor
    back = await traveller.travels(number, "/login/idporten?next=/me/switch")
    assert back.goes_to == "/login?next=/me/switch"
    page = await visitor.follow(back)
    assert "Logg på med brukernavn og passord, så kobler vi brukeren din til ID-porten." in page.words

    await visitor.sign_in(OWNER, next_="/me/switch")
    page = await visitor.get("/login/link")
    assert page.heading == "Er begge disse deg?"
    assert number[:6] in page.words
    assert number not in page.text
    page = await visitor.follow(await says(visitor, page, "yes"))
    assert (page.url.split("?")[0].endswith("/me/switch"), "Neste gang logger du på" in page.words) == (True, True)

    (session,) = await living(town)
    assert (session.assurance, session.method) == (Assurance.HIGH, SignInMethod.ID_PORTEN)
    async with town.reading() as reading:
        assert Notice.IDENTITY_LINKED in list(await reading.scalars(pick(QueuedNotice.kind)))
    assert len(await logged(town, Event.IDENTITY_LINKED)) == 1


@pytest.mark.feature("F21")
async def test_the_ordinary_sign_in_leads_to_the_question(travel: Travel, number: str) -> None:
    traveller = travel()
    await traveller.travels(number)
    assert (await traveller.visitor.sign_in(OWNER)).goes_to == "/login/link"


@pytest.mark.feature("F21")
async def test_from_then_on_id_porten_is_enough(
    travel: Travel, sign_in: SignIn, visit: Callable[..., Visitor], number: str
) -> None:
    await linked(travel, sign_in, number)
    traveller = travel(visit(OWNER))
    back = await traveller.travels(number, "/login/idporten?next=/me/switch")
    assert (back.status, back.goes_to) == (303, "/me/switch")
    assert (await traveller.visitor.get("/plans")).status == 200


@pytest.mark.feature("F20")
async def test_what_we_ask_is_pushed_and_only_its_receipt_is_in_the_address(travel: Travel, provider: Provider) -> None:
    traveller = travel()
    address = await traveller.sets_out()
    assert query(address).keys() == {"client_id", "request_uri"}
    assert address.startswith(provider.issuer)


@pytest.mark.feature("F20")
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
async def test_id_porten_speaks_the_language_that_we_speak(travel: Travel, language: str) -> None:
    traveller = travel()
    traveller.visitor.browser.cookies.set("language", language)
    page = await traveller.there.get(await traveller.sets_out(), follow_redirects=True)
    assert f"idporten-loa-high {language}" in page.text


@pytest.mark.feature("F21")
async def test_not_now_links_nothing_and_leads_on(travel: Travel, sign_in: SignIn, town: Database, number: str) -> None:
    traveller = travel(await sign_in("planeier"))
    page = await traveller.visitor.follow(await traveller.travels(number, "/login/idporten?next=/me/switch"))
    page = await says(traveller.visitor, page, "no")
    assert page.goes_to == "/me/switch"
    async with town.reading() as session:
        assert not list(await session.scalars(select(Identity)))
        assert [flow.id_token for flow in await session.scalars(select(IdPortenFlow))] == [None]


@pytest.mark.feature("F21")
async def test_the_session_is_exchanged_when_it_becomes_surer(travel: Travel, sign_in: SignIn, number: str) -> None:
    visitor = await sign_in("planeier")
    before = visitor.browser.cookies["medvirk"]
    traveller = travel(visitor)
    page = await visitor.follow(await traveller.travels(number))
    await says(visitor, page, "yes")
    assert visitor.browser.cookies["medvirk"] != before
    visitor.browser.cookies.set("medvirk", before, domain="medvirk.example")
    assert (await visitor.get("/plans")).goes_to.startswith("/login")


@pytest.mark.feature("F21")
async def test_a_fodselsnummer_that_is_not_the_cards_own_is_not_linked(
    travel: Travel, sign_in: SignIn, town: Database
) -> None:
    traveller = travel(await sign_in("planeier"))
    other = await national_id(town, "foresatt@fjordvik.example")
    page = await traveller.visitor.follow(await traveller.travels(other))
    page = await says(traveller.visitor, page, "yes")
    assert (page.status, "et annet enn det kommunen har på deg" in page.words) == (403, True)
    assert [row.details for row in await logged(town, Event.IDENTITY_REFUSED)] == [{"reason": "other_number"}]
    assert [one.assurance for one in await living(town)] == [Assurance.PASSWORD_AND_CODE]


@pytest.mark.feature("F21")
async def test_a_fodselsnummer_that_opens_one_account_is_not_linked_to_another(
    travel: Travel, sign_in: SignIn, town: Database, number: str
) -> None:
    await linked(travel, sign_in, number)
    traveller = travel(await sign_in("koordinator"))
    page = await traveller.travels(number)
    assert (page.status, "til en annen bruker" in page.words) == (403, True)
    assert [row.details for row in await logged(town, Event.IDENTITY_REFUSED)] == [{"reason": "is_anothers"}]


@pytest.mark.feature("F24")
async def test_an_account_that_is_linked_is_not_linked_to_a_second_number(
    travel: Travel, sign_in: SignIn, town: Database, number: str
) -> None:
    await linked(travel, sign_in, number)
    traveller = travel(await sign_in("planeier"))
    await without_number(town)
    other = await national_id(town, "foresatt@fjordvik.example")
    page = await traveller.visitor.follow(await traveller.travels(other))
    page = await says(traveller.visitor, page, "yes")
    assert (page.status, "Brukeren er koblet til et annet fødselsnummer." in page.words) == (403, True)


async def without_number(town: Database) -> None:
    """The owner's card no longer says any number."""
    async with town.writing() as session:
        account = (await session.scalars(select(Account).where(Account.user_name == OWNER))).one()
        for person in await session.scalars(select(Person).where(Person.account_id == account.id)):
            person.national_id = person.national_id_index = None


@pytest.mark.feature("F24")
async def test_when_a_link_has_ended_the_old_number_opens_nothing_and_the_new_can_be_linked(
    travel: Travel, sign_in: SignIn, visit: Callable[..., Visitor], town: Database, number: str
) -> None:
    await linked(travel, sign_in, number)
    async with town.writing() as session:
        (identity,) = await session.scalars(select(Identity))
        identity.ended_at = session.clock.now()
    await without_number(town)

    back = await travel(visit()).travels(number)
    assert back.goes_to == "/login"

    new = "31818012345"
    traveller = travel(await sign_in("planeier"))
    page = await traveller.visitor.follow(await traveller.travels(new))
    assert (await says(traveller.visitor, page, "yes")).status == 303
    assert (await travel(visit(OWNER)).travels(new)).goes_to == "/plans"
    assert (await travel(visit()).travels(number)).goes_to == "/login"


@pytest.mark.feature("F20")
async def test_a_closed_account_is_not_let_in(
    travel: Travel, sign_in: SignIn, visit: Callable[..., Visitor], town: Database, number: str
) -> None:
    await linked(travel, sign_in, number)
    async with town.writing() as session:
        account = (await session.scalars(select(Account).where(Account.user_name == OWNER))).one()
        account.disabled_at = session.clock.now()
    page = await travel(visit()).travels(number)
    assert (page.status, "Brukeren din er stengt." in page.words) == (403, True)


@pytest.mark.feature("F20")
async def test_who_belongs_to_no_municipality_with_id_porten_is_told_so(
    travel: Travel, sign_in: SignIn, visit: Callable[..., Visitor], town: Database, number: str
) -> None:
    await linked(travel, sign_in, number)
    await offer_id_porten(town, "Fjordvik", offered=False)
    await offer_id_porten(town, "Dalen")
    before = len(await living(town))
    page = await travel(visit()).travels(number)
    assert (page.status, "Kommunen din bruker ikke ID-porten." in page.words) == (403, True)
    assert len(await living(town)) == before


@pytest.mark.feature("F20")
async def test_the_button_is_there_only_when_some_municipality_offers_it(visitor: Visitor, town: Database) -> None:
    page = await visitor.get("/login?next=/me/switch")
    assert page.link("Logg på med ID-porten") == "/login/idporten?next=/me/switch"
    for name in ("BankID på mobil", "Buypass ID", "Commfides", "MinID", "Feide"):
        assert name in page.words
    await offer_id_porten(town, "Fjordvik", offered=False)
    assert "ID-porten" not in (await visitor.get("/login")).words
    assert (await visitor.get("/login/idporten")).status == 404


@pytest.mark.parametrize("next_", ["https://ond.example/", "//ond.example", "/\\ond.example", "/login", "/logout"])
async def test_the_trip_never_leads_out_of_the_house(
    travel: Travel, sign_in: SignIn, visit: Callable[..., Visitor], number: str, next_: str
) -> None:
    await linked(travel, sign_in, number)
    back = await travel(visit(OWNER)).travels(number, f"/login/idporten?next={next_}")
    assert back.goes_to == "/plans"


@pytest.mark.feature("F20")
async def test_where_the_highest_level_is_demanded_a_password_opens_nothing_and_says_how_to_get_in(
    travel: Travel, sign_in: SignIn, town: Database, number: str, ip: str
) -> None:
    traveller = travel(await sign_in("planeier"))
    visitor = traveller.visitor
    async with town.writing() as session:
        fjordvik = (await session.scalars(select(Municipality).where(Municipality.name == "Fjordvik"))).one()
        fjordvik.demands = Assurance.HIGH
    page = await visitor.get(ip)
    assert (page.status, "høyeste sikkerhetsnivå" in page.words) == (403, True)
    page = await visitor.follow(await traveller.travels(number, page.link("Logg på med ID-porten")))
    page = await visitor.follow(await says(visitor, page, "yes"))
    assert (page.status, page.url.split("?")[0].endswith(ip)) == (200, True)


@pytest.mark.feature("F20")
async def test_one_may_switch_into_a_municipality_that_demands_more_but_its_plans_and_registers_stay_closed(
    sign_in: SignIn, town: Database
) -> None:
    visitor = await sign_in("spesialist@helse.example")
    async with town.writing() as session:
        dalen = (await session.scalars(select(Municipality).where(Municipality.name == "Dalen"))).one()
        dalen.demands = Assurance.HIGH
    assert (await visitor.post("/me/switch", {"municipality": str(dalen.id), "profile": "work"})).status == 303
    page = await visitor.get("/plans")
    assert page.status == 200
    assert not page.has("//a[starts-with(@href, '/plans/')]")
    assert (await visitor.browser.get("/admin/")).status_code == 403


async def test_an_address_that_begins_very_many_trips_must_wait(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch, clock: SteppingClock
) -> None:
    monkeypatch.setattr(id_porten, "TRIPS", replace(TRIPS, tries=2))
    begun = [(await visitor.browser.get("/login/idporten")).status_code for _ in range(3)]
    assert begun == [303, 303, 429]
    clock.move(TRIPS.wait)
    assert (await visitor.browser.get("/login/idporten")).status_code == 303
