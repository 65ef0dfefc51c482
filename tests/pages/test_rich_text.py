"""Texts with lists and tables in the plan's forms, as the server takes and shows them."""

from datetime import timedelta

import pytest

from models.clock import SteppingClock
from tests.client import Page, Visitor, words
from tests.pages.conftest import SignIn
from tests.pages.test_goals import goal_of

TABLE = "<p>Uka:</p><table><tbody><tr><th>Dag</th><th>Hva</th></tr><tr><td>Mandag</td><td>Båt</td></tr></tbody></table>"
pytestmark = pytest.mark.feature("F214")


async def added(visitor: Visitor, plan: str, description: str, title: str = "Båttur") -> Page:
    """The page of a new goal with that description."""
    form = await visitor.get(f"{plan}/goals/new")
    await visitor.follow(await visitor.send(form, title=title, description=description))
    return await goal_of(visitor, plan, title)


async def test_a_table_is_shown_on_the_page_and_as_words_in_the_list(coordinator: Visitor, ip: str) -> None:
    page = await added(coordinator, ip, TABLE)
    cells = [words(cell) for cell in page.all("//div[@class='rich']//table//tr/*")]
    assert cells == ["Dag", "Hva", "Mandag", "Båt"]
    listed = (await coordinator.get(f"{ip}/goals")).one("//article[contains(., 'Båttur')]//p[@class='two-lines']")
    assert (words(listed), len(listed)) == ("Uka: Dag Hva Mandag Båt", 0)


async def test_the_forms_textarea_holds_the_source_and_saving_it_keeps_the_table(coordinator: Visitor, ip: str) -> None:
    page = await added(coordinator, ip, TABLE)
    form = await coordinator.get(page.link("Endre målet"))
    assert form.typed()["description"] == TABLE
    assert "vises derfor med koder" in words(form.one("//noscript"))
    again = await coordinator.follow(await coordinator.send(form, title="Båttur i mai"))
    assert len(again.all("//div[@class='rich']//table")) == 1


async def test_plain_paragraphs_are_plain_text_in_the_textarea(coordinator: Visitor, ip: str) -> None:
    page = await added(coordinator, ip, "<p>Én linje<br>til</p><p>Nytt avsnitt</p>")
    form = await coordinator.get(page.link("Endre målet"))
    assert form.typed()["description"].replace("\r", "") == "Én linje\ntil\n\nNytt avsnitt"
    assert not form.has("//noscript")


@pytest.mark.parametrize(
    "evil",
    [
        "<p>Hei<script>alert(1)</script></p>",
        '<p>Hei <b onclick="alert(1)" style="position:fixed" class="ds-button">fet</b></p>',
        '<p>Hei <a href="javascript:alert(1)">lenke</a><img src=x onerror=alert(1)></p>',
        '<p>Hei</p><form action="//evil.example"><button>Lagre</button></form><p></p>',
        "<table><tr><td>Hei</td></tr></table><style>*{display:none}</style><p>x</p>",
    ],
)
async def test_script_in_a_text_is_never_kept(coordinator: Visitor, ip: str, evil: str) -> None:
    page = await added(coordinator, ip, evil)
    assert "Hei" in page.words
    shown = page.one("//section[@aria-labelledby='goal']")
    assert not shown.xpath(".//script | .//style | .//img[@src='x'] | .//form[contains(@action, 'evil')]")
    form = await coordinator.get(page.link("Endre målet"))
    for word in ("script", "alert", "style", "javascript", "evil", "class"):
        assert word not in form.typed()["description"]


async def test_what_a_draft_holds_is_harmless_when_it_fills_the_form(coordinator: Visitor, ip: str) -> None:
    fields = {"title": "Tur", "description": "<p>Hei<script>alert(1)</script> <b>du</b></p>"}
    await coordinator.ask("POST", f"{ip}/draft", json={"place": "/goals/new", "fields": fields})
    filled = (await coordinator.get(f"{ip}/goals/new")).one("//textarea[@name='description']")
    assert filled.text.strip() == "<p>Hei <strong>du</strong></p>"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("æ" * 20_001, "Teksten er 20001 tegn."),
        ("a" * 200_000, "Teksten er 200000 tegn."),
        (f"<ul><li>{'a' * 200_000}</li></ul>", "Teksten er 200000 tegn."),
        ("<ul>" + "<li>a</li>" * 20_000 + "</ul>", "Teksten er"),
        ("<p>" + "<b>a</b> " * 8_000 + "</p>", "Teksten har for mye formatering"),
    ],
)
async def test_too_much_is_said_beside_the_field_and_the_text_stays(
    coordinator: Visitor, ip: str, text: str, said: str
) -> None:
    page = await coordinator.post(f"{ip}/goals/new", {"title": "Langt", "life_area": "", "description": text})
    assert (page.status, page.error("description").startswith(said)) == (400, True)
    kept = page.typed()["description"]
    assert kept.count("a") + kept.count("æ") >= text.count("a") + text.count("æ")


async def test_only_what_can_be_seen_is_counted(coordinator: Visitor, ip: str) -> None:
    page = await added(coordinator, ip, "<ul>" + "<li><b>Ord</b></li>" * 3_000 + "</ul>")
    assert len(page.all("//div[@class='rich']/ul/li")) == 3_000


@pytest.mark.parametrize("maze", ["<ul><li>" * 30_000, "<b>" * 60_000, "<table><tr><td>" * 10_000])
async def test_a_maze_of_tags_is_taken_for_its_words(coordinator: Visitor, ip: str, maze: str) -> None:
    page = await added(coordinator, ip, f"<p>Før</p>{maze}Etter</p>")
    assert "Etter" in page.words


async def test_only_pages_with_a_rich_text_fetch_the_editor(sign_in: SignIn, coordinator: Visitor, ip: str) -> None:
    fetched = "//script[contains(@src, 'editor.js') or contains(@src, 'squire') or contains(@src, 'purify')]"
    assert len((await coordinator.get(f"{ip}/goals/new")).all(fetched)) == 3
    goal = await goal_of(coordinator, ip, "Ut på sjøen igjen")
    for address in (ip, f"{ip}/goals", goal.url):
        assert not (await coordinator.get(address)).has(fetched)


async def test_text_that_only_looks_like_a_tag_is_shown_as_it_was_written(coordinator: Visitor, ip: str) -> None:
    page = await added(coordinator, ip, "Vekt <p 50 kg & <b>høyde</b>")
    assert "Vekt <p 50 kg & <b>høyde</b>" in page.words


async def test_a_text_that_was_not_taken_is_given_back_in_words(
    coordinator: Visitor, clock: SteppingClock, ip: str
) -> None:
    clock.move(timedelta(minutes=36))
    page = await coordinator.post(f"{ip}/goals/new", {"title": "Tur", "life_area": "", "description": TABLE})
    assert (page.status, "Mandag" in page.words, "<td>" in page.words) == (401, True, False)
