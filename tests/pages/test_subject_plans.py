"""The register of other plans: that they exist, since when, and whom to ask."""

from uuid import UUID

import pytest
from sqlmodel import col, select, update

from models.base import pick
from models.database import Database
from models.people.tables import Person
from models.plans.rules.words import PlanState
from models.plans.tables.life import SubjectPlan
from models.plans.tables.participants import Grant, Participant
from models.plans.tables.plan import PlanSpan
from models.rights import Element, Level
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn

OUTSIDE = "Berit Aune, synspedagog"
PRIVATE = "Ståle Bakk"


def titles(page: Page) -> list[str]:
    return [words(title) for title in page.all("//article//h3")]


def card(page: Page, title: str) -> str:
    return words(page.one(f"//article[.//h3[normalize-space()='{title}']]"))


async def line_of(visitor: Visitor, plan: str, title: str) -> str:
    """The line's own address."""
    page = await visitor.get(f"{plan}/subject-plans")
    return page.link(f"Endre «{title}»").removesuffix("/change")


async def of_plan(town: Database, plan: str) -> list[SubjectPlan]:
    async with town.reading() as session:
        mine = col(SubjectPlan.plan_id) == UUID(plan.rsplit("/", 1)[1])
        return list(await session.scalars(select(SubjectPlan).where(mine, col(SubjectPlan.deleted_at).is_(None))))


async def grant(town: Database, line: SubjectPlan, family_name: str, level: Level) -> None:
    """A level of its own on the one line."""
    mine = (
        pick(Participant.id)
        .join(Person, col(Person.id) == Participant.person_id)
        .where(col(Participant.plan_id) == line.plan_id, col(Person.family_name) == family_name)
    )
    async with town.writing() as session:
        owned = {"municipality_id": line.municipality_id, "participant_id": (await session.scalars(mine)).one()}
        session.add(Grant(**owned, element=Element.SUBJECT_PLANS, item_id=line.id, level=level))


@pytest.mark.feature("F86")
async def test_the_list_says_that_plans_exist_since_when_and_whom_to_ask(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    page = await owner.get(f"{ip}/subject-plans")
    assert titles(page) == [
        *("Plan for synstrening", "Plan fra rehabiliteringssenteret", "Treningsplan", "Økonomisk plan")
    ]
    assert "Selve planene ligger ikke i Medvirk." in page.words
    assert (await owner.get(page.link("Tidligere versjoner av «Treningsplan»"))).status == 200
    training = card(page, "Treningsplan")
    assert "Laget fredag 20. desember 2024" in training
    assert "Torleif Vikan, Tjenesteyter" in training


async def test_it_is_found_under_more(sign_in: SignIn, ip: str) -> None:
    page = await (await sign_in("planeier")).get(f"{ip}/more")
    assert page.link("Fagplaner") == f"{ip}/subject-plans"


@pytest.mark.feature("F87")
async def test_a_contact_outside_is_shown_only_when_the_owner_has_agreed(sign_in: SignIn, ip: str) -> None:
    page = await (await sign_in("tjenesteyter")).get(f"{ip}/subject-plans")
    agreed, closed = card(page, "Plan for synstrening"), card(page, "Økonomisk plan")
    assert OUTSIDE in agreed
    assert "Planeieren har sagt ja til at deltakerne kan ta kontakt." in agreed
    assert PRIVATE not in page.text
    assert "Kontakten er utenfor planen og vises ikke." in closed
    assert "Planeieren har ikke sagt ja til at deltakerne tar kontakt." in closed


@pytest.mark.feature("F87")
@pytest.mark.parametrize("name", ["koordinator", "planeier"])
async def test_who_keeps_the_list_and_the_owner_see_the_contact_and_that_others_do_not(
    sign_in: SignIn, ip: str, name: str
) -> None:
    closed = card(await (await sign_in(name)).get(f"{ip}/subject-plans"), "Økonomisk plan")
    assert PRIVATE in closed
    assert "De andre deltakerne ser ikke kontakten." in closed


@pytest.mark.feature("F87")
@pytest.mark.parametrize("name", ["tjenesteyter", "spesialist@helse.example"])
async def test_no_page_gives_away_a_contact_the_owner_has_not_agreed_to(
    sign_in: SignIn, ip: str, name: str, town: Database
) -> None:
    visitor = await sign_in(name)
    lines = await of_plan(town, ip)
    places = ["/subject-plans", "/timeline", "", "/more", "/history", "/bin"]
    places += [f"/history/subject-plan/{line.id}" for line in lines]
    places += ["/history?day=2026-11-01", "/history?from=2025-01-01&to=2026-11-19"]
    for place in places:
        assert PRIVATE not in (await visitor.get(ip + place)).text, place


@pytest.mark.feature("F87")
async def test_a_participants_address_is_as_they_have_chosen(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    owner = await sign_in("planeier")
    page = await owner.get(f"{ip}/subject-plans")
    assert not page.has("//article//a[starts-with(@href, 'mailto:')]")
    async with town.writing() as session:
        torleif = col(Person.family_name) == "Vikan"
        await session.execute(update(Person).where(torleif).values(email_visible=True))
    page = await owner.get(f"{ip}/subject-plans")
    addresses = [str(each) for each in page.all("//article//a[starts-with(@href, 'mailto:')]/@href")]
    assert all(address.endswith(".example") for address in addresses)
    assert len(addresses) <= 1


@pytest.mark.feature("F86")
async def test_a_coordinator_adds_a_line(coordinator: Visitor, relay: str) -> None:
    page = await coordinator.get(f"{relay}/subject-plans")
    assert "Ingen fagplaner er ført opp" in page.words
    form = await coordinator.get(page.link("Ny fagplan"))
    saved = await coordinator.send(
        form, title=" Plan for tilvenning ", established_on="2026-08-17", contact="Lærer Ada", note="Kort."
    )
    page = await coordinator.follow(saved)
    assert page.words.startswith("Lagt til.")
    line = card(page, "Plan for tilvenning")
    assert "Laget mandag 17. august" in line
    assert "Lærer Ada" in line


async def test_those_who_may_not_add_are_told_whom_to_tell(guardian: Visitor, relay: str) -> None:
    page = await guardian.get(f"{relay}/subject-plans")
    assert "Si fra til stafettholderen." in page.words
    assert "Ny fagplan" not in page.words


async def test_sending_the_form_twice_adds_one_line(coordinator: Visitor, relay: str, town: Database) -> None:
    form = await coordinator.get(f"{relay}/subject-plans/new")
    for _ in range(2):
        assert (await coordinator.send(form, title="Kostplan")).status == 303
    assert len(await of_plan(town, relay)) == 1


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"title": " "}, "title", "Skriv hva planen heter."),
        ({"established_on": "2026-11-21"}, "established_on", "Datoen kan ikke være i framtiden."),
        ({"established_on": "0001-01-01"}, "established_on", "Sjekk årstallet."),
        ({"established_on": "i fjor"}, "established_on", "Skriv en dato, for eksempel 31.12.2027."),
        ({"contact_id": "tull"}, "contact_id", "Velg noe fra listen."),
        ({"contact_id": "00000000-0000-0000-0000-000000000000"}, "contact_id", "Velg noe fra listen."),
        ({"contact": "a" * 501}, "contact", "Teksten er 501 tegn. Den kan være på høyst 500."),
        ({"note": "a" * 200_000}, "note", "Teksten er 200000 tegn. Den kan være på høyst 20000."),
    ],
)
async def test_what_cannot_be_saved_is_said_beside_the_field_and_kept(
    coordinator: Visitor, relay: str, typed: dict[str, str], field: str, sentence: str
) -> None:
    written = {"title": "Kostplan", "note": "Behold meg."} | typed
    page = await coordinator.post(f"{relay}/subject-plans/new", written)
    assert (page.status, page.error(field)) == (400, sentence)
    assert page.typed()["note"] == written["note"]


