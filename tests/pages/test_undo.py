"""«Angre»: what was just done is taken back by who did it, and by nobody else (N11)."""

from datetime import timedelta

import pytest

from models.clock import SteppingClock
from models.database import Database
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of, titles

OFFER = "//div[@role='status']//form"


def offer(page: Page) -> str:
    """Where the page lets one post to undo."""
    return str(page.one(OFFER).get("action"))


async def undone(visitor: Visitor, page: Page) -> Page:
    return await visitor.follow(await visitor.post(offer(page)))


async def changed(visitor: Visitor, goal: Page, **typed: str) -> Page:
    """The page one comes to after changing the goal."""
    form = await visitor.get(goal.link("Endre målet"))
    return await visitor.follow(await visitor.send(form, **typed))


@pytest.mark.feature("N11")
async def test_a_change_is_undone_with_all_its_fields(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, "Ut på sjøen igjen")
    before = (await coordinator.get(goal.link("Endre målet"))).typed()
    saved = await changed(coordinator, goal, title="Ut", description="Ny.", progress="90", life_area="")
    back = await undone(coordinator, saved)
    assert back.words.startswith("Angret.")
    after = (await coordinator.get(goal.link("Endre målet"))).typed()
    assert {name: value for name, value in after.items() if name != "seen"} == {
        name: value for name, value in before.items() if name != "seen"
    }


@pytest.mark.feature("N11")
async def test_undoing_can_be_undone(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, "Ut på sjøen igjen")
    back = await undone(coordinator, await changed(coordinator, goal, title="Ut på sjøen i mai"))
    assert words(back.one("//h2[@id='goal']")) == "Ut på sjøen igjen"
    again = await undone(coordinator, back)
    assert words(again.one("//h2[@id='goal']")) == "Ut på sjøen i mai"


@pytest.mark.feature("N11")
async def test_what_was_added_is_taken_away_and_lies_in_the_bin(coordinator: Visitor, ip: str) -> None:
    form = await coordinator.get(f"{ip}/goals/new")
    added = await coordinator.follow(await coordinator.send(form, title="Et mål for mye"))
    assert "Et mål for mye" in titles(added)
    gone = await undone(coordinator, added)
    assert (gone.words.startswith("Angret."), "Et mål for mye" in titles(gone)) == (True, False)
    assert "Et mål for mye" in (await coordinator.get(f"{ip}/bin")).words
    assert "Et mål for mye" in (await undone(coordinator, gone)).words


@pytest.mark.feature("N11")
async def test_a_deleted_goal_comes_back_with_all_under_it(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, "Ut på sjøen igjen")
    before = goal.one("//div[@id='main']").text_content()
    gone = await coordinator.follow(await coordinator.send(await coordinator.get(goal.link("Slett målet"))))
    back = await undone(coordinator, gone)
    assert (back.words.startswith("Hentet tilbake."), back.url.split("?")[0]) == (True, goal.url)
    assert back.one("//div[@id='main']").text_content() == before


async def test_a_comment_is_undone_by_its_author(guardian: Visitor, relay: str) -> None:
    goal = await goal_of(guardian, relay, "Gode morgener")
    said = await guardian.follow(await guardian.send(goal, text="Skrevet på feil sted."))
    gone = await undone(guardian, said)
    assert "Skrevet på feil sted." not in gone.words
    assert "Skrevet på feil sted." in (await guardian.get(f"{relay}/bin")).words


