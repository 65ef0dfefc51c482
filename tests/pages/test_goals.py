"""Goals: who may do what with them, and what the others then see."""

import pytest

from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn


def titles(page: Page) -> list[str]:
    return [words(title) for title in page.all("//article//h3")]


async def goal_of(visitor: Visitor, plan: str, title: str) -> Page:
    """The goal's own page, reached by its link."""
    return await visitor.get((await visitor.get(f"{plan}/goals")).link(title))


@pytest.mark.feature("F70")
async def test_a_coordinator_adds_a_goal(coordinator: Visitor, ip: str) -> None:
    form = await coordinator.get((await coordinator.get(f"{ip}/goals")).link("Nytt mål"))
    saved = await coordinator.send(
        form, title=" Lage film om båten ", life_area="leisure", description="Med <b>lyd</b>."
    )
    page = await coordinator.follow(saved)
    assert page.words.startswith("Lagt til.")
    goal = await goal_of(coordinator, ip, "Lage film om båten")
    assert "Fritid" in goal.words
    assert "Med <b>lyd</b>." in goal.words
    assert "0 %" in goal.words.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.feature("F70")
async def test_a_coordinator_changes_a_goal_and_its_progress(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, "Ut på sjøen igjen")
    form = await coordinator.get(goal.link("Endre målet"))
    assert form.typed()["progress"] == "30"
    changed = await coordinator.follow(await coordinator.send(form, title="Ut på sjøen", progress="55"))
    assert (titles(changed), "Lagret." in changed.words) == ([], True)
    assert changed.one("//section[@aria-labelledby='goal']//progress").get("value") == "55"
    assert words(changed.one("//h2[@id='goal']")) == "Ut på sjøen"


async def test_saving_without_a_change_changes_nothing(coordinator: Visitor, ip: str) -> None:
    form = await coordinator.get((await goal_of(coordinator, ip, "Ut på sjøen igjen")).link("Endre målet"))
    await coordinator.send(form)
    again = await coordinator.get(form.url)
    assert again.typed()["seen"] == form.typed()["seen"]


async def test_deleting_says_what_will_happen_and_can_be_undone(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, "Ut på sjøen igjen")
    asked = await coordinator.get(goal.link("Slett målet"))
    assert "Vil du slette målet?" in asked.words
    assert "Aktivitetene og kommentarene under målet følger med." in asked.words
    gone = await coordinator.follow(await coordinator.send(asked))
    assert "Ut på sjøen igjen" not in gone.words
    assert (await coordinator.get(goal.url)).status == 404
    undo = gone.one("//div[@role='status']//form").get("action")
    back = await coordinator.follow(await coordinator.post(undo))
    assert back.words.startswith("Hentet tilbake.")
    assert "Følge til båthuset" in back.words


@pytest.mark.parametrize("undo", ["goal:tull", "goal:", "plan:x", "tull", "goal:00000000-0000-0000-0000-000000000000"])
async def test_undo_is_offered_only_for_what_can_be_restored(coordinator: Visitor, ip: str, undo: str) -> None:
    page = await coordinator.get(f"{ip}/goals", params={"done": "deleted", "undo": undo})
    assert not page.has("//div[@role='status']//form")


