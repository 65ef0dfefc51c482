"""A plan's first page: a person, not a case."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete

from models.clock import SteppingClock
from models.database import Database
from models.log.tables import Opening
from models.rights import Element, Level
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.plan_rows import end, give, narrow, set_plan


def block(page: Page, name: str) -> str:
    """All that is said in one block; empty when it is not there."""
    return " ".join(words(one) for one in page.all(f"//section[@aria-labelledby='{name}']"))


@pytest.mark.feature("F54")
async def test_it_begins_with_the_owners_own_words(guardian: Visitor, relay: str) -> None:
    page = await guardian.get(relay)
    assert page.heading == "T.A."
    assert "Jeg liker dyr, perler og å være ute når det regner." in page.words


@pytest.mark.feature("F58")
async def test_it_says_when_each_of_the_others_was_here(coordinator: Visitor, ip: str) -> None:
    people = {words(one.xpath(".//*[@class='person__name']")[0]): words(one) for one in
              (await coordinator.get(ip)).all("//ul[@class='people']/li")}  # fmt: skip
    assert "Rolf Erik Sundnes" in people
    assert "Dag Fremstad" in people
    assert all("kl." in line or "Har ikke vært her ennå" in line for line in people.values())
    assert not any("Koordinator" in line for line in people.values())


async def test_it_shows_the_goals_with_their_progress(coordinator: Visitor, relay: str) -> None:
    page = await coordinator.get(relay)
    bars = {bar.get("aria-label"): bar.get("value") for bar in page.all("//*[@aria-labelledby='goals']//progress")}
    assert bars["Framdrift for Gode morgener"] == "75"
    assert not page.all("//aside//progress")


async def test_the_assistant_sees_one_goal_there(sign_in: SignIn, ip: str) -> None:
    page = await (await sign_in("assistent")).get(ip)
    assert [words(link) for link in page.all("//section[@aria-labelledby='goals']//a")] == ["Ut på sjøen igjen"]
    goals = {link.split("/goals/")[1].split("#")[0] for link in page.links() if "/goals/" in link}
    assert len(goals) == 1


@pytest.mark.feature("F44")
async def test_what_is_new_since_last_time_leads_to_its_place(
    coordinator: Visitor, sign_in: SignIn, relay: str
) -> None:
    await coordinator.post(f"{relay}/goals/new", {"title": "Sove i egen seng", "life_area": ""})
    guardian = await sign_in("foresatt")
    page = await guardian.get(relay)
    news = page.one("//section[@aria-labelledby='news']")
    assert "Nytt mål Nytt Sove i egen seng" in words(news)
    goal = await guardian.get(page.link("Nytt mål Nytt"))
    assert "Sove i egen seng" in goal.words


async def test_one_is_offered_the_rooms_that_one_may_enter(sign_in: SignIn, iop: str) -> None:
    page = await (await sign_in("laerer")).get(iop)
    rooms = [words(room) for room in page.all("//nav[@class='rooms']//a")]
    assert rooms == ["Oversikt", "Tidslinje", "Mål og aktiviteter", "Mer"]
    assert words(page.one("//nav[@class='rooms']//a[@aria-current]")) == "Oversikt"


@pytest.mark.feature("F60")
async def test_it_shows_who_the_plan_is_about(sign_in: SignIn, coordinator: Visitor, ip: str) -> None:
    avatar = (await coordinator.get(ip)).one("//section[@class='about']/span")
    assert avatar.get("data-initials") == "RS"


@pytest.mark.feature("F54")
async def test_a_long_text_about_oneself_is_begun_here(coordinator: Visitor, ip: str) -> None:
    form = await coordinator.get(f"{ip}/about/change")
    await coordinator.send(form, text="Jeg liker å være ute. " * 100 + "Og helt til slutt: ro.")
    page = await coordinator.get(ip)
    assert "Jeg liker å være ute." in page.words
    assert "Og helt til slutt" not in page.words
    assert "Og helt til slutt: ro." in (await coordinator.get(page.link("Les hele «Om meg selv»"))).words


@pytest.mark.feature("F54")
async def test_an_empty_text_invites_who_may_write_it(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    await coordinator.send(await coordinator.get(f"{ip}/about/change"), text="")
    assert (await (await sign_in("planeier")).get(ip)).link("Skriv «Om meg selv»") == f"{ip}/about/change"
    provider = await (await sign_in("tjenesteyter")).get(ip)
    assert "Ingenting er skrevet ennå." in provider.words
    assert not any(link.endswith("/about/change") for link in provider.links())


@pytest.mark.feature("F55")
async def test_the_newest_entry_stands_here_and_the_older_on_their_page(
    sign_in: SignIn, clock: SteppingClock, ip: str
) -> None:
    owner = await sign_in("planeier")
    before = len((await owner.get(f"{ip}/journal")).all("//article"))
    for text in ("Først dette.", "Så dette."):
        clock.move(timedelta(minutes=1))
        await owner.post(f"{ip}/journal/new", {"text": text, "mood": "happy"})
    page = await owner.get(ip)
    assert "Glad Så dette." in block(page, "journal")
    assert "Først dette." not in block(page, "journal")
    assert f"Les {before + 1} tidligere" in block(page, "journal")
    assert "Først dette." in (await owner.get(page.link(f"Les {before + 1} tidligere"))).words


@pytest.mark.feature("F44")
async def test_what_is_new_is_counted_in_words_and_green(coordinator: Visitor, sign_in: SignIn, relay: str) -> None:
    for title in ("Sove i egen seng", "Spise frokost"):
        await coordinator.post(f"{relay}/goals/new", {"title": title, "life_area": ""})
    page = await (await sign_in("foresatt")).get(relay)
    assert "2 nye hendelser" in block(page, "news")
    assert page.has("//section[@aria-labelledby='news']//*[@data-color='success'][contains(., '2 nye hendelser')]")


async def test_what_one_has_written_oneself_takes_no_place_from_what_the_others_did(
    coordinator: Visitor, sign_in: SignIn, relay: str, clock: SteppingClock
) -> None:
    await coordinator.post(f"{relay}/goals/new", {"title": "Sove i egen seng", "life_area": ""})
    guardian = await sign_in("foresatt")
    for number in range(12):
        clock.move(timedelta(seconds=1))
        await guardian.post(f"{relay}/journal/new", {"text": f"Det var dag {number}.", "mood": "none"})
    news = block(await guardian.get(relay), "news")
    assert ("1 ny hendelse" in news, "Sove i egen seng" in news, "Det var dag" in news) == (True, True, False)


async def test_what_one_may_not_read_is_neither_shown_nor_counted_as_new(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    await coordinator.post(f"{ip}/goals/new", {"title": "Skjult for assistenten", "life_area": ""})
    await coordinator.post(f"{ip}/journal/new", {"text": "Skjult for assistenten", "mood": "sad"})
    page = await (await sign_in("assistent")).get(ip)
    assert "Skjult" not in page.words
    assert "ny hendelse" not in page.words
    assert "nye hendelser" not in page.words
    assert not page.has("//section[@aria-labelledby='journal']")


@pytest.mark.feature("F56")
async def test_what_is_to_come_stands_with_the_nearest_first(
    coordinator: Visitor, ip: str, clock: SteppingClock
) -> None:
    goal = (await coordinator.get(f"{ip}/goals")).link("Ut på sjøen igjen")
    for title, days in (("Om en uke", 7), ("I morgen tidlig", 1)):
        due = (date(2026, 11, 20) + timedelta(days=days)).isoformat()
        typed = {"title": title, "status": "planned", "responsible_id": "", "due_on": due}
        assert (await coordinator.post(f"{goal}/activities/new", typed)).status == 303
    coming = block(await coordinator.get(ip), "coming")
    assert coming.startswith("Kommende hendelser I morgen tidlig Frist for aktivitet i morgen")
    assert coming.index("i morgen") < coming.index("Om en uke Frist for aktivitet om 7 dager")


async def test_a_hidden_activity_is_not_to_come(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    goal = (await coordinator.get(f"{ip}/goals")).link("Gå trygt ute i all slags vær")
    typed = {"title": "Oppkjøring", "status": "planned", "responsible_id": "", "due_on": "2026-11-21"}
    await coordinator.post(f"{goal}/activities/new", typed)
    assert "Oppkjøring" in block(await coordinator.get(ip), "coming")
    assert "Oppkjøring" not in (await (await sign_in("assistent")).get(ip)).words


@pytest.mark.feature("F57")
async def test_messages_have_their_place(coordinator: Visitor, town: Database, ip: str) -> None:
    assert "Siste meldinger" in block(await coordinator.get(ip), "messages")
    await give(town, ip, "koordinator@fjordvik.example", Element.MESSAGES, Level.NONE)
    assert block(await coordinator.get(ip), "messages") == ""


@pytest.mark.feature("F61")
async def test_there_are_direct_ways_to_the_rooms_one_may_enter(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    def doors(page: Page) -> list[str]:
        return [words(link) for link in page.all("//nav[@class='doors']//a")]

    assert doors(await coordinator.get(ip)) == ["Tidslinje", "Mål og aktiviteter", "Livsområder"]
    assert doors(await (await sign_in("assistent")).get(ip)) == ["Tidslinje", "Mål og aktiviteter"]


@pytest.mark.feature("F62")
async def test_the_first_page_is_the_first_of_the_rooms(coordinator: Visitor, ip: str) -> None:
    for place in ("", "/about", "/journal"):
        page = await coordinator.get(ip + place)
        assert words(page.one("//nav[@class='rooms']//a[@aria-current]")) == "Oversikt"


async def test_a_first_visit_says_what_will_be_here(coordinator: Visitor, town: Database, ip: str) -> None:
    async with town.writing() as session:
        await session.execute(delete(Opening))
    assert "Dette er ditt første besøk" in block(await coordinator.get(ip), "news")


async def test_a_plan_whose_content_is_closed_shows_none_of_it(coordinator: Visitor, town: Database, ip: str) -> None:
    await narrow(town, ip)
    page = await coordinator.get(ip)
    assert page.status == 200
    for name in ("journal", "coming", "messages", "goals"):
        assert "Ut på sjøen" not in block(page, name)
    assert "Om meg selv" not in page.words
    assert "hund som bestemmer" not in page.words
    assert page.link("Administrer planen") == f"{ip}/settings"


async def test_an_ended_plan_offers_nothing_to_write(coordinator: Visitor, town: Database, ip: str) -> None:
    await set_plan(town, ip, revise_on=date(2026, 1, 1))
    await end(town, ip)
    page = await coordinator.get(ip)
    assert not any(link.endswith(("/new", "/change", "/remove")) for link in page.links())
    assert "på overtid" not in page.words


@pytest.mark.feature("N6")
async def test_it_says_how_much_of_what_the_plan_must_contain_is_there(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(ip)
    (line,) = [words(link) for link in page.all("//section[@aria-labelledby='plan']//a") if "punkter" in words(link)]
    assert line.split(" av ")[0].isdigit()
    assert page.link("punkter") == f"{ip}/completeness"