async def test_a_participant_and_somebody_outside_is_one_too_many(coordinator: Visitor, ip: str) -> None:
    form = await coordinator.get(f"{ip}/subject-plans/new")
    someone = form.all("//select[@name='contact_id']/option/@value")[1]
    page = await coordinator.send(form, title="Kostplan", contact_id=str(someone), contact="Mona Lie")
    assert page.status == 400
    assert page.error("contact") == "Velg enten en deltaker, eller skriv hvem utenfor planen som er kontakt."


async def test_a_script_is_shown_as_words(coordinator: Visitor, relay: str) -> None:
    form = await coordinator.get(f"{relay}/subject-plans/new")
    script = "<script>alert(1)</script>"
    page = await coordinator.follow(await coordinator.send(form, title=script, contact=script, note=script))
    assert titles(page) == [script]
    assert not page.has("//article//script")


@pytest.mark.feature("N11")
async def test_who_saves_over_anothers_change_sees_both(
    coordinator: Visitor, sign_in: SignIn, ip: str, town: Database
) -> None:
    address = await line_of(coordinator, ip, "Treningsplan")
    line = next(one for one in await of_plan(town, ip) if str(one.id) in address)
    await grant(town, line, "Vikan", Level.CHANGE)
    provider = await sign_in("tjenesteyter")
    form = await provider.get(f"{address}/change")
    await coordinator.send(await coordinator.get(form.url), note="Tre økter i uka.")
    stale = await provider.send(form, note="Én økt i uka.")
    assert (stale.status, stale.typed()["note"]) == (409, "Én økt i uka.")
    assert "Tre økter i uka." in stale.words


@pytest.mark.feature("N11")
async def test_deleting_a_line_can_be_undone(coordinator: Visitor, ip: str) -> None:
    address = await line_of(coordinator, ip, "Treningsplan")
    asked = await coordinator.get(f"{address}/remove")
    assert "Selve planen blir ikke berørt" in asked.words
    gone = await coordinator.follow(await coordinator.send(asked))
    assert "Treningsplan" not in titles(gone)
    undo = gone.one("//div[@role='status']//form")
    back = await coordinator.follow(await coordinator.post(undo.get("action"), dict(undo.form_values())))
    assert "Treningsplan" in titles(back)


