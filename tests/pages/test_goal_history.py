"""Goals in history, as people meet them (F74)."""

import pytest

from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of, titles

pytestmark = pytest.mark.feature("F74")
GOAL = "Ut på sjøen igjen"


async def moved(coordinator: Visitor, plan: str, title: str = GOAL) -> Page:
    """The goal's page, once it lies in history."""
    goal = await goal_of(coordinator, plan, title)
    asked = await coordinator.get(goal.link("Flytt til historikken"))
    assert "Vil du flytte målet til historikken?" in asked.words
    gone = await coordinator.follow(await coordinator.send(asked))
    assert "Flyttet til historikken." in gone.words
    return await coordinator.get(goal.url)


async def test_a_goal_moved_there_is_gone_from_list_tree_and_home(coordinator: Visitor, ip: str) -> None:
    await moved(coordinator, ip)
    page = await coordinator.get(f"{ip}/goals")
    assert GOAL not in titles(page)
    assert GOAL not in words(page.one("//nav[@class='tree']"))
    home = await coordinator.get(ip)
    assert not home.has(f"//progress[contains(@aria-label, '{GOAL}')]")
    assert titles(await coordinator.get(page.link("Historikk")))[0] == GOAL


async def test_it_is_read_there_with_activities_and_comments_and_nothing_to_press(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    goal = await moved(coordinator, ip)
    assert "Målet ligger i historikken. Alt kan leses, men ingenting endres." in goal.words
    assert "Følge til båthuset" in goal.words
    assert not goal.has("//textarea")
    assert not any(word in goal.words for word in ("Endre målet", "Ny aktivitet", "Kommenter akt", "Send kommentar"))
    provider = await sign_in("tjenesteyter")
    assert "Første onsdag på båthuset." in (await provider.get(goal.url)).words
    assert "Hent tilbake" not in (await provider.get(goal.url)).words


async def test_it_is_taken_back(coordinator: Visitor, ip: str) -> None:
    goal = await moved(coordinator, ip)
    back = await coordinator.follow(await coordinator.post(goal.form().get("action")))
    assert ("Hentet tilbake." in back.words, "Endre målet" in back.words) == (True, True)
    assert GOAL in titles(await coordinator.get(f"{ip}/goals"))


@pytest.mark.parametrize("form", ["/change", "/activities/new", "/picture/change", "/history"])
async def test_its_forms_say_in_words_that_it_is_not_changed(coordinator: Visitor, ip: str, form: str) -> None:
    goal = await moved(coordinator, ip)
    page = await coordinator.get(goal.url + form)
    assert (page.status, "ligger i historikken og kan leses" in page.words) == (403, True)


async def test_what_was_being_written_when_it_moved_is_shown_again(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    provider = await sign_in("tjenesteyter")
    writing = await goal_of(provider, ip, GOAL)
    await moved(coordinator, ip)
    late = await provider.send(writing, text="Dette måtte jeg få sagt.")
    assert (late.status, "Dette måtte jeg få sagt." in late.words) == (403, True)


async def test_what_was_being_written_when_it_was_deleted_is_shown_again(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    provider = await sign_in("tjenesteyter")
    writing = await goal_of(provider, ip, GOAL)
    await coordinator.send(await coordinator.get(f"{writing.url}/remove"))
    late = await provider.send(writing, text="Dette måtte jeg få sagt.")
    assert (late.status, "Dette måtte jeg få sagt." in late.words) == (404, True)


@pytest.mark.parametrize("name", ["tjenesteyter", "planeier"])
async def test_only_who_may_delete_goals_moves_them_there_or_back(
    coordinator: Visitor, sign_in: SignIn, ip: str, name: str
) -> None:
    visitor = await sign_in(name)
    goal = await goal_of(visitor, ip, GOAL)
    assert "Flytt til historikken" not in goal.words
    assert (await visitor.get(f"{goal.url}/history")).status == 403
    assert (await visitor.post(f"{goal.url}/history", {"seen": "1"})).status == 403
    await moved(coordinator, ip)
    assert (await visitor.post(f"{goal.url}/history/leave")).status == 403


@pytest.mark.feature("F85")
async def test_the_assistant_learns_of_no_other_goal_in_history(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    hidden = await moved(coordinator, ip, "Klare meg selv hjemme")
    assistant = await sign_in("assistent")
    assert "Historikk" not in (await assistant.get(f"{ip}/goals")).words
    empty = await assistant.get(f"{ip}/goals/history")
    assert (titles(empty), "Ingen mål i historikken" in empty.words) == ([], True)
    assert (await assistant.get(hidden.url)).status == 404


async def test_who_saw_an_older_goal_is_asked_again(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    asked = await coordinator.get(f"{(await goal_of(coordinator, ip, GOAL)).url}/history")
    provider = await sign_in("tjenesteyter")
    form = await provider.get((await goal_of(provider, ip, GOAL)).link("Endre målet"))
    await provider.send(form, title="Ut på fjorden")
    again = await coordinator.send(asked)
    assert (again.status, "Ut på fjorden" in words(again.one("//blockquote"))) == (409, True)
    assert (await coordinator.send(again)).status == 303