@pytest.mark.feature("N11")
async def test_what_somebody_changed_meanwhile_is_not_undone(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    goal = await goal_of(coordinator, ip, "Ut på sjøen igjen")
    saved = await changed(coordinator, goal, title="Ut på sjøen i mai")
    provider = await sign_in("tjenesteyter")
    await changed(provider, await provider.get(goal.url), progress="35")
    refused = await coordinator.post(offer(saved))
    assert refused.status == 409
    assert "Dette er endret etterpå, så ingenting er angret." in refused.words
    assert not (await coordinator.get(saved.url)).has(OFFER)
    assert "Ut på sjøen i mai" in (await coordinator.get(goal.url)).words


@pytest.mark.feature("N11")
async def test_nobody_undoes_anothers_change(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    saved = await changed(coordinator, await goal_of(coordinator, ip, "Ut på sjøen igjen"), title="Ut på sjøen i mai")
    for name in ("tjenesteyter", "planeier", "assistent"):
        other = await sign_in(name)
        assert not (await other.get(saved.url)).has(OFFER), name
        assert (await other.post(offer(saved))).status == 403, name


async def test_who_cannot_see_the_item_is_told_that_it_is_not_there(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    saved = await changed(
        coordinator, await goal_of(coordinator, ip, "Gå trygt ute i all slags vær"), title="Gå trygt ute"
    )
    assert (await (await sign_in("assistent")).post(offer(saved))).status == 404
    assert (await (await sign_in("koordinator@dalen.example")).post(offer(saved))).status == 404


async def test_after_a_day_it_is_too_late(coordinator: Visitor, sign_in: SignIn, ip: str, clock: SteppingClock) -> None:
    saved = await changed(coordinator, await goal_of(coordinator, ip, "Ut på sjøen igjen"), title="Ut på sjøen i mai")
    clock.move(timedelta(hours=25))
    later = await sign_in("koordinator")
    assert not (await later.get(saved.url)).has(OFFER)
    assert (await later.post(offer(saved))).status == 409


async def test_what_others_wrote_under_it_is_not_taken_along(coordinator: Visitor, sign_in: SignIn, ip: str) -> None:
    form = await coordinator.get(f"{ip}/goals/new")
    added = await coordinator.follow(await coordinator.send(form, title="Lage film om båten"))
    provider = await sign_in("tjenesteyter")
    await provider.send(await goal_of(provider, ip, "Lage film om båten"), text="Så fint!")
    assert not (await coordinator.get(added.url)).has(OFFER)
    refused = await coordinator.post(offer(added))
    assert (refused.status, "Dette er tatt i bruk etterpå." in refused.words) == (409, True)


@pytest.mark.parametrize(
    "token",
    [
        *("", "goal", "goal:tull:1", "goal::", "tull:00000000-0000-0000-0000-000000000000:1", "<script>"),
        *("goal:00000000-0000-0000-0000-000000000000:1", "goal:00000000-0000-0000-0000-000000000000:-1"),
        *("goal:00000000-0000-0000-0000-000000000000:9999999999", "goal:%00:1", "goal:x:①", "a" * 9_000),
    ],
)
async def test_a_token_that_names_nothing_undoes_nothing(coordinator: Visitor, ip: str, token: str) -> None:
    assert (await coordinator.post(f"{ip}/undo", params={"change": token})).status == 404
    page = await coordinator.get(f"{ip}/goals", params={"done": "saved", "undo": token})
    assert (page.status, page.has(OFFER)) == (200, False)


async def test_a_change_is_not_undone_under_another_plans_address(coordinator: Visitor, ip: str, relay: str) -> None:
    saved = await changed(coordinator, await goal_of(coordinator, ip, "Ut på sjøen igjen"), title="Ut på sjøen i mai")
    assert (await coordinator.post(offer(saved).replace(ip, relay))).status == 404


async def test_the_wrong_number_of_a_revision_undoes_nothing(coordinator: Visitor, ip: str, town: Database) -> None:
    saved = await changed(coordinator, await goal_of(coordinator, ip, "Ut på sjøen igjen"), title="Ut på sjøen i mai")
    head, _colon, number = offer(saved).rpartition(":")
    for wrong in (int(number) - 1, int(number) + 1):
        assert (await coordinator.post(f"{head}:{wrong}")).status == 409


async def test_undoing_twice_does_it_once(coordinator: Visitor, ip: str) -> None:
    saved = await changed(coordinator, await goal_of(coordinator, ip, "Ut på sjøen igjen"), title="Ut på sjøen i mai")
    await coordinator.post(offer(saved))
    assert (await coordinator.post(offer(saved))).status == 409
    assert "Ut på sjøen igjen" in titles(await coordinator.get(f"{ip}/goals"))
