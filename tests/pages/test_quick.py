"""One press on the goal's own page (F78), cancelling with a reason (F71), and finished activities in grey (F75)."""

import pytest

from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of

GOAL, WALK = "Ut på sjøen igjen", "Følge til båthuset"


def activity(page: Page, title: str = WALK) -> object:
    return page.one(f"//article[h4 = '{title}']")


def buttons(page: Page, title: str = WALK) -> list[str]:
    return [words(each).split(":")[0] for each in page.all(f"//article[h4 = '{title}']//form//button[@name='status']")]


async def press(visitor: Visitor, page: Page, label: str, title: str = WALK) -> Page:
    """Send the button's form; the answer is not followed."""
    button = page.one(f"//article[h4 = '{title}']//button[starts-with(normalize-space(.), '{label}')]")
    form = button.xpath("ancestor::form")[0]
    return await visitor.post(form.get("action"), dict(form.form_values()) | {"status": button.get("value")})


@pytest.mark.feature("F78")
async def test_one_press_changes_where_an_activity_stands(sign_in: SignIn, ip: str) -> None:
    provider = await sign_in("tjenesteyter")
    goal = await goal_of(provider, ip, GOAL)
    done = await provider.follow(await press(provider, goal, "Avslutt"))
    assert "Lagret." in done.words
    assert buttons(done) == ["Sett i gang igjen"]
    again = await provider.follow(await press(provider, done, "Sett i gang igjen"))
    assert buttons(again) == ["Avslutt", "Tilbake til planlagt"]


@pytest.mark.feature("F78")
async def test_progress_is_saved_on_the_goals_own_page(sign_in: SignIn, ip: str) -> None:
    provider = await sign_in("tjenesteyter")
    saved = await provider.follow(await provider.send(await goal_of(provider, ip, GOAL), progress="45"))
    assert saved.one("//section[@aria-labelledby='goal']//progress").get("value") == "45"


@pytest.mark.parametrize(
    ("progress", "sentence"),
    [
        ("101", "Framdriften må være et tall fra 0 til 100."),
        ("-1", "Framdriften må være et tall fra 0 til 100."),
        ("abc", "Skriv et helt tall."),
        ("", "Skriv et tall fra 0 til 100."),
    ],
)
async def test_progress_that_cannot_be_is_said_beside_the_field(
    coordinator: Visitor, ip: str, progress: str, sentence: str
) -> None:
    page = await coordinator.send(await goal_of(coordinator, ip, GOAL), progress=progress)
    assert (page.status, page.error("progress")) == (400, sentence)
    assert page.has("//details[@open]//*[@id='progress']")


@pytest.mark.parametrize("name", ["planeier", "assistent"])
async def test_who_may_only_read_has_no_buttons_and_cannot_press_them(sign_in: SignIn, ip: str, name: str) -> None:
    visitor = await sign_in(name)
    goal = await goal_of(visitor, ip, GOAL)
    assert not goal.has("//button[@name='status'] | //*[@id='progress']")
    assert (await visitor.post(f"{goal.url}/progress", {"progress": "50", "seen": "1"})).status == 403


@pytest.mark.feature("N11")
async def test_who_presses_after_somebody_else_sees_how_it_is_now(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    stale = await goal_of(coordinator, ip, GOAL)
    provider = await sign_in("tjenesteyter")
    await press(provider, await goal_of(provider, ip, GOAL), "Avslutt")
    late = await press(coordinator, stale, "Tilbake til planlagt")
    assert (late.status, "Ingenting ble lagret." in late.words) == (409, True)
    assert buttons(late) == ["Sett i gang igjen"]


@pytest.mark.parametrize("status", ["", "tull", "cancelled"])
async def test_no_other_status_comes_through(coordinator: Visitor, ip: str, status: str) -> None:
    """Nor cancelled, which takes a reason."""
    goal = await goal_of(coordinator, ip, GOAL)
    address = goal.one(f"//article[h4 = '{WALK}']//form").get("action")
    assert (await coordinator.post(address, {"status": status, "seen": "1"})).status == 400


@pytest.mark.feature("F71")
async def test_an_activity_is_cancelled_with_a_reason_that_all_can_read(
    coordinator: Visitor, sign_in: SignIn, ip: str
) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    form = await coordinator.get(goal.link(f"Avlys aktiviteten «{WALK}»"))
    silent = await coordinator.send(form, cancel_reason="  ")
    assert (silent.status, silent.error("cancel_reason")) == (400, "Skriv hvorfor aktiviteten er avlyst.")
    page = await coordinator.follow(await coordinator.send(form, cancel_reason="Båten er <b>solgt</b>."))
    owner = await sign_in("planeier")
    for shown in (page, await goal_of(owner, ip, GOAL)):
        assert "Avlyst fordi: Båten er <b>solgt</b>." in shown.words
    planned = await coordinator.follow(await press(coordinator, page, "Planlegg på nytt"))
    assert "solgt" not in planned.words


@pytest.mark.feature("F71")
async def test_the_whole_form_asks_for_the_reason_too(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    form = await coordinator.get(goal.link(f"Endre aktiviteten «{WALK}»"))
    page = await coordinator.send(form, status="cancelled", title="Nytt navn")
    assert (page.status, page.error("cancel_reason")) == (400, "Skriv hvorfor aktiviteten er avlyst.")
    assert page.typed()["title"] == "Nytt navn"
    assert (await coordinator.send(page, cancel_reason="Det ble for kaldt")).status == 303


@pytest.mark.feature("F75")
async def test_finished_activities_are_folded_away_in_grey_on_the_goals_page(coordinator: Visitor, ip: str) -> None:
    goal = await goal_of(coordinator, ip, GOAL)
    page = await coordinator.follow(await press(coordinator, goal, "Avslutt"))
    assert words(page.one("//details[contains(@class, 'finished')]/summary")) == "Vis avsluttede aktiviteter (1)"
    folded = page.one("//details[contains(@class, 'finished')]/article[contains(@class, 'is-finished')]/h4")
    assert (words(folded), page.one("//details[contains(@class, 'finished')]").get("open")) == (WALK, None)
