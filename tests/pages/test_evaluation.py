"""Evaluation (F209, F83): who writes, what the others read, and what is said when something is wrong."""

from uuid import UUID

import pytest
from sqlmodel import col, select, update

from models.database import Database
from models.plans.rules.words import PlanState
from models.plans.tables.plan import PlanSpan
from models.plans.tables.together import Evaluation
from models.rights import Element, Level
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import titles
from tests.plan_rows import give

pytestmark = pytest.mark.feature("F209")
SCRIPT = "<script>alert(1)</script>"


async def how_many(town: Database) -> int:
    async with town.reading() as session:
        return len((await session.scalars(select(Evaluation))).all())


def card(page: Page, text: str) -> str:
    """All that is said in the card with this text."""
    (found,) = [words(one) for one in page.all("//article") if text in words(one)]
    return found


async def told(visitor: Visitor, plan: str, text: str, **more: str) -> Page:
    """A reflection, written; the page one comes to."""
    form = await visitor.get(f"{plan}/evaluation/new")
    return await visitor.follow(await visitor.send(form, text=text, **more))


async def test_the_owner_tells_how_it_goes_in_a_face_and_a_few_words(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    form = await owner.get((await owner.get(f"{ip}/evaluation")).link("Fortell hvordan det har gått"))
    assert "på vegne av" not in form.words
    assert (form.typed()["period_from"], form.typed()["period_to"]) == ("2026-05-22", "2026-11-20")
    sent = await owner.send(form, rating="4", text="Jeg kom meg på sjøen.", expectations="Mer <b>båt</b>")
    page = await owner.follow(sent)
    assert page.words.startswith("Lagt til.")
    shown = card(page, "Jeg kom meg på sjøen.")
    period = "fredag 22. mai til fredag 20. november"
    for part in ("Egne tanker", period, "Bra", "Viktig framover", "Mer <b>båt</b>", "Planeier"):
        assert part in shown
    assert "på vegne av" not in shown


async def test_who_writes_for_the_owner_is_said(guardian: Visitor, relay: str) -> None:
    form = await guardian.get(f"{relay}/evaluation/new")
    assert "Du skriver på vegne av planeieren." in form.words
    page = await guardian.follow(await guardian.send(form, text="Morgenene er lettere."))
    assert "Foresatt/pårørende, på vegne av planeieren" in card(page, "Morgenene er lettere.")


async def test_in_an_iop_the_owner_is_a_pupil(guardian: Visitor, iop: str) -> None:
    page = await told(guardian, iop, "Hun gleder seg til matte.")
    assert "på vegne av eleven" in card(page, "Hun gleder seg til matte.")


async def test_the_coordinator_evaluates_a_goal_from_its_page(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    goal = await coordinator.get((await coordinator.get(f"{ip}/goals")).link("Ut på sjøen igjen"))
    here = await coordinator.get(goal.link("Evaluering av målet"))
    assert "Målet er ikke evaluert ennå" in here.words
    form = await coordinator.get(here.link("Evaluer målet"))
    assert "Mål: Ut på sjøen igjen" in form.words
    sent = await coordinator.send(form, rating="5", text="Han er om bord igjen.", expectations="Vi fortsetter.")
    page = await coordinator.follow(sent)
    assert "Veien videre Vi fortsetter." in card(page, "Han er om bord igjen.")
    read = await (await sign_in("tjenesteyter")).get(f"{ip}/evaluation")
    assert "Mål: Ut på sjøen igjen" in card(read, "Han er om bord igjen.")
    assert "Endre" not in card(read, "Han er om bord igjen.")


@pytest.mark.feature("F83")
async def test_a_yearly_report_begins_with_the_goals_and_the_last_school_year(sign_in: SignIn, iop: str) -> None:
    rector = await sign_in("rektor")
    form = await rector.get((await rector.get(f"{iop}/evaluation")).link("Ny årsrapport"))
    typed = form.typed()
    assert (typed["period_from"], typed["period_to"]) == ("2025-08-01", "2026-07-31")
    assert typed["text"].startswith("Mål og hvor langt vi er kommet\n– ")
    page = await rector.follow(await rector.send(form, text="<h3>Norsk</h3><ul><li>Leser mer</li></ul>"))
    assert "Årsrapport" in card(page, "Leser mer")
    assert page.has("//details//li[text()='Leser mer']")
    assert not page.all("//article/details"), "a card with details for a child has no padding"


@pytest.mark.feature("F83", "F77")
async def test_a_report_is_not_begun_with_a_goal_that_one_of_its_readers_may_not_see(
    coordinator: Visitor, town: Database, ip: str
) -> None:
    goals = await coordinator.get(f"{ip}/goals")
    hidden, *others = titles(goals)
    hidden_id = UUID(goals.link(hidden).rsplit("/", 1)[1])
    await give(town, ip, "tjenesteyter@fjordvik.example", Element.GOALS, Level.NONE, hidden_id)
    text = (await coordinator.get(f"{ip}/evaluation/yearly/new")).typed()["text"]
    assert hidden not in text
    assert all(title in text for title in others)


@pytest.mark.feature("F83")
async def test_an_ips_report_is_for_the_calendar_year_that_ends(coordinator: Visitor, ip: str) -> None:
    typed = (await coordinator.get(f"{ip}/evaluation/yearly/new")).typed()
    assert (typed["period_from"], typed["period_to"]) == ("2026-01-01", "2026-12-31")


@pytest.mark.feature("F83")
async def test_the_owner_is_not_asked_for_a_yearly_report(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    assert "Ny årsrapport" not in (await owner.get(f"{ip}/evaluation")).words
    assert (await owner.get(f"{ip}/evaluation/yearly/new")).status == 403
    sent = {"period_from": "2026-01-01", "period_to": "2026-12-31", "text": "Nei"}
    assert (await owner.post(f"{ip}/evaluation/yearly/new", sent)).status == 403


async def test_a_provider_reads_and_writes_nothing(sign_in: SignIn, ip: str, town: Database) -> None:
    provider = await sign_in("tjenesteyter")
    before = await how_many(town)
    page = await provider.get(f"{ip}/evaluation")
    assert not page.has("//div[@id='main']//a[contains(@href, '/new')]")
    for under in ("new", "yearly/new"):
        assert (await provider.get(f"{ip}/evaluation/{under}")).status == 403
        sent = {"period_from": "2026-01-01", "period_to": "2026-12-31", "text": "Nei", "rating": "0"}
        assert (await provider.post(f"{ip}/evaluation/{under}", sent)).status == 403
    assert await how_many(town) == before


async def test_the_assistant_has_no_such_room(sign_in: SignIn, ip: str) -> None:
    assistant = await sign_in("assistent")
    assert (await assistant.get(f"{ip}/evaluation")).status == 403
    assert "Evaluering" not in (await assistant.get(f"{ip}/more")).words
    goal = await assistant.get((await assistant.get(f"{ip}/goals")).link("Ut på sjøen igjen"))
    assert "Evaluering av målet" not in goal.words


async def test_a_goal_one_may_not_see_has_no_evaluations(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    goal = (await coordinator.get(f"{ip}/goals")).link("Gå trygt ute i all slags vær").rsplit("/", 1)[1]
    assistant = await sign_in("assistent")
    for under in (f"goals/{goal}", f"goals/{goal}/new"):
        assert (await assistant.get(f"{ip}/evaluation/{under}")).status == 404


async def test_only_the_author_is_offered_to_change(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    mine = await told(owner, ip, "Mine egne ord.")
    change = mine.one("//article[contains(., 'Mine egne ord.')]//a[contains(@href, '/change')]").get("href")
    assert "Slett" in card(await coordinator.get(f"{ip}/evaluation"), "Mine egne ord.")
    refused = await coordinator.get(change)
    assert (refused.status, "Bare den som skrev dette, kan endre det." in refused.words) == (403, True)
    form = await owner.get(change)
    changed = await owner.follow(await owner.send(form, text="Mine nye ord.", rating="2"))
    assert "Dårlig" in card(changed, "Mine nye ord.")


async def test_a_coordinator_takes_it_away_and_back(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    await told(await sign_in("planeier"), ip, "Dette angrer jeg på.")
    page = await coordinator.get(f"{ip}/evaluation")
    remove = page.one("//article[contains(., 'angrer jeg')]//a[contains(@href, '/remove')]").get("href")
    asked = await coordinator.get(remove)
    assert "Vil du slette det som står her?" in asked.words
    gone = await coordinator.follow(await coordinator.send(asked))
    assert "Dette angrer jeg på." not in gone.words
    undo = gone.one("//div[@role='status']//form")
    token = {field.get("name"): field.get("value") for field in undo.xpath(".//input | .//button") if field.get("name")}
    back = await coordinator.follow(await coordinator.post(undo.get("action"), token))
    assert back.status == 200
    assert "Dette angrer jeg på." in (await coordinator.get(f"{ip}/evaluation")).words


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "text", "Skriv noe, eller velg hvordan det har gått."),
        ({"text": "Ja", "period_to": "2020-01-01"}, "period_to", "Perioden kan ikke slutte før den begynner."),
        ({"text": "Ja", "period_from": "0202-01-01"}, "period_from", "Sjekk årstallet."),
        ({"text": "Ja", "period_from": "i går"}, "period_from", "Skriv en dato, for eksempel 31.12.2027."),
        ({"text": "Ja", "period_to": ""}, "period_to", "Skriv en dato, for eksempel 31.12.2027."),
        ({"text": "Ja", "rating": "9"}, "rating", "Velg noe fra listen."),
        ({"text": "a" * 200_000}, "text", "Teksten er 200000 tegn."),
    ],
)
async def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(
    sign_in: SignIn, ip: str, town: Database, typed: dict[str, str], field: str, sentence: str
) -> None:
    owner, before = await sign_in("planeier"), await how_many(town)
    form = await owner.get(f"{ip}/evaluation/new")
    page = await owner.post(form.url, form.typed() | typed)
    assert page.status == 400
    assert page.error(field).startswith(sentence)
    assert page.typed()["text"] == typed.get("text", "")
    assert await how_many(town) == before


async def test_script_is_shown_as_text(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    page = await told(owner, ip, SCRIPT)
    assert SCRIPT in card(page, SCRIPT)
    assert not page.has("//article//script")


async def test_a_form_sent_twice_adds_one(sign_in: SignIn, ip: str, town: Database) -> None:
    owner, before = await sign_in("planeier"), await how_many(town)
    form = await owner.get(f"{ip}/evaluation/new")
    for _ in range(2):
        assert (await owner.send(form, text="Bare én gang")).status == 303
    assert await how_many(town) == before + 1


async def test_two_changes_at_once_lose_nothing(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    page = await told(owner, ip, "Først.")
    change = page.one("//article[contains(., 'Først.')]//a[contains(@href, '/change')]").get("href")
    first, second = await owner.get(change), await owner.get(change)
    assert (await owner.send(first, text="Fra mobilen.")).status == 303
    clash = await owner.send(second, text="Fra datamaskinen.")
    assert clash.status == 409
    assert ("mobilen" in clash.words, clash.typed()["text"]) == (True, "Fra datamaskinen.")


async def test_another_plans_evaluation_is_not_there(coordinator: Visitor, ip: str, relay: str) -> None:
    page = await told(coordinator, ip, "I den ene planen.")
    change = page.one("//article[contains(., 'den ene planen')]//a[contains(@href, '/change')]").get("href")
    assert (await coordinator.get(change.replace(ip, relay))).status == 404
    assert (await coordinator.post(change.replace(ip, relay), {"text": "Nei"})).status == 404
    nowhere = "00000000-0000-0000-0000-000000000000"
    for under in (f"{nowhere}/change", f"{nowhere}/remove", f"goals/{nowhere}", f"goals/{nowhere}/new"):
        assert (await coordinator.get(f"{ip}/evaluation/{under}")).status == 404


async def test_another_municipality_knows_nothing(sign_in: SignIn, ip: str) -> None:
    stranger = await sign_in("koordinator@dalen.example")
    for under in ("evaluation", "evaluation/new", "cooperation", "completeness"):
        assert (await stranger.get(f"{ip}/{under}")).status == 404


async def test_an_expired_consent_opens_nothing(sign_in: SignIn, ip: str) -> None:
    expired = await sign_in("utlopt")
    for under in ("evaluation", "evaluation/new", "cooperation", "completeness"):
        page = await expired.get(f"{ip}/{under}")
        assert (page.status, "har gått ut" in page.words) == (403, True)


async def test_an_ended_plan_is_read_and_offers_nothing(sign_in: SignIn, ip: str, town: Database) -> None:
    owner = await sign_in("planeier")
    await told(owner, ip, "Sagt mens planen var i bruk.")
    async with town.writing() as session:
        here = col(PlanSpan.plan_id) == UUID(ip.rsplit("/", 1)[1])
        await session.execute(update(PlanSpan).where(here).values(state=PlanState.INACTIVE))
    page = await owner.get(f"{ip}/evaluation")
    assert "Endre" not in card(page, "Sagt mens planen var i bruk.")
    assert not page.has("//div[@id='main']//a[contains(@href, '/new')]")
    assert (await owner.get(f"{ip}/evaluation/new")).status == 403


async def test_a_draft_waits_where_it_was_written(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    sent = {"place": "/evaluation/new", "fields": {"text": "Jeg rakk ikke mer", "rating": "3"}}
    assert (await owner.browser.post(f"{ip}/draft", json=sent)).status_code == 200
    form = await owner.get(f"{ip}/evaluation/new")
    assert "Vi fant et utkast" in form.words
    typed = form.typed("rating")
    assert (typed["text"], typed["rating"]) == ("Jeg rakk ikke mer", "3")
    assert (await owner.post(form.url, typed)).status == 303
    assert "Vi fant et utkast" not in (await owner.get(f"{ip}/evaluation/new")).words