async def test_a_draft_is_found_again(coordinator: Visitor, relay: str) -> None:
    fields = {"title": "Kostplan", "contact": "Mona Lie", "note": "Kort."}
    kept = {"place": "/subject-plans/new", "fields": fields}
    await coordinator.ask("POST", f"{relay}/draft", json=kept, headers={"accept": "application/json"})
    page = await coordinator.get(f"{relay}/subject-plans/new")
    assert "Vi fant et utkast" in page.words
    typed = {str(name): str(value).strip() for name, value in page.one("//form[@data-draft]").form_values()}
    assert {name: typed[name] for name in fields} == fields


@pytest.mark.feature("F88")
@pytest.mark.parametrize("name", ["planeier", "tjenesteyter"])
async def test_readers_change_nothing(coordinator: Visitor, sign_in: SignIn, ip: str, name: str) -> None:
    address = await line_of(coordinator, ip, "Treningsplan")
    visitor = await sign_in(name)
    assert "Endre" not in (await visitor.get(f"{ip}/subject-plans")).words
    for place in (f"{ip}/subject-plans/new", f"{address}/change", f"{address}/remove"):
        assert (await visitor.get(place)).status == 403
        assert (await visitor.post(place, {"title": "Nei", "seen": "1"})).status == 403


@pytest.mark.feature("F88")
async def test_a_line_that_is_hidden_is_nowhere(coordinator: Visitor, sign_in: SignIn, ip: str, town: Database) -> None:
    address = await line_of(coordinator, ip, "Treningsplan")
    line = next(one for one in await of_plan(town, ip) if str(one.id) in address)
    await grant(town, line, "Sundnes", Level.NONE)
    owner = await sign_in("planeier")
    assert "Treningsplan" not in (await owner.get(f"{ip}/subject-plans")).text
    assert (await owner.get(f"{address}/change")).status == 404
    assert (await owner.post(f"{address}/remove", {"seen": "1"})).status == 404


@pytest.mark.feature("F88")
async def test_one_line_may_be_opened_alone(coordinator: Visitor, sign_in: SignIn, ip: str, town: Database) -> None:
    address = await line_of(coordinator, ip, "Treningsplan")
    line = next(one for one in await of_plan(town, ip) if str(one.id) in address)
    assistant = await sign_in("assistent")
    assert (await assistant.get(f"{ip}/subject-plans")).status == 403
    await grant(town, line, "Nguyen", Level.READ)
    assert titles(await assistant.get(f"{ip}/subject-plans")) == ["Treningsplan"]


async def test_another_plans_line_is_not_found_here(coordinator: Visitor, sign_in: SignIn, ip: str, relay: str) -> None:
    address = await line_of(coordinator, ip, "Treningsplan")
    elsewhere = address.replace(ip, relay)
    for ending in ("change", "remove"):
        assert (await coordinator.get(f"{elsewhere}/{ending}")).status == 404
        assert (await coordinator.post(f"{elsewhere}/{ending}", {"title": "Nei"})).status == 404
    stranger = await sign_in("koordinator@dalen.example")
    assert (await stranger.get(f"{ip}/subject-plans")).status == 404
    assert (await stranger.post(f"{address}/remove", {"seen": "1"})).status == 404


async def test_who_has_lost_their_consent_sees_nothing(sign_in: SignIn, ip: str) -> None:
    page = await (await sign_in("utlopt")).get(f"{ip}/subject-plans")
    assert page.status == 403
    assert "Treningsplan" not in page.text


async def test_an_ended_plan_is_read_and_not_changed(coordinator: Visitor, ip: str, town: Database) -> None:
    address = await line_of(coordinator, ip, "Treningsplan")
    async with town.writing() as session:
        mine = col(PlanSpan.plan_id) == UUID(ip.rsplit("/", 1)[1]), col(PlanSpan.state) == PlanState.ACTIVE
        await session.execute(update(PlanSpan).where(*mine).values(state=PlanState.INACTIVE))
    page = await coordinator.get(f"{ip}/subject-plans")
    assert "Treningsplan" in titles(page)
    assert not any(word in page.words for word in ("Endre", "Slett", "Ny fagplan"))
    assert (await coordinator.post(f"{address}/change", {"title": "Nei", "seen": "1"})).status == 403


@pytest.mark.parametrize("who", ["rektor", "foresatt"])
async def test_who_agrees_is_said_as_in_this_kind_of_plan(sign_in: SignIn, iop: str, who: str) -> None:
    page = await (await sign_in(who)).get(f"{iop}/subject-plans")
    assert "Eleven eller de foresatte har ikke sagt ja" in card(page, "Sakkyndig vurdering")
