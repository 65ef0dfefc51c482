"""A form that is sent twice is taken once (without JavaScript too), and deleting looks at what was seen (N11)."""

import asyncio

import pytest

from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of, titles

pytestmark = pytest.mark.feature("N11")
GOAL = "Ut på sjøen igjen"


async def twice(visitor: Visitor, form: Page, **typed: str) -> list[Page]:
    return list(await asyncio.gather(visitor.send(form, **typed), visitor.send(form, **typed)))


async def test_a_goal_that_is_sent_twice_is_one(coordinator: Visitor, ip: str) -> None:
    answers = await twice(coordinator, await coordinator.get(f"{ip}/goals/new"), title="Lage film")
    assert [answer.status for answer in answers] == [303, 303]
    page = await coordinator.follow(answers[1])
    assert titles(page).count("Lage film") == 1


async def test_an_activity_that_is_sent_twice_is_one(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    await twice(coordinator, await coordinator.get(goal.link("Ny aktivitet")), title="Kjøpe vest")
    assert len((await coordinator.get(goal.url)).all("//article[h4 = 'Kjøpe vest']")) == 1


async def test_a_comment_that_is_sent_twice_is_one(guardian: Visitor, relay: str) -> None:
    goal = await goal_of(guardian, relay, "Gode morgener")
    answers = await twice(guardian, goal, text="I dag gikk det fint.")
    assert [answer.status for answer in answers] == [303, 303]
    page = await guardian.get(goal.url)
    assert len(page.all("//article[contains(@class, 'comment')][.//p = 'I dag gikk det fint.']")) == 1


ADDING = {
    "/journal/new": {"text": "I dag gikk det fint på skolen.", "mood": "happy"},
    "/subject-plans/new": {"title": "Treningsplan for svømming"},
    "/cooperation/new": {"title": "Svømmehallen i Fjordvik"},
}


@pytest.mark.parametrize("form", ADDING)
async def test_what_is_written_elsewhere_and_sent_twice_is_one_too(coordinator: Visitor, ip: str, form: str) -> None:
    room = ip + form.removesuffix("/new")

    async def written() -> set[str]:
        return {link for link in (await coordinator.get(room)).links() if link.endswith("/change")}

    before, typed = await written(), ADDING[form]
    answers = await twice(coordinator, await coordinator.get(ip + form), **typed)
    assert [answer.status for answer in answers] == [303, 303]
    assert len(await written() - before) == 1


async def test_a_comment_on_an_activity_that_is_sent_twice_is_one(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    address = next(link for link in goal.links() if link.endswith("/comments/new"))
    await twice(coordinator, await coordinator.get(address), text="Vi møtes ved båthuset.")
    assert (await coordinator.get(goal.url)).words.count("Vi møtes ved båthuset.") == 1


async def test_the_same_form_with_other_words_adds_something_else(coordinator: Visitor, ip: str) -> None:
    """As when somebody goes back in the browser and writes the next one: no text is lost."""
    form = await coordinator.get(f"{ip}/goals/new")
    for title in ("Lage film", "Lage bok"):
        await coordinator.send(form, title=title)
    assert {"Lage film", "Lage bok"} <= set(titles(await coordinator.get(f"{ip}/goals")))


async def test_two_forms_with_the_same_words_add_two(coordinator: Visitor, ip: str) -> None:
    for _ in range(2):
        await coordinator.send(await coordinator.get(f"{ip}/goals/new"), title="Lage film")
    assert titles(await coordinator.get(f"{ip}/goals")).count("Lage film") == 2


async def test_what_another_has_sent_is_nothing_to_mine(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    """The id is made from who sends it too, so that nobody can take up another's."""
    goal = await goal_of(coordinator, ip, GOAL)
    provider = await sign_in("tjenesteyter")
    sent = (await provider.get(goal.link("Ny aktivitet"))).typed() | {"title": "Kjøpe vest"}
    for visitor in (coordinator, provider):
        assert (await visitor.post(f"{goal.url}/activities/new", sent)).status == 303
    assert len((await coordinator.get(goal.url)).all("//article[h4 = 'Kjøpe vest']")) == 2


async def test_a_form_that_was_mended_is_still_the_same(coordinator: Visitor, ip: str) -> None:
    form = await coordinator.get(f"{ip}/goals/new")
    again = await coordinator.send(form, title=" ")
    assert again.typed()["once"] == form.typed()["once"]


async def test_deleting_what_somebody_changed_is_asked_once_more(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    asked = await coordinator.get(goal.link("Slett målet"))
    provider = await sign_in("tjenesteyter")
    await provider.send(await provider.get(f"{goal.url}/change"), title="Ut på fjorden")
    again = await coordinator.send(asked)
    assert (again.status, "Ut på fjorden" in words(again.one("//blockquote"))) == (409, True)
    assert (await coordinator.send(again)).status == 303
    assert (await coordinator.get(goal.url)).status == 404


async def test_deleting_a_comment_its_author_changed_meanwhile(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    provider = await sign_in("tjenesteyter")
    goal = await goal_of(provider, ip, GOAL)
    page = await provider.follow(await provider.send(goal, text="Vi prøver fredag."))
    link = str(page.one("//article[.//p = 'Vi prøver fredag.']//a[contains(., 'Endre')]/@href"))
    asked = await coordinator.get(link.replace("/change", "/remove"))
    await provider.send(await provider.get(link), text="Vi prøver lørdag.")
    again = await coordinator.send(asked)
    assert (again.status, words(again.one("//blockquote"))) == (409, "Vi prøver lørdag.")