async def test_a_page_says_only_our_own_words_about_what_was_done(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/goals", params={"done": "Ring 00 00 00 01"})
    assert not page.one("//div[@role='status']").text_content().strip()


@pytest.mark.feature("F77")
async def test_the_assistant_sees_one_goal_only(sign_in: SignIn, ip: str) -> None:
    page = await (await sign_in("assistent")).get(f"{ip}/goals")
    assert titles(page) == ["Ut på sjøen igjen"]
    assert "Nytt mål" not in page.words


@pytest.mark.feature("F77")
async def test_a_goal_one_may_not_see_answers_as_one_that_is_not_there(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    hidden = (await goal_of(coordinator, ip, "Klare meg selv hjemme")).url
    assistant = await sign_in("assistent")
    for ending in ("", "/change", "/remove", "/activities/new"):
        assert (await assistant.get(hidden + ending)).status == 404, ending
    assert (await assistant.post(f"{hidden}/comments", {"text": "Hei"})).status == 404


@pytest.mark.feature("F84")
async def test_a_guardian_comments_but_adds_no_goals(guardian: Visitor, relay: str) -> None:
    goal = await goal_of(guardian, relay, "Gode morgener")
    assert goal.has("//textarea[@name='text']")
    assert not any(word in goal.words for word in ("Ny aktivitet", "Endre målet", "Slett målet"))
    assert "Nytt mål" not in (await guardian.get(f"{relay}/goals")).words
    assert (await guardian.get(f"{relay}/goals/new")).status == 403


@pytest.mark.parametrize("name", ["foresatt", "planeier", "assistent", "tjenesteyter", "laerer"])
async def test_only_those_with_the_right_get_a_new_goal_through(
    sign_in: SignIn, name: str, ip: str, iop: str, relay: str
) -> None:
    plan = {"foresatt": relay, "laerer": iop}.get(name, ip)
    visitor = await sign_in(name)
    page = await visitor.post(f"{plan}/goals/new", {"title": "Nei", "life_area": ""})
    assert (page.status, page.heading) == (403, "Du kan ikke åpne dette nå")
    assert "Du har ikke tilgang til å gjøre dette i planen." in page.words


@pytest.mark.feature("F78")
async def test_a_provider_changes_progress_but_deletes_nothing(sign_in: SignIn, ip: str) -> None:
    provider = await sign_in("tjenesteyter")
    goal = await goal_of(provider, ip, "Gå trygt ute i all slags vær")
    form = await provider.get(goal.link("Endre målet"))
    assert (await provider.send(form, progress="70")).status == 303
    assert (await provider.get(f"{goal.url}/remove")).status == 403
    assert (await provider.post(f"{goal.url}/remove")).status == 403


async def test_the_owner_reads_goals_and_comments_on_them(sign_in: SignIn, ip: str) -> None:
    owner = await sign_in("planeier")
    goal = await goal_of(owner, ip, "Ut på sjøen igjen")
    assert "Endre målet" not in goal.words
    assert (await owner.send(goal, text="I dag blåste det for mye.")).status == 303


@pytest.mark.feature("F69")
async def test_the_tree_opens_at_the_goal_one_is_on(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, "Ut på sjøen igjen")
    assert words(goal.one("//nav[@class='tree']//a[@aria-current]")) == "Ut på sjøen igjen"
    assert [words(line) for line in goal.all("//nav[@class='tree']//ul//ul/li")] == [
        *("Følge til båthuset", "Øve på å gå om bord", "Håndtak på brygga")
    ]


@pytest.mark.feature("F75")
async def test_finished_activities_are_shown_when_asked_for(coordinator: Visitor, ip: str) -> None:
    page = await coordinator.get(f"{ip}/goals")
    assert "Håndtak og dusjstol på badet" not in page.words
    assert "Håndtak og dusjstol på badet" in (await coordinator.get(page.link("Vis avsluttede"))).words


async def test_a_goal_is_not_found_under_another_plan(coordinator: Visitor, ip: str, relay: str) -> None:
    goal = (await goal_of(coordinator, ip, "Ut på sjøen igjen")).url.rsplit("/", 1)[1]
    assert (await coordinator.get(f"{relay}/goals/{goal}")).status == 404
    assert (await coordinator.post(f"{relay}/goals/{goal}/remove")).status == 404


async def test_who_saves_over_anothers_change_sees_both_texts_and_keeps_their_own(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    provider = await sign_in("tjenesteyter")
    form = await provider.get((await goal_of(provider, ip, "Ut på sjøen igjen")).link("Endre målet"))
    theirs = await coordinator.get(form.url)
    await coordinator.send(theirs, title="Ut på sjøen i mai", description="Når isen er gått.")
    stale = await provider.send(form, title="Ut på sjøen i juni", description="Når det er varmt.")
    assert (stale.status, stale.typed()["title"]) == (409, "Ut på sjøen i juni")
    assert stale.typed()["description"] == "Når det er varmt."
    theirs = [words(each) for each in stale.all("//blockquote")]
    assert theirs == [
        "Ut på sjøen i Bare hos den andre: mai",
        "Når Bare hos den andre: isen er Bare hos den andre: gått.",
    ]
    mended = await provider.follow(await provider.send(stale, title="Ut på sjøen i mai eller juni"))
    assert "Ut på sjøen i mai eller juni" in mended.words
