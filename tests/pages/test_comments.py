"""Comments: a conversation, in which everybody's words are their own."""

import pytest

from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of

GOAL = "Ut på sjøen igjen"


def said(page: Page, text: str) -> str:
    """Who said it and when, and what may be done with it."""
    return words(page.one(f"//article[contains(@class, 'comment') and contains(., '{text}')]"))


def place(page: Page, text: str) -> str:
    """The address of a comment."""
    comment = str(page.one(f"//article[contains(@class, 'comment') and contains(., '{text}')]/@id"))
    return f"{page.url.split('?')[0].split('#')[0]}/comments/{comment.removeprefix('comment-')}"


@pytest.mark.feature("F72")
async def test_a_comment_shows_its_author_role_and_time_to_the_others(
    guardian: Visitor, sign_in: SignIn, relay: str
) -> None:
    page = await guardian.send(await goal_of(guardian, relay, "Gode morgener"), text="I dag gikk det fint.")
    assert page.goes_to.startswith(f"{relay}/goals/")
    assert "#comment-" in page.goes_to
    seen = said(await goal_of(await sign_in("koordinator"), relay, "Gode morgener"), "I dag gikk det fint.")
    assert seen.startswith("Sunniva Aasheim, ")
    assert "i dag kl. 10.00" in seen.lower() or "20. november kl. 10.00" in seen


@pytest.mark.feature("F72")
async def test_an_activity_is_commented_under_itself(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    form = await coordinator.get(goal.link("Kommenter aktiviteten «Håndtak på brygga»"))
    page = await coordinator.follow(await coordinator.send(form, text="Båtforeningen har bestilt."))
    (activity,) = page.all("//article[h4 = 'Håndtak på brygga']")
    assert "Båtforeningen har bestilt." in words(activity)


@pytest.mark.feature("F73")
async def test_the_author_changes_and_deletes_their_own_comment(sign_in: SignIn, ip: str) -> None:
    provider = await sign_in("tjenesteyter")
    page = await provider.follow(await provider.send(await goal_of(provider, ip, GOAL), text="Vi øver igjen."))
    form = await provider.get(f"{place(page, 'Vi øver igjen.')}/change")
    changed = await provider.follow(await provider.send(form, text="Vi øver på torsdag."))
    assert "endret" in said(changed, "Vi øver på torsdag.")
    asked = await provider.get(f"{place(changed, 'Vi øver på torsdag.')}/remove")
    gone = await provider.follow(await provider.send(asked))
    assert "Vi øver på torsdag." not in gone.words
    back = await provider.follow(await provider.post(gone.one("//div[@role='status']//form").get("action")))
    assert "Vi øver på torsdag." in back.words


@pytest.mark.feature("F73")
async def test_nobody_changes_anothers_words_not_even_the_coordinator(coordinator: Visitor, ip: str) -> None:
    page = await goal_of(coordinator, ip, GOAL)
    theirs = place(page, "Første onsdag på båthuset.")
    assert "Endre" not in said(page, "Første onsdag på båthuset.")
    for method in ("GET", "POST"):
        answer = await coordinator.ask(method, f"{theirs}/change", data={"text": "Nei"})
        assert (answer.status, "Bare den som skrev dette, kan endre det." in answer.words) == (403, True)


@pytest.mark.feature("F73")
async def test_a_coordinator_may_take_a_comment_away_and_a_provider_may_not(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    provider = await sign_in("tjenesteyter")
    theirs = place(await goal_of(provider, ip, GOAL), "Første onsdag på båthuset.")
    assert (await provider.get(f"{theirs}/remove")).status == 403
    assert (await provider.post(f"{theirs}/remove")).status == 403
    assert (await coordinator.send(await coordinator.get(f"{theirs}/remove"))).status == 303


async def test_an_empty_comment_is_asked_for_again_on_the_goals_own_page(guardian: Visitor, relay: str) -> None:
    goal = await goal_of(guardian, relay, "Gode morgener")
    page = await guardian.send(goal, text="   ")
    assert (page.status, page.error("text")) == (400, "Skriv en kommentar.")
    assert "Gode morgener" in page.words
    assert page.one("//form[@action='/language']/input[@name='back']").get("value") == goal.url.removeprefix(
        "http://medvirk.example"
    )


async def test_a_comment_that_was_changed_in_another_window_is_not_overwritten(guardian: Visitor, relay: str) -> None:
    goal = await guardian.follow(
        await guardian.send(await goal_of(guardian, relay, "Gode morgener"), text="Hun spiste frokost.")
    )
    form = await guardian.get(f"{place(goal, 'Hun spiste frokost.')}/change")
    await guardian.send(form, text="Hun spiste frokost og lo.")
    stale = await guardian.send(form, text="Hun spiste opp frokosten.")
    assert (stale.status, stale.typed()["text"]) == (409, "Hun spiste opp frokosten.")
    assert words(stale.one("//blockquote")) == "Hun spiste Bare hos den andre: frokost og lo."
